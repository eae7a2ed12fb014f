"""The review page in a real browser: it opens alone, reads well, moves by keyboard, filters, and stays safe."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from aligner.checks import check
from aligner.model import Bitext, Origin, Status
from aligner.pages import Link, PageOptions
from tests.browser.conftest import build

pytestmark = pytest.mark.browser

SHOWN = "Math.round(performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1)"
READY = "Math.round(performance.timing.domContentLoadedEventEnd - performance.timing.navigationStart)"

Open = Callable[..., Any]


def style(page: Any, selector: str, name: str) -> str:
    value: str = page.eval_on_selector(selector, f"element => getComputedStyle(element).{name}")
    return value


def test_opens_without_complaint_and_without_network(visit: Open, reading: Bitext) -> None:
    visited = visit(reading)
    assert visited.complaints == []
    assert [url.split(":")[0] for url in visited.requests if not url.startswith("data:")] == ["file"]
    assert visited.page.title() == "Un titre · fr–en"
    assert visited.shown() == ["2.1", "3.1", "4.1", "t5.1", "6.1", "7.1"]
    assert visited.page.locator(".count").inner_text() == "6 pairs"


def test_rows_are_aligned_side_by_side(visit: Open, reading: Bitext) -> None:
    for row in visit(reading).page.locator(".bead:not(.aside)").all():
        source, target = row.locator(".source").bounding_box(), row.locator(".target").bounding_box()
        assert abs(source["y"] - target["y"]) < 2
        assert source["x"] + source["width"] < target["x"]


def test_sides_stand_below_each_other_on_a_narrow_screen(visit: Open, reading: Bitext) -> None:
    page = visit(reading, viewport={"width": 390, "height": 800}).page
    row = page.locator("id=2.1")
    assert row.locator(".source").bounding_box()["y"] < row.locator(".target").bounding_box()["y"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [720, 1000, 1240, 1280, 1600])
def test_the_tools_are_one_row(visit: Open, reading: Bitext, width: int) -> None:
    page = visit(reading, viewport={"width": width, "height": 800}).page
    middles = [
        part["y"] + part["height"] / 2
        for part in (
            each.bounding_box() for each in page.locator(".toolbar > :is(.find, .menu, button), .switches > *").all()
        )
        if part
    ]
    assert max(middles) - min(middles) < 2
    assert not page.locator(".toolbar select").first.is_visible()  # the rest is behind one button
    assert page.locator("#main").bounding_box()["y"] <= 110


def test_the_filters_are_behind_one_button_on_a_telephone(visit: Open, reading: Bitext) -> None:
    visited = visit(reading, viewport={"width": 390, "height": 844})
    page = visited.page
    assert page.locator(".toolbar").bounding_box()["height"] < 120
    assert page.locator(".bead:not(.aside)").first.bounding_box()["y"] < 422
    button = page.get_by_role("button", name="Filters")
    assert not page.locator("select[name=status]").is_visible()
    button.click()
    assert button.get_attribute("aria-expanded") == "true"
    visited.choose("status", "rejected")
    visited.choose("order", "certainty")
    assert visited.shown() == ["t5.1"]
    assert button.inner_text() == "Filters (1)"
    button.click()
    assert not page.locator("select[name=status]").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert visited.complaints == []


def test_changes_are_readable_without_colour_and_can_be_put_away(visit: Open, reading: Bitext) -> None:
    visited = visit(reading)
    page = visited.page
    assert page.locator("id=2.1").locator("del").all_inner_texts() == ["is there"]
    assert "line-through" in style(page, ".bead del", "textDecorationLine")
    assert "underline" in style(page, ".bead ins", "textDecorationLine")
    page.get_by_role("button", name="Changes").click()
    assert not page.locator(".bead del").first.is_visible()
    assert style(page, ".bead ins", "textDecorationLine") == "none"
    assert page.locator("id=2.1").locator(".target .text").inner_text() == "Summer has come to us all."
    page.keyboard.press("d")
    assert page.locator(".bead del").first.is_visible()


def test_an_anchor_leads_to_its_bead(visit: Open, long_document: Bitext) -> None:
    visited = visit(long_document, anchor="#3210.1")
    visited.page.wait_for_timeout(300)
    box = visited.page.locator("id=3210.1").bounding_box()
    assert 0 <= box["y"] <= 800
    assert visited.current() == "3210.1"


def test_an_anchor_opens_folded_boilerplate(visit: Open, reading: Bitext) -> None:
    visited = visit(reading)
    assert not visited.page.locator("id=1.1").is_visible()
    visited.page.evaluate("location.hash = '#1.1'")
    visited.page.wait_for_timeout(100)
    assert visited.page.locator("id=1.1").is_visible()


def test_an_anchor_brings_back_a_bead_that_was_filtered_out(visit: Open, reading: Bitext) -> None:
    visited = visit(reading, anchor="#%E0%A4%A")
    visited.choose("status", "rejected")
    assert visited.shown() == ["t5.1"]
    visited.page.evaluate("location.hash = '#6.1'")
    visited.page.wait_for_function("() => document.querySelector('.bead.current')?.id === '6.1'")
    assert len(visited.shown()) == 6
    assert visited.complaints == []


def test_keys_move_from_bead_to_bead(visit: Open, reading: Bitext) -> None:
    visited = visit(reading)
    seen = []
    for key in "jjkJJKxxx":
        visited.page.keyboard.press(key)
        seen.append(visited.current())
    assert seen == ["2.1", "3.1", "2.1", "4.1", "6.1", "4.1", "t5.1", "3.1", "2.1"]
    assert visited.page.evaluate("document.activeElement.id") == "2.1"
    assert visited.page.evaluate("location.hash") == "#2.1"
    assert visited.complaints == []


@pytest.mark.parametrize(
    ("field", "choice", "left"),
    [
        ("status", "draft", ["2.1", "4.1", "6.1"]),
        ("type", "other", ["3.1", "4.1", "t5.1"]),
        ("type", "null", ["4.1", "t5.1"]),
        ("type", "2-1", ["3.1"]),
        ("certainty", "alignment 0.5", ["4.1", "t5.1"]),
        ("certainty", "alignment 0.75", ["3.1", "4.1", "t5.1"]),
        ("certainty", "translation 0.75", ["2.1"]),
        ("certainty", "doubtful", ["4.1", "t5.1"]),
        ("only", "differs", ["2.1", "7.1"]),
        ("only", "same", ["6.1"]),
        ("only", "news", []),
        ("only", "note", ["t5.1"]),
        ("order", "certainty", ["4.1", "t5.1", "3.1", "2.1", "7.1", "6.1"]),
    ],
)
def test_filters_and_order(visit: Open, reading: Bitext, field: str, choice: str, left: list[str]) -> None:
    visited = visit(reading)
    visited.choose(field, choice)
    assert visited.shown() == left
    visited.page.keyboard.press("Escape")
    visited.page.keyboard.press("Escape")
    assert visited.shown() == ["2.1", "3.1", "4.1", "t5.1", "6.1", "7.1"]


def test_what_the_machine_says_now_is_marked_found_and_within_reach(visit: Open, shapes: Bitext) -> None:
    visited = visit(shapes)
    page = visited.page
    visited.choose("only", "news")
    assert visited.shown() == ["8.1", "10.1"]
    assert page.locator("[data-figure=outdated]").text_content() == "2 reviewed before the machine changed"
    said = page.locator("id=8.1").locator(".machine bdi")
    assert not said.is_visible()
    page.locator("id=8.1").get_by_text("The machine now says something else").click()
    assert said.inner_text() == "New."
    page.click("[data-action=changes]")
    assert said.is_visible()
    page.evaluate("current.go(rows.element('8.1'))")
    visited.keys("a")  # accepted before: a draft again
    assert page.locator("[data-figure=outdated]").text_content() == "1 reviewed before the machine changed"
    assert page.locator("id=8.1").locator(".news").count() == 0
    visited.keys("u")
    assert page.locator("id=8.1").locator(".news").count() == 1
    assert visited.complaints == []


def test_search_ignores_accents_and_case_and_what_was_deleted(visit: Open, reading: Bitext) -> None:
    visited = visit(reading)
    visited.page.keyboard.press("/")
    visited.page.keyboard.type("REGNE")
    assert visited.shown() == ["6.1"]
    assert visited.page.locator(".count").inner_text() == "1 of 6"
    assert visited.page.evaluate("[...CSS.highlights.get('found')].map(String)") == ["règne"]
    visited.page.fill("input[name=text]", "l'ete est venu")
    assert visited.shown() == ["2.1"]
    visited.page.fill("input[name=text]", "is there")
    assert visited.shown() == []
    assert visited.page.locator(".nothing").is_visible()
    visited.page.get_by_role("button", name="Show all").click()
    assert len(visited.shown()) == 6


def test_search_by_regular_expression(visit: Open, reading: Bitext) -> None:
    visited = visit(reading)
    visited.page.check("input[name=pattern]", force=True)
    visited.page.fill("input[name=text]", r"^il \w+\.$")
    assert visited.shown() == ["7.1"]
    visited.page.fill("input[name=text]", "(")
    assert visited.page.get_attribute("input[name=text]", "aria-invalid") == "true"
    assert len(visited.shown()) == 6
    assert visited.complaints == []


def test_the_theme_follows_the_system_until_the_reader_chooses(visit: Open, reading: Bitext) -> None:
    dark, light = "rgb(23, 25, 27)", "rgb(251, 250, 247)"
    visited = visit(reading, color_scheme="dark")
    assert style(visited.page, "body", "backgroundColor") == dark
    visited.page.keyboard.press("t")
    assert style(visited.page, "body", "backgroundColor") == light
    visited.reload()
    assert style(visited.page, "body", "backgroundColor") == light
    assert visited.page.locator("[data-action=theme]").get_attribute("aria-label") == "Theme: light"


def test_print_shows_the_text_and_no_tools(visit: Open, long_document: Bitext) -> None:
    visited = visit(long_document, color_scheme="dark")
    visited.page.emulate_media(media="print")
    assert not visited.page.locator(".toolbar").is_visible()
    assert not visited.page.locator(".overview").is_visible()
    assert style(visited.page, "body", "backgroundColor") == "rgb(255, 255, 255)"
    assert style(visited.page, ".bead", "breakInside") == "avoid"
    assert style(visited.page, ".chunk", "contentVisibility") == "visible"


def test_who_stands_for_a_pair_is_within_the_paper(visit: Open) -> None:
    fields = {"origin": Origin.MEMORY, "status": Status.ACCEPTED, "by": "Ada Augusta Byron King"}
    drafts = [([f"Phrase {n}."], [f"Sentence {n}."], {"origin": Origin.MACHINE}) for n in range(3)]
    page = visit(build([(["Fin."], ["End."], fields), *drafts]), viewport={"width": 720, "height": 1000}).page
    page.emulate_media(media="print")
    assert "memory" in page.locator("id=1.1").locator(".state").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("id=1.1").locator(".state").evaluate("each => each.scrollWidth <= each.clientWidth")
    assert page.locator("id=1.1").locator(".state").get_attribute("title") == "by Ada Augusta Byron King"


def test_on_a_narrow_screen_the_ways_are_told_apart(visit: Open, reading: Bitext) -> None:
    ways = PageOptions(index="index.html", previous=Link("Before", "before.html"), next=Link("After", "after.html"))
    page = visit(reading, options=ways, viewport={"width": 390, "height": 800}).page
    up = page.eval_on_selector(".up", "each => getComputedStyle(each, '::before').content")
    before, after = page.locator(".neighbours a span[aria-hidden]").all_inner_texts()
    assert len({up[1], before.strip(), after.strip()}) == 3
    assert all(way.bounding_box()["width"] >= 24 for way in page.locator(".way a").all())


def test_on_a_narrow_screen_the_tools_stand_on_one_line(visit: Open, shapes: Bitext) -> None:
    findings = tuple(check([shapes]))
    page = visit(shapes, findings=findings, viewport={"width": 390, "height": 800}).page
    page.evaluate("code => filter.choose('finding', code)", findings[0].code)
    tools = ".toolbar .menu > summary, .toolbar .fold, .switches > button"
    tops = {round(tool.bounding_box()["y"]) for tool in page.locator(tools).all() if tool.is_visible()}
    assert page.locator(".fold").inner_text() == "Filters (1)"
    assert len(tops) == 1


@pytest.mark.parametrize("width", [390, 1280])
def test_without_scripts_the_title_is_whole(visit: Open, reading: Bitext, width: int) -> None:
    page = visit(reading, java_script_enabled=False, viewport={"width": width, "height": 800}).page
    title, said = page.locator("h1"), page.locator("noscript p")
    assert title.evaluate("each => each.scrollWidth <= each.clientWidth")
    assert said.is_visible()
    assert said.bounding_box()["y"] >= title.bounding_box()["y"] + title.bounding_box()["height"] - 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_how_the_edits_are_kept_is_not_cut(visit: Open, reading: Bitext) -> None:
    visited = visit(reading, anchor="#2.1", viewport={"width": 1280, "height": 800})
    visited.page.keyboard.press("a")
    state = visited.page.locator("[data-part=state]")
    assert "kept in this browser" in state.inner_text()
    assert state.evaluate("each => each.scrollWidth <= each.clientWidth")


def test_prints_to_pdf(visit: Open, reading: Bitext) -> None:
    assert visit(reading).page.pdf(format="A4").startswith(b"%PDF-")


def test_help_opens_by_key_and_closes_by_escape(visit: Open, reading: Bitext) -> None:
    visited = visit(reading)
    visited.page.keyboard.press("?")
    assert visited.page.get_by_role("dialog").is_visible()
    visited.page.keyboard.press("Escape")
    assert not visited.page.locator("#help").is_visible()


def test_letter_keys_can_be_switched_off_for_good(visit: Open, reading: Bitext) -> None:
    visited = visit(reading)
    visited.page.get_by_role("button", name="Help").click()
    visited.page.get_by_label("Letter keys on").uncheck()
    visited.page.reload()
    visited.page.keyboard.press("j")
    assert visited.current() is None


def test_the_overview_leads_into_the_document(visit: Open, long_document: Bitext) -> None:
    visited = visit(long_document)
    visited.page.locator(".overview").click(position={"x": 8, "y": 400})
    assert 2300 < float(visited.current()) < 2700
    assert visited.page.locator(f"id={visited.current()}").bounding_box()["y"] >= 0


def test_the_reference_copies_a_link_to_the_bead(visit: Open, reading: Bitext) -> None:
    visited = visit(reading, permissions=["clipboard-read", "clipboard-write"])
    visited.page.locator("id=6.1").locator(".ref").click()
    assert visited.current() == "6.1"
    visited.page.wait_for_selector(".toast:not(:empty)")
    assert visited.page.evaluate("navigator.clipboard.readText()").endswith("/page.html#6.1")


def test_reads_without_script(visit: Open, reading: Bitext) -> None:
    visited = visit(reading, java_script_enabled=False, options=PageOptions(show_changes=True))
    page = visited.page
    assert page.locator("id=7.1").is_visible()
    assert not page.locator(".toolbar").is_visible()
    assert page.locator("noscript p").is_visible()
    page.goto(page.url + "#7.1")
    assert page.locator("id=7.1").locator(".target").inner_text() == "He leaves."


def test_a_hostile_document_stays_text(visit: Open, hostile_document: Bitext) -> None:
    visited = visit(hostile_document)
    page = visited.page
    assert visited.complaints == []
    assert [url for url in visited.requests if not url.startswith(("file:", "data:"))] == []
    assert page.evaluate("window.broken ?? null") is None
    assert page.locator("main img, main script:not(#bitext-data), main svg[onload]").count() == 0
    source = page.evaluate("document.querySelector('.source .text').textContent")
    assert source == hostile_document.source.segments[0].text
    for key in "jxdct":
        page.keyboard.press(key)
    page.fill("input[name=text]", "<script>")
    assert visited.shown() == ["1.1"]
    assert visited.complaints == []


@pytest.mark.parametrize(
    "injection",
    [
        "document.body.innerHTML = '<img src=x onerror=window.broken=1>'",
        "document.body.append(Object.assign(document.createElement('script'), {text: 'window.broken = 1'}))",
        "document.querySelector('.ref').setAttribute('onclick', 'window.broken = 1')",
        "setTimeout('window.broken = 1')",
        "location = 'javascript:window.broken = 1'",
    ],
)
def test_even_an_injection_from_inside_would_not_run(visit: Open, reading: Bitext, injection: str) -> None:
    page = visit(reading).page
    page.evaluate(f"() => {{ try {{ {injection} }} catch {{ }} document.querySelector('.ref')?.click(); }}")
    page.wait_for_timeout(50)
    assert page.evaluate("window.broken ?? null") is None


def test_five_thousand_beads_open_and_filter(
    visit: Open, long_document: Bitext, record_property: Callable[[str, object], None]
) -> None:
    visited = visit(long_document)
    record_property("shown after ms", visited.page.evaluate(SHOWN))
    record_property("ready after ms", visited.page.evaluate(READY))
    assert visited.complaints == []
    assert visited.page.locator(".count").inner_text() == "5,000 pairs"
    visited.choose("only", "differs")
    assert len(visited.shown()) == 1_250
    visited.choose("order", "certainty")
    first, second = visited.shown()[:2]
    rank = "id => bitext.certainty(rows.bead(document.getElementById(id)))"
    assert visited.page.evaluate(rank, first) <= visited.page.evaluate(rank, second)
    visited.page.locator("id=" + visited.shown()[-1]).scroll_into_view_if_needed()
    visited.keys("j", "a", "m", "u", "u")
    assert visited.complaints == []
