r"""Where a text's paragraphs begin and end.

Line breaks are ``\n``, ``\r\n``, ``\r`` and Unicode's other ones: vertical tab, form feed, next line, line and
paragraph separator. A byte order mark counts as space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from aligner.model import Segment

Span = tuple[int, int]
Paragraphs = Literal["line", "blank", "wrapped"]

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_END = r"(?:\r\n|[\n\r\x0b\x85\u2028])"
_BLANK = re.compile(rf"{_END}(?:[^\S\n\r\x0b\x0c\x85\u2028\u2029]*{_END})+|[\x0c\u2029]")
_MARK = "\ufeff"


def paragraph_spans(text: str, paragraphs: Paragraphs) -> Iterator[Span]:
    r"""The trimmed spans of the paragraphs that are not blank.

    "line": every line is one. "blank": lines belong together until a blank line, a form feed or a paragraph separator.

    >>> list(paragraph_spans("a\nb\n\nc", "line")), list(paragraph_spans("a\nb\n\nc", "blank"))
    ([(0, 1), (2, 3), (5, 6)], [(0, 3), (5, 6)])
    """
    if paragraphs == "line":
        found = [line.span() for line in _LINE.finditer(text)]
    else:
        blanks = [separator.span() for separator in _BLANK.finditer(text)]
        found = list(zip([0, *(end for _, end in blanks)], [*(start for start, _ in blanks), len(text)], strict=True))
    for start, end in found:
        span = trim(text, start, end)
        if span[0] < span[1]:
            yield span


def trim(text: str, start: int, end: int) -> Span:
    """The span without space (and byte order marks) at its ends; empty where there is nothing else.

    >>> trim("  ab ", 0, 5)
    (2, 4)
    """
    while start < end and (text[start].isspace() or text[start] == _MARK):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] == _MARK):
        end -= 1
    return start, end


def gap(text: str, before: Segment | None, after: Segment) -> str:
    r"""What stands between two segments of a laid-out text: a space, tabs, a line end, or a blank line as in `text`.

    The cells of a table keep their tabs, those before the first one of a row, too. `before` is None at the beginning.

    >>> text = "Nom\tPrix\n\t8"
    >>> cells = [Segment("Nom", 0, 3), Segment("Prix", 4, 8, 1, 2), Segment("8", 10, 11, 2)]
    >>> gap(text, cells[0], cells[1]), gap(text, cells[1], cells[2])
    ('\t', '\n')
    """
    between = text[before.end if before else 0 : after.start].replace("\r\n", "\n")
    if before and before.paragraph == after.paragraph:
        return "\t" * between.count("\t") or " "
    # A tab before the first cell is an empty cell only in a row, which has one behind it too; else it is indentation.
    line = _LINE.match(text, after.start)
    is_row = line is not None and "\t" in line.group().rstrip()
    cells = between[len(between.rstrip(" \t\xa0")) :].count("\t") if is_row else 0
    blank = before and after.paragraph == before.paragraph + 1 and between.count("\n") > 1
    return ("\n\n" if blank else "\n" if before else "") + "\t" * cells
