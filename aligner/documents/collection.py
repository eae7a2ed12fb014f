"""Many documents in one file: JSON lines or a Parquet table, with a document on each line.

    {"id": "note-12", "text": "Le Conseil …", "record": {"title": "…", "date": "1950-05-09"}}
    docs.jsonl, docs.parquet ──take_in──▶ fr/part-3f/note-12.txt, fr/part-3f/note-12.toml

The documents lie in 256 folders that are not in their ids, so that no folder gets too many files. A file is looked
through before the first document is written. Start reading at `take_in`.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from aligner.citations.fields import RECORD_NAMES
from aligner.documents.folder import part_of
from aligner.errors import EnvironmentProblem, InputError
from aligner.files import identifier, read_bytes, require_file, write_atomically, writing

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class CollectedDocument:
    """One document of a collection."""

    id: str
    text: str
    record: Mapping[str, str]
    given: str = ""
    """The id in the file, where it is another one: what is not safe in file names is left out of ids."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a collection."""

    documents: int
    new: int
    """Documents that were not there, or not as they are now."""
    other_ids: int = 0
    """Documents that have another id than in the file."""
    example: tuple[str, str] = ("", "")
    """The first of these: its id in the file, and its id."""


def take_in(path: Path, folder: Path, *, reserved: str = "") -> TakenIn:
    """Write the documents of a collection into a folder of sources; `reserved` is an id that none may have.

    A document that is there already as it is stays untouched; one that is no longer in the collection stays, too.
    Raises InputError, before anything is written, for a line that is not a document and for an id that comes twice,
    also if only what is safe in file names is the same.
    """
    seen: dict[str, tuple[int, str]] = {}
    others, example = 0, ("", "")
    for number, document in read_collection(path):
        given = document.given or document.id
        first, former = seen.setdefault(document.id, (number, given))
        if first != number:
            both = f"'{given}' and '{former}' of line {first} are both '{document.id}' as a file name"
            what = both if given != former else f"the id '{given}' is that of line {first} already"
            raise InputError(what, where=f"{path}:{number}", hint="give one of them another id")
        if document.id == reserved:
            what = f"a document cannot be called '{given}': that is the list of all review pages"
            raise InputError(what, where=f"{path}:{number}", hint="give it another id")
        if document.given:
            others, example = others + 1, example if others else (document.given, document.id)
    if not seen:
        raise InputError("there is no document in this file", where=path)
    changed = 0
    for _, document in read_collection(path):
        place = folder / part_of(document.id) / f"{document.id}.txt"
        files = {place: document.text.rstrip("\n") + "\n"}
        if document.record:
            lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in document.record.items()]
            files[place.with_suffix(".toml")] = "".join(lines)
        new = {file: text for file, text in files.items() if not file.exists() or read_bytes(file) != text.encode()}
        for file, text in new.items():
            write_atomically(file, text)
        changed += bool(new)
    return TakenIn(len(seen), changed, others, example)


def read_collection(path: Path) -> Iterator[tuple[int, CollectedDocument]]:
    """The documents of a file, each with its line, one at a time: the file may be larger than the memory."""
    for number, row in _parquet_rows(path) if path.suffix.lower() == ".parquet" else _json_rows(path):
        where = f"{path}:{number}"
        if not isinstance(row, dict) or not isinstance(row.get("id"), str) or not isinstance(row.get("text"), str):
            raise InputError("this is not a document", where=where, hint='write {"id": "…", "text": "…"} on a line')
        if not row["text"].strip():
            raise InputError(f"the document '{row['id']}' is empty", where=where, hint="leave it out")
        name = _id_of(row["id"], where)
        if len(name) > 200:
            raise InputError("this id is too long for a file name", where=where, hint="200 letters are enough")
        record = row.get("record") or {}
        if not isinstance(record, dict) or not all(isinstance(v, str) for v in record.values() if v is not None):
            raise InputError("a record has names and texts", where=where, hint='such as {"title": "…"}')
        if unknown := sorted(set(record) - set(RECORD_NAMES)):
            raise InputError(f"a record has no field '{unknown[0]}'", where=where, hint="see docs/citing.md")
        said = {key: value for key, value in record.items() if value}
        # two ways to write é in characters are the same letter
        same = unicodedata.normalize("NFC", row["id"]) == name
        yield number, CollectedDocument(name, row["text"], said, "" if same else row["id"])


def _id_of(given: str, where: str) -> str:
    """The id of a document that is called so in a file."""
    try:
        return identifier(given)
    except InputError as error:
        what = f"the id {given!r} has no letter or digit" if given else "the id is empty"
        raise InputError(what, where=where, hint='give every document one, such as "note-12"') from error


def write_collection(documents: Iterable[Mapping[str, Any]], path: Path) -> None:
    """Write documents (``id``, ``text``, ``translation``, ``record``) as such a file, whole or not at all."""
    if path.suffix.lower() != ".parquet":
        with writing(path) as stream:
            for document in documents:
                stream.write(json.dumps(document, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        return
    pyarrow, parquet = _arrow()
    text = pyarrow.string()
    columns = [("id", text), ("text", text), ("translation", text), ("record", pyarrow.map_(text, text))]
    schema, waiting = pyarrow.schema(columns), iter(documents)
    with writing(path) as stream, parquet.ParquetWriter(stream, schema) as writer:
        while rows := list(islice(waiting, _AT_ONCE)):
            writer.write_table(
                pyarrow.Table.from_pylist([{**r, "record": list(r["record"].items())} for r in rows], schema)
            )


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise EnvironmentProblem("Parquet needs pyarrow", hint="pip install 'aligner[parquet]'") from error
    return pyarrow, parquet


def _json_rows(path: Path) -> Iterator[tuple[int, Any]]:
    require_file(path)
    with path.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            if line.strip():
                try:
                    yield number, json.loads(line)
                except (ValueError, RecursionError) as error:
                    raise InputError("this line is not JSON", where=f"{path}:{number}") from error


def _parquet_rows(path: Path) -> Iterator[tuple[int, Any]]:
    pyarrow, parquet = _arrow()
    require_file(path)
    try:
        number = 0
        for batch in parquet.ParquetFile(path).iter_batches(batch_size=_AT_ONCE):
            for row in batch.to_pylist():
                number += 1
                # a map comes as pairs
                pairs = row.get("record")
                yield number, {**row, "record": dict(pairs)} if isinstance(pairs, list) else row
    except pyarrow.ArrowException as error:
        raise InputError("this is not a Parquet file that can be read", where=path) from error
