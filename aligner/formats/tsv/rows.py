"""A row of our table of pairs as a unit: what the cells of `aligner.formats.tsv.write` mean.

Without the columns that say where segments stand, every cell is one segment. Start reading at `unit_of_cells`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from aligner.formats.base import status_in
from aligner.formats.exchange.fields import check_properties
from aligner.formats.exchange.units import Unit, Variant
from aligner.formats.tsv.write import MARK
from aligner.model import Kind, Origin

OUR_ID = re.compile(r"(.+):t?([1-9][0-9]{0,8})\.([1-9][0-9]{0,8})")
"""The id of a bead: its document and its locator."""
_PLACE = re.compile(r"([1-9][0-9]{0,8}\.[1-9][0-9]{0,8})(?:@([0-9]{1,9}))?")
_OWN = ("id", "source", "target", "note")


def unit_of_cells(row: Mapping[str, str], *, where: str | None = None) -> Unit:
    """A row, by column, as a unit; ValueError when something in it is wrong, InputError for an unknown status."""
    match = OUR_ID.fullmatch(row["id"])
    if not match:
        raise ValueError(f"{row['id']!r} is not an id such as brics:3.2")
    facts = {name.replace("_", "-"): value for name, value in row.items() if name not in _OWN and value}
    facts["document"] = match[1]
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
    tags = [*row.get("languages", "").split(), "und", "und"]
    variants = Variant(tags[0], row["source"]), Variant(tags[1], row["target"])
    notes = (row["note"],) if row.get("note") else ()
    return Unit(variants, row["id"], notes, tuple((f"x-{name}", value) for name, value in facts.items()))


def _places(text: str, cell: str, first: str) -> tuple[str, str]:
    """Where the segments of a cell stand, and where it is cut; one segment if the text no longer fits its places."""
    if not cell:
        return first, ""
    found = [_PLACE.fullmatch(each) for each in cell.split()]
    if not all(found):
        raise ValueError(f"{cell!r} does not say where segments stand")
    refs = [match[1] for match in found if match]
    if len(refs) == 1:
        return refs[0], ""
    starts = [int(match[2] or 0) for match in found[1:] if match]
    parts = [text[start:end] for start, end in zip([0, *starts], [*(s - 1 for s in starts), len(text)], strict=True)]
    if not all(parts) or " ".join(parts) != text:
        return refs[0], ""
    return " ".join(refs), " ".join(str(start - 1) for start in starts)
