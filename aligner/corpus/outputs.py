"""Whose exports lie in an output folder: those of one corpus, because two would replace each other's pages and indexes.

The first corpus that is exported there leaves its place in ``.aligner/corpus``, relative to the output folder, so that
a project may be moved or copied whole; a corpus that is no longer there has left its outputs to the next one.
Start reading at `check_outputs`.
"""

from __future__ import annotations

import os
from pathlib import Path

from aligner.corpus.store import Project
from aligner.errors import InputError
from aligner.files import read_bytes, write_atomically

NOTE = "corpus"
"""The file among the caches that says whose exports these are."""


def check_outputs(project: Project) -> None:
    """Raise InputError when the exports in a project's output folder are those of another corpus."""
    other = _owner(project)
    # two corpora would replace each other's index, and pages of the same id
    if other is not None and other != project.corpus.resolve():
        raise InputError(
            f"tmx/, tei/ and review/ are those of another corpus here, {other}",
            where=project.output,
            hint="choose another folder with --output DIR",
        )


def claim_outputs(project: Project) -> None:
    """Note that the exports in a project's output folder are those of its corpus."""
    corpus, output = project.corpus.resolve(), project.output.resolve()
    if _owner(project) == corpus:
        return
    # as seen from the output folder, so that both may be moved together
    try:
        place = Path(os.path.relpath(corpus, output)).as_posix()
    except ValueError:  # on another drive
        place = corpus.as_posix()
    write_atomically(project.cache / NOTE, place + "\n")


def _owner(project: Project) -> Path | None:
    """The corpus whose exports lie in the output folder; None when that is not known, or when it is gone."""
    note = project.cache / NOTE
    text = read_bytes(note).decode("utf-8", "replace").strip() if note.is_file() else ""
    if not text or "\0" in text:
        return None
    # relative to the output folder: a project that is moved whole stays its own owner
    owner = (project.output / text).resolve()
    return owner if owner.is_dir() else None
