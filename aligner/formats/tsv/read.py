"""Read the table that `aligner.formats.tsv.write` writes, also after it has been sorted, extended or edited.

Columns are known by their headings; ``id``, ``source`` and ``target`` are needed, columns of the user's own are passed
over. Without the columns that say where segments stand, every cell is one segment. Start reading at `read`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from aligner.errors import InputError, counted
from aligner.formats.base import place, status_in
from aligner.formats.exchange.fingerprints import written
from aligner.formats.tsv.write import COLUMNS, MARK, unescape
from aligner.model import Bead, Bitext, Origin, Segment, Side, Status

NEEDED = ("id", "source", "target")
"""The columns without which a table cannot be read."""
_ID = re.compile(r"(.+):t?([1-9][0-9]{0,8})\.([1-9][0-9]{0,8})")
_PLACE = re.compile(r"([1-9][0-9]{0,8})\.([1-9][0-9]{0,8})(?:@([0-9]{1,9}))?")


def read(stream: BinaryIO) -> Iterator[Bitext]:
    """Yield the bitexts of a table, in the order in which their first rows stand.

    Raises InputError, with the line, for a file that is no such table.
    """
    builders: dict[str, _Builder] = {}
    for number, row in _rows(stream):
        try:
            match = _ID.fullmatch(row["id"])
            if not match:
                raise ValueError(f"{row['id']!r} is not an id such as brics:3.2")
            builder = builders.setdefault(match[1], _Builder(match[1], row.get("languages", "")))
            status = status_in(row.get("status", ""), where=place(stream, number))
            builder.add(row, (int(match[2]), int(match[3])), status)
        except ValueError as error:
            raise InputError(f"this row cannot be read: {error}", where=place(stream, number)) from error
    for builder in builders.values():
        yield builder.bitext()


def _rows(stream: BinaryIO) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows below the heading, by column, with their lines; empty lines are passed over."""
    heading: list[str] = []
    for number, line in enumerate(stream, 1):
        try:
            cells = line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\n").removesuffix("\r").split("\t")
        except UnicodeDecodeError as error:
            raise InputError("this line is not UTF-8", where=place(stream, number), hint="save it as UTF-8") from error
        if not heading:
            heading = cells
            for column in NEEDED:
                if column not in heading:
                    raise InputError(f"there is no column '{column}'", where=place(stream, number), hint=_KEEP)
        elif len(cells) > len(heading):
            what = f"there are {counted(len(cells), 'cell')} for {counted(len(heading), 'column')}"
            raise InputError(what, where=place(stream, number), hint="save the table without quotation marks")
        elif any(cells):
            found = {name: unescape(cell) for name, cell in zip(heading, cells, strict=False) if name in COLUMNS}
            yield number, dict.fromkeys(NEEDED, "") | found
    if not heading:
        raise InputError("there is no heading", where=place(stream), hint=_KEEP)


_KEEP = "keep the headings of the table"


@dataclass(slots=True)
class _Builder:
    """Collects the rows of one document; offsets are those of the texts set one after the other."""

    name: str
    languages: str
    beads: list[Bead] = field(default_factory=list)
    sides: tuple[list[Segment], list[Segment]] = field(default_factory=lambda: ([], []))

    def add(self, row: dict[str, str], first: tuple[int, int], status: Status) -> None:
        """Take one row; ValueError when something in it is wrong."""
        source, target = (
            self._extend(side, row[name], row.get(f"{name}_segments", ""), first)
            for side, name in zip(self.sides, ("source", "target"), strict=True)
        )
        self.beads.append(
            Bead(
                source,
                target,
                confidence=float(row.get("confidence") or 1.0),
                quality=float(row["quality"]) if row.get("quality") else None,
                origin=Origin(row.get("origin") or "human"),
                status=status,
                maker=row.get("maker", ""),
                written=written(row.get("written", "").removeprefix(MARK), row["target"]),
            )
        )

    def bitext(self) -> Bitext:
        """The document with all its rows."""
        tags = [*self.languages.split(), "und", "und"]
        source, target = (Side(tag, tuple(side)) for tag, side in zip(tags, self.sides, strict=False))
        return Bitext(self.name, source, target, tuple(self.beads))

    @staticmethod
    def _extend(side: list[Segment], text: str, places: str, first: tuple[int, int]) -> tuple[int, ...]:
        """Append the segments of a cell and return their indices."""
        count = len(side)
        for part, (paragraph, number) in _cut(text, places, first):
            start = side[-1].end + 1 if side else 0
            side.append(Segment(part, start, start + len(part), paragraph, number))
        return tuple(range(count, len(side)))


def _cut(text: str, places: str, first: tuple[int, int]) -> list[tuple[str, tuple[int, int]]]:
    """The segments of a cell with their paragraphs and numbers: one if the text no longer fits its places."""
    found = [_PLACE.fullmatch(each) for each in places.split()]
    if not all(found):
        raise ValueError(f"{places!r} does not say where segments stand")
    known = [(int(match[1]), int(match[2])) for match in found if match] or [first]
    starts = [0, *(int(match[3] or 0) for match in found[1:] if match)]
    if not text:
        return []
    if starts != sorted(set(starts)) or any(text[start - 1 : start] != " " for start in starts[1:]):
        return [(text, known[0])]
    ends = [*(start - 1 for start in starts[1:]), len(text)]
    parts = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    return list(zip(parts, known, strict=True)) if all(parts) else [(text, known[0])]
