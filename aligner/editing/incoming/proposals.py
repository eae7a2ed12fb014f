"""What a file proposes: an English text for a source text.

Every file of pairs is read (`aligner.formats.opening`), and our tables in Word documents. Of a file in an OmegaT
project that `aligner export` made, the memories in its ``tm`` folder tell what had been exported: the third text of a
three-way merge. Start reading at `proposals`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from aligner.corpus.store import Project
from aligner.documents.bilingual import read_table
from aligner.editing.authorship import Incoming
from aligner.editing.wordings import plain_line
from aligner.errors import InputError
from aligner.formats.exchange.notation import seg_text
from aligner.formats.exchange.to_bitext import ExchangedDocument
from aligner.formats.exchange.units import AlternativeKey
from aligner.formats.opening import opened_parts
from aligner.languages.tags import base_language
from aligner.model import Languages
from aligner.omegat.project import memory_files

DOCX = ".docx"
"""How the names of tables in Word documents end."""
_UNDATED = frozenset(("tsv", "csv"))
"""Formats that do not say when and by whom a text had been reviewed when it went out."""
_STALE = frozenset(("xlsx", "ods", "tsv", "csv", "docx"))
"""Formats whose names and dates are those that went out: no tool brings them up to date."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One unit of a file."""

    number: int
    """Its place in the file, counted from 0."""
    document: str
    """The document that the file names; a file of another tool is named after itself."""
    locator: str
    source: str
    """As TMX writes it (`aligner.formats.exchange.notation.seg_text`)."""
    said: Incoming
    """Its English text, and what the file says of it."""
    alternative: AlternativeKey | None = None
    """Which of several equal source texts it is about, where the file says so."""

    @property
    def is_ours(self) -> bool:
        """Whether the unit went out from this corpus, so that it names its document."""
        return self.said.is_export


def proposals(path: Path, project: Project) -> list[Proposal]:
    """The units of a file of pairs, in order.

    Raises InputError for another kind of file, one that cannot be read, or one in other languages than the project's.
    """
    base = _exported(path, project)
    found: list[Proposal] = []
    ours = project.languages
    for document, name in read(path, ours):
        theirs = document.bitext.languages
        # regions make no difference, and a table need not name its languages
        plain = [[*map(base_language, pair)] for pair in (theirs, ours)]
        if document.bitext.beads and any(one not in (other, "und") for one, other in zip(*plain, strict=True)):
            raise InputError(f"the file is {'–'.join(theirs)}, the corpus {'–'.join(ours)}", where=path)
        found += _proposed(document, base, name)
    return [replace(proposal, number=number) for number, proposal in enumerate(found)]


def read(path: Path, languages: Languages) -> Iterator[tuple[ExchangedDocument, str]]:
    """The documents of a file that can be imported, each with the name of its format.

    Raises InputError when the file is missing or of another kind.
    """
    if path.suffix.lower() == DOCX:
        yield from ((document, "docx") for document in read_table(path))
        return
    for part in opened_parts(path):
        yield from ((document, part.kind.name) for document in part.documents(*languages))


def _proposed(document: ExchangedDocument, base: Mapping[str, str], name: str) -> Iterator[Proposal]:
    """The units of one document of a file; `base` is what had been exported, `name` the format's."""
    bitext = document.bitext
    keys = document.alternatives or (None,) * len(bitext.beads)
    for bead, sent_status, key in zip(bitext.beads, document.sent, keys, strict=True):
        source = seg_text(bitext.source_text(bead))
        sent = next(iter(bead.written), "")
        said = Incoming(
            plain_line(bitext.target_text(bead)),
            source=source,
            status=bead.status,
            origin=bead.origin,
            maker=bead.maker,
            sent=sent,
            sent_status=sent_status,
            base=base.get(source),
            exported_from=bitext.target.sha256,
            is_export=bool(sent or bitext.target.sha256),
            by=bead.by,
            changed=bead.changed,
            tells_dates=name not in _UNDATED,
            note=bead.note,
        )
        # Name and date went out with the old text, or with the old status: they are not the person's who changed it.
        if (said.is_another or said.is_raised) and name in _STALE and not said.is_by_machine:
            said = replace(said, by="", changed="")
        yield Proposal(0, bitext.id, bitext.locator(bead), source, said, key)


def _exported(path: Path, project: Project) -> dict[str, str]:
    """What had been exported into the OmegaT project that a file lies in, by source text; reviewed units win."""
    found: dict[str, str] = {}
    # A file lies in the folder of the project, or in one below it (omegat/project_save.tmx).
    for folder in path.resolve().parents[:2]:
        for memory in memory_files(project, folder):
            if (folder / "omegat.project").is_file() and memory.resolve() != path.resolve():
                for bitext in (each.bitext for each, _ in read(memory, project.languages)):
                    for bead in bitext.beads:
                        # the first file wins, and reviewed units are in it
                        found.setdefault(seg_text(bitext.source_text(bead)), seg_text(bitext.target_text(bead)))
    return found
