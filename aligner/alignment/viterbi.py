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
            choices[s:e] = ways.argmax(axis=0)
            states[M, s:e] = ways.max(axis=0)
            if i == 0:
                states[M, 0] = 0.0
            else:
                _skip_source(lattice, states, i)
            _skip_target(states[:, s:e], nulls[band.low[i] : band.high[i] + 1], lattice.opening)
            best[s:e] = states[:, s:e].max(axis=0)
    return states, choices


def _skip_source(lattice: Lattice, states: Floats, i: int) -> None:
    """Fill X of row i from the row above."""
    low, high, starts = lattice.band.low, lattice.band.high, lattice.band.starts
    first, last = int(low[i]), int(min(high[i - 1], high[i])) + 1
    if first >= last:
        return
    above = slice(int(starts[i - 1] + first - low[i - 1]), int(starts[i - 1] + last - low[i - 1]))
    here = slice(int(starts[i]), int(starts[i]) + last - first)
    better = np.maximum(states[M, above] + lattice.opening, states[X, above])
    states[X, here] = better + lattice.source_nulls[i - 1]


def _skip_target(row: Floats, nulls: Floats, opening: float) -> None:
    """Fill Y of a row from its M and X."""
    reach = np.maximum.accumulate(np.maximum(row[M], row[X]) + opening - nulls)
    row[Y, 1:] = reach[:-1] + nulls[1:]


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
        here = states[:, starts[i] + j - low[i]].copy()
        if state == X:
            here[M] += lattice.opening
            here[Y] = NEVER
        elif state == Y:
            here[:Y] += lattice.opening
        state = int(here.argmax())
    return path[::-1]
