"""What the script draws into the plain rows: texts, segment numbers, changes, figures, shapes, folded boilerplate."""

from __future__ import annotations

import html
import json
import random
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from aligner.checks import check
from aligner.model import Bitext, Role
from aligner.pages import PageOptions, page_data
from aligner.pages.markup import percent, visible
from aligner.text.subsequence import tokens

pytestmark = pytest.mark.browser

Open = Callable[..., Any]
TESTS = Path(__file__).parents[1]
CASES = json.loads((TESTS / "cases" / "diff.json").read_text("utf-8"))
FENCES = {"equal": "{}", "delete": "[-{}-]", "insert": "{{+{}+}}"}


def drawn(page: Any, place: str, side: str = "target") -> str:
    """A side of a row as HTML, without its language."""
    inner: str = page.locator(f"id={place}").locator(f".{side} .text bdi").first.inner_html()
    return inner


def test_the_golden_rows(visit: Open, shapes: Bitext, tmp_path: Path) -> None:
    page = visit(shapes, findings=tuple(check([shapes]))).page
    rows = page.eval_on_selector_all(".bead", "all => all.map(row => row.outerHTML).join('\\n')") + "\n"
    (tmp_path / "rows.html").write_text(rows, encoding="utf-8")
    golden = (TESTS / "golden" / "review" / "rows.html").read_text("utf-8")
    assert rows == golden, f"compare {tmp_path / 'rows.html'} with the golden file"


def test_the_plain_rows_say_what_the_drawn_ones_say(
    visit: Open, reading: Bitext, hostile_document: Bitext, shapes: Bitext
) -> None:
    texts = """all => all.map(row => ["source", "target"].map(name => {
      const text = row.querySelector(`.${name} .text`)?.cloneNode(true);
      for (const other of text?.querySelectorAll("del, sup") ?? []) other.remove();
      return text?.textContent ?? "";
    }))"""
    for document in (reading, hostile_document, shapes):
        plain = visit(document, java_script_enabled=False).page.locator(".bead")
        expected = [
            [side.locator(".text").text_content() if side.locator(".text").count() else "" for side in row]
            for row in [[each.locator(".source"), each.locator(".target")] for each in plain.all()]
        ]
        assert visit(document).page.eval_on_selector_all(".bead", texts) == expected


def test_the_page_holds_the_whole_data(visit: Open, reading: Bitext, hostile_document: Bitext, shapes: Bitext) -> None:
    for document in (reading, hostile_document, shapes):
        findings = tuple(check([document]))
        page = visit(document, findings=findings).page
        data = page_data(document, findings=findings)
        assert page.evaluate("review.data.beads") == page.evaluate("data => bitext.unpack(data).beads", data)


def test_left_out_boilerplate_leaves_the_rest_as_it_was(visit: Open, reading: Bitext) -> None:
    visited = visit(reading, options=PageOptions(boilerplate=False))
    assert visited.shown() == ["2.1", "3.1", "4.1", "t5.1", "6.1", "7.1"]
    assert visited.page.evaluate("bitext.target(review.data.beads[1])") == "Summer has come to us all."
    assert (
        visited.page.locator("id=2.1").locator(".target .text").text_content() == "Summer is therehas come to us all."
    )


def test_boilerplate_is_folded_with_its_rules(visit: Open, reading: Bitext) -> None:
    first = replace(reading.source.segments[0], rule="breadcrumb")
    source = replace(reading.source, segments=(first, *reading.source.segments[1:]))
    page = visit(replace(reading, source=source)).page
    assert page.locator(".boilerplate summary").all_text_contents() == ["1 line set aside as boilerplate breadcrumb"]
    assert page.locator(".boilerplate .bead .rule").all_text_contents() == ["breadcrumb"]
    assert not page.locator("id=1.1").is_visible()


def test_a_side_of_several_segments_is_numbered(visit: Open, shapes: Bitext) -> None:
    page = visit(shapes).page
    assert drawn(page, "1.1", "source") == '<sup class="n">1.1</sup>Un. <sup class="n">1.2</sup>Deux.'
    assert drawn(page, "2.1") == '<sup class="n">2.1</sup>Three, <sup class="n">2.2</sup>and more.'


def test_changes_and_segment_numbers_share_a_cell(visit: Open, shapes: Bitext) -> None:
    assert drawn(visit(shapes).page, "1.1") == (
        '<sup class="n">1.1</sup>One. <del>Three</del><sup class="n">1.2</sup><ins>Two</ins>.'
    )


def test_a_rewritten_text_is_shown_whole_with_the_machine_below(visit: Open, shapes: Bitext) -> None:
    page = visit(shapes).page
    assert "<ins>" not in drawn(page, "3.1")
    assert page.locator("id=3.1").locator(".machine bdi").text_content() == "Nothing of the kind."
    marked = visit(shapes, options=PageOptions(rewritten_below=0.0)).page
    assert "<del>Nothing of the kind</del>" in drawn(marked, "3.1")


def test_shape_figures_status_origin_and_note_are_said_in_words(visit: Open, shapes: Bitext) -> None:
    page = visit(shapes).page
    row = page.locator("id=2.1")
    assert row.get_attribute("aria-label") == "Pair 2.1: 1 source segment to 2 target segments; draft"
    assert row.locator(".type").text_content() == "1–2"
    assert " ".join(row.locator(".margin").text_content().split()) == "locked 13% alignment"
    assert page.locator("id=t6.1").locator(".note bdi").text_content() == "New?"
    assert page.locator("id=9.1").locator(".news").count() == 0
    assert page.locator("id=10.1").locator(".news").count() == 1  # the machine now says something else


def test_headings_are_headings_on_both_sides(visit: Open, shapes: Bitext) -> None:
    sides = [replace(side, segments=(replace(side.segments[0], role=Role.HEADING), *side.segments[1:]))
             for side in (shapes.source, shapes.target)]  # fmt: skip
    page = visit(replace(shapes, source=sides[0], target=sides[1])).page
    assert page.locator("id=1.1").locator("h3").count() == 2


def test_rows_far_from_view_are_drawn_in_quiet_moments(visit: Open, long_document: Bitext) -> None:
    visited = visit(long_document)
    visited.page.wait_for_function("() => rows.order().every(rows.isDrawn)")
    assert visited.complaints == []


def test_everything_is_drawn_before_it_is_printed(visit: Open, long_document: Bitext) -> None:
    page = visit(long_document, script="window.requestIdleCallback = () => {}").page
    assert not page.evaluate("rows.order().every(rows.isDrawn)")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("rows.order().every(rows.isDrawn)")


def test_a_row_that_comes_into_view_is_drawn(visit: Open, long_document: Bitext) -> None:
    page = visit(long_document, script="window.requestIdleCallback = () => {}").page
    assert not page.evaluate("rows.isDrawn(rows.element('2500.1'))")
    page.evaluate("rows.element('2500.1').scrollIntoView()")
    page.wait_for_function("() => rows.isDrawn(rows.element('2500.1'))")
    assert not page.evaluate("rows.isDrawn(rows.element('4000.1'))")


@pytest.fixture(scope="module")
def differences() -> list[tuple[str, str]]:
    """Texts that were changed at random."""
    chance = random.Random(3)
    words = ["the", "peace", "and", "a", "of", "nations", "l'Inde", "don’t", "3,5", "1,234.5", "U.N.", ",", "."]
    words += ["\U0001f600", "é", "cafe\u0301", "\u00a0", "x_y", ""]
    pairs = []
    for _ in range(400):
        old = [chance.choice(words) for _ in range(chance.randrange(40))]
        new = [word if chance.random() > 0.3 else chance.choice(words) for word in old if chance.random() > 0.15]
        pairs.append((" ".join(old), " ".join(new)))
    return pairs


CHANGES = "pairs => pairs.map(([old, now]) => diff.changes(old, now))"


def test_changes_are_marked_as_a_person_would(visit: Open, reading: Bitext) -> None:
    found = visit(reading).page.evaluate(CHANGES, [(case["old"], case["new"]) for case in CASES])
    for case, changes in zip(CASES, found, strict=True):
        assert "".join(FENCES[kind].format(text) for kind, text in changes) == case["shown"], case["about"]


def test_changes_give_back_both_texts(visit: Open, reading: Bitext, differences: list[tuple[str, str]]) -> None:
    page = visit(reading).page
    follows = {"equal": {"delete", "insert"}, "delete": {"equal", "insert"}, "insert": {"equal"}}
    lists = page.evaluate(CHANGES, differences)
    shares = page.evaluate("lists => lists.map(diff.similarity)", lists)
    for (old, new), changes, share in zip(differences, lists, shares, strict=True):
        assert "".join(text for kind, text in changes if kind != "insert") == old
        assert "".join(text for kind, text in changes if kind != "delete") == new
        assert all(text for _, text in changes)
        assert all(second in follows[first] for first, second in pairwise(kind for kind, _ in changes))
        assert 0 <= share <= 1
        assert (share == 1) == (old == new)
    same = page.evaluate(CHANGES, [(old, old) for old, _ in differences if old])
    assert same == [[["equal", old]] for old, _ in differences if old]


def test_texts_are_cut_into_the_words_that_python_counts(
    visit: Open, reading: Bitext, differences: list[tuple[str, str]]
) -> None:
    texts = [case[side] for case in CASES for side in ("old", "new")] + [old for old, _ in differences]
    assert visit(reading).page.evaluate("texts => texts.map(diff.tokens)", texts) == [tokens(text) for text in texts]


def test_a_segment_of_five_thousand_words_is_compared(visit: Open, reading: Bitext) -> None:
    words = random.Random(7)
    old = [f"w{words.randrange(900)}" for _ in range(5_000)]
    new = [word if words.random() > 0.05 else "changed" for word in old]
    (changes,) = visit(reading).page.evaluate(CHANGES, [(" ".join(old), " ".join(new))])
    assert "".join(text for kind, text in changes if kind != "delete") == " ".join(new)


def test_figures_and_invisible_characters_are_written_as_in_python(visit: Open, reading: Bitext) -> None:
    page = visit(reading).page
    shares = [0.0, 0.004, 0.005, 0.125, 0.454, 0.5, 0.985, 0.999, 0.9999, 1.0]
    assert page.evaluate("list => list.map(dom.percent)", shares) == [percent(share) for share in shares]
    codes = [*range(0xD), *range(0xE, 0xA2), 0x61C, *range(0x200B, 0x2010), *range(0x2028, 0x202F), 0x2060, 0xFEFF]
    text = "".join(map(chr, codes))
    made = page.evaluate("text => dom.make('p', {}, dom.visible(text)).innerHTML", text)
    assert html.unescape(made) == html.unescape(str(visible(text)))


@pytest.mark.parametrize(
    ("shape", "words", "dots"),
    [
        ("1-1", "1 source segment to 1 target segment", 2),
        ("2-3", "2 source segments to 3 target segments", 5),
        ("12-1", "12 source segments to 1 target segment", 13),
        ("1-0", "1 source segment to no target segments", 1),
        ("0-2", "no source segments to 2 target segments", 2),
    ],
)
def test_a_shape_has_a_picture_and_a_name(visit: Open, reading: Bitext, shape: str, words: str, dots: int) -> None:
    page = visit(reading).page
    assert page.evaluate("picture.words", shape) == words
    page.evaluate("type => { picture.draw(type); }", shape)
    drawing = page.evaluate("id => document.getElementById(id).outerHTML", f"shape-{shape}")
    heights = [float(y) for y in re.findall(r'<circle cx="[^"]*" cy="([^"]*)" r', drawing)]
    assert len(heights) == dots
    assert all(0 < y < 24 for y in heights)
    assert ('class="gap"' in drawing) == ("0" in shape.split("-"))
