"""The lattice: nodes, beads as edges, the band that is looked at.

A node (i, j) says that the first i source and the first j target segments are dealt with. A bead of shape (a, b) is an
edge from (i - a, j - b) to (i, j). Nulls come in runs, and starting a run costs more than going on (affine gaps, Gotoh
1982), so each node has three states::

    M  the last bead has both sides      (0, 0) ── 1-1 ──▶ (1, 1) ── 1-0 ──▶ (2, 1)
    X  the last bead is 1-0                  M                  M                  X
    Y  the last bead is 0-1              a run of X may turn to Y, never back: each set of nulls has one path

Only nodes in a band are looked at: row i holds columns ``low[i]`` to ``high[i]``. All nodes of the band lie in one
flat array, row after row; edges are rows of a matrix (shape × node at the edge's end). Scores are log-odds, higher is
better. `aligner.alignment.viterbi` finds the best path, `aligner.alignment.posterior` the probability of every edge.
Start reading at `Lattice`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Shapes = tuple[tuple[int, int], ...]
# Not minus infinity: the difference of two infinities is not a number, and sums over paths take differences.
NEVER = -1e30
"""The score of what cannot be."""
M, X, Y = range(3)


@dataclass(frozen=True, slots=True)
class Band:
    """The columns of each row that are looked at: ``low[i]`` to ``high[i]``, both included, never moving back."""

    low: Ints
    high: Ints
    starts: Ints = field(init=False)
    """Where each row starts in the flat array of nodes, and one more: how many nodes there are."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "starts", np.concatenate([[0], np.cumsum(self.high - self.low + 1)]))

    def shared(self, i: int) -> tuple[slice, slice] | None:
        """The nodes of row i - 1 and of row i in the columns that both have: where a 1-0 bead fits."""
        low, high, starts = self.low, self.high, self.starts
        # `low` never moves back, so row i - 1 begins no farther right than row i.
        first, last = int(low[i]), int(min(high[i - 1], high[i])) + 1
        if first >= last:
            return None
        up = int(starts[i - 1] + first - low[i - 1])
        return slice(up, up + last - first), slice(int(starts[i]), int(starts[i]) + last - first)


@dataclass(frozen=True, slots=True)
class Fences:
    """Where beads may start and end, so that none crosses a wall (a node that every path must visit)."""

    above: Ints
    """For each row, the nearest row above it that has a wall: no bead that ends here starts higher."""
    last: Ints
    """For each row, the last column where a bead may end."""
    first: Ints
    """For each row, the first column where a bead may start."""


@dataclass(frozen=True, slots=True)
class Lattice:
    """A band with the scores of all its edges."""

    band: Band
    shapes: Shapes
    scores: NDArray[np.float32]
    """``scores[k, node]``: of the bead with shape k that ends at the node; NEVER where it may not be."""
    source_nulls: Floats
    """The score of leaving each source segment alone."""
    target_nulls: Floats
    """The score of leaving each target segment alone."""
    opening: float
    """Added once for each run of nulls (a negative score)."""
    fences: Fences

    def origins(self, first: int, last: int) -> Ints:
        """For each shape and each node of rows ``first:last``, the flat number of the node where that bead starts.

        Beads that start outside the band or cross a fence get the number after the last node, kept at NEVER.
        """
        (row, column), fences = self.nodes(first, last), self.fences
        numbers = np.full((len(self.shapes), len(row)), self.band.starts[-1])
        for k, (a, b) in enumerate(self.shapes):
            good = (row - a >= fences.above[row]) & (column <= fences.last[row])
            good &= column - b >= fences.first[np.maximum(row - a, 0)]
            self._number(numbers[k], row - a, column - b, good)
        return numbers

    def ends(self, first: int, last: int) -> Ints:
        """For each shape and each node of rows ``first:last``, the flat number of the node where that bead ends."""
        (row, column), fences = self.nodes(first, last), self.fences
        numbers = np.full((len(self.shapes), len(row)), self.band.starts[-1])
        for k, (a, b) in enumerate(self.shapes):
            end = np.minimum(row + a, len(fences.above) - 1)
            good = (row + a == end) & (row >= fences.above[end]) & (column >= fences.first[row])
            self._number(numbers[k], end, column + b, good & (column + b <= fences.last[end]))
        return numbers

    def nodes(self, first: int, last: int) -> tuple[Ints, Ints]:
        """Row and column of each node of some rows."""
        starts = self.band.starts
        row = np.repeat(np.arange(first, last), np.diff(starts[first : last + 1]))
        return row, np.arange(starts[first], starts[last]) - starts[row] + self.band.low[row]

    def _number(self, numbers: Ints, row: Ints, column: Ints, good: NDArray[np.bool_]) -> None:
        """Number the nodes that are in the band."""
        band, inside = self.band, np.maximum(row, 0)
        good = good & (column >= band.low[inside]) & (column <= band.high[inside])
        numbers[good] = (band.starts[inside] + column - band.low[inside])[good]


def make_fences(rows: int, walls: Sequence[tuple[int, int]]) -> Fences:
    """The fences for walls, given in order.

    >>> make_fences(5, [(2, 7)]).above.tolist()
    [0, 0, 0, 2, 2]
    """
    above, first = np.zeros(rows, dtype=np.int64), np.zeros(rows, dtype=np.int64)
    last = np.full(rows, np.iinfo(np.int64).max)
    for i, j in walls:
        # One row only: the running maximum below carries it on, and thousands of walls stay linear.
        above[i + 1 : i + 2] = i
        last[i] = min(last[i], j)
        first[i] = max(first[i], j)
    return Fences(np.maximum.accumulate(above), last, first)
