"""The table of a bead's fields: no field is missing from it, and each comes back from every format that has it."""

from __future__ import annotations

import ast
import dataclasses
import io
from pathlib import Path
from typing import Any

import pytest

from aligner import formats
from aligner.formats import FORMATS, WriteOptions
from aligner.formats.exchange import fields
from aligner.model import Bead, Bitext, Kind, Match, Origin, Segment, Side, Status
from aligner.pages import page_data

EXAMPLES: dict[str, Any] = {
    "score": 0.25,
    "confidence": 0.5,
    "quality": 0.75,
    "related": 0.875,
    "moved": ("7.1", "7.2"),
    "kind": Kind.LOCKED,
    "origin": Origin.MEMORY,
    "status": Status.ACCEPTED,
    "machine": "One cat.",
    "machine_score": 0.125,
    "maker": "fr_en 1",
    "written": ("0123456789abcdef", "fedcba9876543210"),
    "flags": ("split", "retried"),
    "note": "Which?",
    "changed": "2026-01-31T12:00:00Z",
    "by": "Ada",
    "match": Match(80, "treaties.tmx", "tu7", "Un chat", "A cat"),
}
"""For every field a value that no reader would think of by itself."""


def text_side(language: str, text: str) -> Side:
    return Side(language, (Segment(text, 0, len(text)),))


def written_and_read(name: str, bead: Bead) -> Bead:
    if name == "parquet":
        pytest.importorskip("pyarrow", reason="pyarrow is not installed (the extra parquet)")
    bitext, stream = Bitext("d", text_side("fr", "Un chat."), text_side("en", "The cat."), (bead,)), io.BytesIO()
    row = FORMATS[name]
    assert row.read is not None
    row.write([bitext], stream, WriteOptions())
    stream.seek(0)
    [found] = row.read(stream)
    return found.beads[0]


def test_every_field_of_a_bead_is_in_the_table() -> None:
    assert sorted(row.name for row in fields.ROWS) == sorted(each.name for each in dataclasses.fields(Bead)), (
        "a field of Bead needs a row in aligner/formats/exchange/fields.py"
    )


NAMED_ELSEWHERE: dict[str, set[str]] = {
    # two formats are places and a score; a pair that is turned round keeps no more
    "score": {"beads/write.py", "ladder/write.py", "exchange/orientation.py"},
    "quality": {"selection.py"},  # --min-quality
    "machine_score": set(),
    "maker": set(),
    "written": {"conversion/losses.py"},  # which earlier texts a file forgets
    "flags": set(),
}
"""The files of `aligner.formats` that name a field for which no format has a place of its own.

The table comes besides, and what becomes of it where several beads are joined to a paragraph (`tmx/paragraphs.py`).
"""
FORMATS_FOLDER = Path(formats.__file__).parent


def names(path: Path) -> set[str]:
    """The fields of beads that a file reads from a bead or gives to one."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Attribute(value=ast.Name(id="bead" | "old" | "first"), attr=attr):
                found.add(attr)
            case ast.Call(func=ast.Name(id="Bead" | "replace"), keywords=keywords):
                found |= {str(keyword.arg) for keyword in keywords}
    return found


def test_a_new_field_is_named_in_the_model_in_the_table_and_where_beads_are_joined() -> None:
    named: dict[str, set[str]] = {name: set() for name in NAMED_ELSEWHERE}
    for path in FORMATS_FOLDER.rglob("*.py"):
        for name in names(path).intersection(named):
            named[name].add(path.relative_to(FORMATS_FOLDER).as_posix())
    assert {
        name: files - {"exchange/fields.py", "tmx/paragraphs.py"} for name, files in named.items()
    } == NAMED_ELSEWHERE


def test_every_field_has_an_example_here() -> None:
    assert {row.name for row in fields.ROWS} == {*EXAMPLES, "source", "target"}


@pytest.mark.parametrize("form", sorted(fields.ALL))
@pytest.mark.parametrize("row", fields.ROWS, ids=lambda row: row.name)
def test_a_field_comes_back_from_every_format_that_is_said_to_carry_it(row: fields.BeadField, form: str) -> None:
    value = EXAMPLES.get(row.name, (0,))
    given: dict[str, Any] = {"source": (0,), "target": (0,)} | {row.name: value}
    bead = written_and_read(form, Bead(**given))
    assert (getattr(bead, row.name) == value) is (form in row.formats)


@pytest.mark.parametrize("form", sorted(fields.STORE))
def test_all_fields_together_come_back_from_the_store(form: str) -> None:
    bead = Bead((0,), (0,), **EXAMPLES)
    assert written_and_read(form, bead) == bead


def test_the_page_has_every_field_that_it_does_not_work_out() -> None:
    bead = Bead((0,), (0,), **EXAMPLES)
    bitext = Bitext("d", text_side("fr", "Un chat."), text_side("en", "The cat."), (bead,))
    shown = page_data(bitext)["beads"][0]
    for row in fields.ROWS:
        if row.page != "-":
            assert shown[row.page or row.name] == row.notation.to_json(getattr(bead, row.name))


def test_what_goes_without_saying_is_not_said() -> None:
    assert [name for name, _ in fields.properties(Bead((0,), (0,)), {})] == ["confidence", "status", "origin", "kind"]
    assert "match" not in dict(fields.json_fields(Bead((0,), (0,))))


def test_another_tools_values_are_mended_and_our_own_table_refuses_them() -> None:
    facts = {"confidence": "1.5", "score": "nan", "status": "good", "quality": "high"}
    assert fields.from_properties(facts) == {"confidence": 1.0}
    for name, value in facts.items():
        with pytest.raises(ValueError, match=r"1\.5|nan|good|high"):
            fields.check_properties({name: value})
