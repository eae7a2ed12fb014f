"""CSL-JSON, the format of citation processors and of Zotero (Citation Style Language 1.0.2).

What CSL has no variable for (the licence, fields of a record that aligner does not know) is in ``custom``. Start
reading at `csl_item`; the way back is `record_of_item`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aligner.citations.fields import FIELDS, TYPES, said_of
from aligner.citations.people import Person, date_parts, inverted_names, iso_date_of, people_of
from aligner.citations.references import DOCUMENT, Reference
from aligner.languages.figures import whole_number
from aligner.model import Record

_OURS = "aligner"
"""Where our own things stand in ``custom``."""


def csl_item(reference: Reference) -> dict[str, Any]:
    """The item of a reference, its values in CSL's forms."""
    record = reference.record
    item: dict[str, Any] = {"id": reference.key, "type": record.type if record.type in TYPES else DOCUMENT}
    ours: dict[str, str] = {"document": reference.id} if reference.key != reference.id else {}
    for row, value in said_of(record):
        if row.name == "type":
            continue
        if not row.csl:
            ours |= {row.name: value} if value != "unknown" else {}
        elif row.kind == "names":
            # Without a given name it may be an institution, which a style must not shorten or turn round.
            people = people_of(value)
            item[row.csl] = [
                {"family": each.family, "given": each.given} if each.given else {"literal": each.family}
                for each in people
            ]
        elif row.kind == "date":
            parts = date_parts(value)
            item[row.csl] = {"date-parts": [list(parts)]} if parts else {"literal": value}
        else:
            item[row.csl] = value
    ours |= dict(record.extra)
    if reference.language:
        item["language"] = reference.language
    if reference.remark:
        item["note"] = "\n".join(filter(None, [item.get("note", ""), f"Translation: {reference.remark}"]))
    return item | ({"custom": {_OURS: ours}} if ours else {})


def record_of_item(item: Mapping[str, Any]) -> Record:
    """The record that an item of CSL-JSON holds; what is not of the form that CSL wants is passed over."""
    values: dict[str, Any] = {}
    for row in FIELDS:
        found = item.get(row.csl) if row.csl else None
        if row.kind == "names" and isinstance(found, list):
            text = inverted_names([_person(name) for name in found if isinstance(name, dict)])
        elif row.kind == "date" and isinstance(found, dict):
            text = _date(found)
        else:
            # Numbers may be written as numbers; True is one for Python, and means nothing here.
            text = str(found) if isinstance(found, str | int | float) and not isinstance(found, bool) else ""
        if text:
            values[row.name] = text
    return Record(**values)


def _person(name: Mapping[str, Any]) -> Person:
    if literal := name.get("literal"):
        return Person(str(literal))
    particle = " ".join(str(name[each]) for each in ("dropping-particle", "non-dropping-particle") if name.get(each))
    family = " ".join(filter(None, [particle, str(name.get("family") or "")]))
    return Person(family, str(name.get("given") or "")) if family else Person(str(name.get("given") or ""))


def _date(date: Mapping[str, Any]) -> str:
    parts = date.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    # Some programs write the parts as text.
    numbers = [n for part in first if (n := whole_number(part)) is not None]
    return iso_date_of(numbers) if numbers else str(date.get("raw") or date.get("literal") or "")
