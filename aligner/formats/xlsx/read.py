"""Read XLSX: our own tables as they come back from a spreadsheet program.

Columns are known by their headings, rows by their ids: rows may be sorted and columns moved; columns of the user's own
are passed over. A formula in a column of ours is refused, never calculated. Start reading at `read`.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import BinaryIO, cast

from lxml import etree

from aligner.errors import InputError
from aligner.formats.base import place_in
from aligner.formats.defects import Defects
from aligner.formats.exchange.documents import Described, described
from aligner.formats.exchange.to_bitext import BitextBuilder, ExchangedDocument
from aligner.formats.xlsx.parts import RELATIONS
from aligner.formats.xlsx.rows import COLUMNS, NEEDED, unit_of_row
from aligner.formats.xml.markup import xml_text
from aligner.formats.xml.read import local_name, release, stream_elements
from aligner.model import Bitext, Provenance, Record, Side

_LARGEST = 1 << 30
"""Bytes that an archive may hold when unpacked."""
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, KeyError, ValueError, OSError)
"""What the library for archives raises for one that is damaged, encrypted or incomplete."""


def read(stream: BinaryIO) -> Iterator[Bitext]:
    """Yield the bitexts of a table; InputError for a file that is not XLSX or not a table of ours."""
    return (document.bitext for document in documents(stream))


def documents(stream: BinaryIO) -> Iterator[ExchangedDocument]:
    """Yield the documents of a table, with the status with which each row went out."""
    name = place_in(stream) or "XLSX"
    try:
        with zipfile.ZipFile(stream) as archive:
            found = list(_Table(archive, name).documents())
    except _BROKEN as error:
        raise InputError("this is not an XLSX file", where=name, hint="save it as .xlsx") from error
    yield from found


class _Table:
    """The sheets of an archive."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self.archive, self.name = archive, name
        if sum(entry.file_size for entry in archive.infolist()) > _LARGEST:
            raise InputError("the file is too large when unpacked", where=name)
        self.sheets = self._sheets()
        self.strings = self._strings()

    def documents(self) -> Iterator[ExchangedDocument]:
        """Every document of the table, first those that the second sheet names."""
        facts = self._facts()
        source, target = (
            next((v for k, v in facts if k == f"x-{side}-language"), "und") for side in ("source", "target")
        )
        known = described(tuple(facts), source, target)
        builders = {name: BitextBuilder(name, about, implied=False) for name, about in known.items()}
        for where, row in self._units():
            unit = unit_of_row(row, source, target, where=where)
            if unit:
                document = unit.property("x-document") or "xlsx"
                unknown = Described(Side(source, ()), Side(target, ()), Record(), Provenance())
                builder = builders.setdefault(document, BitextBuilder(document, unknown, implied=False))
                builder.add(unit, *unit.variants)
        return (builder.document() for builder in builders.values())

    def _units(self) -> Iterator[tuple[str, dict[str, str]]]:
        """The rows below the heading, by column, each with where it stands."""
        if "bitext" not in self.sheets:
            raise InputError("there is no sheet named 'bitext'", where=self.name, hint="export the table again")
        rows = self._rows(self.sheets["bitext"])
        heading = {index: _text(cell, self.strings) for index, cell in _cells(next(rows, None))}
        for column in NEEDED:
            if column not in heading.values():
                raise InputError(
                    f"there is no column '{column}'", where=self.name, hint="keep the headings of the table"
                )
        for number, row in enumerate(rows, 2):
            found = {heading[i]: self._cell(cell) for i, cell in _cells(row) if heading.get(i) in COLUMNS}
            yield f"{self.name}, row {row.get('r') or number}", dict.fromkeys(NEEDED, "") | found
            release(row)

    def _cell(self, cell: etree._Element) -> str:
        # The value beside a formula is only what some program calculated last.
        if cell.find("{*}f") is not None:
            where = f"{self.name}, cell {cell.get('r', '')}"
            raise InputError("there is a formula instead of text", where=where, hint="put an apostrophe before it")
        return _text(cell, self.strings)

    def _facts(self) -> list[tuple[str, str]]:
        rows = self._rows(self.sheets["documents"]) if "documents" in self.sheets else iter(())
        cells = ({index: _text(cell, self.strings) for index, cell in _cells(row)} for row in rows)
        return [(f"x-{row.get(0, '')}", row.get(1, "")) for row in cells]

    def _sheets(self) -> dict[str, str]:
        """The parts that hold the sheets, by the sheets' names."""
        related = self._elements("xl/_rels/workbook.xml.rels", "Relationship")
        targets = {relation.get("Id"): relation.get("Target", "") for relation in related}
        sheets = self._elements("xl/workbook.xml", "sheet")
        parts = {sheet.get("name", ""): targets.get(sheet.get(f"{{{RELATIONS}}}id")) or "" for sheet in sheets}
        # Targets are relative to xl/, but some programs write them from the root of the archive.
        return {name: part[1:] if part.startswith("/") else f"xl/{part}" for name, part in parts.items()}

    def _strings(self) -> list[str]:
        part = "xl/sharedStrings.xml"
        return [_string(found) for found in self._elements(part, "si")] if part in self.archive.namelist() else []

    def _rows(self, part: str) -> Iterator[etree._Element]:
        return self._elements(part, "row")

    def _elements(self, part: str, tag: str) -> Iterator[etree._Element]:
        with self.archive.open(part) as stream:
            yield from stream_elements(
                cast("BinaryIO", stream),
                Defects(f"{self.name}, {part}"),
                names=(tag,),
                check_root=_any,
            )


def _any(root: etree._Element) -> None:
    """Take any root."""


def _cells(row: etree._Element | None) -> Iterator[tuple[int, etree._Element]]:
    """The cells of a row with their columns, counted from 0."""
    index = -1
    for cell in row if row is not None else ():
        if local_name(cell) == "c":
            # A cell that says where it stands is believed; others follow the one before, as the standard allows.
            letters = re.match("[A-Z]{1,3}", cell.get("r", ""))
            index = _index(letters[0]) if letters else index + 1
            yield index, cell


def _index(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _text(cell: etree._Element, strings: Sequence[str]) -> str:
    value = cell.findtext("{*}v") or ""
    if cell.get("t") == "s":
        return strings[int(value)] if value.isdecimal() and int(value) < len(strings) else ""
    inline = cell.find("{*}is")
    return _string(inline) if inline is not None else _unescaped(value)


def _string(found: etree._Element) -> str:
    """The text of a string, its runs one after the other, without hints for pronunciation."""
    # A word in bold is a run of its own; the text is all of them.
    runs = [found, *found.iterfind("{*}r")]
    return _unescaped("".join(text.text or "" for run in runs for text in run.iterfind("{*}t")))


def _unescaped(text: str) -> str:
    return xml_text(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), text))
