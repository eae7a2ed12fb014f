"""What is seen as wrong with a rendering."""

import pytest

from aligner.languages import find_pair
from aligner.translation.argos.faults import (
    Fault,
    content_faults,
    digit_counts,
    has_loop,
    language_faults,
    length_faults,
)

FRENCH_ENGLISH = find_pair("fr", "en")


@pytest.mark.parametrize(
    ("text", "loop"),
    [
        ("the the the the", True),
        ("of the , of the , of the ,", True),
        ("one two one two", False),
        ("no no", False),
        ("a rose is a rose is a rose is a rose", True),
        ("", False),
        ("each of these words is different", False),
    ],
)
def test_repetition(text: str, loop: bool) -> None:
    assert has_loop(text.split()) is loop


@pytest.mark.parametrize(
    ("source", "target", "complete", "expected"),
    [
        ("un deux trois", "one two three", True, []),
        ("un deux", "", True, [Fault.EMPTY]),
        ("", "", True, []),
        ("un", "x y z " * 20, False, [Fault.LOOP, Fault.LENGTH]),
        ("ha ha ha ha", "ha ha ha ha", True, []),
        (" ".join(map(str, range(60))), "one two", True, [Fault.LENGTH]),
        ("un deux", " ".join(map(str, range(40))), True, [Fault.LENGTH]),
    ],
)
def test_faults_of_length(source: str, target: str, complete: bool, expected: list[Fault]) -> None:
    assert length_faults(source.split(), target.split(), complete=complete) == expected


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("En 2024, 1 234 567 habitants", "In 2024, 1,234,567 inhabitants", []),
        ("12,5 %", "12.5%", []),
        ("3 ans", "three years", []),
        ("12,7 millions d'euros, soit 8 % de plus", "EUR 12.7 million more", [Fault.NUMBERS]),
        ("12,7 millions d'euros, soit 8 % de plus", "EUR 12.7 million, i.e. 8% more", []),
        ("soit 8\u202f% de plus", "eight per cent more", []),
        ("de 8 à 10 %", "up to 10%", [Fault.NUMBERS]),
        ("2,5 %", "2%", [Fault.NUMBERS]),
        ("2,0 %, 1 million, 3 km et 5 €", "2%, a million, three kilometres and €5", []),
        ("5 m² et 5 kg", "5 m²", [Fault.NUMBERS]),
        ("it costs $9", "cela coûte 9 dollars", []),
        ("it costs $9", "cela coûte cher", [Fault.NUMBERS]),
        ("1° Le texte, 2° la loi", "First the text, then the law", []),
        ("le 21e siècle", "the 21st century", []),
        ("12 et 12", "12", [Fault.NUMBERS]),
        ("résolution 2127 (2013)", "resolution 2127", [Fault.NUMBERS]),
        ("10\u202f000 €", "€10,000", []),
        ("1" * 5000, "", []),
    ],
)
def test_numbers_must_come_through(source: str, target: str, expected: list[Fault]) -> None:
    assert content_faults(source, target) == expected


def test_what_is_to_be_kept_must_be_there() -> None:
    assert content_faults("voir www.un.org", "see www.un.org", ["www.un.org"]) == []
    assert content_faults("voir www.un.org", "see the site", ["www.un.org"]) == [Fault.LOST]


def test_superscripts_and_other_digits_are_no_trouble() -> None:
    assert digit_counts("m² ½ ٣٤") == {"34": 1}


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Les articles 2 à 9 ci-après.", "Sections 2 to 99 below.", [Fault.NUMBERS]),
        ("3.500,50 EUR", "EUR 3.500.50.50", [Fault.NUMBERS]),
        ("au XIXe siècle", "in the 18th century", [Fault.NUMBERS]),
        ("au XIXe siècle", "in the 19th century", []),
        ("à sa soixante-dix-neuvième session", "at its sixty-ninth session", [Fault.NUMBERS]),
        ("Le « Client » paie.", 'The "Client" "Client" pays.', [Fault.REPEATED]),
        ("le 24 décembre 2021", "on 24 December 2021", []),
        ("Le commandant arrive.", "The Commander arrives arrives.", [Fault.REPEATED]),
        ("Un avenir meilleur.", "A better future a better future.", [Fault.REPEATED]),
        ("Il est très, très grand.", "He is very, very tall.", []),
    ],
)
def test_faults_between_french_and_english(source: str, target: str, expected: list[Fault]) -> None:
    assert list(language_faults(source, target, FRENCH_ENGLISH)) == expected
