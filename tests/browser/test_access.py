"""Everybody can use the page: axe-core finds nothing, the keyboard reaches everything, the tree says what is seen."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aligner.checks import check
from aligner.model import Bitext
from aligner.pages import IndexOptions, render_index

pytestmark = pytest.mark.browser

Open = Callable[..., Any]


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core; under the MPL, so it is not kept with ours."""
    found = importlib.util.find_spec("axe_playwright_python")
    if found is None or found.origin is None:
        pytest.skip("axe-core is not installed (pip install axe-playwright-python)")
    return (Path(found.origin).parent / "axe.min.js").read_text("utf-8")


def broken(page: Any, axe: str) -> list[str]:
    """The rules that a page breaks, each with the first place."""
    # In a world of its own: the page's policy lets no other script run.
    page.evaluate(axe)
    results = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [f"{each['id']}: {each['help']}: {each['nodes'][0]['html'][:200]}" for each in results["violations"]]


@pytest.mark.parametrize("width", [1280, 420])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(visit: Open, shapes: Bitext, axe: str, width: int, scheme: str) -> None:
    visited = visit(
        shapes, findings=tuple(check([shapes])), viewport={"width": width, "height": 800}, color_scheme=scheme,
        bypass_csp=True,
    )  # fmt: skip
    page = visited.page
    assert broken(page, axe) == []
    page.evaluate("current.go(rows.element('2.1'))")
    visited.keys("e")
    assert broken(page, axe) == []
    visited.keys("Escape", "%")
    page.fill("#bulk-dialog input[name=find]", "e")
    assert broken(page, axe) == []
    visited.keys("Escape", "?")
    assert broken(page, axe) == []
    visited.keys("Escape")
    page.click(".facts-button")
    assert broken(page, axe) == []
    page.keyboard.press("Escape")
    page.click(".faults summary")
    assert broken(page, axe) == []


@pytest.mark.parametrize("width", [1280, 420])
def test_axe_finds_nothing_in_the_list(browser: Any, shapes: Bitext, axe: str, width: int, tmp_path: Path) -> None:
    file = tmp_path / "index.html"
    file.write_text(render_index([shapes], options=IndexOptions()), encoding="utf-8")
    context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
    page = context.new_page()
    page.goto(file.as_uri())
    assert broken(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if width == 420:
        assert page.eval_on_selector(".look", "each => getComputedStyle(each).alignItems") == "baseline"
    context.close()


def test_the_accessibility_tree_says_what_is_seen(visit: Open, reading: Bitext) -> None:
    page = visit(reading, anchor="#2.1").page
    said = page.locator("id=2.1").aria_snapshot()
    assert 'article "Pair 2.1; draft"' in said
    assert "L’été est" in said
    page.keyboard.press("e")
    assert 'textbox "English of 2.1"' in page.locator("id=2.1").aria_snapshot()
    bar = page.locator(".toolbar").aria_snapshot()
    for part in ('searchbox "Search both sides"', 'button "Filters"', 'button "Changes"', 'button "Help"'):
        assert part in bar
    assert 'toolbar "What to do with the pair"' in page.locator(".review").aria_snapshot()


def test_the_keyboard_alone_reaches_every_tool(visit: Open, reading: Bitext) -> None:
    visited = visit(reading)
    page = visited.page
    wanted = set(page.evaluate("dom.all('.toolbar :is(summary, input), .toolbar > button, .head :is(a, button)')"
                               ".filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 80))"))  # fmt: skip
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.outerHTML.slice(0, 80)"))
    assert wanted <= reached
    page.focus(".tools summary")
    visited.keys("Enter", "ArrowDown")
    assert page.evaluate("document.activeElement.dataset.action") == "replace"
    visited.keys("Escape")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert not page.locator(".tools .panel").is_visible()


def test_nothing_moves_for_those_who_want_nothing_to_move(visit: Open, reading: Bitext) -> None:
    page = visit(reading, reduced_motion="reduce").page
    moving = "dom.all('*').filter(e => parseFloat(getComputedStyle(e).transitionDuration) > 0).length"
    assert page.evaluate(moving) == 0


@pytest.mark.parametrize("size", [(640, 400), (420, 800), (320, 640), (420, 420)])
def test_the_editor_is_never_under_the_bar(visit: Open, reading: Bitext, size: tuple[int, int]) -> None:
    # 640 × 400 is a window of 1280 × 800 at 200 %
    page = visit(reading, viewport={"width": size[0], "height": size[1]}).page
    for place in ("2.1", "7.1"):
        page.evaluate("place => current.go(rows.element(place))", place)
        page.keyboard.press("e")
        page.wait_for_timeout(100)
        save = page.get_by_role("button", name="Save", exact=True)
        assert save.is_visible()
        box = save.bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= size[1]
        save.click(trial=True)  # nothing lies over it
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.keyboard.press("Escape")


def test_forced_colours_keep_what_is_chosen_visible(visit: Open, reading: Bitext) -> None:
    page = visit(reading, anchor="#2.1", forced_colors="active").page
    assert page.evaluate("getComputedStyle(dom.one('.bead.current')).outlineStyle") == "solid"


@pytest.mark.parametrize("width", [420, 320])
def test_a_finger_finds_room(visit: Open, reading: Bitext, width: int) -> None:
    page = visit(reading, viewport={"width": width, "height": 800}).page
    sizes = page.evaluate("dom.all('.toolbar > button, .toolbar summary, .review button')"
                          ".filter(e => e.checkVisibility()).map(e => e.getBoundingClientRect().height)")  # fmt: skip
    assert sizes
    assert min(sizes) >= 44


@pytest.mark.parametrize("width", [420, 1000, 1280])
def test_the_bar_at_the_foot_is_one_line(visit: Open, reading: Bitext, width: int) -> None:
    visited = visit(reading, anchor="#2.1", viewport={"width": width, "height": 800})
    visited.keys("a")
    assert visited.page.locator(".review").bounding_box()["height"] < 64
    assert visited.page.get_by_role("button", name="Save edits").is_visible()
