"""Tables of a document as tables in the page: rows, cells, and what becomes of them when pairs change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aligner.documents import Block, BlockKind, Layout
from aligner.pages import render_page
from tests import make
from tests.browser.conftest import Visit
from tests.browser.test_access import axe, broken  # noqa: F401 - a fixture

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
WORDS = ["Année", "Budget", "2023", "10", "Fin."]
PLACES = ["table 1, row 1, cell 1", "table 1, row 1, cell 2", "table 1, row 2, cell 1", "table 1, row 2, cell 2", ""]


@pytest.fixture
def table(browser: Browser, tmp_path: Path) -> Visit:
    """A page with a table of two rows and two columns, and a sentence after it."""
    bitext = make.bitext(*((word, word.upper()) for word in WORDS))
    blocks = tuple(
        Block(segment.start, segment.end, BlockKind.CELL if place else BlockKind.TEXT, 0, place, number)
        for number, (segment, place) in enumerate(zip(bitext.source.segments, PLACES, strict=True))
    )
    file = tmp_path / "page.html"
    file.write_text(render_page(bitext, layout=Layout("docx", blocks)), encoding="utf-8")
    visited = Visit(browser.new_page(viewport={"width": 1300, "height": 800}, bypass_csp=True))
    visited.page.goto(file.as_uri())
    return visited


def cells(visited: Visit) -> list[list[list[str]]]:
    """The locators of the pairs in each cell of each row, as the accessibility tree has them."""
    rows: list[list[list[str]]] = visited.page.evaluate(
        """[...document.querySelectorAll('[role=table] [role=row]:not([hidden])')].map(
          row => [...row.querySelectorAll('[role=cell]')].map(
            cell => [...cell.querySelectorAll('.bead')].map(({ id }) => id)))"""
    )
    return rows


AS_READ = [[["1.1"], ["2.1"]], [["3.1"], ["4.1"]]]


def test_a_row_of_the_table_is_a_row_of_the_page(table: Visit) -> None:
    assert cells(table) == AS_READ
    tops = table.page.eval_on_selector_all(".bead", "all => all.map(each => each.getBoundingClientRect().top)")
    assert tops[0] == tops[1] < tops[2] == tops[3] < tops[4]
    assert table.page.locator(".grid .bead").count() == 4
    assert table.complaints == []


def test_a_cell_is_edited_with_its_neighbours_in_view(table: Visit) -> None:
    table.page.locator("[id='4.1']").click()
    table.keys("e")
    table.page.fill("textarea", "11")
    box = table.page.locator("textarea").bounding_box()
    assert box is not None
    assert box["width"] > 400
    assert table.page.locator("[id='3.1']").is_visible()
    table.keys("Enter")
    assert table.english()["4.1"] == "11"
    assert cells(table) == AS_READ


def test_pairs_that_are_joined_and_cut_come_back_to_their_cells(table: Visit) -> None:
    table.page.locator("[id='2.1']").click()
    table.keys("m")
    assert cells(table)[0] == [["1.1"], ["2.1"]]
    table.keys("u")
    assert [[cell for cell in row if cell] for row in cells(table)] == AS_READ


def test_filters_leave_no_empty_rows(table: Visit) -> None:
    table.page.fill("[name=text]", "budget")
    assert cells(table) == [[["1.1"], ["2.1"]]]
    table.page.fill("[name=text]", "fin")
    assert not table.page.locator(".grid").is_visible()
    table.keys("Escape")


def test_another_order_and_back(table: Visit) -> None:
    table.choose("order", "certainty")
    assert table.page.locator(".grid .bead").count() == 0
    table.choose("order", "")
    assert cells(table) == AS_READ


def test_axe_finds_nothing_in_a_table(table: Visit, axe: str) -> None:  # noqa: F811
    for width in (1300, 390):
        table.page.set_viewport_size({"width": width, "height": 800})
        table.page.evaluate("current.go(rows.element('4.1'))")
        table.keys("e")
        assert broken(table.page, axe) == []
        box = table.page.locator(".editor textarea").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert table.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        table.keys("Escape")


def test_on_a_narrow_screen_the_field_is_within_the_table(table: Visit) -> None:
    table.page.set_viewport_size({"width": 390, "height": 800})
    table.page.evaluate("current.go(rows.element('1.1'))")
    table.keys("e")
    inside = """(field) => {
      const [inner, outer] = [field, field.closest('.grid')].map((each) => each.getBoundingClientRect());
      return inner.left >= outer.left + 1 && inner.right <= outer.right - 1;
    }"""
    assert table.page.locator(".editor textarea").evaluate(inside)
