"""L-BFGS (Nocedal 1980): the minimum of a smooth function of some dozen variables."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def minimise(cost: Callable[[Floats], tuple[float, Floats]], start: Floats, steps: int) -> Floats:
    """L-BFGS (Nocedal 1980) with a backtracking line search."""
    at, (value, slope) = start, cost(start)
    moves: list[tuple[Floats, Floats]] = []
    for number in range(steps):
        direction = -_precondition(slope, moves)
        rate = 1.0 if moves else 1.0 / max(float(np.abs(slope).max()), 1.0)
        while True:
            new = at + rate * direction
            new_value, new_slope = cost(new)
            if new_value <= value + 1e-4 * rate * float(direction @ slope) or rate < 1e-6:
                break
            rate /= 2
        if rate < 1e-6 or value - new_value < 1e-4 * abs(value):
            at = new if new_value < value else at
            break
        moves = [*moves[-7:], (new - at, new_slope - slope)]
        at, value, slope = new, new_value, new_slope
        print(f"step {number + 1}: {value:.1f}", file=sys.stderr)
    return at


def _precondition(slope: Floats, moves: Sequence[tuple[Floats, Floats]]) -> Floats:
    """The slope multiplied by the estimated inverse curvature (two-loop recursion)."""
    q, alphas = slope.copy(), []
    for s, y in reversed(moves):
        alpha = float(s @ q) / float(y @ s)
        alphas.append(alpha)
        q -= alpha * y
    if moves:
        s, y = moves[-1]
        q *= float(s @ y) / float(y @ y)
    for (s, y), alpha in zip(moves, reversed(alphas), strict=True):
        q += (alpha - float(y @ q) / float(y @ s)) * s
    return q
