"""How probable each bead is, given everything: the forward–backward algorithm on the lattice (Rabiner 1989).

The probability of a path is proportional to exp(its score). `Posterior` holds, for each node and state, the summed
weight of all ways to it and of all ways on from it, as logarithms; the probability of a bead is the share of all paths
that use it. Start reading at `sum_paths`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aligner.alignment.lattice import NEVER, Floats, Ints, Lattice, M, X, Y

ROWS_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class Posterior:
    """Summed weights (logarithms) of the ways to and from each node, by state."""

    lattice: Lattice
    forward: Floats
    """Ways from the start to each node, by the state they arrive in; one more column for nodes outside."""
    backward: Floats
    """Ways from each node to the end, by the state they leave from."""
    total: float
    """All ways from start to end."""
    starts: Ints
    """Where each row starts in the flat arrays."""

    def scores(self, i: Ints, j: Ints, shape: tuple[int, int]) -> Floats:
        """The scores of the beads of one shape that end at the nodes (i, j)."""
        if not all(shape):
            return self.lattice.source_nulls[i - 1] if shape[0] else self.lattice.target_nulls[j - 1]
        node = self.starts[i] + j - self.lattice.band.low[i]
        scores: Floats = self.lattice.scores[self.lattice.shapes.index(shape), node].astype(np.float64)
        return scores

    def probabilities(self, i: Ints, j: Ints, shape: tuple[int, int]) -> Floats:
        """The probabilities of the beads of one shape that end at the nodes (i, j)."""
        band, starts = self.lattice.band, self.starts
        a, b = shape
        end, origin = starts[i] + j - band.low[i], starts[i - a] + j - b - band.low[i - a]
        before = self.forward[:, origin]
        if a and b:
            k = self.lattice.shapes.index(shape)
            edge = np.logaddexp.reduce(before, axis=0) + self.lattice.scores[k, end] + self.backward[M, end]
        elif a:
            ways = np.logaddexp(before[M] + self.lattice.opening, before[X])
            edge = ways + self.lattice.source_nulls[i - 1] + self.backward[X, end]
        else:
            ways = np.logaddexp(np.logaddexp(before[M], before[X]) + self.lattice.opening, before[Y])
            edge = ways + self.lattice.target_nulls[j - 1] + self.backward[Y, end]
        share: Floats = np.clip(np.exp(edge - self.total), 0.0, 1.0)
        return share


def sum_paths(lattice: Lattice) -> Posterior:
    """Sum over all paths, from both ends."""
    forward, backward = _forward(lattice), _backward(lattice)
    # The last node but one: the last column stands for all nodes outside the band.
    total = float(np.logaddexp.reduce(forward[:, -2]))
    return Posterior(lattice, forward, backward, total, lattice.band.starts)


def _sum(ways: Floats) -> Floats:
    """log(sum(exp(ways))) down the columns."""
    # The largest is taken out first: exp of a score in the hundreds would overflow.
    most: Floats = ways.max(axis=0)
    summed: Floats = np.log(np.exp(ways - most).sum(axis=0))
    return most + summed


def _forward(lattice: Lattice) -> Floats:
    band, starts, opening = lattice.band, lattice.band.starts, lattice.opening
    states = np.full((3, int(starts[-1]) + 1), NEVER)
    arrived = np.full(int(starts[-1]) + 1, NEVER)
    nulls = np.concatenate([[0.0], np.cumsum(lattice.target_nulls)])
    # Origins are looked up for blocks of rows: for the whole text they would take more memory than the scores.
    for block in range(0, len(band.low), ROWS_AT_ONCE):
        last = min(block + ROWS_AT_ONCE, len(band.low))
        origins = lattice.origins(block, last)
        for i in range(block, last):
            s, e = int(starts[i]), int(starts[i + 1])
            states[M, s:e] = _sum(arrived[origins[:, s - starts[block] : e - starts[block]]] + lattice.scores[:, s:e])
            if i == 0:
                states[M, 0] = 0.0
            elif shared := band.shared(i):
                up, here = shared
                states[X, here] = np.logaddexp(states[M, up] + opening, states[X, up]) + lattice.source_nulls[i - 1]
            null = nulls[band.low[i] : band.high[i] + 1]
            # The same running sum as the maximum in `viterbi`, with logaddexp in place of max.
            reach = np.logaddexp.accumulate(np.logaddexp(states[M, s:e], states[X, s:e]) + opening - null)
            states[Y, s + 1 : e] = reach[:-1] + null[1:]
            arrived[s:e] = np.logaddexp(np.logaddexp(states[M, s:e], states[X, s:e]), states[Y, s:e])
    return states


def _backward(lattice: Lattice) -> Floats:
    band, starts, opening = lattice.band, lattice.band.starts, lattice.opening
    nodes, rows = int(starts[-1]), len(band.low)
    states = np.full((3, nodes + 1), NEVER)
    nulls = np.concatenate([[0.0], np.cumsum(lattice.target_nulls)])
    for first in range((rows - 1) // ROWS_AT_ONCE * ROWS_AT_ONCE, -1, -ROWS_AT_ONCE):
        last = min(first + ROWS_AT_ONCE, rows)
        ends = lattice.ends(first, last)
        scores = np.take_along_axis(lattice.scores, np.minimum(ends, nodes - 1), axis=1)
        for i in range(last - 1, first - 1, -1):
            s, e, begin = int(starts[i]), int(starts[i + 1]), int(starts[first])
            onward = _sum(scores[:, s - begin : e - begin] + states[M][ends[:, s - begin : e - begin]])
            down = np.full(e - s, NEVER)
            if i == rows - 1:
                onward[-1] = 0.0
            elif shared := band.shared(i + 1):
                up, below = shared
                down[up.start - s : up.stop - s] = states[X, below] + lattice.source_nulls[i]
            # Y(j) = onward(j) or null(j) then Y(j + 1): a running sum from the right. It leaves no way down,
            # because a run of Y never turns to X.
            null = nulls[band.low[i] : band.high[i] + 1]
            through = np.logaddexp.accumulate((onward + null)[::-1])[::-1] - null
            states[Y, s:e] = through
            right = np.full(e - s, NEVER)
            right[:-1] = through[1:] + (null[1:] - null[:-1])
            states[X, s:e] = np.logaddexp(np.logaddexp(onward, down), right + opening)
            states[M, s:e] = np.logaddexp(np.logaddexp(onward, down + opening), right + opening)
    return states
