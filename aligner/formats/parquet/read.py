"""Read the Parquet tables that `aligner.formats.parquet.write` made, and those of earlier versions. Start at `read`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from aligner.errors import InputError
from aligner.formats.base import place_in
from aligner.formats.exchange.fields import ROWS
from aligner.formats.jsonl.read import Builder
from aligner.formats.parquet.write import METADATA, libraries
from aligner.model import Bitext

_HINT = "export the table again"
_BEAD = ("id", "type", *(row.name for row in ROWS))
"""The columns that are fields of the store's bead lines; a table of an earlier version lacks some."""
_WHEN_SET = {row.name: row.default for row in ROWS if row.json_when_set}


def read(stream: BinaryIO) -> Iterator[Bitext]:
    """Yield the bitexts of a table that `write` made; InputError for any other file."""
    arrow, parquet = libraries()
    where = place_in(stream) or "Parquet"
    try:
        table = parquet.ParquetFile(stream)
        headers = json.loads((table.metadata.metadata or {})[METADATA.encode()])
        yield from _bitexts(table, [Builder(header, where) for header in headers])
    except (arrow.ArrowException, LookupError, ValueError, TypeError, OSError) as error:
        raise InputError("this is not a Parquet table as aligner writes it", where=where, hint=_HINT) from error


def _bitexts(table: Any, builders: list[Builder]) -> Iterator[Bitext]:
    """Every document as soon as its last row is read; documents stand in the order of their headers."""
    waiting = iter(builders)
    builder = next(waiting, None)
    for batch in table.iter_batches():
        for row in batch.to_pylist():
            # A document of which no bead was written has a header and no row.
            while builder and row["document"] != builder.header["id"]:
                yield builder.bitext()
                builder = next(waiting, None)
            if builder is None:
                raise ValueError(f"no header for {row['document']}")
            # A column cannot leave a value out as a bead line does: it has null, or what goes without saying.
            left_out = {name for name, usual in _WHEN_SET.items() if row.get(name) in (None, usual)}
            builder.add({name: row[name] for name in _BEAD if name in row and name not in left_out})
    while builder:
        yield builder.bitext()
        builder = next(waiting, None)
