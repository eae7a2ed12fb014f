"""Standard input and output as UTF-8, whatever the terminal's locale, and results to a file or to the screen."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path

from aligner.cli.console import remark
from aligner.errors import InputError
from aligner.files import write_atomically, writing


def emit(data: bytes | str, output: Path | None) -> None:
    """Write a result to a file (whole or not at all) or to standard output, in UTF-8."""
    if output is not None:
        write_atomically(output, data)
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


def spare(output: Path | None, *inputs: Path) -> None:
    """Raise InputError when a result would be written over one of the files it is made from."""
    for path in inputs:
        if output is not None and output.resolve() == path.resolve():
            raise InputError("the result would overwrite the source", where=path, hint="choose another output")


def input_lines() -> Iterator[str]:
    """The lines of standard input without their line ends; bytes that are not UTF-8 become U+FFFD, and that is said."""
    damaged = 0
    for line in sys.stdin.buffer:
        text = line.decode("utf-8", "replace").rstrip("\n").removesuffix("\r")
        damaged += "\ufffd" in text and b"\xef\xbf\xbd" not in line
        yield text
    if damaged:
        remark(f"{damaged} lines were not UTF-8; what could not be read became \ufffd")


def output_lines(lines: Iterable[str], output: Path | None) -> None:
    """Write lines as they come, in UTF-8: to a file (whole or not at all) or to standard output."""
    with writing(output) if output else nullcontext(sys.stdout.buffer) as stream:
        for line in lines:
            stream.write(line.encode("utf-8", "replace") + b"\n")
        stream.flush()
