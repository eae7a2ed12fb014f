"""What a file proposes: an English text for a source text.

TMX and XLIFF of any tool are read, and our own tables for spreadsheets. Of a file in an OmegaT project that
`aligner export` made, the memories in its ``tm`` folder tell what had been exported: the third text of a three-way
merge. Start reading at `proposals`.
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
from aligner.files import explained
from aligner.formats.conversion.kinds import INPUTS
from aligner.formats.conversion.units import document_in_order
from aligner.formats.exchange.notation import seg_text
from aligner.formats.exchange.to_bitext import ExchangedDocument
from aligner.omegat.project import memory_files

SUFFIXES = {
    **{suffix: row.name for row in INPUTS.values() if row.documents for suffix in row.suffixes},
    ".docx": "docx",
}
"""The formats that are read, by the ends of their files' names."""


_UNDATED = frozenset(("tsv", "csv"))
"""Formats that do not say when and by whom a text had been reviewed when it went out."""
_STALE = frozenset(("xliff", "xlsx", "ods", "tsv", "csv", "docx"))
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

    @property
    def is_ours(self) -> bool:
        """Whether the unit went out from this corpus, so that it names its document."""
        return self.said.is_export


def proposals(path: Path, project: Project) -> list[Proposal]:
    """The units of a TMX, XLIFF, XLSX or TSV file, in order.

    Raises InputError for another kind of file, one that cannot be read, or one in other languages than the project's.
    """
    base = _exported(path, project)
    found: list[Proposal] = []
    ours = project.languages
    # a table may have its columns in either order, and need not name its languages
    for document in (document_in_order(each, ours) for each in read(path)):
        theirs = document.bitext.languages
        # regions make no difference: fr-FR comes back where fr went out
        plain = [[tag.partition("-")[0].lower() for tag in pair] for pair in (theirs, ours)]
        if document.bitext.beads and any(one not in (other, "und") for one, other in zip(*plain, strict=True)):
            raise InputError(f"the file is {'–'.join(theirs)}, the corpus {'–'.join(ours)}", where=path)
        found += _proposed(document, base, _format(path))
    return [replace(proposal, number=number) for number, proposal in enumerate(found)]


def _format(path: Path) -> str:
    return SUFFIXES.get(path.suffix.lower(), "")


def read(path: Path) -> Iterator[ExchangedDocument]:
    """The documents of a file that can be imported; InputError when it is missing or of another kind."""
    name = _format(path)
    if name == "docx":
        yield from read_table(path)
        return
    reader = INPUTS[name].documents if name else None
    if reader is None:
        kinds = ", ".join([*SUFFIXES, ".edits.json"])
        raise InputError("this kind of file cannot be imported", where=path, hint=f"use {kinds}")
    if not path.is_file():
        raise InputError("there is no such file", where=path, hint="check the name")
    with explained(path, "read"), path.open("rb") as stream:
        yield from reader(stream)


def _proposed(document: ExchangedDocument, base: Mapping[str, str], name: str) -> Iterator[Proposal]:
    """The units of one document of a file; `base` is what had been exported, `name` the format's."""
    bitext = document.bitext
    for bead, sent_status in zip(bitext.beads, document.sent, strict=True):
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
        yield Proposal(0, bitext.id, bitext.locator(bead), source, said)


def _exported(path: Path, project: Project) -> dict[str, str]:
    """What had been exported into the OmegaT project that a file lies in, by source text; reviewed units win."""
    found: dict[str, str] = {}
    # A file lies in the folder of the project, or in one below it (omegat/project_save.tmx).
    for folder in path.resolve().parents[:2]:
        for memory in memory_files(project, folder):
            if (folder / "omegat.project").is_file() and memory.resolve() != path.resolve():
                for bitext in (document.bitext for document in read(memory)):
                    for bead in bitext.beads:
                        # the first file wins, and reviewed units are in it
                        found.setdefault(seg_text(bitext.source_text(bead)), seg_text(bitext.target_text(bead)))
    return found
