"""The page as a browser would parse it: complete, faithful, safe, and always the same bytes."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from lxml.html import HtmlElement

from aligner.checks import Finding
from aligner.checks.findings import Severity
from aligner.model import Bitext, Origin, Record
from aligner.pages import (
    IndexOptions,
    Link,
    PageOptions,
    render_index,
    render_page,
    summarize,
)
from aligner.pages.listing import document_row

GOLDEN = Path(__file__).parents[2] / "golden" / "review"

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "</bdi></p></article></main><h1>Gone",
    "{{ 7 * 7 }} {% raw %}",
    "javascript:alert(1)",
    "' onmouseover='alert(1)",
    "a\u2028b\u2029c",
    "\u202egnirts\u2066",
    "\x00\x08\x1b[31m",
    "\ud800 alone",
    "<!DOCTYPE html><base href=//evil.example>",
    "]]><svg onload=alert(1)>",
]


def parse(page: str) -> HtmlElement:
    return html.fromstring(page)


def text_of(side: HtmlElement) -> str:
    """The text of a side as it stands now: without what was taken out and without segment numbers."""
    return "".join(side.xpath(".//*[contains(@class, 'text')]//text()[not(ancestor::del or ancestor::sup)]"))


def same(actual: str, name: str, tmp_path: Path) -> None:
    """Compare with a golden file; the actual text is left beside pytest's other temporary files."""
    (tmp_path / name).write_text(actual, encoding="utf-8")
    assert actual == (GOLDEN / name).read_text("utf-8"), f"compare {tmp_path / name} with the golden file"


def body(page: str) -> str:
    """The page without style and script, which change more often than what it says."""
    return re.sub(r"<(style|script)>.*?</\1>|'sha256-[^']*'|content=\"aligner [^\"]*\"", "", page, flags=re.DOTALL)


def test_every_bead_is_a_row_with_its_anchor_and_texts(bitext: Bitext) -> None:
    rows = parse(render_page(bitext)).xpath("//article")
    assert [row.get("id") for row in rows] == [bitext.locator(bead) for bead in bitext.beads]
    for row, bead in zip(rows, bitext.beads, strict=True):
        (source,), (target,) = (row.xpath(f".//div[contains(@class, '{name}')]") for name in ("source", "target"))
        assert text_of(source) == bitext.source_text(bead)
        assert text_of(target) == bitext.target_text(bead)
        assert row.xpath("./a[@class='ref']/@href") == [f"#{bitext.locator(bead)}"]


def test_languages_are_marked_on_each_side(bitext: Bitext) -> None:
    page = parse(render_page(bitext))
    assert page.get("lang") == "en"
    assert set(page.xpath("//div[@class='side source']/*[contains(@class, 'text')]/@lang")) == {"fr"}
    assert set(page.xpath("//div[@class='side target']/*[contains(@class, 'text')]/@lang")) == {"en"}


def test_boilerplate_is_set_aside_or_left_out(bitext: Bitext) -> None:
    assert parse(render_page(bitext)).xpath("//article[@class='bead aside']/@id") == ["1.1", "2.1"]
    page = render_page(bitext, options=PageOptions(boilerplate=False))
    assert parse(page).xpath("//article/@id") == ["3.1", "4.1", "4.3", "5.1", "t3.1", "6.1"]
    assert "Xinhua" not in page


def test_headings_are_headings(bitext: Bitext) -> None:
    assert parse(render_page(bitext)).xpath("//h3/bdi/text()") == ["Une même visée", "One shared aim"]


def test_ids_are_unique_and_references_resolve(bitext: Bitext) -> None:
    page = parse(render_page(bitext))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    wanted = [reference[1:] for reference in page.xpath("//@href") if reference.startswith("#")]
    assert set(wanted + page.xpath("//@aria-labelledby") + page.xpath("//@popovertarget")) <= set(ids)


def test_the_policy_names_exactly_the_style_and_scripts_of_the_page(bitext: Bitext) -> None:
    for page in (render_page(bitext), render_index([bitext])):
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
        assert policy is not None
        assert policy[1].startswith("default-src 'none'; ")
        assert "unsafe" not in policy[1]
        for tag in ("style", "script"):
            for content in re.findall(rf"<{tag}>(.*?)</{tag}>", page, flags=re.DOTALL):
                digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
                assert f"'sha256-{digest}'" in policy[1]


def test_the_page_needs_nothing_else(bitext: Bitext) -> None:
    page = parse(render_page(bitext))
    assert page.xpath("//@src | //link[@rel='stylesheet'] | //@style | //@onclick | //iframe | //img") == []
    outside = [address for address in page.xpath("//@href") if ":" in address]
    assert [address.split(",")[0] for address in outside] == ["data:image/svg+xml", "https://example.org/visee?a=1&b=2"]
    assert "@import" not in page.xpath("string(//style)")
    assert set(re.findall(r"url\(\"(\w+:)", page.xpath("string(//style)"))) == {"data:"}


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stays_text(text: str, one_bead: Callable[..., Bitext]) -> None:
    record = Record(text, text, text, text, text, text)
    calm = parse(render_page(one_bead("a", "a", record=Record(*["a"] * 6), machine="b", note="a", by="a", changed="a")))
    bitext = one_bead(text, text, record=record, identifier=text, machine="b", note=text, by=text, changed=text)
    page = parse(render_page(bitext, options=PageOptions(previous=Link(text, text), next=Link(text, text))))
    allowed = {element.tag for element in calm.iter()} | {"ins", "del"}
    assert {element.tag for element in page.iter()} <= allowed
    assert page.xpath("//script/@type") == ["application/json"]
    assert len(page.xpath("//script")) == 3
    assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]
    assert not [address for address in page.xpath("//@href") if address.startswith(("javascript:", "//"))]
    assert "\u202e" not in page.xpath("string(//title)") + "".join(page.xpath("//@title"))
    readable = re.sub("[\x00-\x1f]", lambda control: chr(0x2400 + ord(control[0])), text).replace("\ud800", "\ufffd")
    assert text_of(page.xpath("//div[@class='side source']")[0]) == readable


def test_a_dangerous_address_is_shown_but_is_no_link(one_bead: Callable[..., Bitext]) -> None:
    page = parse(render_page(one_bead("a", "b", record=Record(url="javascript:alert(1)"))))
    assert page.xpath("//footer//bdi[text()='javascript:alert(1)']")
    assert not page.xpath("//footer//a")


def test_the_same_bitext_gives_the_same_bytes(bitext: Bitext) -> None:
    assert render_page(bitext) == render_page(replace(bitext))
    assert render_index([bitext]) == render_index([summarize(bitext)])


def test_changes_open_shown_where_the_machine_wrote_most(bitext: Bitext, one_bead: Callable[..., Bitext]) -> None:
    def state(page: str) -> Any:
        return parse(page).get("data-changes")

    assert state(render_page(bitext)) == "off"
    assert state(render_page(one_bead("Oui.", "Yes.", origin=Origin.MACHINE))) == "on"
    assert state(render_page(bitext, options=PageOptions(show_changes=True))) == "on"


def test_neighbours_and_index_are_linked(bitext: Bitext) -> None:
    options = PageOptions(index="", previous=Link("A", "a.html"), next=Link("C", "c.html"))
    links = parse(render_page(bitext, options=options)).xpath("//nav//a")
    assert [(link.get("rel"), link.get("href")) for link in links] == [("prev", "a.html"), ("next", "c.html")]
    assert parse(render_page(bitext)).xpath("//nav//a/@href") == ["index.html"]


def test_an_empty_document_has_a_page(bitext: Bitext) -> None:
    source, target = (replace(side, segments=()) for side in (bitext.source, bitext.target))
    empty = replace(bitext, source=source, target=target, beads=())
    assert parse(render_page(empty)).xpath("//article") == []
    assert "0" in render_index([empty])


def test_index_lists_documents_with_the_beads_to_look_at_first(bitext: Bitext) -> None:
    page = parse(render_index([bitext], options=IndexOptions(title="Corpus", pages={"visee": "pages/visee.html"})))
    assert page.xpath("string(//h1)") == "Corpus"
    assert page.xpath("//tbody/tr/th//a/@href") == ["pages/visee.html"]
    (row,) = json.loads(page.xpath("string(//script[@id='listing-data'])"))["rows"]
    assert [place for place, _ in row["look"]] == ["5.1", "t3.1", "4.1"]  # an error first
    assert row["statuses"] == {"accepted": 1, "edited": 1, "rejected": 1}
    assert row["pairs"] == 6


def test_errors_come_before_doubts(bitext: Bitext) -> None:
    error = Finding("E201", "numbers", Severity.ERROR, bitext.id, "4.1", "a number is missing")
    summary = summarize(bitext, findings=[error])
    assert (summary.errors, summary.warnings) == (1, 0)
    assert document_row(summary, "a.html")["look"][0] == ["4.1", "E201 numbers"]


def test_golden_page(bitext: Bitext, tmp_path: Path) -> None:
    same(body(render_page(bitext)), "page.html", tmp_path)


def test_golden_index(bitext: Bitext, tmp_path: Path) -> None:
    same(body(render_index([bitext])), "index.html", tmp_path)
