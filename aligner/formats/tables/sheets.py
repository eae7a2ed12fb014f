"""The table of pairs in a spreadsheet: one sheet of rows, and another with what is known of the documents.

XLSX and ODS are read the same way from here on. Start reading at `SheetTable`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import BinaryIO

from aligner.errors import InputError
from aligner.formats.exchange.documents import described, document_name
from aligner.formats.exchange.to_bitext import ExchangedDocument
from aligner.formats.exchange.units import Unit
from aligner.formats.tables.cells import SheetRow, cell_text
from aligner.formats.tables.units import table_documents, table_units
from aligner.model import Bitext

MAIN_SHEET, FACTS_SHEET = "bitext", "documents"
"""The names of our two sheets."""


class SheetTable:
    """A spreadsheet that is open."""

    def __init__(self, name: str, sheets: Sequence[str], rows: Callable[[str], Iterator[SheetRow]]) -> None:
        """`rows` gives those of a sheet, by its name, as often as it is asked."""
        self.name, self.sheets, self.rows = name, sheets, rows
        self._facts: list[tuple[str, str]] = []
        if FACTS_SHEET in sheets and MAIN_SHEET in sheets:
            for _, cells in rows(FACTS_SHEET):
                kind, value = (cell_text(cells.get(index, "")) for index in (0, 1))
                self._facts.append((f"x-{kind}", value))
        first, second = (
            next((value for kind, value in self._facts if kind == f"x-{side}-language"), "und")
            for side in ("source", "target")
        )
        self.pair = first, second

    def units(self) -> Iterator[Unit]:
        """The units, as their rows stand; InputError where no sheet is a table of pairs."""
        refusal: InputError | None = None
        for sheet in [MAIN_SHEET] if MAIN_SHEET in self.sheets else self.sheets:
            found = table_units(self.rows(sheet), self.name, kind="xlsx", pair=self.pair)
            try:
                first = next(found, None)
            except InputError as error:
                refusal = refusal or error
                continue
            if first:
                yield first
                yield from found
            return
        raise refusal or InputError("there is no sheet in it", where=self.name)

    def documents(self) -> Iterator[ExchangedDocument]:
        """The documents, first those that the second sheet names."""
        known = described(tuple(self._facts), *self.pair)
        # A row that a person added has no id of ours: it goes to a document of its own.
        otherwise = "xlsx" if known else document_name(self.name, "table")
        return table_documents(self.units(), known, otherwise, pair=self.pair)


class SheetReader:
    """What is read of one kind of spreadsheet, given how such a file is opened: the same for all kinds."""

    def __init__(self, opened: Callable[[BinaryIO], AbstractContextManager[SheetTable]]) -> None:
        """`opened` raises InputError for a file of another kind."""
        self._opened = opened

    def read(self, stream: BinaryIO) -> Iterator[Bitext]:
        """Yield the bitexts of a table; InputError for a file that is no table of pairs."""
        return (document.bitext for document in self.documents(stream))

    def documents(self, stream: BinaryIO) -> Iterator[ExchangedDocument]:
        """Yield the documents of a table, with the status with which each row went out."""
        with self._opened(stream) as table:
            yield from table.documents()

    def units(self, stream: BinaryIO) -> Iterator[Unit]:
        """Yield the units of a table one by one, as their rows stand."""
        with self._opened(stream) as table:
            yield from table.units()
