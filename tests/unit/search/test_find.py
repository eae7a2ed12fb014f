"""What is found, in which order, and what is marked."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.corpus.store import Project, open_project
from aligner.errors import InputError
from aligner.search import Hit, Matching, Order, Query, find, found_in
from aligner.search.data import hits_data
from aligner.search.find import HitSide
from aligner.search.index import DOCUMENT, FileStamp, SearchIndex
from aligner.search.query import query_words
from tests import make


def places(project: Project, text: str, **options: Any) -> list[str]:
    """Where something is found."""
    return [f"{hit.document}:{hit.locator}" for hit in found_in(project, Query(text, **options)).hits]


def shown(side: HitSide) -> str:
    """A text with what was found in brackets and what corresponds in braces."""
    text = side.text
    marks = [(span, "[]") for span in side.found] + [(span, "{}") for span in side.related]
    for span, (left, right) in sorted(marks, reverse=True):
        text = f"{text[: span.start]}{left}{span.of(text)}{right}{text[span.end :]}"
    return text


FRENCH, ENGLISH = {"sides": (True, False)}, {"sides": (False, True)}
WORDS, PREFIX, REGEX = ({"matching": each} for each in (Matching.WORDS, Matching.PREFIX, Matching.REGEX))


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        ("CONSEIL DE SECURITE", {}, ["a:1.1"]),
        ("l’été", {}, ["a:1.1"]),
        ("OEUVRE", {}, ["a:2.1"]),
        ("œuvre", {}, ["a:2.1"]),
        ("sécurité conseil", {}, []),
        ("sécurité conseil", WORDS, ["a:1.1", "a:4.1"]),
        ("conseil council", WORDS, []),
        ("secur", {}, []),
        ("secur", PREFIX, ["a:1.1", "a:4.1"]),
        ("conseil de s", PREFIX, ["a:1.1"]),
        ("conseil", {}, ["a:1.1", "a:4.1", "b:3.1", "memory/m.tmx:u1"]),
        ("council", FRENCH, []),
        ("council", ENGLISH, ["a:1.1", "a:4.1", "b:3.1", "memory/m.tmx:u1"]),
        ("conseil", {"documents": ("b",)}, ["b:3.1"]),
        ("conseil", {"documents": ("memory/m.tmx", "b")}, ["b:3.1", "memory/m.tmx:u1"]),
        ("conseil", {"statuses": frozenset(["rejected"])}, ["b:3.1"]),
        ("rien", {"statuses": frozenset(["accepted", "edited"])}, ["b:2.1"]),
        ("draft", {}, []),
        ("Partager", {}, []),
        ("négocier", {}, []),
        ("négocier", {"stems": True}, ["b:1.1"]),
        ("negotiates", {"stems": True}, ["b:1.1"]),
        ("de les négociation", {"stems": True}, []),
        ("des négociation", {"stems": True}, ["b:1.1"]),
        ("nous négociation", {"stems": True, **WORDS}, ["b:1.1"]),
        ("conseil", {"limit": 2}, ["a:1.1", "a:4.1"]),
        ("conseil", {"order": Order.LENGTH}, ["b:3.1", "memory/m.tmx:u1", "a:4.1", "a:1.1"]),
        ("rien OR de", {}, []),
        ("de", {"order": Order.NEWEST, **FRENCH}, ["a:1.1", "a:2.1", "b:2.1"]),
        ("de", {"order": Order.STATUS, **FRENCH}, ["b:2.1", "a:2.1", "a:1.1"]),
        (r"\b\d{4}\b", REGEX, ["a:1.1"]),
        ("SECURITE.*!", REGEX, ["a:4.1"]),
        ("coeuvre|oeuvre", REGEX, ["a:2.1"]),
        (r"\bconseil (?=munic)", REGEX, ["a:4.1"]),
        (r"\bconseil\b", {**REGEX, "documents": ("b",)}, ["b:3.1"]),
        (r"\bconseil mun", REGEX, ["a:4.1"]),
        ("[^\\W\\d]+é !", {**REGEX, "statuses": frozenset(["accepted"])}, []),
        ("z*", REGEX, []),
    ],
)
def test_what_is_found(project: Project, text: str, options: dict[str, Any], expected: list[str]) -> None:
    assert places(project, text, **options) == expected


@pytest.mark.parametrize(
    ("text", "options", "source", "target"),
    [
        ("conseil de securite", {}, "[Conseil de sécurité]", "The {Security Council} met"),
        ("council", {}, "{Conseil} de sécurité", "The Security [Council] met"),
        ("1957", {}, "à l'Été [1957].", "summer of [1957]."),
        ("s.curit.", {**REGEX, **FRENCH}, "Conseil de [sécurité] s’est", "The {Security} Council"),
        ("conseil 1957", {**WORDS, **FRENCH}, "Le [Conseil] de sécurité s’est", "The Security {Council} met"),
    ],
)
def test_what_is_marked(project: Project, text: str, options: dict[str, Any], source: str, target: str) -> None:
    hit: Hit = found_in(project, Query(text, **options)).hits[0]
    assert source in shown(hit.source)
    assert target in shown(hit.target)


def test_every_place_in_a_text_is_marked(project: Project) -> None:
    (hit,) = found_in(project, Query("la sécurité", sides=(True, False))).hits
    assert shown(hit.source) == "[La sécurité] du conseil municipal, [la sécurité] !"
    assert (hit.title, hit.date, hit.status, hit.kind) == ("Un titre", "2024-01-02", "draft", "document")


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("  ", {}, "nothing to look for"),
        ("?!… «»", {}, "no word in the query"),
        ("a" * 100_000, {}, "more than 1,000 characters"),
        ("a " * 100, {}, "more than 64 words"),
        ("(a", REGEX, r"not a regular expression: missing \) at character 3"),
        ("a", {**REGEX, "stems": True}, "stems do not go with a regex"),
        ("a", {"documents": ("nix",)}, "no document 'nix'"),
        ("a", {"sides": (False, False)}, "no side"),
    ],
)
def test_what_cannot_be_looked_for(project: Project, text: str, options: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        found_in(project, Query(text, **options))


def test_a_regular_expression_that_would_take_for_ever_is_stopped(tmp_path: Any) -> None:
    project = make.corpus(tmp_path, make.bitext(("Un an.", "A year."), ("a" * 5000 + "!", "b")), sources={"d.txt": "x"})
    start = time.monotonic()
    hits = found_in(project, Query("(a|aa)+$|an", Matching.REGEX, seconds=0.5))
    assert time.monotonic() - start < 5
    assert hits.stopped
    assert [hit.locator for hit in hits.hits] == ["1.1"]


def test_an_empty_corpus_has_nothing(tmp_path: Any) -> None:
    with pytest.raises(InputError, match="there is no such folder"):
        found_in(open_project(tmp_path / "corpus"), Query("paix"))
    assert [*tmp_path.iterdir()] == []
    (tmp_path / "corpus").mkdir()
    hits = found_in(open_project(tmp_path / "corpus"), Query("paix"))
    assert (hits.hits, hits.total, hits.searched, hits.more) == ((), 0, 0, False)


def test_more_than_is_counted(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aligner.search.candidates.COUNTED", 2)
    hits = found_in(project, Query("conseil", limit=1))
    assert (len(hits.hits), hits.total, hits.more) == (1, 2, True)


def test_places_are_in_characters(tmp_path: Any) -> None:
    project = make.corpus(tmp_path, make.bitext(("😀 Un chat.", "😀 A cat.")), sources={"d.txt": "x"})
    query = Query("chat")
    (hit,) = hits_data(found_in(project, query), query, ("fr", "en"))["hits"]
    assert hit["source"] == {"text": "😀 Un chat.", "found": [[5, 9]], "related": []}
    assert hit["target"]["related"] == [[4, 7]]


LETTERS = st.text(alphabet="aàâbcçeéèœEÉ' -.", min_size=1, max_size=12)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(texts=st.lists(st.tuples(LETTERS, LETTERS), min_size=1, max_size=5), query=LETTERS)
def test_the_index_finds_what_one_finds_by_reading(
    tmp_path_factory: pytest.TempPathFactory, texts: list[tuple[str, str]], query: str
) -> None:
    wanted = query_words(query)
    if not wanted:
        return
    folder = tmp_path_factory.mktemp("law")
    index = SearchIndex(folder / "i.sqlite")
    with index.writing():
        index.add(DOCUMENT, "d", FileStamp(0, 0, ""), [(str(n), "draft", *pair) for n, pair in enumerate(texts)])

    def has(text: str) -> bool:
        words = query_words(text)
        return any(words[n : n + len(wanted)] == wanted for n in range(len(words)))

    found = find(index, Query(query), open_project(folder / "corpus"))
    index.close()
    assert [hit.locator for hit in found.hits] == [str(n) for n, pair in enumerate(texts) if any(map(has, pair))]
    assert all(hit.source.found or hit.target.found for hit in found.hits)
