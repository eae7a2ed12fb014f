"""Which results are still as a command wrote them, so that none is written over what a person made of it.

As for the English of a corpus (`aligner.pipeline.plan`), a note says what was written: here the digest of a file. It
is kept in the account's cache by the file's place; in a project also among its caches (``.aligner/written``), by the
place in the project, so that one that is moved or copied whole still knows its files. A file that differs from its
notes, or has none, is somebody's work. Where notes are lost or cannot be kept, every file counts as such. The note is
made before the file takes its name, and names the file before it too: a command that is killed in between leaves one or
the other. Start reading at `is_foreign`.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from aligner.errors import AlignerError
from aligner.files import explained, write_atomically

FOLDER = "written"
"""The folder of the notes, among other caches."""
_log = logging.getLogger(__name__)


def is_foreign(path: Path) -> bool:
    """Whether a file is there that no command wrote, or that was changed since. An empty one belongs to nobody."""
    with explained(path, "read"):
        if not path.is_file() or not path.stat().st_size:
            return False
    # without a note it is somebody's: a file replaced by mistake is worse than a question too many
    return _digest(path) not in {digest for note in _notes(path) for digest in _known(note)}


def note_before(path: Path) -> Callable[[Path], None]:
    """What remembers a finished file, before it takes this name, as a command's own work (`aligner.files.writing`)."""

    def remember(finished: Path) -> None:
        digest = _digest(finished)
        for note in _notes(path):
            try:
                write_atomically(note, " ".join([digest, *_known(note)[:1]]))
            except AlignerError as error:
                _log.debug("what was written is not remembered: %s", error)

    return remember


def _digest(path: Path) -> str:
    with explained(path, "read"), path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _known(note: Path) -> list[str]:
    """The digests in a note, the last one first; none where it cannot be read."""
    with suppress(OSError, ValueError):
        return note.read_text("ascii").split()
    return []


def _notes(path: Path) -> list[Path]:
    """Where it is noted what was written to a place: for the account and, in a project, there."""
    from aligner.corpus.places import CACHES
    from aligner.translation.packages.folders import cache_folder

    place = path.resolve()
    notes = [cache_folder() / FOLDER / _name(place)]
    # the nearest one: a project may lie in the folder of another
    project = next((folder for folder in place.parents if (folder / CACHES).is_dir()), None)
    if project is not None:
        notes.append(project / CACHES / FOLDER / _name(place.relative_to(project)))
    return notes


def _name(place: Path) -> str:
    # with slashes on every system; a path may have bytes that are not UTF-8
    return hashlib.sha256(place.as_posix().encode("utf-8", "surrogateescape")).hexdigest()
