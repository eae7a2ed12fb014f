"""Importing files of pairs into a corpus's memory, and exporting memories as one TMX file.

Imported files become ``<corpus>/memory/<name>.tmx``: only the units in the corpus's languages that a person wrote, as
plain text, with their ids, dates and remarks. They are the record; indexes are made from them. Start reading at
`import_into_memory`.
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
from aligner.files import identifier, writing
from aligner.formats.exchange.units import Properties, Variant
from aligner.formats.exchange.units import Unit as TmxUnit
from aligner.formats.inputs import IN_FOLDERS, PACKED, suffix_of
from aligner.formats.tmx.header import Header
from aligner.formats.tmx.write import write_units
from aligner.memory.index import MemoryUnit
from aligner.memory.index.build import digest
from aligner.memory.index.several import Memories
from aligner.memory.opening import STAGE
from aligner.memory.places import IMPORTED, files_in, place
from aligner.memory.sources import ONE_SIDED, file_units, none_taken
from aligner.model import USUAL_LANGUAGES, Languages


@dataclass(frozen=True, slots=True)
class Imported:
    """One file that was imported."""

    file: Path
    written: Path
    units: int
    left_out: dict[str, int]
    """How many units were left out, by the reason."""
    replaced: bool


def import_into_memory(
    paths: Sequence[Path], corpus: Path, languages: Languages = USUAL_LANGUAGES, *, progress: Progress = silent
) -> list[Imported]:
    """Take files of pairs, or all in a folder, into the memory of a corpus; a file of that name is replaced.

    A file is taken whole or not at all. Raises InputError for one that cannot be read or of which every unit is left
    out, and for two files of one name.
    """
    named: dict[str, Path] = {}
    for path in (file for each in paths for file in _files(each)):
        name = f"{identifier(_stem(path))}.tmx"
        # One file named twice (itself and its folder) is one; two files of one name would replace each other.
        if named.setdefault(name, path).resolve() != path.resolve():
            raise InputError(f"two files would be called {name}", where=path, hint="import them one by one, renamed")
    return [_imported(path, corpus / IMPORTED / name, languages, progress) for name, path in named.items()]


def _files(path: Path) -> list[Path]:
    """A file, or all in a folder whose names say that they hold pairs; InputError when there is none."""
    if not path.is_dir():
        return [file for _, file in place(path).files]
    found = files_in(path, lambda name: suffix_of(name) in IN_FOLDERS)
    if not found:
        hint = f"they end in {', '.join(IN_FOLDERS)}"
        raise InputError("there is no file of pairs in this folder", where=path, hint=hint)
    return [file for _, file in found]


def _stem(path: Path) -> str:
    """The name of a file without the endings of its format and of an archive."""
    plain = path.with_suffix("") if path.suffix.lower() in PACKED else path
    return plain.stem if plain == path or suffix_of(plain.name) else plain.name


def _imported(path: Path, written: Path, languages: Languages, progress: Progress) -> Imported:
    """Take one file, unit by unit: it may be larger than the memory."""
    if path.resolve() == written.resolve():
        raise InputError("this file is in the corpus's memory already", where=path)
    left_out: Counter[str] = Counter()
    count, size, replaced = 0, path.stat().st_size, written.exists()

    def units() -> Iterator[TmxUnit]:
        nonlocal count
        told = lambda done: progress(STAGE, done, size)  # noqa: E731 - a callback
        for found, unit in file_units(path, languages, left_out=left_out, reading=told):
            count += 1
            yield _unit(unit, languages, notes=found.notes, properties=found.properties)
        if not count:
            hint = f"the corpus is {'–'.join(languages)}" if ONE_SIDED in left_out else None
            raise InputError(none_taken(left_out), where=path, hint=hint)

    # A file of which nothing is taken leaves nothing behind either: no empty folder where there was none.
    new = [each for each in (written.parent, *written.parent.parents) if not each.exists()]
    try:
        with writing(written) as stream:
            _write(languages.source, units(), stream)
    except BaseException:
        with suppress(OSError):
            for each in new:
                each.rmdir()
        raise
    progress(STAGE, size, size)
    return Imported(path, written, count, dict(sorted(left_out.items())), replaced)


def export_tmx(memories: Memories, stream: BinaryIO, languages: Languages = USUAL_LANGUAGES) -> int:
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
                    yield _unit(unit, languages, properties=(("x-memory", memory.name), *status))

    _write(languages.source, units(), stream)
    return count


def _unit(
    unit: MemoryUnit, languages: Languages, *, notes: tuple[str, ...] = (), properties: Properties = ()
) -> TmxUnit:
    source, target = languages
    variants = Variant(source, unit.source), Variant(target, unit.target, changed=unit.changed, changed_by=unit.by)
    return TmxUnit(variants, unit.id, notes, properties)


def _write(source: str, units: Iterator[TmxUnit], stream: BinaryIO) -> None:
    write_units(Header(source, tool_version=__version__, memory_format="TMX"), units, stream)
