"""Which words of a pair correspond."""

from __future__ import annotations

import pytest

from aligner.alignment.counterparts import Counterparts, learned_words

PAIR = tuple[str, str]


def linked(source: str, target: str, languages: tuple[str, str] = ("fr", "en")) -> set[tuple[str, str]]:
    """The pairs of words of two texts that correspond."""
    words = source.split(), target.split()
    places = Counterparts([words], languages=languages).of(*words)
    return {(words[0][a], words[1][b]) for a, found in places.items() for b in found}


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("mise en œuvre du", "implementation of the", {("mise", "implementation"), ("œuvre", "implementation")}),
        ("Le Conseil de sécurité", "The Security Council", {("Le", "The"), ("sécurité", "Security")}),
        ("la paix , toujours la paix", "peace , always peace", {("paix", "peace"), ("toujours", "always")}),
        ("Le sage Vrantox parle bien", "The wise Blimpor speaks well", {("Vrantox", "Blimpor"), ("sage", "wise")}),
    ],
)  # fmt: skip
def test_words_that_correspond(source: str, target: str, expected: set[tuple[str, str]]) -> None:
    assert expected <= linked(source, target)


def test_the_second_of_two_equal_words_has_the_second_counterpart() -> None:
    words = ["la", "paix", "puis", "la", "paix"], ["peace", "then", "peace"]
    places = Counterparts([words], languages=("fr", "en")).of(*words)
    assert (places[1], places[4]) == ([0], [2])


def test_texts_that_have_nothing_in_common_have_no_links() -> None:
    assert linked("Statut de la société", "Not agent of Her Majesty") <= {("de", "of"), ("la", "Her")}


def test_both_directions_and_languages_without_a_lexicon() -> None:
    assert ("cat", "chat") in linked("the black cat", "le chat noir", ("en", "fr"))
    assert ("Bern", "Bern") in linked("das ist Bern 1957", "c est Bern 1957", ("de", "fr"))


@pytest.mark.parametrize("pair", [([], []), (["mot"], []), ([], ["word"]), (["…"], ["x"])])
def test_texts_without_words(pair: tuple[list[str], list[str]]) -> None:
    assert Counterparts([pair], languages=("fr", "en")).of(*pair) == {}


def test_what_a_corpus_teaches() -> None:
    nouns = ("chat", "cat"), ("chien", "dog"), ("pain", "bread"), ("lac", "lake"), ("zorblax", "quibbon")
    pairs = [(["Un", fr, "est", "là"], ["There", "is", "some", en]) for fr, en in nouns * 8]
    learned = learned_words(pairs, languages=("fr", "en"))
    assert learned["zorblax"].keys() == {"quibbon"}
    words = ["mon", "zorblax", "et", "moi"], ["me", "and", "the", "quibbon"]
    assert Counterparts([words], languages=("fr", "en"), learned=learned).of(*words)[1] == [3]
