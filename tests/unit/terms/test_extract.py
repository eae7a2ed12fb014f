"""Candidates from aligned texts: the statistics, and what comes out."""

from __future__ import annotations

import random

import pytest

from aligner.languages.language import language_of
from aligner.terms import extract
from aligner.terms.extract import likelihood_ratio
from aligner.terms.phrases import phrases


def written(text: str, language: str) -> list[str]:
    return [phrase for _, phrase in phrases(text, language_of(language))]


def test_phrases_begin_and_end_with_content_words() -> None:
    assert written("le droit de la mer", "fr") == ["droit", "droit de la mer", "mer"]
    assert written("the law of the sea", "en") == ["law", "law of the sea", "sea"]


def test_nothing_goes_over_punctuation_and_function_words() -> None:
    assert "paix sécurité" not in written("la paix, sécurité", "fr")
    assert written("La paix est une idée", "fr") == ["paix", "idée"]


def test_forms_of_a_phrase_have_one_key() -> None:
    keys = [{key for key, _ in phrases(text, language_of("fr"))} for text in ("armes nucléaires", "arme nucléaire")]
    assert keys[0] == keys[1]


@pytest.mark.parametrize(
    ("table", "ratio"), [((0, 10, 10, 100), 2.227), ((5, 5, 10, 100), 25.84), ((1, 10, 10, 100), 0.0)]
)
def test_likelihood_ratio(table: tuple[int, int, int, int], ratio: float) -> None:
    """Values worked out by hand from 2 Σ O ln(O/E)."""
    assert likelihood_ratio(*table) == pytest.approx(ratio, abs=0.001)


def corpus(seed: int = 0) -> list[tuple[str, str]]:
    """Sentences put together from parts that belong together, in any order."""
    terms = {
        "droit de la mer": "law of the sea",
        "arme nucléaire": "nuclear weapon",
        "changement climatique": "climate change",
        "eau potable": "drinking water",
    }
    chance = random.Random(seed)
    pairs = []
    for _ in range(60):
        chosen = chance.sample(sorted(terms), 2)
        pairs.append((" et ".join(chosen), " and ".join(terms[each] for each in reversed(chosen))))
    return pairs


def test_terms_meet_their_renderings() -> None:
    found = {(each.source, each.target) for each in extract(corpus())}
    assert found == {
        ("droit de la mer", "law of the sea"),
        ("arme nucléaire", "nuclear weapon"),
        ("changement climatique", "climate change"),
        ("eau potable", "drinking water"),
    }


def test_counts_are_of_pairs_and_the_order_is_by_score() -> None:
    found = extract(corpus())
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    for each in found:
        assert each.together == each.source_count == sum(each.source in source for source, _ in corpus())


def test_rare_phrases_and_single_words_are_left_out_unless_asked_for() -> None:
    assert extract(corpus(), least=61) == []
    pairs = [("la paix", "the peace"), ("le pain", "the bread"), ("la pluie", "the rain")] * 10
    assert extract(pairs) == []
    assert {each.source for each in extract(pairs, shortest=1)} == {"paix", "pain", "pluie"}


def test_nothing_comes_of_nothing() -> None:
    assert extract([]) == []
    assert extract([("", "")] * 5) == []
