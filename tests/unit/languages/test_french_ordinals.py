"""Large ordinals in words."""

import pytest

from aligner.languages.figures import values
from aligner.languages.french_english.ordinals import with_ordinals, with_repeated_numbers
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


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("au 5 bis de la rue", "at the 5th of the street", "at the 5 bis of the street"),
        ("l'article 4 bis", "Article 4a", "Article 4 bis"),
        ("l'article 12 ter", "Rule 12 ter", "Rule 12 ter"),
        ("le 18, puis le 8 bis", "the 18, then the 8b", "the 18, then the 8 bis"),
        ("8 bis pour 8 euros", "8a for €8", "8a for €8"),
        ("le 8 bis", "8 and 8", "8 and 8"),
        ("il bisse", "he repeats", "he repeats"),
    ],
)
def test_numbers_used_again_keep_bis_and_ter(source: str, target: str, expected: str) -> None:
    assert with_repeated_numbers(source, target) == expected
