"""Standard input and output as UTF-8, whatever the terminal's locale, and results to a file or to the screen."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from aligner.errors import InputError
from aligner.files import write_atomically


def emit(data: bytes | str, output: Path | None) -> None:
    """Write a result to a file (whole or not at all) or to standard output, in UTF-8."""
    if output is not None:
        write_atomically(output, data)
        return
    sys.stdout.buffer.write(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data)
    sys.stdout.buffer.flush()


def spare(output: Path | None, *inputs: Path) -> None:
    """Raise InputError when a result would be written over one of the files it is made from."""
    for path in inputs:
        if output is not None and output.resolve() == path.resolve():
            raise InputError("the result would overwrite the source", where=path, hint="choose another output")


def input_lines() -> Iterator[str]:
    """The lines of standard input without their line ends; bytes that are not UTF-8 become U+FFFD."""
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace").rstrip("\n").removesuffix("\r")
