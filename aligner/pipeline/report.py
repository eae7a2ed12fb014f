"""What a run did: an `Outcome` for each document, a `Report` for all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from aligner.errors import AlignerError


class Done(StrEnum):
    """What happened to a document."""

    TRANSLATED = "translated"
    RENEWED = "renewed"
    """A person's work stayed, the machine's drafts around it were written again."""
    ALIGNED = "aligned"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened to one document, and its size."""

    id: str
    done: Done
    segments: int = 0
    beads: int = 0
    words: int = 0
    """Words on the source side, boilerplate not counted."""
    notes: tuple[str, ...] = ()
    error: AlignerError | None = None


Finished = Callable[[Outcome, int, int], None]
"""Called with the outcome of a document, and how many of how many are done that there was work on."""


def unnoticed(outcome: Outcome, done: int, total: int) -> None:
    """Take no note of a document that is done."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did."""

    outcomes: tuple[Outcome, ...]
    written: tuple[Path, ...]
    """The files written, in order."""
    translated: int
    """Segments that went to the translation engine or its cache."""
    fresh: int
    """Segments among them that the model had to translate."""
    seconds: float
    recalled: int = 0
    """Segments whose English was taken from a translation memory or from what a reviewer had accepted."""
    remarks: tuple[str, ...] = ()
    """A sentence for each document that was renamed, and one for those whose sources are gone."""

    @property
    def exit_code(self) -> int:
        """0 when all went well, else the highest code among the errors."""
        # a missing model is worse than a bad document: whoever runs it again should know first
        return max((outcome.error.exit_code for outcome in self.outcomes if outcome.error), default=0)

    def count(self, done: Done) -> int:
        """How many documents had this outcome."""
        return sum(outcome.done is done for outcome in self.outcomes)
