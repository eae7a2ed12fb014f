"""Read the table that `aligner.formats.tsv.write` writes, also after it has been sorted, extended or edited.

Columns are known by their headings; ``id``, ``source`` and ``target`` are needed, columns of the user's own are passed
over. Without the columns that say where segments stand, every cell is one segment. Start reading at `read`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from aligner.errors import InputError, counted
from aligner.formats.base import place_in, status_in
from aligner.formats.exchange.documents import Described
from aligner.formats.exchange.fields import check_properties
from aligner.formats.exchange.to_bitext import BitextBuilder, ExchangedDocument
from aligner.formats.exchange.units import Unit, Variant
from aligner.formats.tsv.write import COLUMNS, MARK, unescape_cell
from aligner.model import Bitext, Kind, Origin, Provenance, Record, Side

NEEDED = ("id", "source", "target")
"""The columns without which a table cannot be read."""
_ID = re.compile(r"(.+):t?([1-9][0-9]{0,8})\.([1-9][0-9]{0,8})")
_PLACE = re.compile(r"([1-9][0-9]{0,8}\.[1-9][0-9]{0,8})(?:@([0-9]{1,9}))?")


def read(stream: BinaryIO) -> Iterator[Bitext]:
    """Yield the bitexts of a table, in the order in which their first rows stand.

    Raises InputError, with the line, for a file that is no such table.
    """
    return (document.bitext for document in documents(stream))


def documents(stream: BinaryIO) -> Iterator[ExchangedDocument]:
    """Yield the documents of a table as `read` does, with the status with which each row went out."""
    builders: dict[str, BitextBuilder] = {}
    for number, row in _rows(stream):
        try:
            match = _ID.fullmatch(row["id"])
            if not match:
                raise ValueError(f"{row['id']!r} is not an id such as brics:3.2")
            tags = [*row.get("languages", "").split(), "und", "und"]
            about = Described(Side(tags[0], ()), Side(tags[1], ()), Record(), Provenance())
            builder = builders.setdefault(match[1], BitextBuilder(match[1], about, implied=False, written=str))
            unit = _unit(row, match, tags, place_in(stream, number))
            builder.add(unit, *unit.variants)
        except ValueError as error:
            raise InputError(f"this row cannot be read: {error}", where=place_in(stream, number)) from error
    for builder in builders.values():
        yield builder.document()


def _rows(stream: BinaryIO) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows below the heading, by column, with their lines; empty lines are passed over."""
    heading: list[str] = []
    for number, line in enumerate(stream, 1):
        try:
            # Spreadsheets put a byte order mark first and end lines with CR LF.
            cells = line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\n").removesuffix("\r").split("\t")
        except UnicodeDecodeError as error:
            raise InputError(
                "this line is not UTF-8", where=place_in(stream, number), hint="save it as UTF-8"
            ) from error
        if not heading:
            heading = cells
            for column in NEEDED:
                if column not in heading:
                    raise InputError(f"there is no column '{column}'", where=place_in(stream, number), hint=_KEEP)
        # Quotation marks around cells would break a row in two, and texts would move to other columns.
        elif len(cells) > len(heading):
            what = f"there are {counted(len(cells), 'cell')} for {counted(len(heading), 'column')}"
            raise InputError(what, where=place_in(stream, number), hint="save the table without quotation marks")
        # Spreadsheets leave rows of nothing but tabs at the end.
        elif any(cells):
            found = {name: unescape_cell(cell) for name, cell in zip(heading, cells, strict=False) if name in COLUMNS}
            yield number, dict.fromkeys(NEEDED, "") | found
    if not heading:
        raise InputError("there is no heading", where=place_in(stream), hint=_KEEP)


_KEEP = "keep the headings of the table"


def _unit(row: Mapping[str, str], match: re.Match[str], languages: Sequence[str], where: str | None) -> Unit:
    """A row as a unit; ValueError when something in it is wrong."""
    facts = {name.replace("_", "-"): value for name, value in row.items() if name not in NEEDED and value}
    facts["status"] = status_in(row.get("status", ""), where=where).value
    check_properties(facts)
    first = f"{match[2]}.{match[3]}"
    for side, name in (("source", "ref"), ("target", "target-ref")):
        facts[name], facts[f"{side}-cuts"] = _places(row[side], row.get(f"{side}_segments", ""), first)
    if not (row["source"] or row["target"]):
        raise ValueError("a bead needs at least one segment")
    # The table has no column for these: a pair is aligned unless somebody says otherwise, a person's unless it says so.
    facts = {"origin": Origin.HUMAN.value, "kind": Kind.ALIGNED.value} | facts
    facts["written"] = row.get("written", "").removeprefix(MARK)
    variants = Variant(languages[0], row["source"]), Variant(languages[1], row["target"])
    return Unit(variants, row["id"], properties=tuple((f"x-{name}", value) for name, value in facts.items()))


def _places(text: str, cell: str, first: str) -> tuple[str, str]:
    """Where the segments of a cell stand, and where it is cut; one segment if the text no longer fits its places."""
    found = [_PLACE.fullmatch(each) for each in cell.split()]
    if not all(found):
        raise ValueError(f"{cell!r} does not say where segments stand")
    refs = [match[1] for match in found if match] or [first]
    starts = [int(match[2] or 0) for match in found[1:] if match]
    parts = [text[start:end] for start, end in zip([0, *starts], [*(s - 1 for s in starts), len(text)], strict=True)]
    if not all(parts) or " ".join(parts) != text:
        return refs[0], ""
    return " ".join(refs), " ".join(str(start - 1) for start in starts)
