"""Read tables in text files: the one that `aligner.formats.tsv.write` writes, sorted, extended or edited, and others.

TSV and CSV, quoted or not, in UTF-8, UTF-16 or what Excel writes (`aligner.formats.tables.separated`); columns are
known by their headings (`aligner.formats.tables.units`). Start reading at `read`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from aligner.formats.base import place_in
from aligner.formats.exchange.documents import document_name
from aligner.formats.exchange.to_bitext import ExchangedDocument
from aligner.formats.exchange.units import Unit
from aligner.formats.tables.separated import separated_rows
from aligner.formats.tables.units import table_documents, table_units
from aligner.model import Bitext


def read(stream: BinaryIO) -> Iterator[Bitext]:
    """Yield the bitexts of a table, in the order in which their first rows stand.

    Raises InputError, with the line, for a file that is no such table.
    """
    return (document.bitext for document in documents(stream))


def documents(stream: BinaryIO) -> Iterator[ExchangedDocument]:
    """Yield the documents of a table as `read` does, with the status with which each row went out."""
    return table_documents(units(stream), {}, document_name(place_in(stream) or "", "table"))


def units(stream: BinaryIO) -> Iterator[Unit]:
    """Yield the units of a table one by one, as their rows stand."""
    name = place_in(stream) or "table"
    rows = ((f"{name}, line {line}", dict(enumerate(cells))) for line, cells in separated_rows(stream, name))
    return table_units(rows, name, kind="tsv", narrow=True)
