"""The diff report in a real browser: order, filters, search, keys, both ways to show a change, hostile text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aligner.comparison import ComparedUnit, Version, VersionText, compare, report_of
from aligner.pages.comparison import ReportOptions, render_report
from tests.browser.conftest import Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

Open = Callable[..., Visit]
FIRST = [
    ("1.1", "L’été est venu.", "Summer has come to us all.", "Summer has come to us all."),
    (
        "1.2",
        "Il pleut fort.",
        "It rains a lot in the old town of Bern today.",
        "It rains hard in the old town of Bern today.",
    ),
    ("2.1", "Rien de commun.", "Apples and pears", "Quite other words entirely"),
    ("2.2", "Paris, la nuit.", "PARIS by night", "Paris by night"),
]
SECOND = [("1.1", "La sécurité.", "The safety of all.", "The security of everyone."), ("1.2", "Parti.", "Gone.", "")]


def versions(*documents: tuple[str, list[tuple[str, str, str, str]]]) -> tuple[Version, Version]:
    """Old and new version of documents, from locator, source, old and new text of each sentence."""
    made = []
    for name, column in (("before", 2), ("after", 3)):
        texts = (
            VersionText(
                ident,
                tuple(ComparedUnit(row[0], row[column], row[1]) for row in rows if row[column]),
                ident,
                ("fr", "en"),
            )
            for ident, rows in documents
        )
        made.append(Version(name, tuple(texts)))
    return made[0], made[1]


@pytest.fixture
def report(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Compare two versions and open the report from disk; the other arguments go to the browser context."""
    contexts = []

    def open_report(old: Version, new: Version, *, anchor: str = "", **context: Any) -> Visit:
        file = tmp_path / "diff.html"
        file.write_text(render_report(report_of(compare(old, new)), options=ReportOptions()), encoding="utf-8")
        contexts.append(browser.new_context(**{"viewport": {"width": 1300, "height": 800}, **context}))
        visited = Visit(contexts[-1].new_page())
        visited.page.goto(file.as_uri() + anchor)
        return visited

    yield open_report
    for context in contexts:
        context.close()


def shown(visit: Visit) -> list[str]:
    """Document and place of the sentences in view, in the order of the page."""
    script = "all => all.map(row => row.querySelector('.id').textContent + ' ' + row.querySelector('.ref').textContent)"
    rows: list[str] = visit.page.eval_on_selector_all(".row:not([hidden])", script)
    return rows


CHANGED = ["one 2.1", "two 1.2", "two 1.1", "one 1.2", "one 2.2"]


def test_opens_with_what_changed_most_and_complains_of_nothing(report: Open) -> None:
    visit = report(*versions(("one", FIRST), ("two", SECOND)))
    assert shown(visit) == CHANGED
    assert visit.page.input_value("[name=outcome]") == "differs"
    assert visit.page.text_content("output[name=count]") == "5 of 6"
    assert visit.complaints == []
    assert [request for request in visit.requests if not request.startswith(("file:", "data:"))] == []


def test_the_order_changes_with_headings_only_in_the_documents_own(report: Open) -> None:
    visit = report(*versions(("one", FIRST), ("two", SECOND)))
    assert visit.page.locator(".chapter:visible").count() == 0
    visit.page.select_option("[name=order]", "document")
    assert shown(visit) == ["one 1.2", "one 2.1", "one 2.2", "two 1.1", "two 1.2"]
    assert visit.page.locator(".chapter:visible").all_text_contents() == ["one", "two"]
    order = "[...document.querySelectorAll('#rows > *')].map(e => e.matches('.chapter') ? 'h' : 'r').join('')"
    assert visit.page.evaluate(order) == "hrrrrhrr"
    visit.page.keyboard.press("o")
    assert shown(visit) == CHANGED
    assert visit.page.locator(".chapter:visible").count() == 0


def test_filters_combine(report: Open) -> None:
    visit = report(*versions(("one", FIRST), ("two", SECOND)))
    visit.page.select_option("[name=outcome]", "")
    assert len(shown(visit)) == 6
    visit.page.select_option("[name=document]", "1")
    assert shown(visit) == ["two 1.2", "two 1.1"]
    visit.page.select_option("[name=outcome]", "removed")
    assert shown(visit) == ["two 1.2"]
    visit.page.select_option("[name=document]", "0")
    assert shown(visit) == []
    assert visit.page.is_visible(".nothing")
    visit.page.click("[data-action=clear]")
    assert shown(visit) == CHANGED
    visit.page.select_option("[name=band]", "4")
    assert shown(visit) == ["one 2.1"]
    visit.page.keyboard.press("Escape")
    visit.page.click("a.only >> nth=1")
    assert shown(visit) == ["two 1.2", "two 1.1"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("securite", ["two 1.1"]),
        ("a lot in the old", ["one 1.2"]),
        ("hard in the old", ["one 1.2"]),
        ("quite other", ["one 2.1"]),
        ("apples", ["one 2.1"]),
        ("before", []),
    ],
)
def test_search_looks_into_both_versions_and_the_source(wanted: str, found: list[str], report: Open) -> None:
    visit = report(*versions(("one", FIRST), ("two", SECOND)))
    visit.page.keyboard.press("/")
    visit.page.keyboard.type(wanted)
    assert shown(visit) == found


def test_keys_walk_and_switch(report: Open) -> None:
    visit = report(*versions(("one", FIRST), ("two", SECOND)))
    page = visit.page
    current = "document.querySelector('.row.current .ref')?.textContent"
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate(current) == "1.2"
    page.keyboard.press("k")
    assert page.evaluate(current) == "2.1"
    assert page.evaluate("document.activeElement.className").startswith("row")
    page.keyboard.press("s")
    assert page.locator(".row .source:visible").count() == 0
    page.keyboard.press("t")
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    page.keyboard.press("?")
    assert page.is_visible("#help")
    page.uncheck("#help input")
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    assert page.locator(".row .source:visible").count() == 0
    page.reload()
    page.keyboard.press("j")
    assert page.evaluate(current) is None


def test_before_and_after_are_the_two_texts(report: Open) -> None:
    visit = report(*versions(("one", FIRST)))
    row = visit.page.locator(".row:has(.ref:text-is('1.2'))")
    assert not row.locator(".version").first.is_visible()
    assert row.locator(".marked").inner_html() == (
        '<bdi lang="en">It rains <del>a lot</del><ins>hard</ins> in the old town of Bern today.</bdi>'
    )
    visit.page.keyboard.press("d")
    assert [part.text_content() for part in row.locator(".version bdi").all()] == [FIRST[1][2], FIRST[1][3]]
    assert row.locator(".version del").text_content() == "a lot"
    assert row.locator(".version ins").text_content() == "hard"
    assert not row.locator(".marked").is_visible()
    visit.page.keyboard.press("d")
    assert row.locator(".marked").is_visible()
    assert not row.locator(".version").first.is_visible()


def test_texts_that_share_nothing_stay_one_under_the_other(report: Open) -> None:
    row = report(*versions(("one", FIRST))).page.locator(".row:has(.ref:text-is('2.1'))")
    assert row.locator(".version bdi").all_text_contents() == ["Apples and pears", "Quite other words entirely"]
    assert row.locator(".version").first.is_visible()
    assert row.locator("ins, del, .marked").count() == 0


def test_an_address_leads_to_a_sentence_even_if_it_is_filtered_out(report: Open) -> None:
    visit = report(*versions(("one", FIRST)), anchor="#s1")
    assert visit.page.evaluate("document.querySelector('.row.current').id") == "s1"
    assert visit.page.is_visible("#s1")


def test_without_scripts_everything_is_there(report: Open) -> None:
    visit = report(*versions(("one", FIRST), ("two", SECOND)), java_script_enabled=False)
    assert visit.page.locator(".row:visible").count() == 6
    assert not visit.page.is_visible(".toolbar")
    row = visit.page.locator(".row:has(.ref:text-is('1.2')):has-text('Bern')")
    assert row.locator(".version bdi").all_text_contents() == [FIRST[1][2], FIRST[1][3]]


def test_a_hostile_document_stays_text(report: Open) -> None:
    attack = (
        '<script>window.broken = 1; alert(1)</script><img src=x onerror="window.broken = 1">'
        "</style></title></bdi><svg onload=alert(1)> --> javascript:alert(1) \u202edoc.exe\u2066 \u2028 &lt;b&gt; ' \""
    )
    old, new = versions((attack, [("1.1", attack, attack, attack + "?"), ("1.2", attack, "Yes.", attack)]))
    visit = report(Version(attack, old.texts), Version(attack, new.texts))
    for key in "djjsot":
        visit.page.keyboard.press(key)
    visit.page.fill("[name=text]", "<script>")
    assert visit.page.evaluate("window.broken") is None
    assert visit.page.locator("main img, main svg:not(.bar), main script, header img").count() == 0
    assert visit.page.text_content(".source bdi") == attack
    assert visit.complaints == []
    assert [request for request in visit.requests if not request.startswith(("file:", "data:"))] == []


def test_a_long_report_sorts_and_finds(report: Open) -> None:
    rows = [
        (f"{n}.1", f"Phrase {n}.", f"This is number {n} of many.", f"This is {'the ' * (n % 5)}number {n} of many.")
        for n in range(1, 2_001)
    ]
    visit = report(*versions(("long", rows)))
    assert visit.page.text_content("output[name=count]") == "1,600 of 2,000"
    visit.page.select_option("[name=order]", "document")
    assert shown(visit)[:3] == ["long 1.1", "long 2.1", "long 3.1"]
    visit.page.select_option("[name=order]", "edits")
    assert shown(visit)[:2] == ["long 4.1", "long 9.1"]
    visit.page.fill("[name=text]", "number 777 ")
    assert shown(visit) == ["long 777.1"]
