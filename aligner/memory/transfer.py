"""Importing TMX files into a corpus's memory, and exporting memories as one TMX file.

Imported files become ``<corpus>/memory/<name>.tmx``: only the units in the corpus's languages that a person wrote, as
plain text, with their ids, dates and remarks. They are the record; indexes are made from them. Start reading at
`import_tmx`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from aligner import __version__
from aligner.config import Progress, silent
from aligner.errors import InputError
from aligner.files import writing
from aligner.formats.exchange.units import Properties, Variant
from aligner.formats.exchange.units import Unit as TmxUnit
from aligner.formats.tmx.header import Header
from aligner.formats.tmx.write import write_units
from aligner.memory.index import Unit
from aligner.memory.index.build import digest
from aligner.memory.index.several import Memories
from aligner.memory.opening import STAGE
from aligner.memory.places import IMPORTED, SUFFIXES, place
from aligner.memory.sources import ONE_SIDED, none_taken, tmx_units
from aligner.model import identifier


@dataclass(frozen=True, slots=True)
class Imported:
    """One file that was imported."""

    file: Path
    written: Path
    units: int
    left_out: dict[str, int]
    """How many units were left out, by the reason."""
    replaced: bool


def import_tmx(
    paths: Sequence[Path], corpus: Path, *, source: str, target: str, progress: Progress = silent
) -> list[Imported]:
    """Take TMX files, or all in a folder, into the memory of a corpus; a file of that name is replaced.

    A file is taken whole or not at all. Raises InputError for one that is not well-formed TMX or of which every unit is
    left out, and for two files of one name.
    """
    named: dict[str, Path] = {}
    for path in (file for each in paths for _, file in place(each).files):
        name = f"{identifier(_stem(path))}.tmx"
        # One file named twice (itself and its folder) is one; two files of one name would replace each other.
        if named.setdefault(name, path).resolve() != path.resolve():
            raise InputError(f"two files would be called {name}", where=path, hint="import them one by one, renamed")
    return [
        _imported(path, corpus / IMPORTED / name, source=source, target=target, progress=progress)
        for name, path in named.items()
    ]


def _stem(path: Path) -> str:
    """The name of a file without the endings of its format and of an archive."""
    ending = next((each for each in SUFFIXES if path.name.lower().endswith(each)), path.suffix)
    return path.name[: len(path.name) - len(ending)]


def _imported(path: Path, written: Path, *, source: str, target: str, progress: Progress) -> Imported:
    """Take one file, unit by unit: it may be larger than the memory."""
    if path.resolve() == written.resolve():
        raise InputError("this file is in the corpus's memory already", where=path)
    left_out: Counter[str] = Counter()
    count, size, replaced = 0, path.stat().st_size, written.exists()

    def units() -> Iterator[TmxUnit]:
        nonlocal count
        told = lambda done: progress(STAGE, done, size)  # noqa: E731 - a callback
        for found, unit in tmx_units(path, source=source, target=target, left_out=left_out, reading=told):
            count += 1
            yield _unit(unit, source, target, notes=found.notes, properties=found.properties)
        if not count:
            hint = f"the corpus is {source}–{target}" if ONE_SIDED in left_out else None
            raise InputError(none_taken(left_out), where=path, hint=hint)

    # A file of which nothing is taken leaves nothing behind either: no empty folder where there was none.
    new = [each for each in (written.parent, *written.parent.parents) if not each.exists()]
    try:
        with writing(written) as stream:
            _write(source, units(), stream)
    except BaseException:
        with suppress(OSError):
            for each in new:
                each.rmdir()
        raise
    progress(STAGE, size, size)
    return Imported(path, written, count, dict(sorted(left_out.items())), replaced)


def export_tmx(memories: Memories, stream: BinaryIO, *, source: str, target: str) -> int:
    """Write all units of memories as one TMX file, each pair of texts once; returns how many.

    The same memories give the same bytes.
    """
    count = 0

    def units() -> Iterator[TmxUnit]:
        nonlocal count
        seen: set[int] = set()
        for memory in memories.memories:
            for unit in map(memory.index.unit, range(len(memory.index))):
                # Digests and not texts: a memory may have a million units.
                mark = digest(f"{unit.source}\0{unit.target}")
                if mark not in seen:
                    seen.add(mark)
                    count += 1
                    status = (("x-status", "accepted"),) if unit.reviewed else ()
                    yield _unit(unit, source, target, properties=(("x-memory", memory.name), *status))

    _write(source, units(), stream)
    return count


def _unit(unit: Unit, source: str, target: str, *, notes: tuple[str, ...] = (), properties: Properties = ()) -> TmxUnit:
    variants = Variant(source, unit.source), Variant(target, unit.target, changed=unit.changed, changed_by=unit.by)
    return TmxUnit(variants, unit.id, notes, properties)


def _write(source: str, units: Iterator[TmxUnit], stream: BinaryIO) -> None:
    write_units(Header(source, tool_version=__version__, memory_format="TMX"), units, stream)
