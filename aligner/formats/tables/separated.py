r"""Tables as text: TSV and CSV as Excel, LibreOffice, scripts and `aligner.formats.tsv.write` write them.

    bytes ──text_lines──▶ lines ──separated_rows──▶ (place, cells), (place, cells) …

A cell may stand in quotation marks, with those inside doubled, and then go on over several lines. In tab-separated
files most quotation marks are just that, so there a cell is unquoted only where the marks close it properly: one
without its partner stays as it is and swallows nothing. Start reading at `separated_rows`.
"""

from __future__ import annotations

import codecs
import csv
import logging
import re
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from aligner.errors import InputError

_log = logging.getLogger(__name__)

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# UTF-32 first: its mark begins with that of UTF-16.
_CHUNK = 1 << 18
_OLD = "cp1252"
"""What Excel saves as CSV in Western Europe when it is not told to use UTF-8."""
_SEPARATOR_LINE = re.compile(r"sep=(.)[\r\n]*")
"""What tells Excel the separator of a CSV file."""
_LONGEST_CELL = 100_000
"""Characters that a quoted cell of a tab-separated file may go on for, and of any cell of a CSV file."""
_MOST_LINES = 500
SEPARATORS = "\t;,|"
"""What may stand between cells, the surest first."""


def separated_rows(stream: BinaryIO, name: str, separator: str = "") -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not empty, each with the number of its first line; InputError, with the line, for others.

    Without a `separator` the one is taken that the first lines have most evenly.
    """
    lines = text_lines(stream, name)
    first = list(_taken(lines, 20))
    number = 1
    if first and (said := _SEPARATOR_LINE.fullmatch(first[0])):
        separator, first, number = said[1], first[1:], 2
    separator = separator or separator_of(first)
    split = _tabbed if separator == "\t" else _commaed
    for line, cells in split(chain(first, lines), number, separator, name):
        # Spreadsheets leave rows of nothing but separators at the end.
        if any(cells):
            yield line, cells


def text_lines(stream: BinaryIO, name: str) -> Iterator[str]:
    """The lines of a text with their ends, decoded: UTF-8, UTF-16 with or without a mark, else what Excel writes.

    That is said. Raises InputError, with the line, for bytes that are in none of them.
    """
    head = stream.read(_CHUNK)
    encoding = _encoding(head)
    if encoding == _OLD:
        _log.warning("%s: not UTF-8: read as %s", name, _OLD)
    decoder, rest, count = codecs.getincrementaldecoder(encoding)(), "", 1
    while True:
        try:
            text = rest + decoder.decode(head, final=not head)
        except UnicodeDecodeError as error:
            line = count + head[: error.start].count(b"\n")
            what = "UTF-8, nor any other text" if encoding == _OLD else encoding.upper()
            where = f"{name}, line {line}"
            raise InputError(f"this line is not {what}", where=where, hint="save it as UTF-8") from error
        # Files of old Macs have carriage returns alone; one at the end may be half of a line end.
        if "\n" not in text and "\r" in text[:-1]:
            text = text.replace("\r", "\n")
        *whole, rest = text.split("\n")
        yield from (f"{line}\n" for line in whole)
        count += len(whole)
        if not head:
            if rest:
                yield rest
            return
        head = stream.read(_CHUNK)


def _encoding(head: bytes) -> str:
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if wide := unmarked_utf_16(head):
        return wide
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return _OLD
    return "utf-8"


def unmarked_utf_16(head: bytes) -> str:
    """The encoding of UTF-16 without a byte order mark, by the first bytes of a file; empty for anything else.

    >>> unmarked_utf_16("bail".encode("utf-16-le")), unmarked_utf_16(b"bail")
    ('utf-16-le', '')
    """
    # Text of Western Europe in UTF-16 has a zero in every other byte, no text in UTF-8 has one at all.
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) * 5 <= len(head) or min(even, odd) * 10 > max(even, odd):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _taken(lines: Iterator[str], count: int) -> Iterator[str]:
    for _, line in zip(range(count), lines, strict=False):
        yield line


def separator_of(lines: list[str]) -> str:
    """What stands between the cells of some lines: what most of them have, and as often as the others.

    >>> separator_of(["fr;en;note", "a, b;c, d;"]), separator_of(["a,b"])
    (';', ',')
    """

    def evenness(separator: str) -> tuple[int, int]:
        # Outside of quotation marks: a comma in a text separates nothing.
        counts = [re.sub(r'"[^"]*"', "", line).count(separator) for line in lines if line.strip()]
        usual = max(set(counts), key=lambda count: (counts.count(count) * bool(count), count), default=0)
        return (counts.count(usual), usual) if usual else (0, 0)

    return max(SEPARATORS, key=lambda separator: (evenness(separator)[0], -SEPARATORS.index(separator)))


def _commaed(lines: Iterator[str], number: int, separator: str, name: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_CELL))
    reader = csv.reader(lines, delimiter=separator, strict=True)
    begins = number
    try:
        for cells in reader:
            yield begins, cells
            begins = number + reader.line_num
    except csv.Error as error:
        raise InputError(f"this is not CSV ({error})", where=f"{name}, line {begins}") from error


def _tabbed(lines: Iterator[str], number: int, _separator: str, _name: str) -> Iterator[tuple[int, list[str]]]:
    waiting: list[str] = []
    while True:
        line = waiting.pop(0) if waiting else next(lines, None)
        if line is None:
            return
        cells = line.rstrip("\n").removesuffix("\r").split("\t")
        begins, number = number, number + 1
        # A cell that a spreadsheet broke into lines: all up to the mark that closes it, if there is one.
        if '"' in line and _is_open(cells[-1]):
            while len(waiting) < _MOST_LINES and (more := next(lines, None)) is not None:
                waiting.append(more)
                if closes_at(more) or sum(map(len, waiting)) > _LONGEST_CELL:
                    break
            cells, used = _continued(cells, waiting)
            del waiting[:used]
            number += used
        yield begins, [unquoted(cell) if cell[:1] == '"' else cell for cell in cells] if '"' in line else cells


def _continued(cells: list[str], lines: list[str]) -> tuple[list[str], int]:
    """The cells of a row whose last cell goes on over some lines, and how many; none where nothing closes it."""
    for used, line in enumerate(lines, 1):
        if end := closes_at(line):
            inner = [*(each.rstrip("\n").removesuffix("\r") for each in lines[: used - 1]), line[:end]]
            # No spreadsheet writes a tab inside a cell: with one, these are rows of their own.
            if any("\t" in each for each in inner):
                break
            after = line[end:].rstrip("\n").removesuffix("\r").split("\t")[1:]
            return [*cells[:-1], "\n".join([cells[-1], *inner]), *after], used
    return cells, 0


def _is_open(cell: str) -> bool:
    """Whether a cell begins with a quotation mark that nothing in it closes."""
    return cell[:1] == '"' and cell[1:].replace('""', "").count('"') == 0


def closes_at(line: str) -> int:
    """Behind which character of a line a quoted cell that began in an earlier one ends; 0: it does not.

    >>> closes_at('and ""more"" of it"'), closes_at('no ""end""')
    (19, 0)
    """
    found = re.match(r'(?:[^"]|"")*"(?=\t|\r?\n|$)', line)
    return found.end() if found else 0


def unquoted(cell: str) -> str:
    """A cell without the quotation marks that a spreadsheet put around it; one that has none, or others, as it is.

    >>> unquoted('"a, ""b"" c"'), unquoted('"Yes", he said.')
    ('a, "b" c', '"Yes", he said.')
    """
    inner = cell[1:-1]
    quoted = len(cell) > 1 and cell[0] == cell[-1] == '"' and '"' not in inner.replace('""', "")
    return inner.replace('""', '"') if quoted else cell
