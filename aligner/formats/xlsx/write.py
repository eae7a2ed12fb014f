"""Write XLSX: the sheet ``bitext``, and the sheet ``documents`` with what is known of each.

    <c r="F2" s="1" t="inlineStr"><is><t xml:space="preserve">=Text, not a formula</t></is></c>

The archive is as plain as the standard allows: strings stand in their cells, no formula, no macro, no date of writing.
Start reading at `write`.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from shutil import copyfileobj
from typing import IO, BinaryIO

from aligner.errors import InputError
from aligner.formats.archive import MEMORY, adding, entry
from aligner.formats.base import DEFAULTS, WriteOptions
from aligner.formats.exchange.documents import document_properties
from aligner.formats.exchange.from_bitext import unit_of
from aligner.formats.selection import same_pair, selected_beads
from aligner.formats.xlsx.parts import BITEXT, DOCUMENTS, FIXED, MAIN
from aligner.formats.xlsx.rows import COLUMNS, LONGEST, VISIBLE, row_of
from aligner.formats.xml.markup import Markup, element, join_markup
from aligner.model import Bitext

_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_SHEET = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}">'
_WRAPPED, _HEADING = "1", "2"
"""Styles of cells, as `aligner.formats.xlsx.parts` defines them."""


def write(bitexts: Iterable[Bitext], stream: BinaryIO, options: WriteOptions = DEFAULTS) -> None:
    """Write the table; InputError for texts longer than a cell, or bitexts that are not all of one language pair."""
    facts: list[tuple[str, str]] = []
    # The id is what a row is known by when it comes back, however it was sorted.
    options = replace(options, tuid=True)
    with tempfile.SpooledTemporaryFile(max_size=MEMORY) as spool:
        spool.write(_opening().encode())
        count = _rows(bitexts, options, spool, facts)
        last = f"{column_letters(len(COLUMNS) - 1)}{count}"
        spool.write(f'</sheetData><autoFilter ref="A1:{last}"/></worksheet>\n'.encode())
        spool.seek(0)
        listed = join_markup([_cells(n, fact, _WRAPPED) for n, fact in enumerate(facts, 1)], "\n")
        documents = f"{_SHEET}<sheetData>\n{listed}\n</sheetData></worksheet>\n"
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in {**FIXED, DOCUMENTS: documents}.items():
                archive.writestr(entry(name), content)
            with adding(archive, BITEXT) as file:
                copyfileobj(spool, file)


def _rows(bitexts: Iterable[Bitext], options: WriteOptions, spool: IO[bytes], facts: list[tuple[str, str]]) -> int:
    """Write a row for every bead and gather what is known of the documents; the number of rows, the heading counted."""
    pair: tuple[str, str] | None = None
    number, document = 1, ""
    for bitext in bitexts:
        pair = same_pair(pair, bitext)
        if not facts:
            facts += [
                ("source-language", options.tag(pair[0])),
                ("target-language", options.tag(pair[1])),
            ]
        # A document may come in pieces: what is known of it is said once.
        if bitext.id != document:
            facts += [(kind.removeprefix("x-"), value) for kind, value in document_properties(bitext)]
        document = bitext.id
        for bead in selected_beads(bitext, options):
            unit = unit_of(bitext, bead, options, one_sided=True)
            if unit:
                number += 1
                row = row_of(bead, unit)
                # A spreadsheet program would cut the text, and the import would take the rest for deleted.
                longest = max(row, key=lambda name: len(row[name]))
                if len(row[longest]) > LONGEST:
                    what = f"the {longest} has {len(row[longest]):,} characters, a cell holds {LONGEST:,}"
                    raise InputError(what, where=row["id"], hint="use another format, such as tsv")
                texts = (row.get(name, "") for name in COLUMNS)
                spool.write(f"{_cells(number, texts, _WRAPPED)}\n".encode())
    return number


def _opening() -> str:
    """Everything before the first row: the heading stays in view, technical columns are hidden."""
    # The style of a column is that of the cells that are not there: what somebody types below the table is text too.
    columns = [
        element("col", min=f"{n}", max=f"{n}", width=f"{VISIBLE.get(name, 10)}", style=_WRAPPED, customWidth="1",
                hidden=None if name in VISIBLE else "1")
        for n, name in enumerate(COLUMNS, 1)
    ]  # fmt: skip
    pane = element("pane", ySplit="1", topLeftCell="A2", activePane="bottomLeft", state="frozen")
    views = element("sheetViews", element("sheetView", pane, tabSelected="1", workbookViewId="0"))
    return f"{_SHEET}{views}{element('cols', *columns)}<sheetData>\n{_cells(1, COLUMNS, _HEADING)}\n"


def _cells(number: int, texts: Iterable[str], style: str) -> Markup:
    """A row of text cells; an empty one is there, too, where a person may write: what is typed into it stays text."""
    cells = []
    for index, text in enumerate(texts):
        place = f"{column_letters(index)}{number}"
        if text:
            # Spreadsheets read _x0041_ as "A": what looks like such an escape is escaped itself.
            escaped = _ESCAPE.sub("_x005F_", text)
            # Inline, as a table of shared strings would have to be complete before the first row is written.
            content = element("is", element("t", escaped, xml_space="preserve"))
            cells.append(element("c", content, r=place, s=style, t="inlineStr"))
        elif index < len(VISIBLE):
            cells.append(element("c", r=place, s=style))
    return element("row", *cells, r=f"{number}")


def column_letters(index: int) -> str:
    """The name of a column, counted from 0: A to Z, then AA.

    >>> column_letters(0), column_letters(25), column_letters(26)
    ('A', 'Z', 'AA')
    """
    first, last = divmod(index, 26)
    return (chr(ord("A") + first - 1) if first else "") + chr(ord("A") + last)
