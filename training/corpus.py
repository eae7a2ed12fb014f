"""Parallel text from TSV files: ``source<TAB>French<TAB>English``, plain or xz-compressed."""

from __future__ import annotations

import lzma
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from aligner.errors import InputError
from aligner.files import write_atomically

WRITTEN = Path(__file__).resolve().parent / "written"
"""Pairs that come with the recipe: what parallel text to be had for free lacks (``written/README.md``)."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One French–English pair and the source it comes from."""

    corpus: str
    french: str
    english: str


def find_parts(folder: Path) -> list[Path]:
    """List the TSV files of a folder in order of their names (or the one file that was given)."""
    if folder.is_file():
        return [folder]
    parts = sorted([*folder.glob("*.tsv"), *folder.glob("*.tsv.xz")])
    if not parts:
        raise InputError("there are no .tsv or .tsv.xz files", where=folder)
    return parts


def read_pairs(paths: Sequence[Path]) -> Iterator[Pair]:
    """Read the pairs of all files in order; lines without three columns are an error.

    Lines with two columns are taken as French and English of an unnamed source.
    """
    for path in paths:
        opener = lzma.open if path.suffix == ".xz" else open
        with opener(path, "rt", encoding="utf-8", newline="\n") as stream:
            for number, line in enumerate(stream, 1):
                columns = line.rstrip("\r\n").split("\t")
                if len(columns) not in {2, 3}:
                    raise InputError(f"line {number} has {len(columns)} columns, not 2 or 3", where=path)
                yield Pair(*columns) if len(columns) == 3 else Pair("", *columns)


def write_pairs(pairs: Iterable[Pair], path: Path) -> None:
    """Write pairs to one file that `read_pairs` reads."""
    lines = (f"{pair.corpus}\t{pair.french}\t{pair.english}\n" for pair in pairs)
    write_atomically(path, "".join(lines))
