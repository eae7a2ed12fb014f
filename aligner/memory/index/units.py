"""The records of a memory: what goes in, and what is found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from aligner.model import Match


@dataclass(frozen=True, slots=True)
class MemoryUnit:
    """A text and its translation by a person, each on one line."""

    source: str
    target: str
    id: str = ""
    """What the memory calls it: a tuid, a bead's ``document:locator``, or ``line 12``."""
    changed: str = ""
    """When it was last changed: ISO 8601, UTC; empty: unknown."""
    by: str = ""
    """Who last changed it."""
    reviewed: bool = False
    """Whether somebody is known to have accepted or edited it."""


class Likeness(StrEnum):
    """How the text that was found and the text that was looked for differ."""

    SAME = "same"
    """Not at all."""
    TYPED = "typed"
    """In spaces, apostrophes, hyphens or invisible characters only (see `aligner.memory.index.fold.search_key`)."""
    FUZZY = "fuzzy"
    """In words or capitals."""


@dataclass(frozen=True, slots=True)
class FoundUnit:
    """A unit that answers a text."""

    match: Match
    likeness: Likeness
    unit: MemoryUnit
    others: int = 0
    """How many other translations the memories have of that same text."""

    @property
    def is_exact(self) -> bool:
        """Whether its translation can be taken as it is."""
        return self.likeness is not Likeness.FUZZY
