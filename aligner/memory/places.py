"""What ``--memory`` may name, and what there is without it.

    FILE        a memory: any file of pairs (TMX, XLIFF, .sdltm, Wordfast, a table …), also in an archive
    FOLDER      all .tmx, .tmx.gz and .sdltm files in it and in its subfolders: one memory, named after the folder

Without being asked, a corpus brings along three memories: the pairs that were reviewed in it, called ``corpus``, what
was imported into its folder ``memory``, and the pairs of its translations by persons that nobody reviewed, called
``aligned``. Start reading at `Place`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from aligner.errors import InputError
from aligner.files import explained
from aligner.model import Languages

IMPORTED = "memory"
"""The folder of a corpus that holds imported memories."""
SUFFIXES = (".tmx", ".tmx.gz", ".sdltm")
"""How the names of memories end. In a folder only these are looked at; a file that is named may be called anything."""
_REVISION = 3
"""Raised whenever other units of the same files are taken than before."""


@dataclass(frozen=True, slots=True)
class Place:
    """A memory on the disk."""

    name: str
    files: tuple[tuple[str, Path], ...]
    """Its files in order, with their names inside the memory."""

    def digest(self, languages: Languages) -> str:
        """Stands for what is taken of the contents of the files for two languages; reads them all."""
        known = []
        for name, path in self.files:
            with explained(path, "read"), path.open("rb") as stream:
                known.append([name, hashlib.file_digest(stream, "sha256").hexdigest()])
        return hashlib.sha256(json.dumps([_REVISION, *languages, known]).encode()).hexdigest()


def place(path: Path) -> Place:
    """The memory that a path names; InputError when there is none."""
    if path.is_dir():
        files = tmx_files(path)
        if not files:
            raise InputError("there is no TMX file in this folder", where=path, hint="name a .tmx file or its folder")
        return Place(path.resolve().name, files)  # resolved, since "." has no name
    if not path.is_file():
        raise InputError("there is no such memory", where=path, hint="name a .tmx file or a folder of them")
    return Place(path.name, ((path.name, path),))


def imported(corpus: Path) -> Place | None:
    """What was imported into a corpus, if anything was."""
    folder = corpus / IMPORTED
    return Place(IMPORTED, files) if folder.is_dir() and (files := tmx_files(folder)) else None


def tmx_files(folder: Path) -> tuple[tuple[str, Path], ...]:
    """The memories in a folder and its subfolders, with their names inside it, in order; hidden ones left out."""
    return files_in(folder, lambda name: name.lower().endswith(SUFFIXES))


def files_in(folder: Path, wanted: Callable[[str], bool]) -> tuple[tuple[str, Path], ...]:
    """The files of wanted names in a folder and its subfolders, with their names inside it, in order; none hidden."""
    with explained(folder, "read the folder"):
        found = [path for path in folder.rglob("*") if wanted(path.name) and path.is_file()]
    named = [(path.relative_to(folder).as_posix(), path) for path in found]
    # By name: the first of equal translations wins, so the order must not depend on the disk. Hidden files are what
    # editors and synchronising tools leave behind.
    return tuple(
        sorted((name, path) for name, path in named if not any(part.startswith(".") for part in name.split("/")))
    )


def places(paths: Sequence[Path], corpus: Path | None) -> list[Place]:
    """The memories that paths name and the one imported into a corpus; one that is named twice is taken once."""
    # Known by its files and not by its name: ``--memory corpus/memory`` names the imported one.
    found = {tuple(item.files): item for item in map(place, paths)}
    own = imported(corpus) if corpus else None
    if own:
        found.setdefault(tuple(own.files), own)
    return list(found.values())
