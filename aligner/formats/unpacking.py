"""Files that gzip, bzip2 or xz packed, as streams of what is in them; none unpacks to very much more than it is.

Start reading at `opened_plain_or_packed`.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO, cast

from aligner.errors import InputError
from aligner.files import explained, require_file
from aligner.formats.archive import BROKEN
from aligner.formats.recognise import HEAD, file_kind

UNPACKERS: Mapping[str, Callable[[Any], Any]] = MappingProxyType(
    {"gzip": lambda stream: gzip.GzipFile(fileobj=stream), "bzip2": bz2.BZ2File, "xz": lzma.LZMAFile}
)
"""What opens a packed file, by the name of its kind (`aligner.formats.recognise`)."""
DAMAGED = (*BROKEN, lzma.LZMAError)
"""What the libraries raise for an archive that is damaged, encrypted or incomplete."""
RATIO = 250
"""How many times its size an archive may unpack to; texts of translators reach 30."""
_HARMLESS = 1 << 28
"""Bytes to which anything may unpack."""


class Unpacked(io.RawIOBase):
    """What comes out of an archive, under the name that messages call it.

    `size` is that of the archive in bytes. Reading raises InputError when it is damaged, or was made to fill a disk.
    """

    def __init__(self, inner: BinaryIO, name: str, size: int) -> None:
        self.name, self._inner, self._size, self._furthest = name, inner, size, 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is, however long going back takes."""
        return True

    def seek(self, place: int, whence: int = 0) -> int:
        """Go to a place in what comes out; InputError as in reading."""
        try:
            return self._inner.seek(place, whence)
        except DAMAGED as error:
            raise self._damaged() from error

    def tell(self) -> int:
        """The place in what comes out."""
        return self._inner.tell()

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer, which is how the beginning of a file can be looked at."""
        filled = 0
        try:
            while filled < len(buffer) and (data := self._inner.read(len(buffer) - filled)):
                buffer[filled : filled + len(data)] = data
                filled += len(data)
        except DAMAGED as error:
            raise self._damaged() from error
        self._furthest = max(self._furthest, self._inner.tell())
        if unpacks_to_too_much(self._furthest, self._size):
            raise too_large(self.name)
        return filled

    def _damaged(self) -> InputError:
        return InputError("this archive is damaged or cut short", where=self.name, hint="fetch or make it again")


def unpacks_to_too_much(unpacked: int, size: int) -> bool:
    """Whether an archive of `size` bytes that unpacks to so many was made to do harm."""
    return unpacked > max(_HARMLESS, size * RATIO)


def too_large(name: str) -> InputError:
    """The error for such an archive."""
    hint = "if it is what it should be, unpack it yourself, and name what is in it"
    return InputError(f"this archive unpacks to more than {RATIO} times its size", where=name, hint=hint)


@contextmanager
def opened_on_disk(path: Path) -> Iterator[io.BufferedReader[Any]]:
    """A file as it is on the disk; InputError when there is none."""
    require_file(path)
    with explained(path, "read"):
        stream = path.open("rb", buffering=HEAD)
    with stream:
        yield cast("io.BufferedReader[Any]", stream)


@contextmanager
def opened_plain_or_packed(path: Path) -> Iterator[BinaryIO]:
    """A file, unpacked if it is packed; InputError when there is none or it is damaged."""
    with opened_on_disk(path) as stream:
        kind = file_kind(stream.peek(HEAD)[:HEAD])
        if kind is None or kind.name not in UNPACKERS:
            yield cast("BinaryIO", stream)
            return
        inner = UNPACKERS[kind.name](stream)
        with io.BufferedReader(Unpacked(inner, str(path), path.stat().st_size), HEAD) as unpacked:
            yield cast("BinaryIO", unpacked)
