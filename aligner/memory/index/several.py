"""Several memories that answer together, always in the same way.

Of several translations of one text the one that somebody is known to have reviewed wins, then the newest, then that of
the memory named first, then the first in its memory; that there are others is noted. Start reading at `Memories`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from aligner.errors import InputError
from aligner.memory.index.fold import EXACT
from aligner.memory.index.search import MemoryIndex
from aligner.memory.index.units import FoundUnit, Likeness, MemoryUnit
from aligner.model import Match

Wanted = Callable[[str, MemoryUnit], bool]
"""Whether a unit, given the name of its memory, may be used."""
_Answer = TypeVar("_Answer")
_HINT = "delete the folder .aligner/memory; it is made again"
_MORE = 20
"""Entries looked at beyond those asked for, where some may not be used."""


@dataclass(frozen=True, slots=True)
class Memory:
    """One memory, open."""

    name: str
    digest: str
    """Stands for its content."""
    index: MemoryIndex


def anything(memory: str, unit: MemoryUnit) -> bool:  # noqa: ARG001 - the shape of `Wanted`
    """Every unit may be used."""
    return True


class Memories:
    """Memories in the order of their names' importance; may be empty."""

    def __init__(self, memories: Sequence[Memory] = ()) -> None:
        self.memories = tuple(memories)

    def __len__(self) -> int:
        """How many units there are in all."""
        return sum(len(memory.index) for memory in self.memories)

    @property
    def signature(self) -> str:
        """The memories and their contents, on one line."""
        return ", ".join(f"{memory.name} {memory.digest[:16]}" for memory in self.memories)

    def exact(self, text: str, *, wanted: Wanted = anything) -> FoundUnit | None:
        """The translation of the same text that wins; None when there is none."""
        found = [
            (memory.name, unit)
            for memory in self.memories
            for unit in _asked(memory, lambda index: index.exact(text))
            if wanted(memory.name, unit)
        ]
        return _winner(text, EXACT, found) if found else None

    def search(self, text: str, *, minimum: int = 75, limit: int = 5, wanted: Wanted = anything) -> list[FoundUnit]:
        """The texts most like this one that have a score of `minimum` (1 to 100) at least, best first."""
        exact = self.exact(text, wanted=wanted)
        answers = [exact] if exact else []
        ranked = []
        for order, memory in enumerate(self.memories if minimum < EXACT else ()):
            entries = _asked(memory, lambda index: index.fuzzy(text, minimum=minimum, limit=limit + _MORE))
            for place, (score, entry) in enumerate(entries):
                units = [(memory.name, u) for u in memory.index.units(entry) if wanted(memory.name, u)]
                # The same text is there already, from all memories together.
                if score < EXACT and units:
                    ranked.append((-score, order, place, units))
        ranked.sort(key=lambda item: item[:3])
        answers += [_winner(text, -score, units) for score, _, _, units in ranked[:limit]]
        return answers[:limit]

    def best(self, text: str, *, minimum: int = 75, wanted: Wanted = anything) -> FoundUnit | None:
        """The same text, or the one most like it; None when there is none."""
        return next(iter(self.search(text, minimum=minimum, limit=1, wanted=wanted)), None)


def _asked(memory: Memory, question: Callable[[MemoryIndex], list[_Answer]]) -> list[_Answer]:
    """What an index answers; InputError when its file proves damaged."""
    # The checks find a changed byte; what numpy and JSON say of a number that is wrong comes here.
    try:
        return question(memory.index)
    except (IndexError, ValueError, TypeError) as error:
        raise InputError("the index of this memory is damaged", where=memory.name, hint=_HINT) from error


def _winner(text: str, score: int, found: Sequence[tuple[str, MemoryUnit]]) -> FoundUnit:
    """The unit among those with one source text that is taken."""
    name, unit = max(found, key=lambda item: (item[1].reviewed, item[1].changed))  # the first of equal ones
    targets = {other.target for _, other in found} - {unit.target}
    same = Likeness.SAME if unit.source == text else Likeness.TYPED
    likeness = same if score == EXACT else Likeness.FUZZY
    notes = ["typed differently"] if likeness is Likeness.TYPED else []
    notes += [f"{len(targets)} other translation{'s' if len(targets) > 1 else ''}"] if targets else []
    match = Match(score, name, unit.id, unit.source, unit.target, "; ".join(notes))
    return FoundUnit(match, likeness, unit, len(targets))
