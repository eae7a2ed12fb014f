"""Files cut into parts, to be carried where only small files may go, and put together again.

``split_file`` writes ``NAME.00.part`` … and ``NAME.parts`` with the size and SHA-256 of the whole, which ``join_file``
checks.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from aligner.errors import InputError
from aligner.files import read_bytes, write_atomically, writing


def split_file(path: Path, *, mebibytes: float) -> list[Path]:
    """Cut a file into parts of at most `mebibytes` beside it, and give them with their table of contents last."""
    data = read_bytes(path)
    size = max(1, int(mebibytes * 2**20))
    parts = [path.with_name(f"{path.name}.{number:02}.part") for number in range(-(-len(data) // size))]
    for number, part in enumerate(parts):
        write_atomically(part, data[number * size : (number + 1) * size])
    table = path.with_name(f"{path.name}.parts")
    content = {"parts": [part.name for part in parts], "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    write_atomically(table, json.dumps(content, indent=1) + "\n")
    return [*parts, table]


def join_file(table: Path) -> Path:
    """Put a file together again from its table of contents; InputError when a part is missing or damaged."""
    content = json.loads(read_bytes(table))
    target = table.with_suffix("")
    digest = hashlib.sha256()
    with writing(target) as stream:
        for name in content["parts"]:
            data = read_bytes(table.with_name(Path(name).name))
            digest.update(data)
            stream.write(data)
        if digest.hexdigest() != content["sha256"]:
            raise InputError("the parts do not make the file they were cut from", where=table, hint="copy them again")
    return target
