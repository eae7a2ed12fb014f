"""Read XLSX: our own tables as they come back from a spreadsheet program.

Columns are known by their headings, rows by their ids: rows may be sorted and columns moved; columns of the user's own
are passed over. A formula in a column of ours is refused, never calculated. Start reading at `read`.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from functools import reduce
from typing import BinaryIO, cast

from lxml import etree

from aligner.errors import InputError
from aligner.formats.archive import opened
from aligner.formats.base import place_in
from aligner.formats.defects import Defects
from aligner.formats.exchange.documents import Described, described
from aligner.formats.exchange.to_bitext import BitextBuilder, ExchangedDocument
from aligner.formats.xlsx.parts import RELATIONS
from aligner.formats.xlsx.rows import COLUMNS, NEEDED, unit_of_row
from aligner.formats.xml.markup import xml_text
from aligner.formats.xml.read import local_name, release, stream_elements
from aligner.model import Bitext, Provenance, Record, Side

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def read(stream: BinaryIO) -> Iterator[Bitext]:
    """Yield the bitexts of a table; InputError for a file that is not XLSX or not a table of ours."""
    return (document.bitext for document in documents(stream))


def documents(stream: BinaryIO) -> Iterator[ExchangedDocument]:
    """Yield the documents of a table, with the status with which each row went out."""
    name = place_in(stream) or "XLSX"
    with opened(stream, name, "an XLSX file", hint="save it as .xlsx") as archive:
        # All of it before the first is given out: what a caller raises meanwhile is no fault of the archive.
        found = list(_Table(archive, name).documents())
    yield from found


class _Table:
    """The sheets of an archive."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self.archive, self.name = archive, name
        # A sheet's name leads to an id, and the id to the part that holds it: its number tells nothing.
        related = self._elements("xl/_rels/workbook.xml.rels", "Relationship")
        targets = {relation.get("Id"): relation.get("Target", "") for relation in related}
        sheets = self._elements("xl/workbook.xml", "sheet")
        parts = {sheet.get("name", ""): targets.get(sheet.get(f"{{{RELATIONS}}}id")) or "" for sheet in sheets}
        # Targets are relative to xl/, but some programs write them from the root of the archive.
        self.sheets = {name: part[1:] if part.startswith("/") else f"xl/{part}" for name, part in parts.items()}
        # We write texts into their cells; spreadsheet programs move them to a part of their own when they save.
        part = "xl/sharedStrings.xml"
        self.strings = [_string(each) for each in self._elements(part, "si")] if part in archive.namelist() else []

    def documents(self) -> Iterator[ExchangedDocument]:
        """Every document of the table, first those that the second sheet names."""
        facts = []
        for row in self._elements(self.sheets["documents"], "row") if "documents" in self.sheets else ():
            cells = {index: self._text(cell) for index, cell in _cells(row)}
            facts.append((f"x-{cells.get(0, '')}", cells.get(1, "")))
        source, target = (
            next((v for k, v in facts if k == f"x-{side}-language"), "und") for side in ("source", "target")
        )
        known = described(tuple(facts), source, target)
        builders = {name: BitextBuilder(name, about, implied=False) for name, about in known.items()}
        for where, texts in self._rows():
            unit = unit_of_row(texts, source, target, where=where)
            if unit:
                # A row that a person added has no id of ours: it goes to a document of its own.
                document = unit.property("x-document") or "xlsx"
                unknown = Described(Side(source, ()), Side(target, ()), Record(), Provenance())
                builder = builders.setdefault(document, BitextBuilder(document, unknown, implied=False))
                builder.add(unit, *unit.variants)
        return (builder.document() for builder in builders.values())

    def _rows(self) -> Iterator[tuple[str, dict[str, str]]]:
        """The rows below the heading, by column, each with where it stands."""
        if "bitext" not in self.sheets:
            raise InputError("there is no sheet named 'bitext'", where=self.name, hint="export the table again")
        rows = self._elements(self.sheets["bitext"], "row")
        heading = {index: self._text(cell) for index, cell in _cells(next(rows, None))}
        for column in NEEDED:
            if column not in heading.values():
                raise InputError(
                    f"there is no column '{column}'", where=self.name, hint="keep the headings of the table"
                )
        for number, row in enumerate(rows, 2):
            found = dict.fromkeys(NEEDED, "")
            for index, cell in _cells(row):
                if heading.get(index) in COLUMNS:
                    # The value beside a formula is only what some program calculated last.
                    if cell.find("{*}f") is not None:
                        where, hint = f"{self.name}, cell {cell.get('r', '')}", "put an apostrophe before it"
                        raise InputError("there is a formula instead of text", where=where, hint=hint)
                    found[heading[index]] = self._text(cell)
            yield f"{self.name}, row {row.get('r') or number}", found
            release(row)

    def _text(self, cell: etree._Element) -> str:
        value = cell.findtext("{*}v") or ""
        if cell.get("t") == "s":
            return self.strings[int(value)] if value.isdecimal() and int(value) < len(self.strings) else ""
        inline = cell.find("{*}is")
        return _string(inline) if inline is not None else _unescaped(value)

    def _elements(self, part: str, tag: str) -> Iterator[etree._Element]:
        findings = Defects(f"{self.name}, {part}")
        with self.archive.open(part) as stream:
            # Parts are found by name in the archive, so any root is taken.
            yield from stream_elements(cast("BinaryIO", stream), findings, names=(tag,), check_root=lambda _root: None)


def _cells(row: etree._Element | None) -> Iterator[tuple[int, etree._Element]]:
    """The cells of a row with their columns, counted from 0."""
    index = -1
    for cell in row if row is not None else ():
        if local_name(cell) == "c":
            # A cell that says where it stands is believed; others follow the one before, as the standard allows.
            letters = re.match("[A-Z]{1,3}", cell.get("r", ""))
            if letters is None:
                index += 1
            else:
                # Columns are numbers to base 26 without a zero: Z is followed by AA.
                digits = (ord(letter) - ord("A") + 1 for letter in letters[0])
                index = reduce(lambda number, digit: number * 26 + digit, digits) - 1
            yield index, cell


def _string(found: etree._Element) -> str:
    """The text of a string, its runs one after the other, without hints for pronunciation."""
    # A word in bold is a run of its own; the text is all of them.
    runs = [found, *found.iterfind("{*}r")]
    return _unescaped("".join(text.text or "" for run in runs for text in run.iterfind("{*}t")))


def _unescaped(text: str) -> str:
    # Spreadsheets write characters that XML forbids as _x000B_, and an underscore before such a thing as _x005F_.
    return xml_text(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), text))
