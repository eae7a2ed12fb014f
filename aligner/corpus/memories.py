"""The memories that a command has: those named, and those of a corpus where there is one.

Start reading at `gather_memories`.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from pathlib import Path

from aligner.config import Progress, silent
from aligner.corpus.store import Project, open_project, parse_bitext
from aligner.errors import AlignerError
from aligner.files import read_bytes
from aligner.memory.index import MemoryUnit
from aligner.memory.index.several import Memories
from aligner.memory.opening import open_memories
from aligner.memory.places import places
from aligner.memory.sources import aligned_units, reviewed_units
from aligner.model import USUAL_LANGUAGES, Languages
from aligner.translation.packages.folders import cache_folder

log = logging.getLogger(__name__)

_MARK = re.compile(rb'"(?:accepted|edited|human)"')
"""What stands in a bitext's file where a person had a hand in it; looking for it is much faster than reading it all."""
FOLDER = "memory"
"""The folder for indexes inside a folder for caches."""


def gather_memories(
    paths: Sequence[Path], *, corpus: Path, languages: Languages = USUAL_LANGUAGES, progress: Progress = silent
) -> Memories:
    """Open the memories that paths name, and those of the corpus if there is such a folder.

    Indexes are kept with the project's caches, or in the account's where there is no corpus. Raises InputError for a
    path that names no memory and for a file that is not well-formed TMX.
    """
    named = places(paths, corpus)
    project = open_project(corpus, languages)
    reviewed, aligned = pairs_in(project) if corpus.is_dir() else ([], [])
    # the folder of texts without a corpus is not ours to write in
    cache = project.cache if corpus.is_dir() else cache_folder()
    return open_memories(
        named,
        languages,
        cache=cache / FOLDER,
        reviewed=reviewed,
        aligned=aligned,
        progress=progress,
    )


def pairs_in(project: Project) -> tuple[list[MemoryUnit], list[MemoryUnit]]:
    """The reviewed pairs of all documents, and those of persons that were only aligned.

    A bitext that cannot be read is said and left out.
    """
    reviewed: list[MemoryUnit] = []
    aligned: list[MemoryUnit] = []
    for document in project.bitexts():
        path = project.bitext_file(document)
        try:
            data = read_bytes(path)
            if _MARK.search(data):
                bitext = parse_bitext(data, path)
                reviewed += reviewed_units(bitext)
                aligned += aligned_units(bitext)
        except AlignerError as error:
            log.warning("%s", error)
    return reviewed, aligned
