"""The served editor from its first page on, and what waits in a tab until a killed server is back."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aligner.corpus.store import Project, read_bitext
from tests.browser.conftest import Visit
from tests.unit.editing.server.conftest import review, small_corpus

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

Tab = Callable[[str], Visit]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Two documents, and a damaged one."""
    return small_corpus(tmp_path)


@pytest.fixture
def tab(browser: Browser) -> Iterator[Tab]:
    """Open an address in a tab; tabs share their cookies."""
    context = browser.new_context(viewport={"width": 1300, "height": 800})

    def go(address: str) -> Visit:
        visited = Visit(context.new_page())
        visited.page.goto(address)
        return visited

    yield go
    context.close()


def english(project: Project) -> list[str]:
    bitext = read_bitext(project.bitext_file("d"))
    return [bitext.target_text(bead) for bead in bitext.beads[1:3]]


def write(visited: Visit, locator: str, words: str) -> None:
    """Edit the English of a bead."""
    visited.page.wait_for_function("() => typeof current === 'object' && typeof rows === 'object'")
    visited.page.evaluate("locator => current.go(rows.element(locator))", locator)
    visited.page.keyboard.press("e")
    visited.page.fill(".editor textarea", words)
    visited.page.keyboard.press("Enter")


def test_from_the_printed_address_by_the_list_to_a_saved_edit(tab: Tab, project: Project) -> None:
    with review(project) as server:
        visited = tab(server.address)
        visited.page.wait_for_url(f"http://{server.host}/")
        assert visited.page.get_by_text("broken:").is_visible()
        visited.page.locator("a[href='/d']").first.click()
        write(visited, "2.1", "One cat sleeps.")
        visited.page.wait_for_function("() => !review.pending.length")
        assert english(project) == ["One cat sleeps.", "A dog runs."]
        assert "token" not in visited.page.url
        assert visited.complaints == []
        assert all(url.startswith((f"http://{server.host}/", "data:")) for url in visited.requests)


def test_edits_wait_in_the_tab_until_the_killed_server_is_back(tab: Tab, project: Project) -> None:
    with review(project, "--port", "0") as server:
        visited = tab(server.address)
        visited.page.wait_for_url(f"http://{server.host}/")
        visited.page.goto(f"http://{server.host}/d")
        write(visited, "2.1", "Before the kill.")
        visited.page.wait_for_function("() => !review.pending.length")
        server.stop(signal.SIGKILL)
        write(visited, "2.2", "After the kill.")
        visited.page.wait_for_function("() => review.store.stranded")
        port = server.port
    assert english(project) == ["Before the kill.", "A dog runs."]
    with review(project, "--port", str(port)) as again:
        visited.page.goto(again.address.replace("/?", "/d?"))
        visited.page.wait_for_url(f"http://{again.host}/d")
        visited.page.wait_for_function("() => !review.pending.length")
        assert english(project) == ["Before the kill.", "After the kill."]
