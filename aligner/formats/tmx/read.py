"""Read TMX files as bitexts, our own and those of other tools.

    bytes ──TmxFile──▶ units ──BitextBuilder──▶ one bitext a document

A file of ours holds several documents; each comes back as a bitext when its last unit has been read, with what the
header says of it. A tool that drops props often keeps ids: they name the document too. Another tool's file is one
document, named after the file. Of units in several languages, the source language of the header and one target language
are taken. Start reading at `read`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Protocol

from aligner.errors import InputError
from aligner.formats.base import place_in
from aligner.formats.defects import Defect, Defects
from aligner.formats.exchange.documents import Described, described, document_name
from aligner.formats.exchange.languages import closest
from aligner.formats.exchange.to_bitext import BitextBuilder, ExchangedDocument
from aligner.formats.exchange.units import Unit, Variant
from aligner.formats.tmx.header import Header
from aligner.formats.tmx.parse import TmxFile
from aligner.model import Bitext, Provenance, Record, Side

__all__ = ["TmxFile", "read"]

_TUID = re.compile(r"(.+):t?[1-9][0-9]{0,8}\.[1-9][0-9]{0,8}")


def documents(stream: BinaryIO, *, source: str | None = None, target: str | None = None) -> Iterator[ExchangedDocument]:
    """Yield the documents of a TMX file as `read` does, with what the file says of each unit beside its bead."""
    yield from documents_of(TmxFile(stream), place_in(stream) or "tmx", source, target)


def documents_of(file: MemoryFile, name: str, source: str | None, target: str | None) -> Iterator[ExchangedDocument]:
    """Yield the documents of a memory of any format, in the wanted languages (None: as `read` says)."""
    yield from _Reader(file, source, target).documents(document_name(name, "tmx"))
    file.findings.log()


def read(
    stream: BinaryIO, *, source: str | None = None, target: str | None = None, codes: bool = False
) -> Iterator[Bitext]:
    """Yield the bitexts of a TMX file, one document after the other.

    `source` and `target` name the languages to take, in whatever order a unit has them (``fr`` takes ``fr-CA`` too);
    None: the header's source language and the first other language that appears. Inline tags are dropped; with `codes`
    their native codes stay in the text. Defects that can be read over are logged, each kind once. Raises InputError for
    a file that is not TMX, is not well-formed or defines entities.
    """
    file = TmxFile(stream, codes=codes)
    for document in _Reader(file, source, target).documents(document_name(place_in(stream) or "tmx", "tmx")):
        yield document.bitext
    file.findings.log()


class MemoryFile(Protocol):
    """A memory that is open: its units, what its header says, and what was wrong with it."""

    findings: Defects
    header: Header

    def __iter__(self) -> Iterator[Unit]:
        """Yield the units in order."""


class _Reader:
    """Sorts units by document."""

    def __init__(self, file: MemoryFile, source: str | None, target: str | None) -> None:
        self.file, self.source, self.target = file, source, target
        self.waiting: dict[str, Described] = {}
        self.wanted = (source, target) if source and target else None
        self.languages: dict[str, None] = {}
        """Those of the units that were left out."""

    def documents(self, name: str) -> Iterator[ExchangedDocument]:
        """Yield every document of the file."""
        builder: BitextBuilder | None = None
        for unit in self.file:
            pair = self._pair(unit)
            if pair is None:
                self.file.findings.note(Defect.ONE_SIDED, line=unit.line)
                self.languages |= dict.fromkeys(variant.language for variant in unit.variants)
                continue
            if builder is None:
                properties = self.file.header.properties
                self.waiting = described(properties, pair[0].language, pair[1].language)
            # A tool that drops props often keeps ids, which begin with the document as we write them.
            named = _TUID.fullmatch(unit.tuid)
            document = unit.property("x-document") or (named[1] if named else name)
            if builder is None or builder.name != document:
                if builder:
                    yield builder.document()
                # A document all of whose units were left out is still a document of the file.
                yield from self._skipped(document)
                unknown = Described(Side(pair[0].language, ()), Side(pair[1].language, ()), Record(), Provenance())
                builder = BitextBuilder(document, self.waiting.pop(document, unknown))
            if not builder.add(unit, *pair):
                self.file.findings.note(Defect.DUPLICATE, line=unit.line, detail=pair[0].text[:60])
        if builder:
            yield builder.document()
        elif self.wanted and self.languages:
            have = ", ".join(list(self.languages)[:6])
            what = f"no unit has both {' and '.join(self.wanted)}: the file has {have}"
            raise InputError(what, where=self.file.findings.name, hint="name the languages with --source and --target")
        yield from self._skipped(None)

    def _pair(self, unit: Unit) -> tuple[Variant, Variant] | None:
        """The unit's two variants, None when one is missing; the first complete unit settles the languages."""
        if self.source is None:
            # "*all*" means that any language may be the source: then the first variant is taken for it.
            header = self.file.header.source
            self.source = header if header != "*all*" or not unit.variants else unit.variants[0].language
        sources = closest(unit.variants, self.source)
        if not sources:
            return None
        # By identity: two variants of one unit may be equal.
        others = [variant for variant in unit.variants if variant is not sources[0]]
        if self.target is None:
            # Another language counts before another variety of the same one.
            targets = [v for v in others if v not in closest(others, self.source)] or others
        else:
            targets = closest(others, self.target)
        if not targets:
            return None
        self.target = self.target or targets[0].language
        if len(targets) > 1 and targets[0].language != self.target and targets[1].text != targets[0].text:
            detail = f"{targets[0].language} before {targets[1].language}"
            self.file.findings.note(Defect.SEVERAL_VARIANTS, line=unit.line, detail=detail)
        return sources[0], targets[0]

    def _skipped(self, document: str | None) -> Iterator[ExchangedDocument]:
        """Documents before this one that the header names but of which no unit was written."""
        if document is not None and document not in self.waiting:
            return
        while self.waiting and next(iter(self.waiting)) != document:
            name = next(iter(self.waiting))
            yield BitextBuilder(name, self.waiting.pop(name)).document()
