"""Texts to be scored: UTF-8 files, one sentence a line."""

from __future__ import annotations

from pathlib import Path

from aligner.errors import InputError
from aligner.files import read_bytes


def read_lines(path: Path) -> list[str]:
    """Read the lines of a UTF-8 file, without their line ends; a byte order mark is dropped.

    Only LF and CR LF end a line, as in every tool of the field: a U+2028 inside a sentence must not shift the rest.
    Raises InputError when there is no such file, when it is empty or not UTF-8.
    """
    try:
        text = read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"this is not UTF-8 text (byte {error.start})", where=path, hint="convert the file to UTF-8"
        ) from error
    if not text:
        raise InputError("the file is empty", where=path)
    return [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")]
