"""Opening memories: the index that fits their contents, made when there is none yet.

    TMX files ──digest──▶ <cache>/tmx-<digest>.index ◀──build── units

An index is called after what it was made from: a memory that changed has another one, and one that is there is right.
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
from dataclasses import astuple
from pathlib import Path
from typing import Any

from aligner.config import Progress, silent
from aligner.errors import InputError
from aligner.files import explained
from aligner.memory.index import Unit
from aligner.memory.index.build import LAYOUT, build
from aligner.memory.index.search import MemoryIndex
from aligner.memory.index.several import Memories, Memory
from aligner.memory.places import Place
from aligner.memory.sources import ONE_SIDED, none_taken, tmx_units
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
    *,
    source: str,
    target: str,
    cache: Path,
    reviewed: Sequence[Unit] = (),
    aligned: Sequence[Unit] = (),
    progress: Progress = silent,
) -> Memories:
    """Open memories for two languages: a corpus's `reviewed` pairs, the others in their order, its `aligned` pairs.

    Indexes are kept in the folder `cache`. Raises InputError for a file that is not well-formed TMX.
    """
    opened = [open_pairs(CORPUS, reviewed, cache)] if reviewed else []
    opened += [open_place(each, source=source, target=target, cache=cache, progress=progress) for each in found]
    opened += [open_pairs(ALIGNED, aligned, cache)] if aligned else []
    return Memories(opened)


def open_pairs(name: str, units: Sequence[Unit], cache: Path) -> Memory:
    """The memory of some of a corpus's own pairs."""
    digest = hashlib.sha256(json.dumps([astuple(unit) for unit in units]).encode()).hexdigest()
    path = _path(cache, name, digest)
    index = _opened(path)
    if index is None:
        index = _built(path, units, {})
    _tidy(path)
    return Memory(name, digest, index)


def open_place(found: Place, *, source: str, target: str, cache: Path, progress: Progress = silent) -> Memory:
    """The memory of some TMX files; its index is made if need be."""
    digest = found.digest(source, target)
    path = _path(cache, "tmx", digest)
    index = _opened(path)
    if index is None:
        filling = _Filling(found, source, target, progress)
        index = _built(path, filling.units(), filling.facts)
    if not len(index):
        log.warning("%s: %s", found.name, _nothing_in(index, source, target))
    _tidy(path)
    return Memory(found.name, digest, index)


def _nothing_in(index: MemoryIndex, source: str, target: str) -> str:
    """Why there is no unit in the index of some TMX files, in words."""
    left_out = sum((Counter(known["left out"]) for known in index.facts["files"].values()), Counter[str]())
    wanted = f" (they are to have {source} and {target})" if ONE_SIDED in left_out else ""
    return none_taken(left_out, verb="used") + wanted


class _Filling:
    """The units of a memory's files, one after the other."""

    def __init__(self, found: Place, source: str, target: str, progress: Progress) -> None:
        self.found, self.source, self.target, self.progress = found, source, target, progress
        self.facts: dict[str, Any] = {"files": {}}
        """What is counted on the way: for each file its units and why others were left out."""
        self._total = sum(path.stat().st_size for _, path in found.files)
        self._read = 0

    def units(self) -> Iterator[Unit]:
        """Yield every unit; in a memory of several files its id begins with the name of its file."""
        several = len(self.found.files) > 1
        for name, path in self.found.files:
            left_out: Counter[str] = Counter()
            count = 0
            for _, unit in tmx_units(
                path, source=self.source, target=self.target, left_out=left_out, reading=self._reading
            ):
                count += 1
                yield _renamed(unit, f"{name}:{unit.id}") if several else unit
            self.facts["files"][name] = {"units": count, "left out": dict(sorted(left_out.items()))}
            self._read += path.stat().st_size
        self.progress(STAGE, self._total, self._total)

    def _reading(self, done: int) -> None:
        self.progress(STAGE, min(self._read + done, self._total), self._total)


def _renamed(unit: Unit, name: str) -> Unit:
    return Unit(unit.source, unit.target, name, unit.changed, unit.by, unit.reviewed)


def _path(cache: Path, kind: str, digest: str) -> Path:
    return cache / f"{kind}-{digest[:32]}-{LAYOUT}.index"


def _opened(path: Path) -> MemoryIndex | None:
    """An index that is there, or None; a damaged one is said and counts as none."""
    if not path.exists():
        return None
    try:
        return MemoryIndex(path)
    except InputError as error:
        log.warning("%s: %s, and is made again", path, error.what)
        return None


def _built(path: Path, units: Iterable[Unit], facts: dict[str, Any]) -> MemoryIndex:
    """Make an index; it holds texts, so only its owner may read it."""
    with explained(path.parent, "make the folder"):
        make_folder(path.parent)
    build(path, units, facts)
    return MemoryIndex(path)


def _tidy(path: Path) -> None:
    """Mark an index as used, and remove those of its kind that were not used lately."""
    with suppress(OSError):
        os.utime(path)
        path.chmod(0o600)  # those of older versions, too
        kind = path.name.partition("-")[0]
        others = sorted(path.parent.glob(f"{kind}-*.index"), key=lambda other: other.stat().st_mtime, reverse=True)
        for old in others[_KEPT:]:
            old.unlink(missing_ok=True)
