"""The memories that a command has: those named, and those of a corpus where there is one. Start reading at `gather`."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from aligner.config import Progress, silent
from aligner.errors import AlignerError
from aligner.memories.opening import open_memories
from aligner.memories.places import places
from aligner.memories.units import reviewed_units
from aligner.memory import Unit
from aligner.memory.several import Memories
from aligner.store import Project, open_project, read_bitext
from aligner.translate.folders import cache_folder

log = logging.getLogger(__name__)

FOLDER = "memory"
"""The folder for indexes inside a folder for caches."""


def gather(paths: Sequence[Path], *, corpus: Path, source: str, target: str, progress: Progress = silent) -> Memories:
    """Open the memories that paths name, and those of the corpus if there is such a folder.

    Indexes are kept with the project's caches, or in the account's where there is no corpus. Raises InputError for a
    path that names no memory and for a file that is not well-formed TMX.
    """
    named = places(paths, corpus)
    project = open_project(corpus, source=source, target=target)
    own = reviewed_in(project) if corpus.is_dir() else []
    cache = project.cache if corpus.is_dir() else cache_folder()
    return open_memories(named, source=source, target=target, cache=cache / FOLDER, reviewed=own, progress=progress)


def reviewed_in(project: Project) -> list[Unit]:
    """The reviewed pairs of all documents; a bitext that cannot be read is said and left out."""
    units: list[Unit] = []
    for document in project.bitexts():
        try:
            units += reviewed_units(read_bitext(project.bitext_file(document)))
        except AlignerError as error:
            log.warning("%s", error)
    return units
