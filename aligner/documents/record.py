"""The bibliographic record beside a document: ``<id>.toml``.

    title = "Des liens plus profonds"
    date = "2020-09-14"
    language = "fr"

Every key is optional and holds a string (a date may also be a TOML date). An unknown key is refused, so that a misspelt
one is not silently lost.
"""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import fields
from pathlib import Path

from aligner.errors import InputError
from aligner.files import read_bytes
from aligner.model import Record

_KEYS = {field.name for field in fields(Record)}


def read_record(path: Path) -> tuple[Record, str]:
    """Read a record: its content and the language it states ("" if none); a missing file is an empty record.

    Raises InputError for broken TOML, an unknown key or a value that is not a string.
    """
    if not path.exists():
        return Record(), ""
    try:
        table = tomllib.loads(read_bytes(path).decode("utf-8-sig"))
    except ValueError as error:  # broken TOML, bytes that are not UTF-8, numbers beyond Python's limit
        raise InputError(f"the record is not valid TOML in UTF-8: {error}", where=path) from error
    values = {key: _string(path, key, value) for key, value in table.items()}
    language = values.pop("language", "")
    unknown = sorted(set(values) - _KEYS)
    if unknown:
        known = ", ".join(sorted(_KEYS | {"language"}))
        raise InputError(f"unknown key '{unknown[0]}' in the record", where=path, hint=f"known keys: {known}")
    return Record(**values), language


def _string(path: Path, key: str, value: object) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    if not isinstance(value, str):
        raise InputError(f"'{key}' must be a string in the record", where=path, hint='write it in "quotes"')
    return value.strip()
