"""Translating a stream of lines in flat memory: one line out for every line in, in order.

`LineReader` turns bytes into lines and knows how far it has come, `chunks` cuts them into portions that are translated
together. `aligner.translation.streams.resumable` writes the result to a file that survives an interruption.
Start reading at `translate_chunks`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import BinaryIO

from aligner.translation.interface import Progress, Translator

LINES_AT_ONCE = 4096
"""Enough to sort lines by length to good effect, few enough for little memory."""
LINES_AT_FIRST = 64
"""The first portion is small and each one after it twice as large: a slow engine too soon has something to show."""
CHARACTERS_AT_ONCE = 1 << 20
"""A portion of very long lines ends earlier."""
_BLOCK = 1 << 20


class LineReader:
    r"""The lines of a binary stream in UTF-8, without their ends.

    A line that is not UTF-8 at all is read in the encoding `fallback`, where there is one. What cannot be read becomes
    U+FFFD.

    >>> import io
    >>> reader = LineReader(io.BytesIO(b"un\r\n\xe9t\xe9"), fallback="cp1252")
    >>> list(reader), reader.lines, reader.read, reader.guessed
    (['un', 'été'], 2, 7, 1)
    """

    def __init__(self, stream: BinaryIO, *, fallback: str = "") -> None:
        self.fallback = fallback
        """The encoding of lines that are not UTF-8; empty when there is none."""
        self.read = 0
        """Bytes so far."""
        self.lines = 0
        """Lines so far."""
        self.damaged = 0
        """Lines so far in which something could not be read."""
        self.first_damaged = 0
        """The number of the first of them, from 1; 0 when there is none."""
        self.guessed = 0
        """Lines so far that were read in the encoding `fallback`."""
        self._stream = stream
        self._digest = hashlib.sha256()

    @property
    def digest(self) -> str:
        """SHA-256 of all that was read."""
        return self._digest.hexdigest()

    def __iter__(self) -> Iterator[str]:
        for line in self._stream:
            self.lines += 1
            text = self._decoded(line).rstrip("\n").removesuffix("\r")
            self._take(line)
            yield text

    def _decoded(self, line: bytes) -> str:
        with suppress(UnicodeDecodeError):
            return line.decode("utf-8")
        damaged = line.decode("utf-8", "replace")
        # Letters of UTF-8 beside the damage say that the line is UTF-8 but for a few bytes.
        if self.fallback and damaged.replace("\ufffd", "").isascii():
            with suppress(UnicodeDecodeError):
                text = line.decode(self.fallback)
                self.guessed += 1
                return text
        self.damaged += 1
        self.first_damaged = self.first_damaged or self.lines
        return damaged

    def skip(self, size: int, lines: int) -> None:
        """Read the first `size` bytes, which hold so many lines, or all there are, without giving them out."""
        while self.read < size and (block := self._stream.read(min(_BLOCK, size - self.read))):
            self._take(block)
        self.lines += lines

    def _take(self, data: bytes) -> None:
        self.read += len(data)
        self._digest.update(data)


def chunks(
    lines: Iterable[str], *, at_once: int = LINES_AT_ONCE, characters: int = CHARACTERS_AT_ONCE
) -> Iterator[list[str]]:
    """Cut lines into portions that grow to `at_once` lines and little more than so many characters.

    A portion is given out before the line after it is read.

    >>> [len(portion) for portion in chunks(["ligne"] * 1000)]
    [64, 128, 256, 512, 40]
    """
    chunk: list[str] = []
    size, most = 0, min(LINES_AT_FIRST, at_once)
    for line in lines:
        chunk.append(line)
        size += len(line)
        # A portion that is still growing has the same share of the characters as of the lines.
        if len(chunk) >= most or size * at_once >= characters * most:
            yield chunk
            chunk, size, most = [], 0, min(2 * most, at_once)
    if chunk:
        yield chunk


def translate_lines(
    lines: Iterable[str],
    translator: Translator,
    *,
    at_once: int = LINES_AT_ONCE,
    progress: Progress | None = None,
) -> Iterator[str]:
    """Translate lines as they come; yields as many, without line ends, in the same order.

    At most `at_once` lines are read and translated together. `progress` is told the lines done, twice: how many there
    will be is not known.
    """
    done = 0
    for chunk in chunks(lines, at_once=at_once):
        for rendering in translator.translate(chunk):
            yield rendering.text
        done += len(chunk)
        if progress:
            progress(done, done)


def translate_chunks(
    reader: LineReader,
    translator: Translator,
    *,
    at_once: int = LINES_AT_ONCE,
    size: int = 0,
    progress: Progress | None = None,
) -> Iterator[bytes]:
    """Translate the lines of a reader; yields the lines of one portion after the other in UTF-8, ends included.

    Where the `size` of the whole input in bytes is known (not 0), `progress` is told the bytes done, and that size.
    """
    start = end = reader.read

    def share(done: int, total: int) -> None:
        """Tell progress within a portion, which takes up the bytes from `start` to `end` of the input."""
        if progress:
            progress(start + (end - start) * done // max(1, total), max(size, end))

    for chunk in chunks(reader, at_once=at_once):
        start, end = end, reader.read
        done = translator.translate(chunk, progress=share if progress and size else None)
        # Half of a character outside the basic plane, which an engine may return, cannot be written in UTF-8.
        yield "".join(f"{rendering.text}\n" for rendering in done).encode("utf-8", "replace")
        # An engine that found all in its cache may have told nothing.
        if size:
            share(1, 1)
