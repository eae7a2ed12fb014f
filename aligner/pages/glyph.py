"""A small picture of a bead's shape: source segments as dots on the left, target segments on the right, joined.

A null bead ends in the open: its line stops short of an empty circle. Start reading at `glyph`.
"""

from __future__ import annotations

from dataclasses import dataclass

from aligner.errors import counted

WIDTH, HEIGHT = 40, 24
_LEFT, _RIGHT, _MIDDLE = 6.0, 34.0, 20.0
_SPREAD, _STEP = 18.0, 10.0


@dataclass(frozen=True, slots=True)
class Glyph:
    """Where to draw what, in units of a 40 × 24 box."""

    type: str
    dots: tuple[tuple[float, float], ...]
    lines: tuple[str, ...]
    """SVG path data, one per segment (one in all for a 1-1 bead)."""
    gap: tuple[float, float] | None = None
    """The empty circle of a null bead."""

    @property
    def words(self) -> str:
        """The shape read aloud: ``"2 source, 1 target"``.

        >>> glyph("2-1").words
        '2 source segments to 1 target segment'
        """
        source, target = (int(count) for count in self.type.split("-"))
        return f"{_told(source, 'source')} to {_told(target, 'target')}"


def glyph(bead_type: str) -> Glyph:
    """Draw the picture of a bead type such as ``"2-1"``."""
    source, target = (int(count) for count in bead_type.split("-"))
    left = tuple((_LEFT, y) for y in _heights(source))
    right = tuple((_RIGHT, y) for y in _heights(target))
    if not (left and right):
        gap = (_RIGHT if left else _LEFT, HEIGHT / 2)
        lines = tuple(_curve(dot, (_MIDDLE, HEIGHT / 2)) for dot in left + right)
        return Glyph(bead_type, left + right, lines, gap)
    if (source, target) == (1, 1):
        return Glyph(bead_type, left + right, (_curve(left[0], right[0]),))
    return Glyph(bead_type, left + right, tuple(_curve(dot, (_MIDDLE, HEIGHT / 2)) for dot in left + right))


def _told(count: int, side: str) -> str:
    return counted(count, f"{side} segment") if count else f"no {side} segments"


def _heights(count: int) -> list[float]:
    """`count` heights around the middle, evenly apart."""
    step = min(_STEP, _SPREAD / (count - 1)) if count > 1 else 0.0
    return [round(HEIGHT / 2 + (index - (count - 1) / 2) * step, 2) for index in range(count)]


def _curve(start: tuple[float, float], end: tuple[float, float]) -> str:
    """Draw a line that leaves and arrives level."""
    (x1, y1), (x2, y2) = start, end
    if y1 == y2:
        return f"M{x1:g} {y1:g}H{x2:g}"
    return f"M{x1:g} {y1:g}C{(x1 + x2) / 2:g} {y1:g} {(x1 + x2) / 2:g} {y2:g} {x2:g} {y2:g}"
