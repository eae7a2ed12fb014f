"""What aligner exported, and whether it is still as it was written.

    .aligner/state.sqlite    name of the file, what it was made from, SHA-256 of what was written, stamp on the disk

Deleting the state file only costs the time to export again; files that it does not name count as somebody's. Older
versions kept the same in ``exports.json``, which is taken over. Start reading at `ExportState`.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path

import aligner
from aligner.corpus.exports import EXPORTS, INDEX, PAGE, SEARCHED
from aligner.corpus.state import CorpusState, stamp_of
from aligner.corpus.store import Project
from aligner.files import read_bytes
from aligner.formats import WriteOptions

_TAKE = "INSERT OR REPLACE INTO export VALUES (?, ?, ?, ?)"


class ExportState:
    """What the state file says of a project's exports."""

    def __init__(self, project: Project, state: CorpusState | None = None) -> None:
        self.project = project
        self._state = state or CorpusState(project)
        former = project.cache / "exports.json"
        if former.exists():
            self._take_over(former)

    def _take_over(self, former: Path) -> None:
        """Take what an older version noted, and remove its file."""
        with suppress(OSError, ValueError):
            entries = json.loads(former.read_text(encoding="utf-8"))
            # a damaged file is none: everything is exported again
            if isinstance(entries, dict) and entries:
                made = ((str(name), *str(entry).rpartition(" ")[::2], "") for name, entry in entries.items())
                self._state.write(_TAKE, *made)
            former.unlink(missing_ok=True)

    def __bool__(self) -> bool:
        """Whether anything was exported."""
        return bool(self._state.rows("SELECT 1 FROM export LIMIT 1"))

    def is_current(self, path: Path, key: str) -> bool:
        """Whether a file was made from what `key` stands for, and nobody has changed it since."""
        name = self.name(path)
        found = self._state.rows("SELECT sha256, stamp FROM export WHERE name = ? AND made = ?", name, key)
        stamp = stamp_of(path)
        if not found or not stamp:
            return False
        ((digest, known),) = found
        if stamp == known:
            return True
        # moved, copied, or touched: only its content tells
        same = bool(digest == _digest(read_bytes(path)))
        if same:
            self._state.write("UPDATE export SET stamp = ? WHERE name = ?", (stamp, name))
        return same

    def knows(self, path: Path) -> bool:
        """Whether a file is remembered."""
        return bool(self._state.rows("SELECT 1 FROM export WHERE name = ?", self.name(path)))

    def is_as_written(self, path: Path) -> bool:
        """Whether a file is known to be exactly what aligner wrote there."""
        found = self._state.rows("SELECT sha256 FROM export WHERE name = ?", self.name(path))
        if not found or not found[0][0] or not path.is_file():
            return False
        data = read_bytes(path)
        # Older state files have a digest of version and options too: what they name is ours all the same.
        former = (
            f"{aligner.__version__} {WriteOptions(keep_boilerplate=kept)!r}".encode() + hashlib.sha256(data).digest()
            for kept in (False, True)
        )
        return found[0][0] in {_digest(data), *map(_digest, former)}

    def note(self, path: Path, data: bytes, key: str) -> None:
        """Remember what was written to a file, and what it was made from."""
        self._state.write(_TAKE, (self.name(path), key, _digest(data), stamp_of(path)))

    def forget(self, path: Path) -> None:
        """Remember a file no longer."""
        self._state.write("DELETE FROM export WHERE name = ?", (self.name(path),))

    def documents(self) -> dict[str, list[Path]]:
        """The files by the documents that they are exports of, in order; those of other language pairs left out."""
        endings = [
            (f"{export.folder}/", export.filename.format(id="", pair=self.project.pair)) for export in EXPORTS.values()
        ]
        found: dict[str, list[Path]] = {}
        for (name,) in self._state.rows("SELECT name FROM export ORDER BY name"):
            # What the list of documents searches goes where that goes.
            if name == f"{EXPORTS[PAGE].folder}/{SEARCHED}":
                found.setdefault(INDEX, []).append(self.project.output / name)
            for start, end in endings:
                if name.startswith(start) and name.endswith(end):
                    document = name.rpartition("/")[2].removesuffix(end)
                    found.setdefault(document, []).append(self.project.output / name)
        return found

    def close(self) -> None:
        """Let go of the state file."""
        self._state.close()

    def name(self, path: Path) -> str:
        """What a file is called here: its place in the output folder."""
        name, folder = str(path), f"{self.project.output}{os.sep}"
        # relative_to takes long, and there are many
        return (
            name.removeprefix(folder) if name.startswith(folder) else str(path.relative_to(self.project.output))
        ).replace(os.sep, "/")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
