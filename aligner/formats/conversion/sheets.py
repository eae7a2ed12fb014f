"""The cells of the first sheet of a spreadsheet, whatever they mean. Start reading at `first_sheet`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from aligner.formats.base import place_in
from aligner.formats.ods.read import opened_ods
from aligner.formats.tables.cells import cell_text
from aligner.formats.xlsx.read import opened_xlsx
from aligner.languages.figures import whole_number


def first_sheet(stream: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of the first sheet of an XLSX or ODS file, each with its number.

    Raises InputError, with the cell, where what a cell shows cannot be told.
    """
    opened = opened_ods if (place_in(stream) or "").lower().endswith(".ods") else opened_xlsx
    with opened(stream) as table:
        for number, cells in enumerate(table.rows(table.sheets[0]) if table.sheets else (), 1):
            shown = cells[1]
            # A row may be skipped in the file: its place tells its number.
            said = cells[0].rpartition(" ")[2]
            width = max(shown, default=-1) + 1
            yield (
                whole_number(said) or number,
                [cell_text(shown[index]) if index in shown else "" for index in range(width)],
            )
