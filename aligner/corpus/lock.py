"""One writer at a time: every program that writes a document's pairs or its English holds the document's lock.

The lock is a file beside the caches, locked by the operating system, which lets go of it when the program ends, however
it ends. It belongs to the corpus, whatever the folder of the exports is.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from aligner.corpus.places import CACHES, hidden
from aligner.corpus.store import Project
from aligner.errors import EnvironmentProblem
from aligner.files import explained

PATIENCE = 30.0
"""Seconds to wait for another program."""


def state_folder(project: Project) -> Path:
    """Where locks and journals of a corpus lie: ``.aligner`` beside the corpus."""
    return _state_folder(project.corpus, os.getcwd())  # noqa: PTH109 - of many thousand documents


@lru_cache(maxsize=8)
def _state_folder(corpus: Path, here: str) -> Path:  # noqa: ARG001 - a relative folder is another one elsewhere
    return corpus.resolve().parent / CACHES


def history_folder(project: Project, document: str) -> Path:
    """Where the journal of a document lies (`aligner.corpus.journal`)."""
    return hidden(f"{state_folder(project)}/edits", document, f"{document}.{project.pair}")


@contextmanager
def document_lock(project: Project, document: str, *, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock of one document; not to be nested.

    Raises EnvironmentProblem when another program keeps it for longer than `patience` seconds.
    """
    # here: programs that only read need no lock, and start faster
    from filelock import FileLock, Timeout

    path = hidden(f"{state_folder(project)}/locks", document, f"{document}.{project.pair}.lock")
    with explained(path, "lock"):
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path)
        try:
            # polled often: a reviewer waits for the answer to an edit
            lock.acquire(timeout=patience, poll_interval=0.02)
        except Timeout as error:
            raise EnvironmentProblem(
                f"another program is working on '{document}'", where=path, hint="let it finish and try again"
            ) from error
    try:
        yield
    finally:
        lock.release()
