"""Apache Parquet: a column table for pandas, DuckDB, Spark and the like, one bead a row, several documents a file.

The columns are the fields of the bead lines of the store (`aligner.formats.jsonl.write`) and, before them, the
document, the languages and both texts whole. What the store's header lines say stands in the file's metadata under
``aligner``, so that a table comes back as the bitexts it was made of. Needs pyarrow (``pip install
"aligner[parquet]"``), which is imported when it is used. Start reading at `write`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from aligner.errors import EnvironmentProblem, InputError
from aligner.formats.base import DEFAULTS, WriteOptions
from aligner.formats.exchange.fields import IN_MODEL_ORDER
from aligner.formats.jsonl.write import bead_fields, header_fields
from aligner.formats.selection import reduced
from aligner.model import Bitext

if TYPE_CHECKING:
    import pyarrow

_GROUP = 10_000
"""Rows that are written at a time."""
METADATA = "aligner"
"""The key under which the header lines stand in a table's metadata."""


def write(bitexts: Iterable[Bitext], stream: BinaryIO, options: WriteOptions = DEFAULTS) -> None:
    """Write the table; InputError for a text that is not Unicode, EnvironmentProblem without pyarrow."""
    arrow, parquet = libraries()
    # Parquet's metadata is written after the rows, so the headers gather while rows stream by.
    headers: list[dict[str, Any]] = []
    rows = _rows(bitexts, options, headers)
    with parquet.ParquetWriter(stream, _schema(arrow), compression="zstd") as writer:
        # One table in memory at a time: a corpus may have millions of rows.
        while group := list(islice(rows, _GROUP)):
            try:
                writer.write_table(arrow.Table.from_pylist(group, _schema(arrow)))
            except UnicodeEncodeError as error:
                raise InputError("a text has a lone surrogate, which is not Unicode", where=_place_of(group)) from error
        writer.add_key_value_metadata({METADATA: json.dumps(headers)})


def libraries() -> tuple[Any, Any]:
    """Pyarrow and its Parquet module; EnvironmentProblem where they are not installed."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise EnvironmentProblem("Parquet needs pyarrow", hint='pip install "aligner[parquet]"') from error
    return pyarrow, pyarrow.parquet


def _schema(arrow: Any) -> pyarrow.Schema:
    text, number, count = arrow.string(), arrow.float64(), arrow.int64()
    segment = arrow.struct(
        [("text", text), ("start", count), ("end", count), ("paragraph", count), ("number", count), ("role", text),
         ("rule", text)]
    )  # fmt: skip
    names = ("document", "source_language", "target_language", "source_text", "target_text", "id", "type")
    match = arrow.struct([("score", count), *[(name, text) for name in ("memory", "unit", "source", "target", "note")]])
    columns = {"string": text, "number": number, "strings": arrow.list_(text), "match": match}
    told = {row.name: columns[row.notation.column] for row in IN_MODEL_ORDER}
    # The sides stand last but for the match, as they always have: their lists are long to look at.
    sides = {name: arrow.list_(segment) for name in ("source", "target")}
    last = [*sides.items(), ("match", told.pop("match"))]
    return arrow.schema(
        [*[(name, text) for name in names], *[item for item in told.items() if item[0] not in sides], *last]
    )


def _rows(bitexts: Iterable[Bitext], options: WriteOptions, headers: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for whole in bitexts:
        bitext = reduced(whole, options)
        headers.append(header_fields(bitext))
        for bead in bitext.beads:
            yield {
                "document": bitext.id,
                "source_language": bitext.source.language,
                "target_language": bitext.target.language,
                "source_text": bitext.source_text(bead),
                "target_text": bitext.target_text(bead),
                **bead_fields(bitext, bead),
            }


def _place_of(group: list[dict[str, Any]]) -> str:
    """The first row that holds a lone surrogate."""
    for row in group:
        try:
            json.dumps(row, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            return f"{row['document']}:{row['id']}"
    return ""
