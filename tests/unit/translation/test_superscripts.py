"""Raised and lowered digits keep their shape and place."""

import pytest

from aligner.translation.protect.superscripts import (
    note_apart,
    notes,
    with_note,
    with_superscripts,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Texte¹ avec appel², suite¹².", ["¹", "²", "¹²"]),
        ("10 m², 5 m³, 3 km², 2 cm³, kg/m³", []),
        ("10⁻³, 10³", ["⁻³", "³"]),
        ("programme²", ["²"]),
        ("n° 12, CO₂", []),
    ],
)
def test_raised_numbers_that_are_no_measures_are_found(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in notes(text)] == found


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("Il vient¹.", ("Il vient.", "¹")),
        ("Il vient¹² »", ("Il vient »", "¹²")),
        ("Texte¹ avec appel²", ("Texte¹ avec appel", "²")),
        ("Il¹ vient.", ("Il¹ vient.", "")),
        ("10³", ("10³", "")),
        ("¹ Voir", ("¹ Voir", "")),
        ("10 m²", ("10 m²", "")),
        ("", ("", "")),
    ],
)
def test_a_mark_after_the_last_word_is_taken_apart(text: str, apart: tuple[str, str]) -> None:
    assert note_apart(text) == apart
    assert not apart[1] or with_note(*apart) == text


@pytest.mark.parametrize(
    ("source", "output", "raised"),
    [
        ("Texte¹ avec appel², suite", "Text1 with call2, rest", "Text¹ with call², rest"),
        ("10 m², 5 m³", "10 m2, 5 m3", "10 m², 5 m³"),
        ("Le CO₂ et H₂O", "CO2 and H2O", "CO₂ and H₂O"),
        ("En 2020¹, 5 lois", "In 20201, 5 laws", "In 2020¹, 5 laws"),
        ("« Oui »², dit-il de l'A2", "“Yes”2, he said of the A2", "“Yes”², he said of the A2"),
        ("10³ et 103", "103 and 103", "103 and 103"),
        ("Texte¹", "Text", "Text"),
        ("Texte 1", "Text1", "Text1"),
        ("Texte¹", "Text¹", "Text¹"),
    ],
)
def test_digits_get_their_shape_back(source: str, output: str, raised: str) -> None:
    assert with_superscripts(source, output) == raised
