"""The best path through the lattice (Viterbi 1967), row by row, in time proportional to the band's area.

Within a row the beads of all shapes come from rows above and are compared at once; only runs of 0-1 beads stay in the
row, and these are a running maximum: with ``P`` the summed scores of target nulls, Y(j) = P(j) + max over j' < j of
U(j') + opening - P(j'), where U is the best of M and X. Start reading at `best_path`.
"""

from __future__ import annotations

import numpy as np

from aligner.alignment.lattice import NEVER, Floats, Lattice, M, X, Y

ROWS_AT_ONCE = 256


def best_path(lattice: Lattice) -> list[tuple[int, int]]:
    """The shapes of the best beads in order, nulls included."""
    states, choices = _sweep(lattice)
    return _trace(lattice, states, choices)


def _sweep(lattice: Lattice) -> tuple[Floats, np.ndarray[tuple[int], np.dtype[np.int8]]]:
    """The best score of each state at each node, and the shape of the bead that led to M."""
    band, starts = lattice.band, lattice.band.starts
    states = np.full((3, int(starts[-1]) + 1), NEVER)
    best = np.full(int(starts[-1]) + 1, NEVER)
    choices = np.zeros(int(starts[-1]), dtype=np.int8)
    nulls = np.concatenate([[0.0], np.cumsum(lattice.target_nulls)])
    for block in range(0, len(band.low), ROWS_AT_ONCE):
        last = min(block + ROWS_AT_ONCE, len(band.low))
        origins = lattice.origins(block, last)
        for i in range(block, last):
            s, e = int(starts[i]), int(starts[i + 1])
            ways = best[origins[:, s - starts[block] : e - starts[block]]] + lattice.scores[:, s:e]
            # The first of equal shapes wins, and shapes come with the smaller first: same input, same beads.
            choices[s:e] = ways.argmax(axis=0)
            states[M, s:e] = ways.max(axis=0)
            if i == 0:
                states[M, 0] = 0.0
            elif shared := band.shared(i):
                up, here = shared
                better = np.maximum(states[M, up] + lattice.opening, states[X, up])
                states[X, here] = better + lattice.source_nulls[i - 1]
            # Y from M and X, which are complete: a run of X may turn to Y, never back.
            null = nulls[band.low[i] : band.high[i] + 1]
            reach = np.maximum.accumulate(np.maximum(states[M, s:e], states[X, s:e]) + lattice.opening - null)
            states[Y, s + 1 : e] = reach[:-1] + null[1:]
            best[s:e] = states[:, s:e].max(axis=0)
    return states, choices


def _trace(
    lattice: Lattice, states: Floats, choices: np.ndarray[tuple[int], np.dtype[np.int8]]
) -> list[tuple[int, int]]:
    """Walk back from the last node."""
    low, starts = lattice.band.low, lattice.band.starts
    i, j = len(low) - 1, int(lattice.band.high[-1])
    state = int(states[:, starts[i] + j - low[i]].argmax())
    path: list[tuple[int, int]] = []
    while i or j:
        a, b = lattice.shapes[choices[starts[i] + j - low[i]]] if state == M else ((1, 0) if state == X else (0, 1))
        path.append((a, b))
        i, j = i - a, j - b
        # Where a run of nulls began is not stored: the state that is best with what opening the run costs.
        here = states[:, starts[i] + j - low[i]].copy()
        if state == X:
            here[M] += lattice.opening
            here[Y] = NEVER
        elif state == Y:
            here[:Y] += lattice.opening
        state = int(here.argmax())
    return path[::-1]
