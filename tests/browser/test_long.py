"""A long document that is served: the page comes with its first rows, the others follow, and nothing else differs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from aligner.editing.server.documents import FIRST, PART
from aligner.model import Kind, Origin, Status
from tests import make
from tests.browser.test_served import Enter, enter, stored, told  # noqa: F401 - fixtures
from tests.unit.editing.server.conftest import Server, review

pytestmark = pytest.mark.browser
ROWS = 1_234
WRONG = (910, 911)
"""Rows with another number in the English."""
WHOLE = "() => review.data.beads.length === {} && !review.data.rest"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server of a document with many rows, among them two that were set aside as boilerplate."""
    aside = {"kind": Kind.EXCLUDED, "origin": Origin.NONE}
    units = []
    for number in range(1, ROWS + 1):
        english = f"Sentence {5 if number in WRONG else number}."
        made = f"Phrase {number}.", english, {"origin": Origin.MACHINE, "machine": english}
        units.append((f"Menu {number}", "", aside) if number in (700, 701) else made)
    with review(make.corpus(tmp_path, make.bitext(*units, name="d"), sources={"d.txt": "Phrase."})) as running:
        yield running


def test_answers_carry_some_rows_each(enter: Enter, server: Server) -> None:  # noqa: F811
    visited = enter()
    visited.page.wait_for_function(WHOLE.format(ROWS))
    parts = [url for url in visited.requests if "/rows?" in url]
    assert len(parts) == -(-(ROWS - FIRST) // PART)
    page = server.page("/d").body.decode()
    assert page.count("<article") == FIRST
    assert "Sentence 200." in page
    assert "Sentence 201." not in page
    assert "of 1,232 reviewed" in visited.page.locator(".review").inner_text()
    assert visited.page.locator("[name=count]").inner_text() == "1,232 pairs"
    assert visited.page.locator(".boilerplate summary").text_content() == "2 lines set aside as boilerplate"
    assert visited.page.evaluate("dom.all('.bead').map(node => node.id).join()") == ",".join(
        f"{number}.1" for number in range(1, ROWS + 1)
    )
    assert visited.complaints == []


def test_an_address_leads_to_a_row_that_follows(enter: Enter, server: Server) -> None:  # noqa: F811
    visited = enter("#900.1")
    visited.page.wait_for_function("() => current.row?.id === '900.1'")
    visited.page.wait_for_function("() => document.getElementById('900.1').innerText.includes('Sentence 900.')")
    visited.keys("a")
    told(visited, "All saved")
    assert stored(server).beads[899].status is Status.ACCEPTED


def test_what_is_done_before_the_rows_have_come_is_kept(enter: Enter, server: Server) -> None:  # noqa: F811
    visited = enter("#2.1")
    visited.page.route("**/rows?*", lambda route: (visited.page.wait_for_timeout(300), route.continue_()))
    visited.page.reload()
    visited.choose("order", "certainty")
    visited.page.evaluate("document.activeElement.blur()")
    visited.keys("a", "%")
    visited.page.wait_for_function(WHOLE.format(ROWS))
    told(visited, "All saved")
    assert stored(server).beads[1].status is Status.ACCEPTED
    assert len(visited.shown()) == ROWS - 2
    visited.choose("order", "")
    visited.page.fill("[name=text]", "sentence 1234")
    visited.page.wait_for_function("() => dom.all('.bead:not([hidden], .aside)').length === 1")
    visited.page.fill("[name=text]", "")
    visited.page.evaluate("document.activeElement.blur()")
    visited.keys("%")
    visited.page.fill("#bulk-dialog input[name=find]", "Sentence")
    assert "1,232" in visited.page.locator("#bulk-dialog").inner_text()


def test_rows_of_a_version_that_is_gone_are_refused(server: Server) -> None:
    server.page("/d")
    assert server.api("d/rows?version=gone&from=200").status == 404
    assert server.api("d/rows?version=gone&from=-1").status == 400


def test_findings_follow_the_rows(enter: Enter, server: Server) -> None:  # noqa: F811
    """Of a document that was not checked yet; an edit in the meantime loses none of them."""
    visited = enter()
    assert visited.page.evaluate("review.data.beads.every(bead => !bead.findings.length)")
    visited.page.wait_for_function(WHOLE.format(ROWS))
    visited.page.evaluate("current.go(rows.element('5.1'))")
    visited.keys("a")
    told(visited, "All saved")
    visited.page.wait_for_function("() => review.data.beads[909].findings.length > 0 && !review.base.server.checking")
    assert visited.page.evaluate("review.data.beads.filter(bead => bead.findings.length).length") == len(WRONG)
    assert "Findings 2" in visited.page.locator(".faults summary").inner_text()
    visited.page.evaluate("current.go(rows.element('910.1'))")
    assert "E201" in visited.page.locator("id=910.1").inner_text()
    visited.reload()
    visited.page.wait_for_function(WHOLE.format(ROWS))
    assert visited.page.evaluate("review.data.beads[909].findings.length") > 0
    assert visited.complaints == []
