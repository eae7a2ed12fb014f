"""The data of the page: whole for the server, slim in the page, and never able to leave its element."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from aligner.checks import check
from aligner.documents import Block, BlockKind, Layout
from aligner.model import Bitext, Kind, Origin
from aligner.pages import PageOptions, page_data, render_page
from aligner.pages.data import cells_of, embedded, safe_json
from tests import make


def in_page(page: str) -> Any:
    found = re.search(r'<script type="application/json" id="bitext-data">(.*?)</script>', page, flags=re.DOTALL)
    assert found is not None
    return json.loads(found[1])


def test_the_whole_data_says_everything(bitext: Bitext) -> None:
    data = page_data(bitext, findings=check([bitext]), version="77", server={"api": "/api", "token": "t"})
    assert {name: data[name] for name in ("id", "languages", "version", "base", "server")} == {
        "id": "visee",
        "languages": ["fr", "en"],
        "version": "77",
        "base": "11",
        "server": {"api": "/api", "token": "t"},
    }
    assert data["source"][0] == ["1.1", "Page d'accueil>>Chine", "boilerplate", "breadcrumb"]
    assert data["source"][2] == ["3.1", "Une même visée", "heading"]
    assert data["target"][5] == ["4.1", "Peace is possible.", "text"]
    assert len(data["beads"]) == len(bitext.beads)
    edited = data["beads"][4]
    assert (edited["s"], edited["t"], edited["status"], edited["note"]) == ([5], [2, 3], "edited", "Check the hour.")
    assert edited["machine"] == "He left in the night. It was after dinner."
    assert json.loads(json.dumps(data)) == data


def test_findings_stand_with_their_bead(bitext: Bitext) -> None:
    data = page_data(bitext, findings=[*check([bitext]), *check([replace(bitext, id="another")])])
    (empty,) = data["beads"][5]["findings"]
    assert empty[:2] == ["E101", "empty"]
    assert empty[2]
    assert not data["beads"][0]["findings"]


def test_findings_name_the_stretches(one_bead: Callable[..., Bitext]) -> None:
    bitext = one_bead("Le chat dort.", "The the cat sleeps.")
    (finding,) = page_data(bitext, findings=check([bitext], only=["W401"]))["beads"][0]["findings"]
    source, target = finding[3:]
    assert source == []
    assert ["The the cat sleeps."[start:end] for start, end in target] == ["The the"]


def test_a_figure_is_there_where_its_question_arises(bitext: Bitext, one_bead: Callable[..., Bitext]) -> None:
    figures = [(bead["alignment"], bead["translation"]) for bead in page_data(bitext)["beads"]]
    assert figures[3:5] == [(0.91, 0.62), (0.74, None)]
    known = page_data(one_bead("Oui.", "Yes.", kind=Kind.CONSTRUCTED, quality=0.7))["beads"][0]
    assert (known["alignment"], known["translation"]) == (None, 0.7)


def test_the_page_leaves_out_what_is_as_usual(bitext: Bitext) -> None:
    whole, slim = page_data(bitext), in_page(render_page(bitext))
    usual = slim["view"]["usual"]
    assert slim["source"] == whole["source"]
    assert slim["beads"][3]["machine"] is True  # the target text itself
    restored = [{**usual, **bead} for bead in slim["beads"]]
    restored[3]["machine"] = whole["beads"][3]["machine"]
    assert restored == json.loads(json.dumps(whole["beads"]))


def test_the_data_hold_any_character(one_bead: Callable[..., Bitext]) -> None:
    text = "a\x00b\ud800c\rd\x85"
    data = in_page(render_page(one_bead(text, "plain", machine=text)))
    assert data["source"][0][1] == text
    assert data["beads"][0]["machine"] == text


def test_left_out_boilerplate_is_left_out_of_the_data(bitext: Bitext) -> None:
    data = in_page(render_page(bitext, options=PageOptions(boilerplate=False)))
    assert [text for _, text, *_ in data["source"]][:3] == ["", "", "Une même visée"]
    assert len(data["beads"]) == 8


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--<script>", "]]>", "\u2028\u2029", "&lt;"])
def test_nothing_in_the_data_ends_its_element(text: str, one_bead: Callable[..., Bitext]) -> None:
    bitext = one_bead("a", "b", identifier=text, note=text, by=text, machine=text, origin=Origin.HUMAN)
    data = page_data(bitext, version=text)
    written = str(embedded(data, view={"note": text}))
    assert not set("<>&") & set(written)
    assert json.loads(written)["id"] == text
    assert in_page(render_page(bitext, version=text))["beads"][0]["note"] == text


def test_json_is_the_same_json(bitext: Bitext) -> None:
    data = page_data(bitext)
    assert json.loads(str(safe_json(data))) == data


def test_a_served_page_may_speak_to_its_server_and_a_file_to_nobody(bitext: Bitext) -> None:
    assert "connect-src" not in render_page(bitext)
    served = render_page(bitext, server={"api": "/api", "token": "secret"})
    assert "connect-src 'self';" in served
    assert in_page(served)["server"] == {"api": "/api", "token": "secret"}


def test_tables_that_are_called_alike_are_told_apart() -> None:
    bitext = make.bitext(("a", "A"), ("b", "B"), ("c", "C"), ("d", "D"), ("e", "E"))
    places = ["page 1, row 1, cell 1", "page 1, row 2, cell 2", "", "page 1, row 1, cell 1", "page 1, row 1, cell 2"]
    blocks = [
        Block(segment.start, segment.end, BlockKind.CELL if place else BlockKind.TEXT, 0, place, 0)
        for segment, place in zip(bitext.source.segments, places, strict=True)
    ]
    cells = cells_of(bitext, Layout("pdf", tuple(blocks)))
    assert list(cells) == ["1.1", "2.1", "4.1", "5.1"]
    assert [cell[1:] for cell in cells.values()] == [(1, 1), (2, 2), (1, 1), (1, 2)]
    assert cells["1.1"][0] == cells["2.1"][0] != cells["4.1"][0] == cells["5.1"][0]
