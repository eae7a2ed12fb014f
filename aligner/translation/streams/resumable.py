"""Translating lines into a file, so that an interruption at any moment costs one portion of the work at most.

Until the whole is done two files stand beside the output::

    out.txt.unfinished        the lines translated so far
    out.txt.unfinished.json   how many of them are sure: a `Checkpoint`

A portion of lines is written and flushed to the disk, then the checkpoint is replaced in one step. After a crash the
lines beyond the checkpoint are cut off and translated again; when the last line is done the file takes its name. What
was translated must be the beginning of the same input, with the same engine and options: the checkpoint says which.
Start reading at `translate_to_file`.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from typing import BinaryIO

from aligner.errors import EnvironmentProblem, InputError, counted
from aligner.files import Ready, abandoned, explained, owned, read_bytes
from aligner.translation.interface import Progress, Translator
from aligner.translation.streams.lines import LINES_AT_ONCE, LineReader, translate_chunks


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far a translation of lines has come."""

    lines: int = 0
    """Lines translated."""
    read: int = 0
    """Bytes of the input that they take up."""
    digest: str = ""
    """SHA-256 of these bytes."""
    written: int = 0
    """Bytes of the output that are sure."""
    maker: str = ""
    """What translates: the engine's signature, with the fingerprint of its model."""
    complete: bool = False
    """Whether this was the last line."""


def can_resume(output: Path) -> bool:
    """Whether a translation into this file can be resumed: a device or a pipe keeps nothing."""
    return output.resolve().is_file() or not output.resolve().exists()


def lines_kept(output: Path) -> int:
    """How many lines of an unfinished translation into this file are sure: what `resume` goes on from."""
    with suppress(InputError, EnvironmentProblem, OSError):
        point = _Place(output.resolve()).load()
        return point.lines if point else 0
    return 0


def translate_to_file(  # noqa: PLR0913 - each is a choice of the caller
    reader: LineReader,
    output: Path,
    translator: Translator,
    *,
    maker: str,
    resume: bool = False,
    size: int = 0,
    at_once: int = LINES_AT_ONCE,
    progress: Progress | None = None,
    ready: Ready | None = None,
) -> int:
    """Translate all lines of a reader into a file; returns how many lines had been translated before.

    With `resume` an unfinished translation into this file is resumed; if there is none, all is translated. `size`
    and `progress` are those of `aligner.translation.streams.lines.translate_chunks`, `ready` that of
    `aligner.files.writing`.

    Raises InputError when there is an unfinished translation and `resume` is not given, or when it is of another input
    or was made by another `maker`; EnvironmentProblem when another program is writing it, or the disk refuses.
    """
    place = _Place(output.resolve())
    with place.opened() as stream:
        point = place.start(stream, reader, maker, resume=resume)
        before = point.lines
        with explained(output, "write"):
            stream.truncate(point.written)
            stream.seek(point.written)
        for portion in translate_chunks(reader, translator, at_once=at_once, size=size, progress=progress):
            # First the lines, then the checkpoint: one that counts lines which are not on the disk would lose them.
            with explained(output, "write"):
                _write(stream, portion)
            point = Checkpoint(reader.lines, reader.read, reader.digest, stream.tell(), maker)
            place.note(point)
        place.finish(Checkpoint(reader.lines, reader.read, reader.digest, point.written, maker, complete=True), ready)
    return before


def _write(stream: BinaryIO, data: bytes) -> None:
    stream.write(data)
    stream.flush()
    os.fsync(stream.fileno())


class _Place:
    """The files of one translation."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self.partial = output.with_name(f"{output.name}.unfinished")
        self.file = output.with_name(f"{output.name}.unfinished.json")

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """The unfinished file, ours alone. An empty one does not stay."""
        stream = None
        try:
            with explained(self.output, "write"):
                self.output.parent.mkdir(parents=True, exist_ok=True)
                stream = self._open()
            yield stream
        finally:
            if stream is not None:
                stream.close()
            # Asked again, for Ctrl-C may have come before the file was ours: it may be another program's.
            if not self.file.exists() and abandoned(self.partial):
                with suppress(OSError):
                    self.partial.unlink()

    def _open(self) -> BinaryIO:
        """Open and own the unfinished file; EnvironmentProblem when another program has it."""
        while True:
            stream = os.fdopen(os.open(self.partial, os.O_RDWR | os.O_CREAT, 0o666), "r+b")
            try:
                if not owned(stream):
                    raise EnvironmentProblem("another program is writing this translation", where=self.output)
                # A program that ended just now may have taken the name away from the file that we opened.
                with suppress(FileNotFoundError):
                    if os.fstat(stream.fileno()).st_ino == self.partial.stat().st_ino:
                        return stream
            except BaseException:  # Ctrl-C too: as long as it is open it is ours
                stream.close()
                raise
            stream.close()

    def start(self, stream: BinaryIO, reader: LineReader, maker: str, *, resume: bool) -> Checkpoint:
        """Where to begin; the reader has then read, and the stream holds, all that is translated."""
        point = self.load()
        if point is None:
            return Checkpoint()
        again = f"delete {self.file.name} to start again"
        if not resume:
            what = f"an unfinished translation of {counted(point.lines, 'line')} stands beside it"
            raise InputError(what, where=self.output, hint=f"go on with --resume, or {again}")
        if point.maker != maker:
            what = "its unfinished translation was made with another model, engine or options"
            raise InputError(what, where=self.output, hint=f"choose the same ones, or {again}")
        reader.skip(point.read, point.lines)
        if (reader.read, reader.digest) != (point.read, point.digest):
            what = f"its unfinished translation is of another input: the first {point.lines:,} lines are not the same"
            raise InputError(what, where=self.output, hint=f"give the same input, or {again}")
        with explained(self.output, "read"):
            # A kill between the last two steps of `finish` leaves the file under its name and an empty one here.
            if point.complete and self.output.exists() and not stream.seek(0, os.SEEK_END):
                with self.output.open("rb") as finished:
                    shutil.copyfileobj(finished, stream)
            size = stream.seek(0, os.SEEK_END)
        if size < point.written:
            raise InputError("its unfinished translation has lost lines", where=self.output, hint=again)
        return point

    def load(self) -> Checkpoint | None:
        """The checkpoint that stands beside the output; None without one, InputError for a damaged one."""
        if not self.file.exists():
            return None
        try:
            point = Checkpoint(**json.loads(read_bytes(self.file)))
        except (ValueError, TypeError):
            point = None
        # JSON may hold the right names with other things in them: "lines": null.
        if point is None or list(map(type, astuple(point))) != list(map(type, astuple(Checkpoint()))):
            raise InputError("this checkpoint is damaged", where=self.file, hint="delete it to start again")
        return point

    def note(self, point: Checkpoint) -> None:
        """Make a checkpoint, in one step; a draft of it that a kill leaves behind is overwritten by the next one."""
        draft = self.file.with_name(f"{self.file.name}.new")
        with explained(self.file, "write"):
            with draft.open("wb") as stream:
                _write(stream, f"{json.dumps(asdict(point))}\n".encode())
            os.replace(draft, self.file)

    def finish(self, point: Checkpoint, ready: Ready | None) -> None:
        """Give the finished file its name."""
        self.note(point)
        if ready is not None:
            ready(self.partial)
        with explained(self.output, "write"):
            os.replace(self.partial, self.output)
            self.file.unlink()
