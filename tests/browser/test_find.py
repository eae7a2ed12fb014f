"""Searching in a real browser: the list of documents from disk and served, the results page, the key of the editor."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aligner.model import Bitext, Record, Status
from aligner.pages import IndexOptions, SearchBox, render_found, render_index, render_page, search_file
from aligner.search import Query, found_in
from aligner.search.data import hits_data
from tests import make
from tests.browser.conftest import Visit
from tests.unit.editing.server.conftest import Server, review, small_corpus

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

Go = Callable[[str], Visit]
HOSTILE = "</script><img src=x onerror=alert(1)> & <b>gras</b> \u202e! cœur 😀 fin"
FIRST = make.bitext(
    ("Le Conseil de sécurité s’est réuni.", "The Security Council met."),
    ("La sécurité du conseil municipal.", "The safety of the town council.", {"status": Status.ACCEPTED}),
    (HOSTILE, "<i>heart</i> & the end"),
    name="a",
    record=Record(HOSTILE, date="2024-01-02"),
)
SECOND = make.bitext(*[(f"Texte {n}.", f"Text {n}.") for n in range(60)], ("Un conseil.", "Advice."), name="b")


def write_folder(folder: Path, *bitexts: Bitext) -> Path:
    """The review folder of some documents, as a run writes it."""
    script = search_file(bitexts)
    box = SearchBox(("fr", "en"), file="search.js" if script else "", unable="" if script else "Too many pairs.")
    (folder / "index.html").write_text(render_index(bitexts, options=IndexOptions(search=box)), encoding="utf-8")
    if script:
        (folder / "search.js").write_text(script, encoding="utf-8")
    for bitext in bitexts:
        (folder / f"{bitext.id}.html").write_text(render_page(bitext), encoding="utf-8")
    return folder / "index.html"


@pytest.fixture
def go(browser: Browser) -> Iterator[Go]:
    """Open an address in a tab."""
    context = browser.new_context(viewport={"width": 1300, "height": 800})

    def open_page(address: str) -> Visit:
        visited = Visit(context.new_page())
        visited.page.goto(address)
        return visited

    yield open_page
    context.close()


def search(visited: Visit, text: str, **choices: str) -> list[str]:
    """Type a query and choose how it is meant; where it is found."""
    for name, value in choices.items():
        visited.page.select_option(f".search [name={name}]", value)
    visited.page.fill(".search [name=q]", text)
    return answered(visited)


def answered(visited: Visit) -> list[str]:
    """The places of the hits, as soon as the answer is there."""
    visited.page.wait_for_function(
        "() => { const t = document.querySelector('output').textContent; return t && t !== 'Searching'; }"
    )
    visited.page.wait_for_timeout(400)
    found: list[str] = visited.page.eval_on_selector_all(".hit .locator", "all => all.map(each => each.textContent)")
    return found


def marks(visited: Visit, number: int = 0) -> list[str]:
    """What is marked in a hit: what was found, and in brackets what corresponds."""
    script = """(hit) => [...hit.querySelectorAll("mark, .related")]
      .map((each) => (each.tagName === "B" ? `(${each.textContent})` : each.textContent))"""
    found: list[str] = visited.page.locator(".hit").nth(number).evaluate(script)
    return found


def test_from_disk_pairs_are_found_marked_and_gone_to(go: Go, tmp_path: Path) -> None:
    visited = go(write_folder(tmp_path, FIRST, SECOND).as_uri())
    visited.keys("/")
    visited.page.keyboard.type("CONSEIL DE SECURITE")
    assert answered(visited) == ["1.1"]
    assert marks(visited) == ["Conseil de sécurité", "(Security Council)"]
    assert visited.page.inner_text(".search output") == "1 pair of 64"
    assert not visited.page.is_visible(".documents")
    visited.page.click(".hit a")
    visited.page.wait_for_url("**/a.html#1.1")
    assert visited.current() == "1.1"
    visited.page.go_back()
    assert answered(visited) == ["1.1"]  # the address remembers what was asked
    assert [url for url in visited.requests if not url.startswith(("file:", "data:"))] == []
    assert visited.complaints == []


def test_from_disk_all_choices_work(go: Go, tmp_path: Path) -> None:
    visited = go(write_folder(tmp_path, FIRST, SECOND).as_uri())
    assert search(visited, "conseil") == ["1.1", "2.1", "61.1"]
    assert search(visited, "sécurité conseil", match="words") == ["1.1", "2.1"]
    assert search(visited, "secur", match="prefix") == ["1.1", "2.1"]
    assert search(visited, "council", match="phrase", side="fr") == []
    assert search(visited, "council", side="en") == ["1.1", "2.1"]
    assert search(visited, "council", status="accepted") == ["2.1"]
    assert search(visited, "coeur", side="both", status="") == ["3.1"]
    assert marks(visited) == ["cœur", "(heart)"]
    assert search(visited, "fin") == ["3.1"]
    assert marks(visited) == ["fin", "(end)"]  # after an emoji
    assert search(visited, "texte") != []
    assert "; the first 50" in visited.page.inner_text(".search output")
    assert search(visited, "?!") == []
    assert visited.page.inner_text(".search output") == "There is no word in the query."
    visited.page.fill(".search [name=q]", "")
    visited.page.wait_for_selector(".documents", state="visible")
    assert visited.complaints == []


def test_nothing_in_the_texts_becomes_html(go: Go, tmp_path: Path) -> None:
    visited = go(f"{write_folder(tmp_path, FIRST).as_uri()}#find=%3Cimg%20src%3Dx%3E%20gras")
    assert answered(visited) == []
    assert search(visited, "gras") == ["3.1"]
    assert visited.page.locator(".hit img, .hit i").count() == 0
    assert visited.page.locator(".hit .text").first.inner_text().startswith("</script><img src=x onerror=alert(1)>")
    assert visited.complaints == []


def test_without_the_file_the_page_says_so(go: Go, tmp_path: Path) -> None:
    index = write_folder(tmp_path, FIRST)
    (tmp_path / "search.js").unlink()
    visited = go(index.as_uri())
    search(visited, "conseil")
    assert "search.js is missing" in visited.page.inner_text(".search output")
    many = make.bitext(*[("Oui.", "Yes.")] * 5001)
    visited = go(write_folder(tmp_path, many).as_uri())
    assert visited.page.inner_text(".search output") == "Too many pairs."
    assert visited.page.is_disabled(".search [name=q]")


def test_five_thousand_pairs_from_disk_are_quick(go: Go, tmp_path: Path) -> None:
    pairs = [
        (f"La phrase {n} parle de la sécurité du monde.", f"Sentence {n} is about the security.") for n in range(4999)
    ]
    visited = go(write_folder(tmp_path, make.bitext(*pairs, ("Le dernier mot.", "The last word."))).as_uri())
    assert search(visited, "dernier") == ["5000.1"]
    script = """async () => {
      const start = performance.now();
      await lookup.with(null)({ q: "phrase 4321", match: "phrase", in: "both", status: "", limit: 50 });
      return performance.now() - start;
    }"""
    assert visited.page.evaluate(script) < 500


def test_the_page_of_results_draws_them(go: Go, tmp_path: Path) -> None:
    write_folder(tmp_path, FIRST)
    project = make.corpus(tmp_path / "p", FIRST, sources={"a.txt": "x"})
    query = Query("conseil")
    answer = hits_data(found_in(project, query), query, ("fr", "en"))
    (tmp_path / "found.html").write_text(render_found(answer, pages={"a": "a.html"}), encoding="utf-8")
    visited = go((tmp_path / "found.html").as_uri())
    assert visited.page.locator(".hit").count() == 2
    assert marks(visited) == ["Conseil", "(Council)"]
    visited.page.click(".hit a >> nth=1")
    visited.page.wait_for_url("**/a.html#2.1")
    assert visited.complaints == []


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server of a small corpus."""
    with review(small_corpus(tmp_path)) as running:
        yield running


def test_served_the_whole_corpus_is_searched(go: Go, server: Server) -> None:
    visited = go(server.address)
    visited.page.wait_for_selector(".search [name=q]")
    assert search(visited, "chat")
    assert "(cat)" in " ".join(marks(visited)).lower()
    assert search(visited, r"\bch[aà]ts?\b", match="regex")
    search(visited, "(a")
    assert "not a regular expression" in visited.page.inner_text(".search output")
    visited.page.check(".search [name=stems]")
    assert search(visited, "chats", match="phrase")
    visited.page.click(".hit a")
    visited.page.wait_for_selector(".bead.current")
    assert visited.page.evaluate("location.hash.slice(1)") == visited.current()
    assert [text for text in visited.complaints if "400" not in text] == []


def select(visited: Visit, selector: str, text: str) -> None:
    """Select some words of an element."""
    script = """([selector, text]) => {
      const leaves = dom.all(selector).flatMap((each) => dom.leaves(each, "del"));
      const leaf = leaves.find((each) => each.data.includes(text));
      getSelection().setBaseAndExtent(leaf, leaf.data.indexOf(text), leaf, leaf.data.indexOf(text) + text.length);
    }"""
    visited.page.evaluate(script, [selector, text])


def test_served_the_selected_words_are_looked_up_with_a_key(go: Go, server: Server) -> None:
    visited = go(server.address)
    visited.page.wait_for_selector("tbody")
    visited.page.goto(f"http://{server.host}/d")
    visited.keys("f")
    assert "Select the words" in visited.page.inner_text(".toast")
    select(visited, ".bead:not(.aside) .side.source .text", "chat")
    visited.keys("f")
    visited.page.wait_for_selector("#concordance .hit")
    assert visited.page.inner_text("#concordance h2") == "“chat” in all documents"
    boxes = [
        visited.page.locator(f"#concordance .hit {part}").first.bounding_box()
        for part in (".where", ".in-source", ".in-target")
    ]
    where, source, target = [(box or {"x": 0, "y": 0}) for box in boxes]
    assert where["x"] == source["x"] < target["x"]  # the rules for rows of the page do not reach hits
    assert where["y"] < source["y"] == target["y"]
    visited.page.click("#concordance .hit a")
    visited.page.wait_for_function("() => !dom.one('dialog[open]') && current.row")
    assert visited.page.evaluate("location.hash.slice(1)") == visited.current()
    visited.keys("e")
    visited.page.fill(".editor textarea", "A cat")
    visited.page.locator(".editor textarea").select_text()
    visited.keys("F3")
    visited.page.wait_for_function("() => dom.one('#concordance output').textContent.includes('pair')")
    visited.keys("Escape")
    assert visited.page.input_value(".editor textarea") == "A cat"
    assert visited.complaints == []


def test_from_disk_the_key_opens_the_list_with_the_words(go: Go, tmp_path: Path) -> None:
    write_folder(tmp_path, FIRST, SECOND)
    visited = go((tmp_path / "a.html").as_uri())
    select(visited, "[id='1.1'] .side.target .text", "Security Council")
    with visited.page.expect_popup() as opened:
        visited.keys("F3")
    other = Visit(opened.value)
    assert answered(other) == ["1.1"]
    assert other.page.input_value(".search [name=q]") == "Security Council"
    assert visited.complaints == []
