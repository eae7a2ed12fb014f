"""The editor with the real server: saved at once, other tabs and programs, conflicts, and a server that dies."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aligner.editing import OpenDocument, parse_edit
from aligner.model import Bitext
from tests.browser.conftest import Visit
from tests.unit.editing.conftest import edit_json
from tests.unit.editing.server.conftest import Server, review, small_corpus

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

Enter = Callable[..., Visit]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server of a small corpus."""
    with review(small_corpus(tmp_path)) as running:
        yield running


@pytest.fixture
def enter(browser: Browser, server: Server) -> Iterator[Enter]:
    """Open the served page of a document, by way of the address that was printed."""
    context = browser.new_context(viewport={"width": 1300, "height": 800})

    def open_page(anchor: str = "", *, deaf: bool = False) -> Visit:
        page = context.new_page()
        visited = Visit(page)
        if deaf:
            page.route("**/changes?*", lambda route: route.fulfill(status=204))
        page.goto(server.address)
        page.wait_for_selector("tbody")
        page.goto(f"http://{server.host}/d{anchor}")
        return visited

    yield open_page
    context.close()


def stored(server: Server) -> Bitext:
    """The document as it lies in the corpus."""
    return OpenDocument(server.project, "d").read().bitext


def told(visited: Visit, text: str) -> None:
    visited.page.wait_for_function("text => dom.one('[data-part=state]').textContent.includes(text)", arg=text)


def elsewhere(server: Server, op: str, index: int, **fields: Any) -> None:
    """Another program edits the document."""
    opened = OpenDocument(server.project, "d")
    assert not opened.apply([parse_edit(edit_json(opened.read().bitext, op, index, **fields))], by="Eve").refused


def test_every_edit_is_saved_at_once(enter: Enter, server: Server) -> None:
    visited = enter("#2.1")
    visited.keys("a")
    told(visited, "All saved")
    assert stored(server).beads[1].status == "accepted"
    assert stored(server).beads[1].by == "ada"
    visited.keys("e")
    visited.page.fill(".editor textarea", "A dog is running. Fast.")
    visited.keys("Enter")
    visited.page.wait_for_function("() => review.pending.length === 0 && bitext.type(current.bead) === '1-2'")
    assert stored(server).target_text(stored(server).beads[2]) == "A dog is running. Fast."
    assert "A dog is running. Fast." in (server.project.target_file("d")).read_text("utf-8")
    visited.reload()
    assert visited.english()["2.2"] == "A dog is running. Fast."
    assert visited.complaints == []


def test_quick_edits_are_all_saved_in_order(enter: Enter, server: Server) -> None:
    visited = enter("#1.1")
    visited.keys("a", "a", "r", "a", "a", "a")
    told(visited, "All saved")
    assert [bead.status.value for bead in stored(server).beads] == [
        "accepted", "accepted", "rejected", "accepted", "accepted", "accepted", "draft",
    ]  # fmt: skip


def test_shapes_undo_and_redo_go_through_the_server(enter: Enter, server: Server) -> None:
    visited = enter("#2.1")
    undo, redo = (visited.page.get_by_role("button", name=name) for name in ("Undo", "Redo"))
    assert (undo.is_enabled(), redo.is_enabled()) == (False, False)
    visited.keys("m")
    told(visited, "All saved")
    assert [bead.type for bead in stored(server).beads][1] == "2-2"
    assert (undo.is_enabled(), redo.is_enabled()) == (True, False)
    visited.reload()
    visited.page.wait_for_function("() => review.data.beads.length === 6")
    assert (undo.is_enabled(), redo.is_enabled()) == (True, False)
    visited.keys("u")
    visited.page.wait_for_function("() => review.data.beads.length === 7")
    assert len(stored(server).beads) == 7
    assert (undo.is_enabled(), redo.is_enabled()) == (False, True)
    visited.keys("U")
    visited.page.wait_for_function("() => review.data.beads.length === 6")
    assert [bead.type for bead in stored(server).beads][1] == "2-2"
    visited.keys("U")
    visited.page.wait_for_function("() => document.querySelector('.toast').value.includes('nothing to redo')")
    visited.keys("u", "u")
    assert visited.complaints == [] or all("409" in complaint for complaint in visited.complaints)


def test_findings_come_with_every_edit(enter: Enter) -> None:
    visited = enter("#2.1")
    visited.keys("e")
    visited.page.fill(".editor textarea", "A cat cat sleeps.")
    visited.keys("Enter")
    visited.page.wait_for_selector("[id='2.1'] .findings")
    assert "W401" in visited.page.locator("id=2.1").locator(".findings").inner_text()


def test_another_tab_and_another_program_are_seen(enter: Enter, server: Server) -> None:
    first, second = enter("#2.1"), enter("#3.1")
    first.page.bring_to_front()
    first.keys("a")
    second.page.wait_for_function(
        "() => bitext.locator(review.data.beads[1]) === '2.1' && review.data.beads[1].status === 'accepted'"
    )
    elsewhere(server, "note", 3, note="From the terminal")
    for visited in (first, second):
        visited.page.wait_for_selector("text=From the terminal")
    second.keys("a")
    first.page.wait_for_function("() => review.data.beads[3].status === 'accepted'")


def test_an_edit_of_something_else_goes_through_although_the_document_changed(enter: Enter, server: Server) -> None:
    visited = enter("#2.1", deaf=True)
    elsewhere(server, "status", 5, status="rejected")
    visited.keys("a")
    told(visited, "All saved")
    assert [stored(server).beads[k].status.value for k in (1, 5)] == ["accepted", "rejected"]
    elsewhere(server, "status", 5, status="draft")
    visited.page.evaluate("current.go(rows.element('2.1'))")
    visited.keys("m")
    told(visited, "All saved")
    assert stored(server).beads[1].type == "2-2"
    assert visited.page.evaluate("review.conflicts") == []


def test_a_conflict_shows_both_texts_and_nothing_is_overwritten(enter: Enter, server: Server) -> None:
    visited = enter("#2.1", deaf=True)
    elsewhere(server, "text", 1, text="A cat is asleep.")
    visited.keys("e")
    visited.page.fill(".editor textarea", "The cat sleeps.")
    visited.keys("Enter")
    dialog = visited.page.get_by_role("dialog", name="Changed in the meantime")
    dialog.wait_for()
    assert dialog.locator("dd").all_inner_texts() == ["A cat is asleep.", "The cat sleeps."]
    assert stored(server).target_text(stored(server).beads[1]) == "A cat is asleep."
    dialog.get_by_role("button", name="Use mine").click()
    told(visited, "All saved")
    assert stored(server).target_text(stored(server).beads[1]) == "The cat sleeps."


def test_a_conflict_does_not_interrupt_who_writes(enter: Enter, server: Server) -> None:
    visited = enter("#2.1", deaf=True)
    elsewhere(server, "text", 1, text="A cat is asleep.")
    server.process.send_signal(signal.SIGSTOP)
    visited.keys("n")
    visited.page.fill(".editor textarea", "Which cat?")
    visited.keys("Enter", "j", "e")
    visited.page.fill(".editor textarea", "A dog is")
    server.process.send_signal(signal.SIGCONT)
    visited.page.wait_for_selector("text=1 conflict")
    assert not visited.page.locator("#conflicts").is_visible()
    visited.page.keyboard.type(" running.")
    visited.keys("Enter")
    told(visited, "All saved")
    assert stored(server).target_text(stored(server).beads[2]) == "A dog is running."
    visited.page.get_by_role("button", name="1 conflict").click()
    assert visited.page.locator("#conflicts dd").all_inner_texts() == ["no note", "Which cat?"]


def test_a_killed_server_loses_nothing(enter: Enter, server: Server) -> None:
    visited = enter("#2.1")
    visited.keys("e")
    visited.page.fill(".editor textarea", "The cat is fast asleep.")
    server.process.kill()
    server.process.wait()
    visited.keys("Enter", "j", "a")
    told(visited, "The server does not answer; 2 unsaved here")
    assert visited.english()["2.1"] == "The cat is fast asleep."
    download = visited.save_edits()
    saved = json.loads(Path(download.path()).read_text("utf-8"))
    outcome = OpenDocument(server.project, "d").take([parse_edit(each) for each in saved["edits"]], by="ada")
    assert outcome.conflicts == ()
    assert stored(server).target_text(stored(server).beads[1]) == "The cat is fast asleep."


def test_a_server_started_anew_at_the_same_address_is_told_from_the_old_one(enter: Enter, server: Server) -> None:
    visited = enter("#2.1")
    server.process.kill()
    server.process.wait()
    visited.keys("a")
    told(visited, "does not answer")
    with review(server.project, "--port", str(server.port)):
        told(visited, "The server was restarted: open its new address; 1 unsaved here")
    assert stored(server).beads[1].status == "draft"


def test_a_server_that_sleeps_for_a_moment_gets_the_edits_when_it_wakes(enter: Enter, server: Server) -> None:
    visited = enter("#2.1")
    server.process.send_signal(signal.SIGSTOP)
    visited.keys("a", "r")
    told(visited, "Saving")
    assert visited.page.evaluate("review.pending.length") == 2
    server.process.send_signal(signal.SIGCONT)
    told(visited, "All saved")
    assert [stored(server).beads[k].status.value for k in (1, 2)] == ["accepted", "rejected"]


def test_the_pages_policy_lets_nothing_else_run(enter: Enter) -> None:
    page = enter().page
    page.evaluate("""() => {
        const script = document.createElement("script");
        try { script.text = "window.broken = 1"; } catch { /* trusted types */ }
        document.body.append(script);
    }""")
    assert page.evaluate("window.broken ?? null") is None
    assert page.evaluate("fetch('https://example.org/').then(() => 'sent', () => 'refused')") == "refused"
