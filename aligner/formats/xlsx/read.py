"""Read XLSX: our own tables as they come back from a spreadsheet program, and tables of two columns.

The sheet ``bitext`` is read, or the first with headings of ours. A cell is what it shows
(`aligner.formats.xlsx.shown`); a formula in a column that is read is
refused, never calculated. Start reading at `read`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from aligner.formats.archive import opened
from aligner.formats.base import place_in
from aligner.formats.exchange.to_bitext import ExchangedDocument
from aligner.formats.exchange.units import Unit
from aligner.formats.tables.sheets import SheetTable
from aligner.formats.xlsx.book import Workbook
from aligner.model import Bitext


def read(stream: BinaryIO) -> Iterator[Bitext]:
    """Yield the bitexts of a table; InputError for a file that is not XLSX or not a table of pairs."""
    return (document.bitext for document in documents(stream))


def documents(stream: BinaryIO) -> Iterator[ExchangedDocument]:
    """Yield the documents of a table, with the status with which each row went out."""
    with opened_xlsx(stream) as table:
        yield from table.documents()


def units(stream: BinaryIO) -> Iterator[Unit]:
    """Yield the units of a table one by one, as their rows stand."""
    with opened_xlsx(stream) as table:
        yield from table.units()


@contextmanager
def opened_xlsx(stream: BinaryIO) -> Iterator[SheetTable]:
    """Open a spreadsheet; InputError when it is none."""
    name = place_in(stream) or "XLSX"
    with opened(stream, name, "an XLSX file", hint="save it as .xlsx") as archive:
        book = Workbook(archive, name)
        yield SheetTable(name, list(book.sheets), book.rows)
