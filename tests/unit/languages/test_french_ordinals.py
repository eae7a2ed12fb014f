"""Large ordinals in words."""

import pytest

from aligner.languages.figures import values
from aligner.languages.french_english.ordinals import with_ordinals
from aligner.languages.language import language_of
from aligner.languages.spelled import english_ordinal


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("le soixante-dixième anniversaire", "the sixty-tixth anniversary", "the seventieth anniversary"),
        ("À sa cinquante-deuxième session", "At its fifty-twoth session", "At its fifty-second session"),
        ("la soixante-dix-neuvième session", "the Sixty-ninth session", "the Seventy-ninth session"),
        ("sa quatre-vingtième session", "its fourth session", "its eightieth session"),
        ("sa vingtième et sa trentième", "its twentieth and its thirtieth", "its twentieth and its thirtieth"),
        ("la quatre-vingt-dix-septième", "the four-vingt-seventh", "the ninety-seventh"),
        ("La trente et unième session", "The thirty and a second session", "The thirty-first session"),
        ("la soixante-dixième session", "the 70th session", "the 70th session"),
        ("la soixante-dixième session", "the session", "the session"),
        ("la quatrième session", "the fourth session", "the fourth session"),
        ("sa quatrième et sa soixantième", "its fourth and its sixtyth", "its fourth and its sixtyth"),
    ],
)
def test_ordinals_get_their_value(source: str, target: str, expected: str) -> None:
    assert with_ordinals(source, target) == expected


@pytest.mark.parametrize("value", range(20, 100))
def test_words_read_as_their_value(value: int) -> None:
    assert value in values(f"its {english_ordinal(value)} session", language_of("en"))
