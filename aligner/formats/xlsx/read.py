"""Read XLSX: our own tables as they come back from a spreadsheet program, and tables of two columns.

The sheet ``bitext`` is read, or the first with headings of ours. A cell is what it shows
(`aligner.formats.xlsx.shown`); a formula in a column that is read is
refused, never calculated. Start reading at `opened_xlsx`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from aligner.formats.archive import opened
from aligner.formats.base import place_in
from aligner.formats.tables.sheets import SheetReader, SheetTable
from aligner.formats.xlsx.book import Workbook


@contextmanager
def opened_xlsx(stream: BinaryIO) -> Iterator[SheetTable]:
    """Open a spreadsheet; InputError when it is none."""
    name = place_in(stream) or "XLSX"
    with opened(stream, name, "an XLSX file", hint="save it as .xlsx") as archive:
        book = Workbook(archive, name)
        yield SheetTable(name, list(book.sheets), book.rows)


_READER = SheetReader(opened_xlsx)
read, documents, units = _READER.read, _READER.documents, _READER.units
