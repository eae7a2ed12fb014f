"""The sheets of an XLSX archive, cell by cell as they are shown; transitional and strict Office Open XML alike.

Which part of the archive holds what is told by relations, whose addresses differ between the two forms of the standard
and between programs: they are known by how they end. Start reading at `Workbook`.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from functools import reduce
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from lxml import etree

from aligner.errors import InputError
from aligner.formats.defects import Defects
from aligner.formats.tables.cells import Cell, SheetRow, refused_cell
from aligner.formats.xlsx.shown import BUILT_IN, GENERAL, NotShownError, shown_number, shown_truth
from aligner.formats.xml.markup import xml_text
from aligner.formats.xml.read import local_name, release, stream_elements
from aligner.languages.figures import whole_number

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_TEXT_HINT = "make the cell text (format “Text”, or an apostrophe before it) and type it again"


class Workbook:
    """An open archive: the names of its sheets in order, and their rows."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        """Read all but the rows; KeyError and the like where the archive is none of a workbook."""
        self._archive, self._name = archive, name
        roots = [target for kind, target in self._relations("").values() if kind == "officeDocument"]
        book = roots[0] if roots else "xl/workbook.xml"
        related = self._relations(book)
        self.sheets: dict[str, str] = {}
        """The parts of the archive by the names of the sheets that they hold."""
        self._from_1904 = False
        for found in self._elements(book, "sheet", "workbookPr"):
            if local_name(found) == "workbookPr":
                self._from_1904 = found.get("date1904") in {"1", "true"}
                continue
            identity = next((str(v) for k, v in found.attrib.items() if str(k).endswith("}id")), "")
            # A diagram has a sheet of its own without cells.
            if related.get(identity, ("", ""))[0] == "worksheet":
                self.sheets[found.get("name", "")] = related[identity][1]
        parts = dict(related.values())
        # Some programs leave the relation out.
        if (usual := "xl/sharedStrings.xml") in archive.namelist():
            parts.setdefault("sharedStrings", usual)
        # We write texts into their cells; spreadsheet programs move them to a part of their own when they save.
        texts = self._elements(parts["sharedStrings"], "si") if "sharedStrings" in parts else ()
        self._strings = [_string(each) for each in texts]
        self._formats = self._number_formats(parts["styles"]) if "styles" in parts else []

    def rows(self, sheet: str) -> Iterator[SheetRow]:
        """The rows of a sheet, each with where it stands."""
        for number, row in enumerate(self._elements(self.sheets[sheet], "row"), 1):
            yield (
                f"{self._name}, row {row.get('r') or number}",
                {
                    index: self._cell(cell, f"{self._name}, cell {cell.get('r') or ''}".rstrip())
                    for index, cell in _cells(row)
                },
            )
            release(row)

    def _cell(self, cell: etree._Element, where: str) -> Cell:
        value, kind = cell.findtext("{*}v") or "", cell.get("t", "n")
        # The value beside a formula is only what some program calculated last.
        if cell.find("{*}f") is not None:
            return refused_cell("there is a formula instead of text", where, "put an apostrophe before it")
        if kind == "s":
            index = whole_number(value)
            return self._strings[index] if index is not None and index < len(self._strings) else ""
        inline = cell.find("{*}is")
        if inline is not None:
            return _string(inline)
        if kind == "e":
            return refused_cell(f"there is an error ({value}) instead of text", where, _TEXT_HINT)
        if kind == "str" or not value.strip():
            return _unescaped(value)
        style = whole_number(cell.get("s", ""))
        code = self._formats[style] if style is not None and style < len(self._formats) else GENERAL
        return _Shown(value, kind, code, where, from_1904=self._from_1904)

    def _number_formats(self, part: str) -> list[str | None]:
        """The format code of every style; None where only the system knows it."""
        own: dict[str, str] = {}
        styles: list[str | None] = []
        for found in self._elements(part, "numFmt", "cellXfs"):
            if local_name(found) == "numFmt":
                own[found.get("numFmtId", "")] = found.get("formatCode", "")
                continue
            for style in found.iterfind("{*}xf"):
                number = style.get("numFmtId", "0")
                built_in = GENERAL if (known := whole_number(number)) is None else BUILT_IN.get(known)
                styles.append(own.get(number, built_in))
        return styles

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """The kind and the part of everything that a part points to, by its id; of the archive itself for no part."""
        place = PurePosixPath(part)
        described = f"{place.parent}/_rels/{place.name}.rels" if part else "_rels/.rels"
        described = described.removeprefix("./")
        if described not in self._archive.namelist():
            return {}
        found = {}
        for relation in self._elements(described, "Relationship"):
            # Targets are relative to the part, but some programs write them from the root of the archive.
            target = relation.get("Target", "")
            whole = target[1:] if target.startswith("/") else str(place.parent / target) if part else target
            found[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], whole)
        return found

    def _elements(self, part: str, *tags: str) -> Iterator[etree._Element]:
        findings = Defects(f"{self._name}, {part}")
        with self._archive.open(part) as stream:
            # Parts are found by name in the archive, so any root is taken.
            yield from stream_elements(cast("BinaryIO", stream), findings, names=tags, check_root=lambda _root: None)


class _Shown:
    """What a cell shows, once it is known in which language: a number, a date, a truth value."""

    def __init__(self, value: str, kind: str, code: str | None, where: str, *, from_1904: bool) -> None:
        self.value, self.kind, self.code, self.where, self.from_1904 = value, kind, code, where, from_1904

    def __call__(self, language: str) -> str:
        """The text; InputError where the file does not tell it."""
        try:
            if self.kind == "b":
                return shown_truth(self.value, language)
            value = str(_serial(self.value, from_1904=self.from_1904)) if self.kind == "d" else self.value
            return shown_number(value, self.code, language=language, from_1904=self.from_1904)
        except NotShownError as problem:
            what = f"there is {problem} instead of text"
            raise InputError(what, where=self.where, hint=_TEXT_HINT) from problem


def _serial(moment: str, *, from_1904: bool) -> float:
    """A date in ISO 8601, as strict files have it, as days since the beginning."""
    try:
        found = datetime.fromisoformat(moment).replace(tzinfo=None)
    except ValueError as error:
        raise NotShownError("something that is no date") from error
    passed = found - (datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30))
    return passed.days + passed.seconds / 86_400


def _cells(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """The cells of a row with their columns, counted from 0."""
    index = -1
    for cell in row:
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
