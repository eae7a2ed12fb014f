"""What the aligner returns: all beads of two texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from aligner.model import Bead, check_coverage


@dataclass(frozen=True, slots=True)
class Alignment:
    """All beads of two texts, in order, every segment of both sides exactly once.

    >>> Alignment((Bead((0, 1), (0,)), Bead((), (1,))), source_length=2, target_length=2).types()
    {'2-1': 1, '0-1': 1}
    """

    beads: tuple[Bead, ...]
    source_length: int
    target_length: int
    moved: tuple[Bead, ...] = ()
    """Pairs that stand elsewhere in the other text, so that they cross others: links beside the beads, in which their
    segments stand alone."""
    encoder: str = ""
    """The encoder whose sentence embeddings took part; empty where none did."""

    def __post_init__(self) -> None:
        check_coverage(self.beads, self.source_length, self.target_length)

    def __iter__(self) -> Iterator[Bead]:
        return iter(self.beads)

    def __len__(self) -> int:
        return len(self.beads)

    def types(self) -> dict[str, int]:
        """How many beads of each shape, in order of first appearance."""
        counts: dict[str, int] = {}
        for bead in self.beads:
            counts[bead.type] = counts.get(bead.type, 0) + 1
        return counts
