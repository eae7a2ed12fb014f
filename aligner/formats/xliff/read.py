"""Read XLIFF: our own files as they come back from a CAT tool, and other tools' files as far as they are bitexts.

What a file says of a target is believed (`aligner.formats.xliff.states`): one that is not translated is left out, one
that a tool put there and nobody confirmed is a machine's or a memory's draft, by ``MT!`` and the tool's word for it.
Start reading at `documents`; the units come from `aligner.formats.xliff.parse`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from aligner.formats.exchange.documents import described, document_name
from aligner.formats.exchange.languages import is_turned
from aligner.formats.exchange.to_bitext import BitextBuilder, ExchangedDocument
from aligner.formats.exchange.units import Unit
from aligner.formats.xliff.parse import XliffDocument, XliffFile
from aligner.model import Bitext


def read(stream: BinaryIO) -> Iterator[Bitext]:
    """Yield a bitext for each ``file``; InputError for a file that is not XLIFF."""
    return (document.bitext for document in documents(stream))


def documents(stream: BinaryIO, *, source: str | None = None, target: str | None = None) -> Iterator[ExchangedDocument]:
    """Yield a document for each ``file``, with the status with which each unit went out.

    `source` and `target` are the languages wanted: a file that has them the other way round is turned, and its targets
    are those where it names no language.
    """
    file = XliffFile(stream, source=source or "und", target=target or "und")
    builder: BitextBuilder | None = None
    turned = False
    for part in file.parts():
        if isinstance(part, XliffDocument):
            if builder:
                yield builder.document()
            turned = is_turned((part.source, part.target), (source, target))
            builder = _builder(part, turned=turned)
        elif builder:
            unit = _turned(part) if turned else part
            builder.add(unit, *unit.variants)
    if builder:
        yield builder.document()
    file.findings.log()


def _builder(document: XliffDocument, *, turned: bool) -> BitextBuilder:
    pair = (document.target, document.source) if turned else (document.source, document.target)
    unknown = (("x-document", document_name(document.original, "xliff")),)
    known = described(document.properties, *pair) or described(unknown, *pair)
    name, about = next(iter(known.items()))
    return BitextBuilder(name, about, implied=False)


def _turned(unit: Unit) -> Unit:
    """A unit with its sides exchanged; what is said of the target says nothing of the source, which somebody wrote."""
    source, target = unit.variants
    return replace(unit, variants=(target, replace(source, changed="", changed_by="")), properties=())
