"""A file of named arrays that is read where it lies: opening it reads its table of contents, nothing else.

    "ALIGNMEM" · length of the contents (8 bytes) · contents (JSON) · array · array · …

The contents name each array's type, place and length, and carry `facts` about the whole. The file is written once,
whole (`aligner.files.writing`), and never changed: any number of processes may read it while another one puts a new one
in its place. Start reading at `open_sections`.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from aligner.errors import InputError
from aligner.files import explained

Array = NDArray[Any]
_MAGIC = b"ALIGNMEM"
_ALIGNED = 8


class Sections:
    """The arrays of an open file, by name, and its facts. The arrays cannot be written to."""

    def __init__(self, data: mmap.mmap, facts: Mapping[str, Any], arrays: Mapping[str, Array]) -> None:
        self._data, self.facts, self.arrays = data, facts, arrays

    @property
    def size(self) -> int:
        """The size of the file in bytes."""
        return len(self._data)

    def __getitem__(self, name: str) -> Array:
        """The array of that name."""
        return self.arrays[name]


def write_sections(stream: BinaryIO, facts: Mapping[str, Any], arrays: Mapping[str, Array]) -> None:
    """Write arrays and facts; the same ones give the same bytes."""
    table, place = {}, 0
    for name, array in arrays.items():
        table[name] = [array.dtype.str, place, len(array)]
        place += _padded(array.nbytes)
    contents = json.dumps({"facts": facts, "arrays": table}, ensure_ascii=True).encode()
    contents += b" " * (_padded(len(contents)) - len(contents))
    stream.write(_MAGIC + len(contents).to_bytes(8, "little") + contents)
    for array in arrays.values():
        stream.write(np.ascontiguousarray(array).data.cast("B") if len(array) else b"")
        stream.write(b"\0" * (_padded(array.nbytes) - array.nbytes))


def open_sections(path: Path) -> Sections:
    """Open a file; InputError when it is none of ours or is cut short."""
    with explained(path, "read"), path.open("rb") as stream:
        start = stream.read(16)
        if len(start) < 16 or start[:8] != _MAGIC:
            raise InputError("this is no index of a memory", where=path, hint="remove it: it is made anew")
        data = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    try:
        size = int.from_bytes(start[8:], "little")
        contents = json.loads(data[16 : 16 + size])
        arrays = {
            name: np.frombuffer(data, dtype=np.dtype(kind), count=length, offset=16 + size + place)
            for name, (kind, place, length) in contents["arrays"].items()
        }
        if 16 + size + sum(_padded(array.nbytes) for array in arrays.values()) != len(data):
            raise ValueError("cut short")
    except (ValueError, KeyError, TypeError) as error:
        raise InputError("the index of a memory is damaged", where=path, hint="remove it: it is made anew") from error
    return Sections(data, contents["facts"], arrays)


def _padded(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED
