"""Edits are read from JSON that anybody may have written."""

from __future__ import annotations

from typing import Any

import pytest

from aligner.editing import parse_edit
from aligner.editing.edits import (
    LIMIT,
    Before,
    End,
    Merge,
    Move,
    Neighbour,
    SetNote,
    SetStatus,
    SetText,
    Split,
)
from aligner.errors import InputError
from aligner.model import Status

BEFORE = {"target": "Yes.", "status": "draft"}


def made(op: str, **fields: Any) -> dict[str, Any]:
    return {"op": op, "bead": "3.2", "before": BEFORE, **fields}


def test_every_kind_is_read() -> None:
    before = Before("Yes.", Status.DRAFT)
    common: dict[str, Any] = {"bead": "3.2", "before": before}
    for value, edit in [
        (made("status", status="rejected"), SetStatus(**common, status=Status.REJECTED)),
        (made("text", text="\ufeffNo\ufeff.\r\nNever. "), SetText(**common, text="No.\nNever.")),
        (made("note", note="?", at="2026-01-01"), SetNote(**common, note="?", at="2026-01-01")),
        (made("merge"), Merge(**common)),
        (made("split", source=1, target=0), Split(**common, source=1, target=0)),
        (made("move", side="target", to="next"), Move(**common, side=End.TARGET, to=Neighbour.NEXT)),
    ]:
        assert parse_edit(value) == edit


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ([], "an edit must be a JSON object"),
        (None, "an edit must be a JSON object"),
        ({}, "an edit lacks 'op'"),
        (made("delete"), "'delete': there is no such kind of edit"),
        ({"op": "merge", "bead": "3.2"}, "an edit lacks 'before'"),
        (made("merge", before=[]), "before must be a JSON object"),
        (made("merge", before={"target": "x", "status": "new"}), "'status' of before must be one of draft, accepted"),
        (made("merge", bead=3), "'bead' of an edit must be a text of at most 100 characters"),
        (made("status", status="edited"), "'edited' comes from an edit of the text"),
        (made("status", status=["draft"]), "'status' of an edit must be one of"),
        (made("text", text="a" * (LIMIT + 1)), "'text' of an edit must be a text of at most 100,000 characters"),
        (made("text", text="a\x00"), "the text has characters that no text file can hold"),
        (made("note", note="\ud800"), "the text has characters that no text file can hold"),
        (made("split", source=True, target=0), "'source' of an edit must be a number of segments"),
        (made("split", source=1, target=-1), "'target' of an edit must be a number of segments"),
        (made("split", source=1.0, target=0), "'source' of an edit must be a number of segments"),
        (made("move", side="left", to="next"), "'side' of an edit must be one of source, target"),
        (made("merge", at="yesterday"), "'at' of an edit must be a time"),
        (made("merge", at="0001-01-01T00:00:00+05:00"), "'at' of an edit must be a time"),
    ],
)
def test_anything_else_is_refused_in_a_sentence(value: object, sentence: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_edit(value)
    assert sentence in str(caught.value)


def test_what_a_later_page_says_of_the_text_that_went_out_makes_no_other_edit() -> None:
    at = "2026-01-01T00:00:00Z"
    before = {**BEFORE, "written": "0" * 16, "maker": "fr_en 1"}
    older, later = parse_edit(made("merge", at=at)), parse_edit(made("merge", at=at, before=before))
    assert (later.before.written, later.before.maker) == ("0" * 16, "fr_en 1")
    assert later.digest == older.digest


def test_digests_tell_edits_apart() -> None:
    at = "2026-01-01T00:00:00.123Z"
    values = [made("merge", at=at), made("merge", at=at, bead="3.3"), made("merge", at=at[:-2] + "4Z")]
    assert len({parse_edit(value).digest for value in values}) == 3
    assert parse_edit(values[0]).digest == parse_edit(dict(values[0])).digest
