"""Files are written whole or not at all.

`write_atomically` writes a temporary file in the target's own folder, flushes it to the disk and renames it over the
target: at any moment, also after Ctrl-C, a crash or a full disk, a reader sees the old file or the new one. A process
that is killed leaves its temporary file behind; the next one that writes in that folder removes it (`abandoned`).
Problems of the disk become one clear sentence (`aligner.errors.EnvironmentProblem`).
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from aligner.errors import EnvironmentProblem, InputError

_HINTS = {
    errno.ENOSPC: "free some disk space and run again",
    errno.EDQUOT: "free some disk space and run again",
    errno.EACCES: "check the permissions of the folder",
    errno.EPERM: "check the permissions of the folder",
    errno.EROFS: "the disk is read-only; choose another folder",
}

_TEMPORARY = re.compile(r"\..+\.[0-9a-f]{16}\.tmp")
_AGE = 60.0
"""Seconds after which a temporary file without an owner counts as left behind: one just opened has none yet."""
_swept: set[Path] = set()
"""Folders in which this process has looked for such files."""


@contextmanager
def explained(path: Path, doing: str) -> Iterator[None]:
    """Turn an OSError about `path` into an `EnvironmentProblem` that says what was being done."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise EnvironmentProblem(
            f"cannot {doing} ({reason.lower()})", where=path, hint=_HINTS.get(error.errno or 0)
        ) from error


Ready = Callable[[Path], None]
"""Told of a finished file, under its temporary name, before it takes its own."""


def write_atomically(path: Path, data: bytes | str, *, ready: Ready | None = None) -> None:
    """Replace `path` by `data` (text as UTF-8) in one step, making its folder if needed.

    Raises EnvironmentProblem when the disk refuses; the old file is then untouched.
    """
    with writing(path, ready=ready) as stream:
        stream.write(data.encode("utf-8") if isinstance(data, str) else data)


@contextmanager
def writing(path: Path, *, private: bool = False, ready: Ready | None = None) -> Iterator[BinaryIO]:
    """Open a stream whose content replaces `path` when the block ends well, and vanishes when it does not.

    A symbolic link stays: the file it leads to is replaced. A device or a pipe is written to as it is. A `private` file
    may be read by its owner only.
    """
    if path.exists() and not path.is_file() and not path.is_dir():  # /dev/stdout may lead to a pipe, which has no name
        with explained(path, "write"), path.open("wb") as stream:
            yield stream
        return
    path = path.resolve()
    with explained(path, "write"):
        path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.parent / f".{path.name[:40]}.{secrets.token_hex(8)}.tmp"  # named first: Ctrl-C leaves no stranger
    try:
        with explained(path, "write"), open(unfinished, "xb", opener=_private if private else None) as stream:
            owned(stream)
            _sweep(path.parent, os.fstat(stream.fileno()).st_mtime)
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if ready is not None:
            ready(unfinished)
        with explained(path, "write"):
            unfinished.replace(path)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink()
        raise


def owned(stream: BinaryIO) -> bool:
    """Whether an open file is ours from now on, until it is closed; not when another process has it.

    Where a system or a disk has no such locks, every file is.
    """
    with suppress(ImportError):
        import fcntl

        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
    return True


def abandoned(path: Path) -> bool:
    """Whether no process has a file open that it `owned`; not for one that cannot be opened."""
    with suppress(OSError), path.open("r+b") as stream:
        return owned(stream)
    return False


def _sweep(folder: Path, now: float) -> None:
    """Remove the temporary files that killed processes left in a folder, once in the life of a process."""
    if os.name != "posix" or folder in _swept:  # elsewhere nothing tells whose a file is
        return
    _swept.add(folder)
    with suppress(OSError), os.scandir(folder) as entries:
        # by the clock of the disk, on which the file in hand was made
        old = [e.path for e in entries if _TEMPORARY.fullmatch(e.name) and now - e.stat().st_mtime > _AGE]
        for path in map(Path, old):
            if abandoned(path):
                path.unlink()


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def require_file(path: Path) -> None:
    """Raise InputError where there is nothing at a path, or a folder."""
    if not path.exists():
        raise InputError("there is no such file", where=path, hint="check the name")
    if path.is_dir():
        raise InputError("this is a folder, not a file", where=path)


def read_bytes(path: Path, *, most: int | None = None) -> bytes:
    """The content of a file; InputError when there is none, EnvironmentProblem when it cannot be read.

    With `most`, a file of more bytes is an InputError, too: a pipe or a device may have no end.
    """
    require_file(path)
    with explained(path, "read"), path.open("rb") as stream:
        data = stream.read() if most is None else stream.read(most + 1)
    if most is not None and len(data) > most:
        raise InputError(f"there are more than {most >> 20} MB in it", where=path, hint="cut it into several files")
    return data


def identifier(name: str) -> str:
    """The document id that a file name stands for: safe in file names, XML ids and URLs.

    Letters, digits, ``-``, ``_`` and ``.`` stay; every other run of characters becomes one ``-``.
    Raises InputError when nothing is left.

    >>> identifier("Déclaration du 9 mai (1950)")
    'Déclaration-du-9-mai-1950'
    """
    # composed, for some systems write é in file names as two characters, and the same name must be the same id
    kept = re.sub(r"[^\w.-]+", "-", unicodedata.normalize("NFC", name)).strip("-.")
    if not kept:
        raise InputError("this name has no letter or digit to make a document id of", where=repr(name))
    return kept
