"""The band: which nodes of the lattice are worth looking at.

Between two known points of the path, the band holds every way that follows the diagonal from the first point, skips
whatever one side has too much, and follows the diagonal into the second point; around that it leaves a margin. Start
reading at `make_band`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from aligner.alignment.lattice import Band, Ints

DRIFT = 60
"""How far at most the path may stray from the diagonal between two distant points, besides the margin."""
LARGEST = 4_000_000
"""Where two points leave a rectangle with more nodes than this, what is too much is skipped first."""
Points = Sequence[tuple[int, int]]


def make_band(points: Points, size: tuple[int, int], window: int, walls: Points = ()) -> Band:
    """The band around nodes that the path is thought to visit, `window` wide to every side.

    `size` is (source segments, target segments). The path must pass through `walls`, whatever the points say.

    >>> band = make_band([(2, 2)], (4, 4), 0)
    >>> band.low.tolist(), band.high.tolist()
    ([0, 0, 1, 1, 4], [0, 3, 3, 4, 4])
    """
    rows, columns = size[0] + 1, size[1] + 1
    low, high = np.full(rows, columns), np.full(rows, -1)
    corners = [(0, 0), *sorted({*_agreeing(points, walls), *walls} - {(0, 0), size}), size]
    for first, last in pairwise(corners):
        _fill(low, high, first, last)
    # No path goes back, so a row may begin no further right than the rows below it, and end no further left than those
    # above: only then can every node of the band be reached and left.
    low = np.minimum.accumulate(low[::-1])[::-1]
    high = np.maximum.accumulate(high)
    row = np.arange(rows)
    low = np.maximum(low[np.maximum(row - window, 0)] - window, 0)
    high = np.minimum(high[np.minimum(row + window, rows - 1)] + window, columns - 1)
    # The margin may reach past a wall; every path must visit it, so what is beyond is cut off again.
    for i, j in walls:
        low[i + 1 : i + 2] = np.maximum(low[i + 1 : i + 2], j)
        high[max(i - 1, 0) : i] = np.minimum(high[max(i - 1, 0) : i], j)
    return Band(np.maximum.accumulate(low), np.minimum.accumulate(high[::-1])[::-1])


def _fill(low: Ints, high: Ints, first: tuple[int, int], last: tuple[int, int]) -> None:
    """Take in all ways between two points that follow one diagonal, skip, and follow the other."""
    (i, j), (k, m) = first, last
    down, across = k - i, m - j
    # Most are like this once there is a path: nothing lies between, and filling at a stroke shows in the whole.
    if down <= 1 and across <= 1:
        low[i], high[i] = min(low[i], j), max(high[i], j)
        low[k], high[k] = min(low[k], m), max(high[k], m)
        return
    row = np.arange(i, k + 1)
    # `leave` keeps to the diagonal of the first point, `arrive` to that of the last: what is skipped lies between.
    leave, arrive = np.minimum(j + row - i, m), np.maximum(m - (k - row), j)
    if min(down, across) * abs(across - down) > LARGEST:
        leave = np.where(row == i, j, arrive)
    # A path strays like a random walk: by the square root of the way to the nearer point.
    drift = np.minimum(2 * np.sqrt(np.minimum(row - i, k - row)), DRIFT)
    low[i : k + 1] = np.minimum(low[i : k + 1], np.floor(np.minimum(leave, arrive) - drift))
    high[i : k + 1] = np.maximum(high[i : k + 1], np.ceil(np.maximum(leave, arrive) + drift))


def _agreeing(points: Points, walls: Points) -> Points:
    """The points that a path through all walls can visit."""
    rows = [i for i, _ in walls]
    columns = [j for _, j in walls]
    kept = []
    for i, j in points:
        # Bisected, because a reviewed text may have thousands of locked beads, each with two walls.
        before, after = bisect_right(rows, i), bisect_left(rows, i)
        if (not before or columns[before - 1] <= j) and (after == len(rows) or columns[after] >= j):
            kept.append((i, j))
    return kept
