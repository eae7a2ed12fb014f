"""Lines of a page in the order in which people read them.

A page is a heap of scraps of text. Scraps at the same height that stand close together are a line. Where most lines of
a page stay on one side of a gutter, the page has columns: what crosses the gutter (a title, a wide table) cuts the page
into bands, and in each band the left column is read before the right one. Start reading at `in_order`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_GAP = 1.3
"""Scraps further apart than so many heights are on different lines: they are in different columns."""
_CROSSING = 0.3
"""At most so many of the lines of a page with columns cross the gutter."""
_FEWEST = 3
"""A column has at least so many lines."""


@dataclass(slots=True)
class Line:
    """A line, or a scrap of one; places in points from the lower left corner of the page."""

    left: float
    bottom: float
    right: float
    top: float
    text: str
    size: float
    """The size of its letters, in points."""
    bold: bool = False
    page: int = 0
    column: int = 0
    """Counts up whenever the eye goes to another column."""
    cell: tuple[int, int] | None = None
    """Its row and its place in it where it is a cell of a table."""

    @property
    def height(self) -> float:
        """From the lowest to the highest letter."""
        return max(self.top - self.bottom, 1.0)


def joined_lines(scraps: Sequence[Line]) -> list[Line]:
    """Scraps as lines, from top to bottom."""
    lines: list[Line] = []
    for row in rows(scraps):
        line: Line | None = None
        for scrap in row:
            # one that stands too far to the right at the same height is in another column
            if line is None or scrap.left - line.right >= _GAP * max(line.height, line.size):
                line = scrap
                lines.append(line)
                continue
            # Many PDFs have no characters for spaces: the distance tells, a shorter one before a full stop.
            near = 0.3 if scrap.text[:1] in ".,;)]" else 0.12
            gap = scrap.left - line.right
            apart = gap > near * scrap.height and not line.text.endswith(" ") and not scrap.text.startswith(" ")
            line.bold = line.bold and scrap.bold
            if len(scrap.text) > len(line.text) / 2:
                line.size = max(line.size, scrap.size)
            line.text += (" " if apart else "") + scrap.text
            line.right = max(line.right, scrap.right)
            # a raised digit does not make the line taller
            if scrap.size >= 0.75 * line.size:
                line.bottom, line.top = min(line.bottom, scrap.bottom), max(line.top, scrap.top)
    return lines


def rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines or scraps by their heights on the page, those at one height from left to right."""
    found: list[list[Line]] = []
    for line in sorted(lines, key=lambda each: (-(each.top + each.bottom), each.left)):
        tallest = max(found[-1], key=lambda each: each.height) if found else line
        shared = min(tallest.top, line.top) - max(tallest.bottom, line.bottom)
        # half of the lower one: raised and lowered letters stand at the height of their line
        if found and shared > 0.5 * max(min(tallest.height, line.height), 1.0):
            found[-1].append(line)
        else:
            found.append([line])
    return [sorted(row, key=lambda each: each.left) for row in found]


def in_order(lines: Sequence[Line], column: int = 0, depth: int = 0) -> list[Line]:
    """Lines in reading order, with the numbers of their columns."""
    gutter = _gutter(lines) if depth < 4 else None
    if gutter is None:
        # one column; what stands side by side in it are the cells of a table
        downwards: list[Line] = []
        for number, row in enumerate(rows(lines), 1):
            for cell, line in enumerate(row, 1):
                line.column, line.cell = column, ((number, cell) if len(row) > 1 else None)
                downwards.append(line)
        return downwards
    found: list[Line] = []
    band: list[Line] = []
    # None ends the last band
    for each_line in [*sorted(lines, key=lambda each: -each.top), None]:
        if each_line is not None and not each_line.left < gutter < each_line.right:
            band.append(each_line)
            continue
        for side in ([each for each in band if each.right <= gutter], [each for each in band if each.left >= gutter]):
            if side:
                last = found[-1].column if found else column - 1
                found += in_order(side, last + 1, depth + 1)
        band = []
        if each_line is not None:
            each_line.column = (found[-1].column + 1) if found else column
            found.append(each_line)
    return found


def _gutter(lines: Sequence[Line]) -> float | None:
    """Where the gutter between two columns is; None when there is none."""
    if len(lines) < 2 * _FEWEST:
        return None
    left, right = min(each.left for each in lines), max(each.right for each in lines)
    width = right - left
    best, where = None, None
    for start in sorted({float(round(each.right)) for each in lines}):
        place = start + 1.0
        if not left + 0.15 * width < place < right - 0.15 * width:
            continue
        before = [each for each in lines if each.right <= place]
        after = [each for each in lines if each.left >= place]
        crossing = len(lines) - len(before) - len(after)
        if min(len(before), len(after)) < _FEWEST or crossing > _CROSSING * len(lines):
            continue
        if not _side_by_side(before, after):
            continue
        # the fewest lines across; of these the widest gap, above which width makes no difference
        score = crossing, -min(min(each.left for each in after) - start, 50.0)
        if best is None or score < best:
            best, where = score, place
    return where


def _side_by_side(before: Sequence[Line], after: Sequence[Line]) -> bool:
    """Whether two columns stand beside each other for some lines, and both hold text, not scraps of a table."""
    top, bottom = (
        min(max(e.top for e in before), max(e.top for e in after)),
        max(min(e.bottom for e in before), min(e.bottom for e in after)),
    )
    shared = top - bottom
    tall = sorted(e.height for e in before)[len(before) // 2]
    lengths = [sorted(len(e.text) for e in side)[len(side) // 2] for side in (before, after)]
    return shared > 2 * tall and min(lengths) >= 12
