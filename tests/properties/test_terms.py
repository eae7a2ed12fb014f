"""Laws of glossaries: where terms stand, and when a translation keeps them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aligner.languages.stems import english_stem, french_stem
from aligner.terms import Finder, Glossary, Term, parse_table

GLOSSARY = Glossary(
    (
        Term("Initiative pour la sécurité mondiale", ("Global Security Initiative",), ("GSI",)),
        Term("sécurité mondiale", ("global security",)),
        Term("Nations unies", ("United Nations",), ("UN",), ("Nations United",)),
        Term("Charte des Nations unies", ("Charter of the United Nations",)),
        Term("chef d'État", ("head of state",)),
    )
)
FINDER = Finder(GLOSSARY)
WORDS = [
    *("initiative", "pour", "la", "sécurité", "mondiale", "Nations", "unies", "Charte", "des", "chefs", "chef"),
    *("d'État", "d’Etat", ",", ".", "-", "l’"),
]
SOURCES = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)


@given(st.one_of(SOURCES, st.text(max_size=60)))
def test_matches_are_in_order_and_apart_and_say_what_stands_there(text: str) -> None:
    end = 0
    for match in FINDER.matches(text):
        assert end <= match.start < match.end <= len(text)
        assert text[match.start : match.end] == match.text
        end = match.end


@given(SOURCES)
def test_a_text_with_every_rendering_side_by_side_breaks_nothing(source: str) -> None:
    target = ". ".join(match.term.allowed[0] for match in FINDER.matches(source))
    assert FINDER.broken(source, target) == []


@given(SOURCES, st.text(max_size=60))
def test_only_what_stands_in_the_source_is_broken_and_each_term_once(source: str, target: str) -> None:
    missing = [breach.match.term for breach in FINDER.broken(source, target) if breach.target is None]
    assert len(missing) == len(set(missing))
    assert set(missing) <= {match.term for match in FINDER.matches(source)}


@given(st.text(alphabet=st.characters(categories=["L"]), min_size=1, max_size=20))
def test_case_does_not_change_a_stem(word: str) -> None:
    if word.lower().upper() == word.upper():  # some letters have no capital of their own
        assert french_stem(word.lower()) == french_stem(word.lower().title())
        assert english_stem(word.lower()) == english_stem(word.lower().title())


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), max_size=6))
def test_a_table_says_what_its_glossary_says(rows: list[tuple[str, str]]) -> None:
    text = "source\ttarget\n" + "".join(f"{source}\t{target}\n" for source, target in rows)
    terms = parse_table(text, separator="\t", name="g").terms
    assert [(term.source, target) for term in terms for target in term.allowed] == sorted(
        dict.fromkeys(rows), key=lambda row: [source for source, _ in rows].index(row[0])
    )
