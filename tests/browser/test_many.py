"""What is done to many pairs at once, the ways to the next of a kind, and what stands beside the text (served)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from aligner.checks import check
from aligner.model import Bitext
from tests.browser.test_served import Enter, enter, server, stored, told  # noqa: F401 - fixtures
from tests.unit.editing.server.conftest import Server

pytestmark = pytest.mark.browser

Open = Callable[..., Any]
STATUSES = "review.data.beads.map(bead => bead.status)"


def test_all_that_is_shown_is_accepted_and_taken_back_in_one_step(visit: Open, reading: Bitext) -> None:
    visited = visit(reading)
    before = visited.page.evaluate(STATUSES)
    visited.page.fill("input[name=text]", "peace")
    visited.page.evaluate("document.activeElement.blur(); bulk.acceptShown()")
    assert "every draft that is shown" in visited.page.locator("#bulk-dialog").inner_text()
    visited.keys("Enter")
    assert visited.page.evaluate(STATUSES).count("accepted") == before.count("accepted") + 1
    visited.page.evaluate("filter.clear(); bulk.acceptShown()")
    visited.keys("Enter")
    assert visited.page.evaluate(STATUSES)[3] == "draft"  # it has no text to be accepted
    assert len(visited.edits()) == 2
    visited.keys("u", "u")
    assert visited.page.evaluate(STATUSES) == before
    visited.keys("U", "U")
    assert len(visited.edits()) == 2
    assert visited.complaints == []


def test_finding_and_replacing_shows_every_change_first(visit: Open, reading: Bitext) -> None:
    visited = visit(reading)
    page, before = visited.page, visited.english()
    visited.keys("%")
    page.fill("#bulk-dialog input[name=find]", "(p)eace")
    page.fill("#bulk-dialog input[name=by]", "$1ax $&")
    assert "Nothing would change" in page.locator("#bulk-dialog output").inner_text()
    page.check("#bulk-dialog input[name=regex]")
    assert page.locator(".changes ins").all_inner_texts() == ["Pax "]
    page.fill("#bulk-dialog input[name=find]", "(")
    assert "not a regular expression" in page.locator("#bulk-dialog output").inner_text()
    page.uncheck("#bulk-dialog input[name=regex]")
    page.fill("#bulk-dialog input[name=find]", "s")
    page.fill("#bulk-dialog input[name=by]", "$&<b>")
    changes = page.locator(".changes li")
    assert changes.count() == 3
    changes.first.locator("input").uncheck()
    visited.keys("Enter")
    assert len(visited.edits()) == 2
    assert visited.english()["6.1"] == "Peace reign$&<b>."
    assert visited.english()["2.1"] == before["2.1"]
    visited.keys("u")
    assert visited.english() == before
    assert visited.complaints == []


def test_the_next_finding_and_the_list_of_findings(visit: Open, shapes: Bitext) -> None:
    findings = tuple(check([shapes]))
    visited = visit(shapes, findings=findings)
    visited.keys("w")
    assert visited.current() == findings[0].locator
    visited.page.click(".faults summary")
    code = visited.page.locator(".faults .code").first.inner_text()
    visited.page.locator(".faults button").first.click()
    assert set(visited.shown()) == {finding.locator for finding in findings if finding.code == code}
    visited.page.locator(".faults button").first.click()
    assert len(visited.shown()) == 11
    visited.keys("Escape", "g")
    assert visited.page.evaluate("bitext.differs(current.bead)")
    assert visited.complaints == []


def test_the_name_is_asked_for_once(visit: Open, reading: Bitext) -> None:
    visited = visit(reading, anchor="#2.1")
    visited.keys("a")
    assert visited.save_edits("Ada L.").suggested_filename == "page.edits.json"
    visited.keys("a")
    with visited.page.expect_download():
        visited.page.get_by_role("button", name="Save edits").click()
    assert visited.page.locator("#help input[name=by]").input_value() == "Ada L."


def test_many_edits_are_one_step_of_the_server(enter: Enter, server: Server) -> None:  # noqa: F811
    visited = enter()
    visited.page.evaluate("bulk.acceptShown()")
    visited.keys("Enter")
    told(visited, "All saved")
    assert [bead.status.value for bead in stored(server).beads].count("accepted") == 5
    visited.page.wait_for_function("() => review.store.undoable")
    visited.keys("u")
    visited.page.wait_for_function("() => review.data.beads.every((bead) => bead.status === 'draft')")
    assert {bead.status.value for bead in stored(server).beads} == {"draft"}


def test_an_answer_carries_the_rows_that_changed(enter: Enter, server: Server) -> None:  # noqa: F811
    visited = enter("#2.1")
    with visited.page.expect_response("**/edits") as answer:
        visited.keys("a")
    data = answer.value.json()["data"]
    assert (data["from"], data["to"], len(data["beads"])) == (1, 2, 1)
    assert visited.page.evaluate("review.data.beads.length") == 7


def test_a_second_tab_is_seen_and_seen_to_go(enter: Enter) -> None:  # noqa: F811
    first, second = enter("#2.1"), enter("#1.1")
    first.page.wait_for_function("() => dom.one('[data-part=others]').textContent.includes('1.1')")
    second.page.wait_for_function("() => dom.one('[data-part=others]').textContent.includes('2.1')")
    assert first.page.locator("id=1.1").locator(".ref").get_attribute("data-others") == "tab"
    second.page.close()
    first.page.wait_for_function("() => !dom.one('[data-part=others]').textContent")


def test_who_writes_comes_first_and_all_is_said_on_hover(enter: Enter) -> None:  # noqa: F811
    first, _second, third = enter("#2.1"), enter("#1.1"), enter("#2.2")
    third.keys("e")
    first.page.wait_for_function(
        "() => dom.one('[data-part=others]').title === 'another tab is writing at 2.2; another tab is at 1.1'"
    )
    first.page.emulate_media(media="print")
    mark = first.page.locator("id=1.1").locator(".ref").evaluate("each => getComputedStyle(each, '::after').display")
    assert mark == "none"


def test_what_was_said_of_a_step_goes_when_it_is_taken_back(visit: Open, reading: Bitext) -> None:
    visited = visit(reading)
    visited.page.evaluate("bulk.acceptShown()")
    visited.keys("Enter")
    assert "u takes it back" in visited.page.locator(".toast").inner_text()
    visited.keys("u")
    visited.page.wait_for_function("() => dom.one('.toast').value === ''", timeout=2_000)


def test_the_fields_of_find_and_replace_are_in_line(visit: Open, reading: Bitext) -> None:
    for width in (1280, 640):
        visited = visit(reading, viewport={"width": width, "height": 800})
        visited.keys("%")
        find, by = (visited.page.locator(f"#bulk-dialog input[name={name}]").bounding_box() for name in ("find", "by"))
        assert find["y"] == by["y"] or find["x"] == by["x"]


def test_a_dialog_opened_with_the_keyboard_gives_the_focus_back(visit: Open, reading: Bitext) -> None:
    visited = visit(reading)
    visited.page.focus(".tools summary")
    visited.keys("Enter", "ArrowDown", "ArrowDown", "Enter")
    assert visited.page.locator("#bulk-dialog").is_visible()
    visited.keys("Escape")
    assert not visited.page.locator("#bulk-dialog").is_visible()
    assert visited.page.evaluate("document.activeElement.matches('.tools summary')")
    assert not visited.page.locator(".tools .panel").is_visible()
    visited.keys("j")
    assert visited.current() == "2.1"
