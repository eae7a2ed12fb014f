"""The learning curve as a picture (SVG): BLEU of the bare model by the target pieces it has seen.

Start reading at `draw_curve`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from aligner.errors import InputError
from aligner.files import write_atomically
from training.curve import CURVE, SETS

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 640, 360, 44, 40, 16, 96
LEAST_PIECES = 1e6
COLOURS = "#0b5cad", "#b3261e", "#2e7d32", "#8a5a00"
Point = Mapping[str, float]


def draw_curve(work: Path, output: Path) -> None:
    """Draw the points in ``work/curve.jsonl``; InputError where fewer than two are past the first million pieces."""
    lines = (work / CURVE).read_text(encoding="utf-8").splitlines() if (work / CURVE).is_file() else []
    points = [point for point in map(json.loads, lines) if point["pieces"] >= LEAST_PIECES]
    if len(points) < 2:
        raise InputError("there are no two points to draw", where=work / CURVE, hint="run the step curve first")
    write_atomically(output, draw(points))


def draw(points: Sequence[Point]) -> str:
    """Give the picture of two points or more, in the order of training; of several at one place the best counts."""
    most = max(point["pieces"] for point in points)
    high = 5 * math.ceil(max(point[name] for point in points for name in SETS if name in point) / 5)
    low, end = math.log(LEAST_PIECES), math.log(most)

    def place(pieces: float, score: float) -> str:
        across = (math.log(pieces) - low) / (end - low) * (WIDTH - LEFT - RIGHT)
        return f"{LEFT + across:.1f},{HEIGHT - BOTTOM - score / high * (HEIGHT - BOTTOM - TOP):.1f}"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        'font-size="12" fill="#333">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for score in range(0, high + 1, 10):
        start, stop = place(LEAST_PIECES, score), place(most, score)
        x, y = start.split(",")
        parts.append(f'<path d="M{start}L{stop}" stroke="#ddd"/><text x="{float(x) - 8}" y="{y}" dy="4" ')
        parts[-1] += f'text-anchor="end">{score}</text>'
    for pieces in (each for each in (1, 2, 5, 10, 20, 50, 100, 200) if each * 1e6 <= most):
        x = place(pieces * 1e6, 0).split(",")[0]
        parts.append(f'<text x="{x}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{pieces}</text>')
    for name, colour in zip(SETS, COLOURS, strict=True):
        best: dict[float, float] = {}
        for point in (each for each in points if name in each):
            best[point["pieces"]] = max(point[name], best.get(point["pieces"], 0.0))
        places = [place(pieces, score) for pieces, score in sorted(best.items())]
        x, y = places[-1].split(",")
        parts.append(f'<path d="M{"L".join(places)}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(f'<text x="{float(x) + 6}" y="{y}" dy="4" fill="{colour}">{name}</text>')
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts += [f'<text x="{middle}" y="{HEIGHT - 6}" text-anchor="middle">million target pieces</text>', "</svg>", ""]
    return "\n".join(parts)
