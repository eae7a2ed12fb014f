"""Opening memories: the index that fits their contents, made when there is none yet.

    TMX files ──digest──▶ <cache>/tmx-<digest>.index ◀──build── units

An index is named after what it was made from: a memory that changed has another one, and one that is there is right.
Deleting it costs the time to make it again. Two processes that make the same one write the same bytes, each to a file
of its own that is put in place when it is whole. Indexes not used lately are removed. Start reading at `open_memories`.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

from aligner.config import Progress, silent
from aligner.errors import InputError
from aligner.files import explained
from aligner.memory.index import MemoryUnit
from aligner.memory.index.build import LAYOUT, build
from aligner.memory.index.search import MemoryIndex
from aligner.memory.index.several import Memories, Memory
from aligner.memory.places import Place
from aligner.memory.sources import ONE_SIDED, file_units, none_taken
from aligner.model import Languages
from aligner.translation.packages.folders import make_folder

log = logging.getLogger(__name__)

CORPUS = "corpus"
"""The name of the memory of a corpus's own reviewed pairs."""
ALIGNED = "aligned"
"""The name of the memory of pairs from translations by persons that nobody reviewed."""
STAGE = "memory"
_KEPT = 8
"""Indexes of each kind that stay."""


def open_memories(
    found: Sequence[Place],
    languages: Languages,
    *,
    cache: Path,
    reviewed: Sequence[MemoryUnit] = (),
    aligned: Sequence[MemoryUnit] = (),
    progress: Progress = silent,
) -> Memories:
    """Open memories for two languages: a corpus's `reviewed` pairs, the others in their order, its `aligned` pairs.

    Indexes are kept in the folder `cache`. Raises InputError for a file that is not well-formed TMX.
    """
    opened = [open_pairs(CORPUS, reviewed, cache)] if reviewed else []
    for place in found:
        digest, files = place.digest(languages), dict[str, Any]()
        index = _index(cache, "tmx", digest, _units(place, languages, files, progress), {"files": files})
        if not len(index):
            # From the index and not from the reading: an index that is there already says so, too.
            left_out = sum((Counter(known["left out"]) for known in index.facts["files"].values()), Counter[str]())
            wanted = f" (they are to have {' and '.join(languages)})" if ONE_SIDED in left_out else ""
            log.warning("%s: %s", place.name, none_taken(left_out, verb="used") + wanted)
        opened.append(Memory(place.name, digest, index))
    opened += [open_pairs(ALIGNED, aligned, cache)] if aligned else []
    return Memories(opened)


def open_pairs(name: str, units: Sequence[MemoryUnit], cache: Path) -> Memory:
    """The memory of some of a corpus's own pairs."""
    digest = hashlib.sha256(json.dumps([astuple(unit) for unit in units]).encode()).hexdigest()
    return Memory(name, digest, _index(cache, name, digest, units, {}))


def _units(found: Place, languages: Languages, files: dict[str, Any], progress: Progress) -> Iterator[MemoryUnit]:
    """Yield every unit of a memory's files, one file after the other.

    For each file its units, and why others were left out, are counted in `files`.
    """
    total = sum(path.stat().st_size for _, path in found.files)
    before = 0

    def reading(done: int) -> None:
        progress(STAGE, min(before + done, total), total)

    for name, path in found.files:
        left_out: Counter[str] = Counter()
        count = 0
        for _, unit in file_units(path, languages, left_out=left_out, reading=reading):
            count += 1
            # Two files of a folder may use the same ids.
            yield replace(unit, id=f"{name}:{unit.id}") if len(found.files) > 1 else unit
        files[name] = {"units": count, "left out": dict(sorted(left_out.items()))}
        before += path.stat().st_size
    progress(STAGE, total, total)


def _index(cache: Path, kind: str, digest: str, units: Iterable[MemoryUnit], facts: dict[str, Any]) -> MemoryIndex:
    """The index named after a digest. The units are only looked at when it is not there, or damaged."""
    path = cache / f"{kind}-{digest[:32]}-{LAYOUT}.index"
    index = None
    if path.exists():
        try:
            index = MemoryIndex(path)
        except InputError as error:
            log.warning("%s: %s, and is made again", path, error.what)
    if index is None:
        # The folder is the owner's alone: indexes hold texts.
        with explained(path.parent, "make the folder"):
            make_folder(path.parent)
        build(path, units, facts)
        index = MemoryIndex(path)
    # Tidying may fail, on a read-only disk for example; the index answers all the same.
    with suppress(OSError):
        os.utime(path)
        path.chmod(0o600)  # those of older versions, too
        others = sorted(path.parent.glob(f"{kind}-*.index"), key=lambda other: other.stat().st_mtime, reverse=True)
        for old in others[_KEPT:]:
            old.unlink(missing_ok=True)
    return index
