"""Standard input and output as UTF-8, whatever the terminal's locale, and results to a file or to the screen."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from aligner.cli.console import remark
from aligner.cli.written import is_foreign, note_before
from aligner.errors import InputError, counted
from aligner.files import explained, write_atomically, writing

if TYPE_CHECKING:
    from aligner.documents.read import ReadText
    from aligner.translation import LineReader


def emit(data: bytes | str, output: Path | None) -> None:
    """Write a result to a file (whole or not at all) or to standard output, in UTF-8."""
    if output is not None:
        write_atomically(output, data, ready=note_before(output))
        return
    # bytes: a terminal in another encoding must not change what goes into a pipe
    sys.stdout.buffer.write(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data)
    sys.stdout.buffer.flush()


def read_aloud(path: Path) -> ReadText:
    """The text of a file of any kind; what was assumed while reading it is said."""
    from aligner.documents.read import read_any

    read = read_any(path)
    for note in read.notes:
        remark(f"{path}: {note}")
    return read


def say_wrapped(path: Path, paragraphs: str, *, wrapped: bool | None) -> None:
    """Say that a text was taken for a hard-wrapped one, unless it was the user who said so."""
    from aligner.documents import WRAPPED

    if paragraphs == "wrapped" and wrapped is None:
        remark(f"{path}: {WRAPPED}")


def spare(output: Path | None, *inputs: Path, overwrite: bool, what: str = "the source") -> None:
    """Raise InputError when a result would be written over one of the files it is made from, or a person's work.

    With `overwrite` only the files it is made from are spared; without `output` there is nothing to spare.
    """
    if output is None:
        return
    for path in inputs:
        # resolved: the same file may be named in two ways
        if output.resolve() == path.resolve():
            raise InputError(f"the result would overwrite {what}", where=path, hint="choose another output")
    if not overwrite and is_foreign(output):
        what = "it is there already, and not as aligner wrote it"
        raise InputError(what, where=output, hint="choose another output, or replace it with --overwrite")


@dataclass(frozen=True, slots=True)
class Input:
    """An open stream of lines."""

    stream: BinaryIO
    size: int
    """How many bytes it holds; 0 where nobody knows."""
    fallback: str
    """The encoding of lines that are not UTF-8, by the looks of the first block."""


@contextmanager
def opened_input(path: Path | None) -> Iterator[Input]:
    """A file, or standard input without one.

    Raises InputError when there is no such file, or when it does not begin like text.
    """
    if path is None:
        yield _looked_at(sys.stdin.buffer, "standard input")
        return
    if not path.exists() or path.is_dir():
        raise InputError("there is no such file", where=path, hint="check the name")
    with explained(path, "read"):
        stream = path.open("rb")
    with stream:
        with explained(path, "read"):
            found = _looked_at(stream, path)
        yield found


def _looked_at(stream: BinaryIO, where: str | Path) -> Input:
    """A stream whose first block stays to be read; InputError when that is not of lines of text."""
    from aligner.documents import fallback_encoding
    from aligner.documents.kinds import refuse_documents

    # looked at without taking: a pipe cannot be read twice
    block = stream.peek() if isinstance(stream, io.BufferedReader) else b""
    refuse_documents(block, where)
    if b"\0" in block:
        raise InputError("this is not text in UTF-8", where=where, hint="save it as plain text in UTF-8")
    # how far it is to the end is known of files alone: a pipe or a terminal may go on for ever
    size = 0
    with suppress(OSError):
        state = os.fstat(stream.fileno())
        size = state.st_size - stream.tell() if stat.S_ISREG(state.st_mode) else 0
    return Input(stream, size, fallback_encoding(block))


def say_encoding(where: str, reader: LineReader) -> None:
    """Say which lines were not UTF-8: those read in another encoding, and those with letters that nobody can read."""
    # old files often mix encodings: reading goes on, and the lines are counted
    if reader.guessed:
        verb = "was" if reader.guessed == 1 else "were"
        remark(f"{where}: {counted(reader.guessed, 'line')} {verb} not UTF-8: read as {reader.fallback}")
    if reader.damaged:
        lines = f"letters in {counted(reader.damaged, 'line')} (line {reader.first_damaged:,} first)"
        remark(f"{where}: {lines} are not UTF-8 and could not be read: they are lost; save the text in UTF-8")


def output_stream(parts: Iterable[bytes], output: Path | None) -> None:
    """Write bytes as they come: to a file (whole or not at all) or to standard output."""
    with result_stream(output) as stream:
        for part in parts:
            stream.write(part)
            # so that what reads the pipe has each line as soon as it is there
            stream.flush()


@contextmanager
def result_stream(output: Path | None) -> Iterator[BinaryIO]:
    """Open a file that is written whole or not at all, or standard output."""
    # standard output is not ours to close
    with writing(output, ready=note_before(output)) if output else nullcontext(sys.stdout.buffer) as stream:
        yield stream
