"""Which results are still as a command wrote them, so that none is written over what a person made of it.

As for the English of a corpus (`aligner.pipeline.plan`), a note says what was written: here the digest of a file, kept
in the account's cache by the file's place. A file that differs from its note, or has none, is somebody's work. Where
notes are lost or cannot be kept, every file counts as such. The note is made before the file takes its name, and names
the file before it too: a command that is killed in between leaves one or the other. Start reading at `is_foreign`.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from aligner.errors import AlignerError
from aligner.files import explained, write_atomically

_log = logging.getLogger(__name__)


def is_foreign(path: Path) -> bool:
    """Whether a file is there that no command wrote, or that was changed since. An empty one belongs to nobody."""
    with explained(path, "read"):
        if not path.is_file() or not path.stat().st_size:
            return False
    with suppress(OSError, ValueError):
        return _digest(path) not in _note(path).read_text("ascii").split()
    # without a note it is somebody's: a file replaced by mistake is worse than a question too many
    return True


def note_before(path: Path) -> Callable[[Path], None]:
    """What remembers a finished file, before it takes this name, as a command's own work (`aligner.files.writing`)."""

    def remember(finished: Path) -> None:
        known: list[str] = []
        with suppress(OSError, ValueError):
            known = _note(path).read_text("ascii").split()[:1]
        try:
            write_atomically(_note(path), " ".join([_digest(finished), *known]))
        except AlignerError as error:
            _log.debug("what was written is not remembered: %s", error)

    return remember


def _digest(path: Path) -> str:
    with explained(path, "read"), path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _note(path: Path) -> Path:
    from aligner.translation.packages.folders import cache_folder

    # a path may have bytes that are not UTF-8
    place = str(path.resolve()).encode("utf-8", "surrogateescape")
    return cache_folder() / "written" / hashlib.sha256(place).hexdigest()
