"""What stands beside the text that is written: from disk what the page holds, served what the corpus has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aligner.editing import OpenDocument, parse_edit
from aligner.model import Bitext, Status
from aligner.pages import render_page
from aligner.terms import Glossary, Term
from tests import make
from tests.browser.conftest import Visit
from tests.browser.test_access import axe, broken  # noqa: F401 - a fixture
from tests.browser.test_served import server, stored, told  # noqa: F401 - a fixture
from tests.unit.editing.conftest import edit_json
from tests.unit.editing.server.conftest import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.fixture
def repeated() -> Bitext:
    """A reviewed sentence, and a draft of nearly the same one."""
    return make.bitext(
        ("Le ministre a signé l’accord hier.", "The minister signed the agreement yesterday.", {"by": "Ana",
         "status": Status.EDITED}),
        ("Le ministre a signé l’accord lundi.", "Minister sign on Monday."),
        ("Il pleut.", "It rains."),
    )  # fmt: skip


def test_a_page_from_disk_offers_its_own_pairs_and_the_terms(
    browser: Browser, repeated: Bitext, tmp_path: Path
) -> None:
    glossary = Glossary((Term("ministre", ("minister",), forbidden=("vicar",)),))
    (tmp_path / "page.html").write_text(render_page(repeated, terms=glossary), encoding="utf-8")
    visited = Visit(browser.new_page(viewport={"width": 1300, "height": 800}))
    visited.page.goto((tmp_path / "page.html").as_uri() + "#2.1")
    visited.keys("e")
    said = visited.page.locator(".beside").inner_text()
    for part in ("REVIEWED HERE", "%", "this document · 1.1 · by Ana", "minister", "vicar", "aligner review"):
        assert part.lower() in said.lower()
    visited.keys("Alt+1")
    assert visited.page.input_value("textarea") == "The minister signed the agreement yesterday."
    visited.keys("Enter")
    (edit,) = visited.edits()
    assert (edit["text"], edit["origin"]) == ("The minister signed the agreement yesterday.", "memory")
    visited.page.evaluate("current.go(rows.element('3.1'))")
    visited.keys("e")
    assert "this document" not in visited.page.locator(".beside").inner_text()
    assert visited.complaints == []


@pytest.fixture
def served(browser: Browser, server: Server) -> Iterator[Visit]:  # noqa: F811
    """The served page of a document; another one has the same sentences, of which one was accepted."""
    (server.project.corpus / "glossary.fr-en.tsv").write_text("chat\tcat\n", encoding="utf-8")
    other = OpenDocument(server.project, "été.2")
    edit = edit_json(other.read().bitext, "text", 1, text="A cat is asleep.")
    assert not other.apply([parse_edit(edit)], by="Eve").refused
    context = browser.new_context(viewport={"width": 1300, "height": 800}, bypass_csp=True)
    visited = Visit(context.new_page())
    visited.page.goto(server.address)
    visited.page.wait_for_selector("tbody a")
    yield visited
    context.close()


def test_a_match_of_the_memory_is_taken_with_a_key(served: Visit, server: Server, axe: str) -> None:  # noqa: F811
    served.page.goto(f"http://{server.host}/d#2.1")
    served.keys("e")
    served.page.wait_for_selector(".beside .score")
    served.page.wait_for_selector(".beside h4:has-text('Glossary')")
    assert "100 %" in served.page.locator(".beside").inner_text()
    assert "by Eve" in served.page.locator(".beside").inner_text()
    assert broken(served.page, axe) == []
    served.keys("Alt+1")
    assert served.page.input_value("textarea") == "A cat is asleep."
    served.keys("Enter")
    told(served, "All saved")
    bead = stored(server).beads[1]
    assert (bead.origin, bead.status, bead.by) == ("memory", "accepted", "ada")


@pytest.mark.parametrize("width", [1280, 420])
def test_axe_finds_nothing_in_the_served_list(served: Visit, axe: str, width: int) -> None:  # noqa: F811
    served.page.set_viewport_size({"width": width, "height": 800})
    assert served.page.locator(".search").is_visible()
    assert broken(served.page, axe) == []
    served.page.fill("[name=q]", "chat")
    served.page.wait_for_selector(".hit")
    assert broken(served.page, axe) == []
    assert served.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
