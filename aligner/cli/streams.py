"""Standard input and output as UTF-8, whatever the terminal's locale, and results to a file or to the screen."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import BinaryIO

from aligner.cli.console import remark
from aligner.cli.written import is_foreign, note_written
from aligner.errors import InputError
from aligner.files import explained, write_atomically, writing
from aligner.wording import counted


def emit(data: bytes | str, output: Path | None) -> None:
    """Write a result to a file (whole or not at all) or to standard output, in UTF-8."""
    if output is not None:
        write_atomically(output, data)
        note_written(output)
        return
    sys.stdout.buffer.write(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data)
    sys.stdout.buffer.flush()


def read_aloud(path: Path) -> str:
    """The text of a file; what was assumed of its encoding is said."""
    from aligner.ingest import read_text

    text, notes = read_text(path)
    for note in notes:
        remark(f"{path}: {note}")
    return text


def spare(output: Path | None, *inputs: Path, overwrite: bool, what: str = "the source") -> None:
    """Raise InputError when a result would be written over one of the files it is made from, or a person's work.

    With `overwrite` only the files it is made from are spared; without `output` there is nothing to spare.
    """
    if output is None:
        return
    for path in inputs:
        if output.resolve() == path.resolve():
            raise InputError(f"the result would overwrite {what}", where=path, hint="choose another output")
    if not overwrite and is_foreign(output):
        what = "it is there already, and not as aligner wrote it"
        raise InputError(what, where=output, hint="choose another output, or replace it with --overwrite")


@contextmanager
def opened_input(path: Path | None) -> Iterator[tuple[BinaryIO, int]]:
    """A file, or standard input without one; also how many bytes it holds, 0 where nobody knows.

    Raises InputError when there is no such file, or when it does not begin like text.
    """
    if path is None:
        _look_at(sys.stdin.buffer, "standard input")
        yield sys.stdin.buffer, _rest(sys.stdin.buffer)
        return
    if not path.exists() or path.is_dir():
        raise InputError("there is no such file", where=path, hint="check the name")
    with explained(path, "read"):
        stream = path.open("rb")
    with stream:
        with explained(path, "read"):
            _look_at(stream, path)
        yield stream, _rest(stream)


def _look_at(stream: BinaryIO, where: str | Path) -> None:
    """Raise InputError when the first block, which stays to be read, is not of lines of text."""
    from aligner.ingest.kinds import refuse_documents

    if isinstance(stream, io.BufferedReader):
        block = stream.peek()
        refuse_documents(block, where)
        if b"\0" in block:
            raise InputError("this is not text in UTF-8", where=where, hint="save it as plain text in UTF-8")


def _rest(stream: BinaryIO) -> int:
    """The bytes of a file that are yet to be read; 0 for a pipe or a terminal."""
    try:
        state = os.fstat(stream.fileno())
        return state.st_size - stream.tell() if stat.S_ISREG(state.st_mode) else 0
    except OSError:
        return 0


def say_damage(lines: int) -> None:
    """Say how many lines were not UTF-8."""
    if lines:
        verb = "was" if lines == 1 else "were"
        remark(f"{counted(lines, 'line')} {verb} not UTF-8; what could not be read became \ufffd")


def output_stream(parts: Iterable[bytes], output: Path | None) -> None:
    """Write bytes as they come: to a file (whole or not at all) or to standard output."""
    with result_stream(output) as stream:
        for part in parts:
            stream.write(part)
            stream.flush()


@contextmanager
def result_stream(output: Path | None) -> Iterator[BinaryIO]:
    """Open a file that is written whole or not at all, or standard output."""
    with writing(output) if output else nullcontext(sys.stdout.buffer) as stream:
        yield stream
    if output:
        note_written(output)
