"""What the page's script makes agrees with what Python made: rows, differences, figures, and the data in the page."""

from __future__ import annotations

import html
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aligner.check import check
from aligner.model import Bitext
from aligner.pages import PageOptions, page_data
from aligner.pages.glyph import glyph
from aligner.pages.markup import percent, visible
from aligner.text.diff import diff, similarity

pytestmark = pytest.mark.browser

Open = Callable[..., Any]
CASES = json.loads((Path(__file__).parents[1] / "cases" / "diff.json").read_text("utf-8"))

CLEAN = """element => {
  const copy = element.cloneNode(true);
  const walker = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
  const blank = [];
  while (walker.nextNode()) if (walker.currentNode.data === "\\n") blank.push(walker.currentNode);
  for (const node of blank) node.remove();
  return copy.outerHTML;
}"""
BOTH = f"""() => dom.all(".bead").map(element => {{
  const clean = {CLEAN};
  return [clean(element), clean(row.render(rows.bead(element), element.classList.contains("first")))];
}})"""


def same_rows(visited: Any) -> int:
    """Compare every row of the page with the one the script makes; how many there are."""
    both = visited.page.evaluate(BOTH)
    for made_in_python, made_in_page in both:
        assert made_in_page == made_in_python
    return len(both)


def test_rows_are_the_same(visit: Open, reading: Bitext, hostile_document: Bitext, shapes: Bitext) -> None:
    assert same_rows(visit(reading, findings=tuple(check([reading])))) == 7
    assert same_rows(visit(hostile_document)) == 1
    assert same_rows(visit(shapes, findings=tuple(check([shapes])))) == len(shapes.beads)


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
    assert same_rows(visited) == 6


def changes_of(old: str, new: str) -> list[list[str]]:
    return [[change.kind.value, change.text] for change in diff(old, new)]


def test_differences_are_the_same(visit: Open, reading: Bitext) -> None:
    page = visit(reading).page
    chance = random.Random(3)
    words = ["the", "peace", "and", "a", "of", "nations", "l'Inde", "don’t", "3,5", "1,234.5", "U.N.", ",", "."]
    words += ["\U0001f600", "é", "cafe\u0301", "\u00a0", "x_y", ""]
    pairs = [(case["old"], case["new"]) for case in CASES]
    for _ in range(400):
        old = [chance.choice(words) for _ in range(chance.randrange(40))]
        new = [word if chance.random() > 0.3 else chance.choice(words) for word in old if chance.random() > 0.15]
        pairs.append((" ".join(old), " ".join(new)))
    found = page.evaluate("pairs => pairs.map(([old, now]) => diff.changes(old, now))", pairs)
    assert found == [changes_of(old, new) for old, new in pairs]
    shares = page.evaluate("lists => lists.map(diff.similarity)", found)
    assert shares == pytest.approx([similarity(diff(old, new)) for old, new in pairs])


def test_words_and_figures_are_the_same(visit: Open, reading: Bitext) -> None:
    page = visit(reading).page
    shares = [0.0, 0.004, 0.005, 0.125, 0.454, 0.5, 0.985, 0.999, 0.9999, 1.0]
    assert page.evaluate("list => list.map(dom.percent)", shares) == [percent(share) for share in shares]
    types = ["1-1", "2-1", "1-2", "3-4", "12-1", "0-2", "1-0"]
    assert page.evaluate("types => types.map(picture.words)", types) == [glyph(each).words for each in types]
    text = "".join(
        map(
            chr, [*range(0xD), *range(0xE, 0xA2), 0x61C, *range(0x200B, 0x2010), *range(0x2028, 0x202F), 0x2060, 0xFEFF]
        )
    )
    made = page.evaluate("text => dom.make('p', {}, dom.visible(text)).innerHTML", text)
    assert html.unescape(made) == html.unescape(str(visible(text)))


@pytest.mark.parametrize("shape", ["2-2", "1-2", "3-4", "1-0", "0-2"])
def test_pictures_are_the_same(visit: Open, shapes: Bitext, shape: str) -> None:
    page = visit(shapes).page
    drawn = page.evaluate(f"{CLEAN.strip()}", page.query_selector(f"#shape-{shape}"))
    page.evaluate("id => document.getElementById(id).remove()", f"shape-{shape}")
    page.evaluate("type => { picture.draw(type); }", shape)
    assert page.evaluate(f"{CLEAN.strip()}", page.query_selector(f"#shape-{shape}")) == drawn
