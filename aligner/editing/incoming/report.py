"""What an import did, or would do: an `ImportedDocument` for each document, a `Conflict` for what was left alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from aligner.editing.edits import Merge, Move, Split
from aligner.editing.open_document import EditResult, OpenDocument, StoredBitext
from aligner.errors import FINE, PROBLEMS


@dataclass(frozen=True, slots=True)
class Conflict:
    """A unit of the file that was not taken over, and why."""

    where: str
    """The bead (``brics:3.2``), the document, or empty when the file's unit belongs to none."""
    reason: str
    source: str = ""
    ours: str = ""
    """The English text of the corpus, which stays."""
    theirs: str = ""
    """The English text of the file."""


@dataclass(frozen=True, slots=True)
class ImportedDocument:
    """What was taken over into one document."""

    id: str
    edited: int = 0
    """Beads with a new English text by a person."""
    reviewed: int = 0
    """Beads with a new status or remark; their text stays, or is one of ours that a person chose."""
    reshaped: int = 0
    """How often beads were merged, split or moved."""


def summary_of_import(document: str, outcome: EditResult) -> ImportedDocument:
    """What edits did to a document, counted."""
    # counted by what the person did, not by beads: one split changes two of them
    reshaped = sum(isinstance(edit, Merge | Split | Move) for edit in outcome.edits)
    edited = len(outcome.rewrites)
    return ImportedDocument(document, edited, len(outcome.edits) - edited - reshaped, reshaped)


def files_of(opened: OpenDocument, before: StoredBitext, after: StoredBitext) -> list[Path]:
    """The files of a document that were written between two of its versions."""
    # nothing was written, whatever the file said
    if before.version == after.version:
        return []
    changed = before.bitext.target.sha256 != after.bitext.target.sha256
    return [opened.english_file, opened.bitext_file] if changed else [opened.bitext_file]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do."""

    units: int
    """Units in the file."""
    documents: tuple[ImportedDocument, ...]
    """The documents that changed, in order."""
    conflicts: tuple[Conflict, ...]
    written: tuple[Path, ...] = ()
    untouched: int = 0
    """Units that change nothing: as they went out, or as the corpus is already."""
    undone: int = 0
    """Units that are not translated, or that somebody rejected."""
    machines: tuple[Conflict, ...] = ()
    """Units whose text a machine or a memory put there, and which nobody confirmed; they change nothing."""

    @property
    def exit_code(self) -> int:
        """1 when there were conflicts, otherwise 0."""
        return PROBLEMS if self.conflicts else FINE
