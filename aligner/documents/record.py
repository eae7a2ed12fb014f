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
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"the record is not valid TOML in UTF-8: {error}", where=path) from error
    values = {}
    for key, value in table.items():
        # TOML has dates of its own, which people write without quotes
        if not isinstance(value, str | datetime.date):
            raise InputError(f"'{key}' must be a string in the record", where=path, hint='write it in "quotes"')
        values[key] = value.strip() if isinstance(value, str) else value.isoformat()
    language = values.pop("language", "")
    unknown = sorted(set(values) - _KEYS)
    if unknown:
        known = ", ".join(sorted(_KEYS | {"language"}))
        raise InputError(f"unknown key '{unknown[0]}' in the record", where=path, hint=f"known keys: {known}")
    return Record(**values), language
