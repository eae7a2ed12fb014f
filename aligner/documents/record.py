"""The bibliographic record beside a document: ``<id>.toml``.

    title = "Des liens plus profonds"
    date = "2020-09-14"
    language = "fr"

Every key is optional and holds a string (a date may also be a TOML date, a volume a number, an author a list of names).
What each means is in `aligner.citations.fields`. A key that aligner does not know is kept, with a warning: it may be
misspelt. Files are a person's: `complete_record` fills in what is empty and leaves comments, order and everything else
as they are. Start reading at `read_record`.
"""

from __future__ import annotations

import datetime
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from aligner.citations.escaping import tidied
from aligner.citations.fields import FIELDS, NAMED, RECORD_NAMES, TYPES, said_of
from aligner.citations.people import date_parts
from aligner.errors import InputError
from aligner.files import read_bytes, write_atomically
from aligner.languages.words import fold
from aligner.model import Record

_LANGUAGE = "language"
EMPTY = Record()
_FIGURES = frozenset(("date", "volume", "issue", "number", "pages", "edition"))
"""Fields in which a number without quotes is meant as it stands."""


@dataclass(frozen=True, slots=True)
class RecordFile:
    """What the file of a record says."""

    record: Record = EMPTY
    language: str = ""
    """The language that it states; empty if none."""
    notes: tuple[str, ...] = ()
    """Warnings, one sentence each."""


def read_record(path: Path) -> RecordFile:
    """Read a record; a missing file is an empty record.

    Raises InputError for broken TOML and for a known key with a value that is no text.
    """
    if not path.exists():
        return RecordFile()
    try:
        table = tomllib.loads(read_bytes(path).decode("utf-8-sig"))
    except ValueError as error:  # broken TOML, bytes that are not UTF-8, numbers beyond Python's limit
        raise InputError(f"the record is not valid TOML in UTF-8: {error}", where=path) from error
    values = {key: _string(path, key, value) for key, value in table.items() if key in NAMED or key == _LANGUAGE}
    language = values.pop(_LANGUAGE, "")
    # A field that we do not know may be another program's: it goes through all formats as text, tables as JSON.
    unknown = {
        key: value.strip() if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
        for key, value in table.items()
        if key not in NAMED and key != _LANGUAGE
    }
    notes = []
    for key in unknown:
        near = get_close_matches(key, [*NAMED, _LANGUAGE], n=1)
        meant = f"; did you mean '{near[0]}'?" if near else ""
        notes.append(f"its record {path.name} has the unknown field '{key}': it is kept as it is{meant}")
    return RecordFile(Record(**values, extra=tuple(unknown.items())), language, tuple(notes))


def _string(path: Path, key: str, value: object) -> str:
    # TOML has dates of its own, which people write without quotes
    if isinstance(value, datetime.date):
        return value.isoformat()
    if (
        isinstance(value, list)
        and key in NAMED
        and NAMED[key].kind == "names"
        and all(isinstance(v, str) for v in value)
    ):
        return "; ".join(v.strip() for v in value)
    if key in _FIGURES and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise InputError(f"'{key}' must be a string in the record", where=path, hint='write it in "quotes"')
    return value.strip()


def faults_of_record(path: Path) -> Iterator[str]:
    """What is wrong with the record at a path, or missing in it: one sentence each."""
    if not path.exists():
        yield "it has no record; `aligner record new` makes one"
        return
    try:
        read = read_record(path)
    except InputError as error:  # the records of other documents are checked all the same
        yield error.what
        return
    yield from (note.partition(" has ")[2] for note in read.notes)
    record = read.record
    if not record.title:
        yield "no title: the first heading is cited instead, or the id"
    if not record.date:
        yield "no date"
    if not (record.author or record.publisher or record.court or record.archive):
        yield "no author, publisher, court or archive: nobody stands for it"
    yield from _odd_values(record)


def _odd_values(record: Record) -> Iterator[str]:
    """What in a record is not as its field wants it."""
    for row, value in said_of(record):
        if row.kind == "date" and not date_parts(value):
            yield f"{row.name} '{value}' is not a date like 2024-09-11, 2024-09 or 2024: it is written as it stands"
    if record.type and record.type not in TYPES:
        near = get_close_matches(record.type, TYPES, n=1)
        yield f"type '{record.type}' is none of CSL's{f': did you mean {near[0]}?' if near else ''}"
    if record.url and not re.fullmatch(r"https?://[^\s/]+\S*", record.url, re.IGNORECASE):
        yield f"url '{record.url}' is no address of the web"
    if record.accessed and not record.url:
        yield "accessed without url"
    if record.doi and not re.fullmatch(r"(?:https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/\S+", record.doi, re.IGNORECASE):
        yield f"doi '{record.doi}' is no DOI"


def new_record(path: Path, record: Record, *, language: str, document: str) -> None:
    """Write a record with every field, filled in as far as `record` does; InputError where there is a file already."""
    if path.exists():
        raise InputError("it has a record already", where=path, hint="edit it, or see `aligner record import`")
    lines = [f"# What is known of {document}; empty is unknown. `aligner record check` reads this file."]
    for row in FIELDS:
        # JSON writes a text as TOML reads it.
        value = json.dumps(tidied(getattr(record, row.name)), ensure_ascii=False)
        lines.append(f"{f'{row.name} = {value}':<28} # {row.meaning.replace('`', '')}")
    lines.append(f"{f'{_LANGUAGE} = {json.dumps(language)}':<28} # of this text")
    write_atomically(path, "\n".join(line.rstrip() for line in lines) + "\n")


@dataclass(frozen=True, slots=True)
class Completed:
    """What became of a record."""

    filled: tuple[str, ...] = ()
    """The fields that were filled in, or replaced."""
    kept: tuple[tuple[str, str, str], ...] = ()
    """Fields that say something else: name, what the record says, what was offered."""


def complete_record(path: Path, offered: Record, *, overwrite: bool = False, write: bool = True) -> Completed:
    """Fill in what a record leaves empty; what it says otherwise is kept, unless `overwrite`.

    A record that is not there is made. With `write` False only what would happen is returned. Raises InputError for a
    record that cannot be read.
    """
    import tomlkit

    there = read_record(path).record
    known = {**{name: getattr(there, name) for name in RECORD_NAMES}, **dict(there.extra)}
    filled: dict[str, str] = {}
    kept = []
    # An unknown licence says nothing. Names of fields that are not keys of TOML stay in the file that offers them.
    said = {row.name: value for row, value in said_of(offered) if value != "unknown"}
    said |= {name: value for name, value in offered.extra if re.fullmatch(r"[A-Za-z0-9_-]+", name)}
    for name, value in said.items():
        before = known.get(name, "")
        if before in {"", "unknown"} or (overwrite and before != value) or _is_parted(name, before, value):
            filled[name] = value
        elif _plain_words(before) != _plain_words(value):
            kept.append((name, before, value))
    if filled and write:
        document = tomlkit.parse(read_bytes(path).decode("utf-8-sig")) if path.exists() else tomlkit.document()
        for name, value in filled.items():
            document[name] = value
        write_atomically(path, tomlkit.dumps(document))
    return Completed(tuple(filled), tuple(kept))


def _is_parted(name: str, before: str, value: str) -> bool:
    """Whether names are the same, but in their parts now: *Ren Qi* and *Ren, Qi*."""
    same = sorted(_plain_words(before)) == sorted(_plain_words(value))
    return name in NAMED and NAMED[name].kind == "names" and "," not in before and "," in value and same


def _plain_words(text: str) -> list[str]:
    """A text without accents, capitals and punctuation: in these, two catalogues often differ."""
    return re.findall(r"\w+", fold(text))
