"""The one table of what a bead says of itself: each field's name, how it is written and read, and what carries it.

    Bead ──json_fields──▶ JSONL line, Parquet row, review page         Bead ──properties──▶ TMX prop, XLIFF context,
         ◀──from_json──── JSONL line, Parquet row                           ◀──from_properties──  XLSX and TSV column
    Bead ──edition_notes──▶ notes of a TEI edition ──from_edition_notes──▶ Bead

A new field of `aligner.model.Bead` needs a row here and nothing else to go through every file: it is left out where it
says what goes without saying, so that files of earlier versions stay readable. ``tests/unit/formats/test_fields.py``
fails when a field has no row, or does not come back from a format that is said to carry it. Start reading at `ROWS`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, asdict, dataclass, field, fields
from typing import Any

from aligner.formats.exchange.notation import seg_text
from aligner.model import Bead, Kind, Match, Origin, Status

ALL = frozenset(("jsonl", "parquet", "tmx", "xliff", "xlsx", "tsv", "csv", "tei", "xces", "moses"))
"""The formats that are read back, which this table tells what they carry of beads."""
STORE = frozenset(("jsonl", "parquet"))
COLUMNS = ALL - {"xces", "moses"}
TOLD = COLUMNS - {"tsv", "csv"}
"""All but the tables of pairs, which have few columns, and what has no place for more than texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notation:
    """How values of one type are written in JSON and as text. What cannot be read raises ValueError or TypeError."""

    types: tuple[type, ...]
    """What the value may be in JSON."""
    to_json: Callable[[Any], Any] = lambda value: value
    from_json: Callable[[Any], Any] = lambda value: value
    to_text: Callable[[Any], str] = str
    """Empty: there is nothing to say."""
    from_text: Callable[[str], Any] = str
    nearest: Callable[[Any], Any] = lambda value: value
    """The value that is meant by one beyond what is allowed, in files of other tools."""
    column: str = "string"
    """The type of a Parquet column: ``string``, ``number``, ``strings`` or ``match``."""


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text} is not a finite number")
    return number


def _optional_number(value: float | None) -> float | None:
    return None if value is None else float(value)


def _strings(items: list[Any]) -> tuple[str, ...]:
    if not all(isinstance(item, str) for item in items):
        raise TypeError("a flag or a fingerprint is not a text")
    return tuple(items)


def _words(kind: type[Kind] | type[Origin] | type[Status]) -> Notation:
    """The notation of an enumeration: its values."""
    return Notation(types=(str,), to_json=lambda value: value.value, from_json=kind, to_text=str, from_text=kind)


def _match(values: Mapping[str, Any]) -> Match:
    wanted = {each.name: int if each.name == "score" else str for each in fields(Match)}
    if values.keys() != wanted.keys():
        raise ValueError(f"missing or unknown: {', '.join(sorted(values.keys() ^ wanted.keys()))}")
    for name, kind in wanted.items():
        if not isinstance(values[name], kind) or isinstance(values[name], bool):
            raise TypeError(f"{name} has a value of the wrong type")
    return Match(**values)


TEXT = Notation(types=(str,), to_text=seg_text)
NUMBER = Notation(
    types=(float, int), from_json=float, to_text=repr, from_text=_finite, column="number"
)  # fmt: skip
SHARE = Notation(
    types=(float, int), from_json=float, to_text=repr, from_text=_finite, column="number",
    nearest=lambda value: min(1.0, max(0.0, value)),
)  # fmt: skip
MAYBE_NUMBER = Notation(
    types=(float, int, type(None)), from_json=_optional_number, column="number",
    to_text=lambda value: "" if value is None else repr(value), from_text=_finite,
)  # fmt: skip
MAYBE_SHARE = Notation(
    types=(float, int, type(None)), from_json=_optional_number, column="number",
    to_text=lambda value: "" if value is None else repr(value), from_text=_finite, nearest=SHARE.nearest,
)  # fmt: skip
MAYBE_TEXT = Notation(types=(str, type(None)), to_text=lambda value: seg_text(value or ""))
STRINGS = Notation(
    types=(list,), to_json=list, from_json=_strings, to_text=" ".join, from_text=lambda text: tuple(text.split()),
    column="strings",
)  # fmt: skip
MATCH = Notation(types=(dict,), to_json=lambda match: match and asdict(match), from_json=_match, column="match")
"""In text a match is several properties (`aligner.formats.exchange.matches`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BeadField:
    """One row: a field of `Bead` and how files say it."""

    name: str
    """Its name in `Bead`, and in JSON."""
    notation: Notation
    property: str = ""
    """Its name as a property of a unit; empty: a unit says it in a place of its own (`place`)."""
    place: str = ""
    """Where a unit says it that has no property for it."""
    edition: str = ""
    """The type of the note that says it in a TEI edition, of the notes where it is a list; empty: the link does."""
    page: str = ""
    """Its name in the data of the review page where that is another; ``-``: the page works it out from other things."""
    formats: frozenset[str] = TOLD
    """The formats that carry it; the others lose it (`aligner.formats.conversion.losses`)."""
    words: str = ""
    """What people call it, in the plural."""
    always: bool = False
    """Whether units say it even where it is what goes without saying (the default of `Bead`)."""
    json_when_set: bool = False
    """Whether JSON leaves it out where it is what goes without saying. New fields do, for files that lack them."""
    default: Any = field(init=False, default=None)

    def __post_init__(self) -> None:
        object.__setattr__(self, "default", _DEFAULTS.get(self.name))

    def text(self, value: object) -> str:
        """A value as text; empty where there is nothing to say."""
        return "" if value == self.default and not self.always else self.notation.to_text(value)


_DEFAULTS = {each.name: each.default for each in fields(Bead) if each.default is not MISSING}

ROWS = (
    BeadField(name="source", notation=STRINGS, place="the first variant", page="s", formats=ALL),
    BeadField(name="target", notation=STRINGS, place="the second variant", page="t", formats=ALL),
    BeadField(
        name="confidence",
        words="figures of confidence",
        notation=SHARE,
        property="confidence",
        formats=ALL - {"moses"},
        always=True,
        page="-",
    ),
    BeadField(
        name="quality",
        words="figures of quality",
        notation=MAYBE_SHARE,
        property="quality",
        edition="quality",
        formats=COLUMNS,
        page="-",
    ),
    BeadField(
        name="status", words="statuses", notation=_words(Status), property="status", formats=COLUMNS, always=True
    ),
    BeadField(name="origin", words="origins", notation=_words(Origin), property="origin", formats=COLUMNS, always=True),
    BeadField(name="maker", words="makers", notation=TEXT, property="maker", edition="maker", formats=COLUMNS),
    # A unit has the fingerprint of the one text that goes out (`fingerprints`), only the store has all earlier ones.
    BeadField(
        name="written",
        words="fingerprints of earlier texts",
        notation=STRINGS,
        property="written",
        page="-",
        formats=STORE,
    ),
    # What goes without saying depends on the origin (`from_bitext.implied_kind`).
    BeadField(name="kind", words="kinds", notation=_words(Kind), property="kind", always=True),
    BeadField(
        name="score",
        words="scores",
        notation=NUMBER,
        property="score",
        edition="score",
        page="-",
        formats=TOLD | {"beads", "ladder"},
    ),
    BeadField(name="machine", words="the machine's own texts", notation=MAYBE_TEXT, property="machine"),
    BeadField(
        name="machine_score",
        words="the machine's scores",
        notation=MAYBE_NUMBER,
        property="machine-score",
        edition="machine-score",
        page="-",
    ),
    BeadField(name="flags", words="flags", notation=STRINGS, property="flags", edition="flag"),
    BeadField(name="note", words="notes", notation=TEXT, place="the notes of the unit", edition="remark"),
    BeadField(name="changed", words="dates of changes", notation=TEXT, place="the second variant"),
    BeadField(name="by", words="names of who wrote or changed them", notation=TEXT, place="the second variant"),
    BeadField(
        name="match",
        words="matches of memories",
        notation=MATCH,
        place="several properties (`matches`)",
        page="-",
        json_when_set=True,
    ),
    BeadField(
        name="related",
        words="figures of relatedness",
        notation=MAYBE_SHARE,
        place="only the store",
        edition="related",
        page="-",
        formats=STORE | {"tei"},
        json_when_set=True,
    ),
    BeadField(
        name="moved",
        words="moved passages",
        notation=STRINGS,
        place="only the store",
        edition="moved",
        page="-",
        formats=STORE | {"tei"},
        json_when_set=True,
    ),
)
"""Every field of `Bead`, in the order in which units say them."""

_NAMED = {row.name: row for row in ROWS}
IN_MODEL_ORDER = tuple(_NAMED[each.name] for each in fields(Bead) if each.name in _NAMED)
"""The same rows as `Bead` has them, and JSON."""
_BESIDE_SEGMENTS = tuple(row for row in IN_MODEL_ORDER if row.name not in {"source", "target"})
_BY_PROPERTY = {row.property: row for row in ROWS if row.property}
SENT_STATUS = "sent-status"
"""The property that says with which status a unit went out: in spreadsheets a person changes the status itself. It is
about the file, not the bead, and only XLSX and TSV have it: XLIFF tells the two apart, and TMX tools touch neither."""


def json_fields(bead: Bead) -> Iterator[tuple[str, Any]]:
    """The fields of a bead as JSON has them, but for its segments; `from_json` is the way back."""
    for row in _BESIDE_SEGMENTS:
        value = getattr(bead, row.name)
        if not (row.json_when_set and value == row.default):
            yield row.name, row.notation.to_json(value)


def from_json(values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a bead, but for its segments, as its constructor takes them; ValueError or TypeError for others."""
    return {row.name: row.notation.from_json(values[row.name]) for row in _BESIDE_SEGMENTS if row.name in values}


def json_types(values: Mapping[str, Any]) -> dict[str, tuple[type, ...]]:
    """The fields that an object of JSON must have, with the types of their values; those left out may be missing."""
    return {row.name: row.notation.types for row in IN_MODEL_ORDER if not row.json_when_set or row.name in values}


def page_fields(bead: Bead) -> dict[str, Any]:
    """The fields of a bead as the review page has them, but for those that it works out from other things."""
    rows = (row for row in IN_MODEL_ORDER if row.page != "-")
    return {row.page or row.name: row.notation.to_json(getattr(bead, row.name)) for row in rows}


def properties(bead: Bead, instead: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """What a unit says of a bead in properties, in order; nothing of what goes without saying.

    `instead` has values of fields that a unit says in another way than the store.
    """
    for name, row in _BY_PROPERTY.items():
        value = instead[row.name] if row.name in instead else getattr(bead, row.name)
        if text := row.text(value):
            yield name, text


def edition_notes(bead: Bead) -> Iterator[tuple[str, str]]:
    """The notes of an edition on a bead, each its type and its text; `from_edition_notes` is the way back."""
    for row in filter(lambda row: row.edition, ROWS):
        value = getattr(bead, row.name)
        if value != row.default:
            # a text stays as it is, to the last space; a list has a note for each of its texts
            texts = (value,) if isinstance(value, str) else value
            for text in texts if isinstance(texts, tuple) else (row.notation.to_text(value),):
                yield row.edition, text


def from_edition_notes(notes: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The fields that the notes of an edition say, by their types; ValueError for one that cannot be read."""
    said = [(row, notes[row.edition]) for row in ROWS if notes.get(row.edition)]
    return {
        row.name: tuple(texts) if isinstance(row.default, tuple) else row.notation.from_text("".join(texts))
        for row, texts in said
    }


def from_properties(facts: Mapping[str, str]) -> dict[str, Any]:
    """The fields that a unit's properties say, as far as they can be read: a value beyond what is allowed is mended."""
    found = {}
    for name, text in facts.items():
        row = _BY_PROPERTY.get(name)
        if row and text:
            try:
                found[row.name] = row.notation.nearest(row.notation.from_text(text))
            except ValueError:
                continue  # another tool's prop of the same name, or a damaged one
    return found


def check_properties(facts: Mapping[str, str]) -> None:
    """Raise ValueError for a property that cannot be read as what it should be."""
    for name, text in facts.items():
        row = _BY_PROPERTY.get(name)
        if row and text and (value := row.notation.from_text(text)) != row.notation.nearest(value):
            raise ValueError(f"{row.name} {value} is not between 0 and 1")
