"""The page of results, and the file that the index page searches."""

from __future__ import annotations

import json
import re

from aligner.model import Kind, Record
from aligner.pages import IndexOptions, SearchBox, render_found, render_index, search_file
from aligner.pages.found import FIRST_SIGN, links_code
from tests import make

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\u202e"
ANSWER = {
    "query": HOSTILE,
    "languages": ["fr", "en"],
    "total": 1,
    "more": False,
    "searched": 1,
    "stopped": False,
    "hits": [
        {
            "kind": "document", "document": HOSTILE, "title": HOSTILE, "date": "", "locator": "1.1", "status": "draft",
            "source": {"text": HOSTILE, "found": [[0, 5]], "related": []},
            "target": {"text": HOSTILE, "found": [], "related": []},
        }
    ],
}  # fmt: skip


def test_nothing_in_a_result_becomes_html() -> None:
    page = render_found(ANSWER, pages={HOSTILE: "javascript:alert(1)"})
    assert "<img" not in page
    assert len(re.findall("<script", page)) == 3  # the theme, the data, ours
    assert '"javascript%3Aalert%281%29"' in page
    assert "'self'" not in page


def test_the_file_has_the_pairs_without_boilerplate_and_their_links() -> None:
    bitext = make.bitext(
        ("Le chat noir.", "The black cat."), ("Menu", "", {"kind": Kind.EXCLUDED}), (HOSTILE, ""), record=Record("T")
    )
    script = search_file([bitext])
    assert script is not None
    assert "<" not in script
    data = json.loads(script.removeprefix("const pairsToSearch = ").removesuffix(";\n"))
    assert data["documents"] == [{"document": "d", "title": "T", "date": ""}]
    assert data["pairs"][0] == [
        0,
        "1.1",
        "draft",
        "Le chat noir.",
        "The black cat.",
        links_code({0: [0], 1: [2], 2: [1]}),
    ]
    assert data["pairs"][1][3] == HOSTILE
    assert search_file([bitext]) == script


def test_links_are_two_signs_each() -> None:
    code = links_code({0: [3], 5: [1, 30_000]})
    assert [ord(sign) - FIRST_SIGN for sign in code] == [0, 6, 5, 7]


def test_too_many_pairs_make_no_file(monkeypatch: object) -> None:
    assert search_file([make.bitext(*[("Oui.", "Yes.")] * 5001)]) is None
    assert search_file([]) is None


def test_only_a_page_with_a_file_may_load_scripts() -> None:
    bitext = make.bitext(("Oui.", "Yes."))
    with_file = render_index([bitext], options=IndexOptions(search=SearchBox(("fr", "en"), file="search.js")))
    served = SearchBox(("fr", "en"), server={"api": "/api", "token": "t"})
    with_server = render_index([bitext], options=IndexOptions(search=served))
    assert "'self';" in with_file
    assert '<script src="search.js" defer></script>' in with_file
    assert "connect-src" not in with_file
    assert "connect-src 'self'" in with_server
    assert "'; connect-src" in with_server
    assert 'class="search"' not in render_index([bitext])
