"""What aligner exported, and whether it is still as it was written.

    .aligner/exports.json    {"tmx/brics.fr-en.tmx": "<what it was made from> <SHA-256 of what was written>", …}

Deleting this state file only costs the time to export again; files that it does not name count as somebody's. Start
reading at `ExportState`.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from pathlib import Path

import aligner
from aligner.corpus.exports import EXPORTS, INDEX, PAGE, SEARCHED
from aligner.corpus.store import Project
from aligner.files import read_bytes, write_atomically
from aligner.formats import WriteOptions


class ExportState:
    """The state file of a project's exports, read into memory; `save` writes it."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._file = project.cache / "exports.json"
        self._entries: dict[str, str] = {}
        with suppress(OSError, ValueError):
            state = json.loads(self._file.read_text(encoding="utf-8"))
            # a damaged file is none: everything is exported again
            if isinstance(state, dict):
                self._entries = {str(name): str(entry) for name, entry in state.items()}

    def __bool__(self) -> bool:
        """Whether anything was exported."""
        return bool(self._entries)

    def is_current(self, path: Path, key: str) -> bool:
        """Whether a file was made from what `key` stands for, and nobody has changed it since."""
        return path.exists() and self._entries.get(self._name(path)) == f"{key} {_digest(read_bytes(path))}"

    def knows(self, path: Path) -> bool:
        """Whether a file is remembered."""
        return self._name(path) in self._entries

    def is_as_written(self, path: Path) -> bool:
        """Whether a file is known to be exactly what aligner wrote there."""
        written = self._entries.get(self._name(path), "").rpartition(" ")[2]
        if not written or not path.is_file():
            return False
        data = read_bytes(path)
        # Older state files have a digest of version and options too: what they name is ours all the same.
        former = (
            f"{aligner.__version__} {WriteOptions(keep_boilerplate=kept)!r}".encode() + hashlib.sha256(data).digest()
            for kept in (False, True)
        )
        return written in {_digest(data), *map(_digest, former)}

    def note(self, path: Path, data: bytes, key: str) -> None:
        """Remember what was written to a file, and what it was made from."""
        self._entries[self._name(path)] = f"{key} {_digest(data)}"

    def forget(self, path: Path) -> None:
        """Remember a file no longer."""
        self._entries.pop(self._name(path), None)

    def documents(self) -> dict[str, list[Path]]:
        """The files by the documents that they are exports of, in order; those of other language pairs left out."""
        endings = [
            (f"{export.folder}/", export.filename.format(id="", pair=self.project.pair)) for export in EXPORTS.values()
        ]
        found: dict[str, list[Path]] = {}
        for name in sorted(self._entries):
            # What the list of documents searches goes where that goes.
            if name == f"{EXPORTS[PAGE].folder}/{SEARCHED}":
                found.setdefault(INDEX, []).append(self.project.output / name)
            for start, end in endings:
                if name.startswith(start) and name.endswith(end):
                    document = name.removeprefix(start).removesuffix(end)
                    found.setdefault(document, []).append(self.project.output / name)
        return found

    def save(self) -> None:
        """Write the state file."""
        write_atomically(self._file, json.dumps(self._entries, indent=0, sort_keys=True) + "\n")

    def _name(self, path: Path) -> str:
        return path.relative_to(self.project.output).as_posix()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
