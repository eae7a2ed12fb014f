"""A file of named arrays that is read where it lies: opening it reads its table of contents, nothing else.

    "ALIGNMEM" · length of the contents (4 bytes) · their check · contents (JSON) · array · array · …

The contents name each array's type, place, length and check, and carry `facts` about the whole. The file is written
once, whole (`aligner.files.writing`), and never changed: any number of processes may read it while another one puts a
new one in its place. Disks and people may damage it nevertheless: an array is compared with its check (CRC-32) when it
is first asked for, which takes a quarter of a second for a gigabyte. An array that is read in small pieces, and too
large for that, has none: who wrote it keeps checks of the pieces. Start reading at `open_sections`.
"""

from __future__ import annotations

import json
import mmap
import zlib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from aligner.errors import InputError
from aligner.files import explained

Array = NDArray[Any]
_MAGIC = b"ALIGNMEM"
# Arrays begin at multiples of eight, so that numpy can read 64-bit numbers where they lie.
_ALIGNED = 8
_HINT = "remove it: it is made again"
_START = 16
"""Bytes before the contents."""


class Sections:
    """The arrays of an open file, by name, and its facts. The arrays cannot be written to."""

    def __init__(self, path: Path, data: mmap.mmap, contents: Mapping[str, Any], begin: int) -> None:
        self.facts: Mapping[str, Any] = contents["facts"]
        self._path, self._data = path, data
        self._arrays = {
            name: np.frombuffer(data, dtype=np.dtype(kind), count=length, offset=begin + place)
            for name, (kind, place, length, _) in contents["arrays"].items()
        }
        self._unchecked = {name: check for name, (*_, check) in contents["arrays"].items() if check is not None}
        if begin + sum(_padded(array.nbytes) for array in self._arrays.values()) != len(data):
            raise ValueError("cut short")

    @property
    def size(self) -> int:
        """The size of the file in bytes."""
        return len(self._data)

    def __getitem__(self, name: str) -> Array:
        """The array of that name; InputError when it is damaged."""
        array = self._arrays[name]
        if name in self._unchecked:
            if checked(array) != self._unchecked[name]:
                raise damaged(self._path)
            # Once is enough: the file is never changed while it is open.
            del self._unchecked[name]
        return array


def checked(data: Array | bytes) -> int:
    """The check of an array, or of a piece of one: 32 bits that change when it is damaged."""
    return zlib.crc32(np.ascontiguousarray(data).data if isinstance(data, np.ndarray) else data)


def write_sections(
    stream: BinaryIO, facts: Mapping[str, Any], arrays: Mapping[str, Array], *, without_check: Collection[str] = ()
) -> None:
    """Write arrays and facts; the same ones give the same bytes."""
    table, place = {}, 0
    for name, array in arrays.items():
        check = None if name in without_check else checked(array)
        table[name] = [array.dtype.str, place, len(array), check]
        place += _padded(array.nbytes)
    contents = json.dumps({"facts": facts, "arrays": table}, ensure_ascii=True).encode()
    # Padded with spaces, which JSON allows, so that the first array is aligned as well.
    contents += b" " * (_padded(len(contents)) - len(contents))
    stream.write(_MAGIC + len(contents).to_bytes(4, "little") + checked(contents).to_bytes(4, "little") + contents)
    for array in arrays.values():
        stream.write(np.ascontiguousarray(array).data.cast("B") if len(array) else b"")
        stream.write(b"\0" * (_padded(array.nbytes) - array.nbytes))


def open_sections(path: Path) -> Sections:
    """Open a file; InputError when it is none of ours, is cut short, or its contents are damaged."""
    with explained(path, "read"), path.open("rb") as stream:
        start = stream.read(_START)
        if len(start) < _START or start[:8] != _MAGIC:
            raise InputError("this is not the index of a memory", where=path, hint=_HINT)
        data = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    begin = _START + int.from_bytes(start[8:12], "little")
    contents = data[_START:begin]
    if checked(contents) != int.from_bytes(start[12:], "little"):
        raise damaged(path)
    try:
        return Sections(path, data, json.loads(contents), begin)
    except ValueError as error:
        raise damaged(path) from error


def damaged(path: Path) -> InputError:
    """The error about a file of which something is not as it was written."""
    return InputError("the index of a memory is damaged", where=path, hint=_HINT)


def _padded(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED
