"""Read ODS: tables of pairs in an OpenDocument spreadsheet (ISO/IEC 26300, chapter 9).

    <table:table-cell office:value-type="date" office:date-value="2026-05-03"><text:p>3 May</text:p></table:table-cell>

Beside a value stands what the cell shows, and that is read. Start reading at `opened_ods`.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from lxml import etree

from aligner.errors import InputError
from aligner.formats.archive import opened
from aligner.formats.base import place_in
from aligner.formats.defects import Defects
from aligner.formats.tables.cells import Cell, SheetRow, refused_cell
from aligner.formats.tables.sheets import SheetReader, SheetTable
from aligner.formats.xlsx.write import column_letters
from aligner.formats.xml.read import local_name, release, stream_elements

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_MOST_COLUMNS, _MOST_ROWS = 16_384, 1_048_576
"""As many as LibreOffice has: a file that says more does not count its cells, it is made to fill the memory."""
_MOST_EQUAL = 10_000
"""Equal rows with texts, one after the other, that a table of people may have."""
_HINT = "make the cell text and type it again"


@contextmanager
def opened_ods(stream: BinaryIO) -> Iterator[SheetTable]:
    """Open a spreadsheet; InputError when it is none, or is protected."""
    name = place_in(stream) or "ODS"
    with opened(stream, name, "an ODS file", hint="save it as .ods") as archive:
        # An encrypted file keeps the names of its parts, and what is in them looks like noise.
        if "META-INF/manifest.xml" in archive.namelist() and b"encryption-data" in archive.read(
            "META-INF/manifest.xml"
        ):
            raise InputError("the file has a password", where=name, hint="save a copy without the password")
        sheets = _sheets(archive, name)
        yield SheetTable(name, list(sheets), lambda sheet: _rows(archive, name, sheets[sheet]))


_READER = SheetReader(opened_ods)
read, documents, units = _READER.read, _READER.documents, _READER.units


def _sheets(archive: zipfile.ZipFile, name: str) -> dict[str, range]:
    """The sheets, and which of all rows of the file are theirs: a row that is read has lost its sheet already."""
    found: dict[str, range] = {}
    first = number = 0
    for each in _elements(archive, name, "table", "table-row"):
        if local_name(each) == "table-row":
            number += 1
            release(each)
        else:
            found[str(each.get(f"{_TABLE}name", ""))] = range(first, number)
            first = number
    return found


def _elements(archive: zipfile.ZipFile, name: str, *tags: str) -> Iterator[etree._Element]:
    with archive.open("content.xml") as stream:
        # Where the content is that of a text there is no table-row in a spreadsheet, and no sheet.
        yield from stream_elements(
            cast("BinaryIO", stream), Defects(name), names=tags, check_root=lambda root: _check_root(root, name)
        )


def _check_root(root: etree._Element, name: str) -> None:
    if local_name(root) != "document-content":
        raise InputError(f"this is not an ODS file but <{local_name(root)}>", where=name)


def _rows(archive: zipfile.ZipFile, name: str, places: range) -> Iterator[SheetRow]:
    """The rows of a sheet; equal ones that the file counts instead of repeating are repeated."""
    number = 0
    for place, row in enumerate(_elements(archive, name, "table-row")):
        if place in places:
            times = _count(row, "rows", _MOST_ROWS - number)
            cells = dict(_cells(row, name, number + 1))
            if cells and times > _MOST_EQUAL:
                raise InputError(f"a row is said to stand {times:,} times", where=f"{name}, row {number + 1}")
            # The rows below the last one with a text are one row, repeated a million times.
            for repeated in range(times if cells else 0):
                yield f"{name}, row {number + repeated + 1}", cells
            number += times
        release(row)


def _count(element: etree._Element, what: str, most: int) -> int:
    said = element.get(f"{_TABLE}number-{what}-repeated", "1")
    return min(int(said), most) if said.isdecimal() and len(said) < 9 else 1


def _cells(row: etree._Element, name: str, number: int) -> Iterator[tuple[int, Cell]]:
    """The cells of a row that are not empty."""
    column = 0
    for cell in row:
        if local_name(cell) not in {"table-cell", "covered-table-cell"}:
            continue
        times = _count(cell, "columns", _MOST_COLUMNS - column)
        content = _cell(cell, f"{name}, cell {column_letters(column)}{number}")
        if content:
            yield from ((column + repeated, content) for repeated in range(times))
        column += times


def _cell(cell: etree._Element, where: str) -> Cell:
    kind = cell.get(f"{_OFFICE}value-type", "")
    paragraphs = ["".join(_shown_text(each)) for each in cell.iterfind(f"{_TEXT}p")]
    text = "\n".join(paragraphs)
    if cell.get(f"{_TABLE}formula") is not None:
        return refused_cell("there is a formula instead of text", where, "put an apostrophe before it")
    if kind == "string" and not paragraphs:
        return cell.get(f"{_OFFICE}string-value", "")
    # Other programs than LibreOffice may leave out what is shown: of a date or a percentage it cannot be told.
    if kind and kind != "string" and not paragraphs:
        return refused_cell(f"there is a value ({kind}) without the text that the cell shows", where, _HINT)
    return text


def _shown_text(found: etree._Element) -> Iterator[str]:
    """The text of a paragraph: spaces and tabs are elements, and what a comment says is not the cell's."""
    yield found.text or ""
    for child in found:
        match local_name(child):
            case "s":
                count = child.get(f"{_TEXT}c", "1")
                yield " " * (int(count) if count.isdecimal() and len(count) < 5 else 1)
            case "tab":
                yield "\t"
            case "line-break":
                yield "\n"
            case "annotation" | "ruby-text":
                pass
            case _:
                yield from _shown_text(child)
        yield child.tail or ""
