"""ZIP archives that are the same bytes for the same content: a constant date, deflated, in the order given."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO

from aligner.errors import InputError

_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest date that ZIP knows; the content has its own."""
_LARGEST = 1 << 30
"""Bytes that an archive may hold when unpacked."""
MEMORY = 16 * 1024 * 1024
"""Bytes of a part that are kept in memory before a temporary file goes to the disk."""
BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, KeyError, ValueError, OSError)
"""What the library for archives raises for one that is damaged, encrypted or incomplete."""


def entry(name: str) -> zipfile.ZipInfo:
    """The description of a part."""
    made = zipfile.ZipInfo(name, _DATE)
    made.compress_type = zipfile.ZIP_DEFLATED
    return made


def adding(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    """Open a new part of an archive for writing."""
    # How long a part will be is not known yet, and without this the library refuses to go beyond 2 GiB.
    return archive.open(entry(name), "w", force_zip64=True)


@contextmanager
def opened(stream: BinaryIO, name: str, kind: str, *, hint: str = "export it again") -> Iterator[zipfile.ZipFile]:
    """Open an archive for reading; InputError when it is none, is damaged, or is too large when unpacked."""
    try:
        with zipfile.ZipFile(stream) as archive:
            # A small archive can unpack to terabytes; its directory says so before anything is read.
            if sum(part.file_size for part in archive.infolist()) > _LARGEST:
                raise InputError("the file is too large when unpacked", where=name)
            yield archive
    except BROKEN as error:
        raise InputError(f"this is not {kind}", where=name, hint=hint) from error
