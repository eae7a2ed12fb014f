"""What a file proposes: an English text for a source text.

TMX and XLIFF of any tool are read, and our own tables for spreadsheets. Of a file in an OmegaT project that
`aligner export` made, the memories in its ``tm`` folder tell what had been exported: the third text of a three-way
merge. Start reading at `proposals`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from aligner.errors import InputError
from aligner.files import explained
from aligner.formats import FORMATS
from aligner.formats.tmx.notation import seg_text
from aligner.model import Bitext, Status
from aligner.omegat_project import memory_files
from aligner.store import Project

SUFFIXES = {".tmx": "tmx", ".xlf": "xliff", ".xliff": "xliff", ".xlsx": "xlsx", ".tsv": "tsv"}
"""The formats that are read, by the ends of their files' names."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One unit of a file. Texts are as TMX writes them (`aligner.formats.tmx.notation.seg_text`)."""

    document: str
    """The document that the file names; a file of another tool is named after itself."""
    locator: str
    source: str
    target: str
    """Empty: not translated."""
    status: Status = Status.DRAFT
    changed: str = ""
    by: str = ""
    """Who changed it last; ``MT!…`` for a machine."""
    note: str = ""
    base: str | None = None
    """The target that had been exported, where it is known."""
    exported_from: str = ""
    """SHA-256 of the English text from which the file was exported; empty when unknown."""

    @property
    def is_by_machine(self) -> bool:
        """Whether the file says that a machine wrote it last."""
        return self.by.startswith("MT!")


def proposals(path: Path, project: Project) -> list[Proposal]:
    """The units of a TMX, XLIFF, XLSX or TSV file, in order.

    Raises InputError for another kind of file, one that cannot be read, or one in other languages than the project's.
    """
    base = _exported(path, project)
    return [p for bitext in read(path) for p in _proposed(_of_languages(bitext, project, path), base)]


def read(path: Path) -> Iterator[Bitext]:
    """The bitexts of such a file; InputError when there is no such file or it is of another kind."""
    name = SUFFIXES.get(path.suffix.lower())
    reader = FORMATS[name].read if name else None
    if reader is None:
        kinds = ", ".join([*SUFFIXES, ".edits.json"])
        raise InputError("this kind of file cannot be imported", where=path, hint=f"use {kinds}")
    if not path.is_file():
        raise InputError("there is no such file", where=path, hint="check the name")
    with explained(path, "read"), path.open("rb") as stream:
        yield from reader(stream)


def _of_languages(bitext: Bitext, project: Project, path: Path) -> Bitext:
    pair = (bitext.source.language, bitext.target.language)
    if bitext.beads and tuple(_language(tag) for tag in pair) != (_language(project.source), _language(project.target)):
        raise InputError(f"the file is {'–'.join(pair)}, the corpus {project.source}–{project.target}", where=path)
    return bitext


def _language(tag: str) -> str:
    return tag.partition("-")[0].lower()


def _proposed(bitext: Bitext, base: Mapping[str, str]) -> Iterator[Proposal]:
    for bead in bitext.beads:
        source = seg_text(bitext.source_text(bead))
        yield Proposal(
            bitext.id,
            bitext.locator(bead),
            source,
            seg_text(bitext.target_text(bead).strip("\ufeff")),
            bead.status,
            bead.changed,
            bead.by,
            bead.note,
            base.get(source),
            bitext.target.sha256,
        )


def _exported(path: Path, project: Project) -> dict[str, str]:
    """What had been exported into the OmegaT project that a file lies in, by source text; reviewed units win."""
    found: dict[str, str] = {}
    for folder in path.resolve().parents[:2]:
        for memory in memory_files(project, folder):
            if (folder / "omegat.project").is_file() and memory.resolve() != path.resolve():
                for bitext in read(memory):
                    for bead in bitext.beads:
                        found.setdefault(seg_text(bitext.source_text(bead)), seg_text(bitext.target_text(bead)))
    return found
