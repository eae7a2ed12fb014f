"""What headings mean, in the forms that tools and people write."""

from __future__ import annotations

import pytest

from aligner.formats.tables.headings import Heading, Meaning, heading_of, sides

FRENCH = ["fr", "FR", "fra", "fr-FR", "fr_CA", "French", "français", "Francais", "French_Term", "Terme français",
          "French (France)", "French_France", "Terme_FR", "fr: terme", "en français", "French text"]  # fmt: skip
ENGLISH = ["en", "EN-GB", "English", "anglais", "English_United_States", "EN (UK)", "Terme anglais", "English (US)"]


@pytest.mark.parametrize(("cells", "language"), [(FRENCH, "fr"), (ENGLISH, "en")])
def test_languages(cells: list[str], language: str) -> None:
    for cell in cells:
        found = heading_of(cell)
        assert (found.meaning, found.language.partition("-")[0]) == (Meaning.LANGUAGE, language), cell


@pytest.mark.parametrize(
    ("meaning", "cells"),
    [
        (Meaning.SOURCE, ["source", "Source", "Term source", "Source text", "terme source", "Term", "Texte source"]),
        (Meaning.TARGET, ["target", "cible", "Traduction", "Target term", "Translation", "Terme cible"]),
        (Meaning.NOTE, ["Note", "Remarque", "commentaires", "Entry_Note", "French note"]),
        (Meaning.STATUS, ["status", "Statut", "État"]),
        (Meaning.OTHER, ["id", "Entry_ID", "pos", "domaine", "Term_Info", "English_Term_Info", "Part of speech"]),
        (
            Meaning.UNKNOWN,
            ["", "bail", "état civil", "La cantine ouvre.", "no", "mot de la fin", "5", "contrat / bail"],
        ),
    ],
)
def test_other_meanings(meaning: Meaning, cells: list[str]) -> None:
    assert {cell: heading_of(cell).meaning for cell in cells} == dict.fromkeys(cells, meaning)


def test_a_role_may_name_its_language_too() -> None:
    assert heading_of("Source (fr)") == Heading(Meaning.SOURCE, "fr")
    assert heading_of("English translation") == Heading(Meaning.TARGET, "en")


def meanings(*cells: str, source: str = "", target: str = "") -> list[str]:
    return [each.value for each in sides([heading_of(cell) for cell in cells], source, target)]


def test_the_sides_of_a_pair() -> None:
    assert meanings("en-GB", "pos", "fr", source="fr", target="en") == ["target", "other", "source"]
    assert meanings("fr", "de", "en", source="fr", target="en") == ["source", "other", "target"]
    # a table that says its direction, but is wanted the other way round
    assert meanings("Source (English)", "Target (French)", source="fr", target="en") == ["target", "source"]


def test_without_a_pair_the_first_language_is_the_source() -> None:
    assert meanings("id", "English", "French") == ["other", "source", "target"]
    assert meanings("source", "en") == ["source", "target"]
    assert meanings("source", "target", "en") == ["source", "target", "other"]


def test_columns_of_language_codes_beside_those_of_texts() -> None:
    assert meanings("Source term", "Target term", "Source language", "Target language") == [
        "source",
        "target",
        "other",
        "other",
    ]
    assert meanings("Source language", "Target language") == ["source", "target"]
