"""What an import did, or would do: an `Imported` for each document, a `Conflict` for all that was left as it was."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

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
class Imported:
    """What was taken over into one document."""

    id: str
    edited: int = 0
    """Beads with a new English text by a person."""
    reviewed: int = 0
    """Beads with a new status or remark; their text stays, or is one of ours that a person chose."""
    reshaped: int = 0
    """How often beads were merged, split or moved."""


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did, or would do."""

    units: int
    """Units in the file."""
    documents: tuple[Imported, ...]
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
