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
from aligner.formats.base import DEFAULTS, WriteOptions, place
from aligner.formats.jsonl.read import Builder
from aligner.formats.jsonl.write import bead_fields, header_fields
from aligner.formats.selection import reduced
from aligner.model import Bitext

if TYPE_CHECKING:
    import pyarrow

_GROUP = 10_000
"""Rows that are written at a time."""
_METADATA = "aligner"
_HINT = "export the table again"


def write(bitexts: Iterable[Bitext], stream: BinaryIO, options: WriteOptions = DEFAULTS) -> None:
    """Write the table; InputError for a text that is not Unicode, EnvironmentProblem without pyarrow."""
    arrow, parquet = _libraries()
    headers: list[dict[str, Any]] = []
    rows = _rows(bitexts, options, headers)
    with parquet.ParquetWriter(stream, _schema(arrow), compression="zstd") as writer:
        while group := list(islice(rows, _GROUP)):
            try:
                writer.write_table(arrow.Table.from_pylist(group, _schema(arrow)))
            except UnicodeEncodeError as error:
                raise InputError("a text has a lone surrogate, which is not Unicode", where=_place_of(group)) from error
        writer.add_key_value_metadata({_METADATA: json.dumps(headers)})


def read(stream: BinaryIO) -> Iterator[Bitext]:
    """Yield the bitexts of a table that `write` made; InputError for any other file."""
    arrow, parquet = _libraries()
    where = place(stream) or "Parquet"
    try:
        table = parquet.ParquetFile(stream)
        headers = json.loads((table.metadata.metadata or {})[_METADATA.encode()])
        yield from _bitexts(table, [Builder(header, where) for header in headers])
    except (arrow.ArrowException, LookupError, ValueError, TypeError, OSError) as error:
        raise InputError("this is not a Parquet table as aligner writes it", where=where, hint=_HINT) from error


def _libraries() -> tuple[Any, Any]:
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
    told = [*[(name, number) for name in ("score", "confidence", "quality")], ("kind", text), ("origin", text)]
    machine = [("status", text), ("machine", text), ("machine_score", number), ("maker", text)]
    lists = [("written", arrow.list_(text)), ("flags", arrow.list_(text))]
    review = [(name, text) for name in ("note", "changed", "by")]
    sides = [(name, arrow.list_(segment)) for name in ("source", "target")]
    match = arrow.struct([("score", count), *[(name, text) for name in ("memory", "unit", "source", "target", "note")]])
    return arrow.schema([*[(name, text) for name in names], *told, *machine, *lists, *review, *sides, ("match", match)])


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


def _bitexts(table: Any, builders: list[Builder]) -> Iterator[Bitext]:
    """Every document as soon as its last row is read; documents stand in the order of their headers."""
    waiting = iter(builders)
    builder = next(waiting, None)
    for batch in table.iter_batches():
        for row in batch.to_pylist():
            while builder and row["document"] != builder.header["id"]:
                yield builder.bitext()
                builder = next(waiting, None)
            if builder is None:
                raise ValueError(f"no header for {row['document']}")
            known = {"match": row["match"]} if row["match"] else {}
            builder.add({name: row[name] for name in _BEAD if name in row} | known)
    while builder:
        yield builder.bitext()
        builder = next(waiting, None)


def _place_of(group: list[dict[str, Any]]) -> str:
    """The first row that holds a lone surrogate."""
    for row in group:
        try:
            json.dumps(row, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            return f"{row['document']}:{row['id']}"
    return ""


_BEAD = (
    "id", "type", "source", "target", "score", "confidence", "quality", "kind", "origin", "status", "machine",
    "machine_score", "maker", "written", "flags", "note", "changed", "by",
)  # fmt: skip
"""The columns that are fields of the store's bead lines; a table of an earlier version lacks some."""
