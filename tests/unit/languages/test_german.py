"""German beside English: a pair that is two files of data and no code."""

from __future__ import annotations

from decimal import Decimal

import pytest

from aligner.checks import CHECKS
from aligner.checks.findings import Pair
from aligner.checks.run import check_pair
from aligner.languages import find_pair, language_of
from aligner.languages.dates import dates_of, times_of
from aligner.languages.figures import values

GERMAN = find_pair("de", "en")


def codes(source: str, target: str) -> set[str]:
    running = [(each, each.start()) for each in CHECKS.values()]
    return {finding.code for finding in check_pair(Pair(source, target, languages=GERMAN), running)}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.234,5 Tonnen", "1234.5"),
        ("3,5 Mio. Euro", "3500000.0"),
        ("2 Billionen Euro", "2000000000000"),
        ("dreiundzwanzig Staaten", "23"),
        ("zweitausendvierundzwanzig", "2024"),
        ("neunzehnhundertneunundachtzig", "1989"),
        ("hundertfünf", "105"),
        ("drei Millionen fünfhunderttausend", "3500000"),
        ("in den 80er Jahren", "1980"),
    ],
)
def test_numbers_are_read_as_germans_write_them(text: str, number: str) -> None:
    assert Decimal(number) in values(text, language_of("de"))


@pytest.mark.parametrize("text", ["Hunde", "ein Pfund", "der Grund", "die Stunde", "wunderbar"])
def test_words_that_look_like_parts_of_numbers_are_none(text: str) -> None:
    assert values(text, language_of("de")) <= {Decimal(1)}


def test_dates_and_times() -> None:
    dates = dates_of("am 3. März 2024 und im Dez. 1999", language_of("de"))
    assert [(date.day, date.month, date.year) for date in dates] == [(3, 3, 2024), (0, 12, 1999)]
    times = times_of("um 15:30 Uhr, um 8.15 Uhr und um 9 Uhr 45", language_of("de"))
    assert [(time.hour, time.minute) for time in times] == [(15, 30), (8, 15), (9, 45)]


@pytest.mark.parametrize(
    ("source", "target", "code"),
    [
        ("Am 3. März 2024 wurde das Gesetz verkündet.", "On 3 April 2024 the law was promulgated.", "E202"),
        ("Das Projekt kostete 1.234,5 Euro.", "The project cost 1,243.5 euros.", "E201"),
        ("Das sind 3,5 Millionen Menschen.", "That is 3.5 billion people.", "E201"),
        ("Die Sitzung endet um 15:30 Uhr.", "The meeting ends at 3.20 p.m.", "W203"),
        ("Er zahlte zwölf Millionen Franken und 5 Prozent.", "He paid twelve million francs and 5.", "W205"),
        ("Der Minister ist in der Stadt und nicht hier.", "Der Minister ist in der Stadt und nicht da.", "E103"),
    ],
)
def test_a_mistake_is_found(source: str, target: str, code: str) -> None:
    assert code in codes(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Am 3. März 2024 kamen dreiundzwanzig Staaten.", "On March 3, 2024 twenty-three states came."),
        ("Das Projekt kostete 1.234,5 Mio. Euro.", "The project cost €1,234.5 million."),
        ("Die Sitzung endet um 15.30 Uhr.", "The meeting ends at 3:30 p.m."),
        ("Im 19. Jahrhundert stieg der Anteil um 5 Prozent.", "In the 19th century the share rose by 5 per cent."),
        ("Um 12 Uhr mittags begann die Debatte.", "The debate began at noon."),
        ("Die EZB und der IWF berichten über das BIP.", "The ECB and the IMF report on the GDP."),
        ("Jean Dupont trifft Frau Müller in Köln.", "Jean Dupont meets Ms Müller in Cologne."),
    ],
)
def test_a_right_translation_has_no_finding(source: str, target: str) -> None:
    assert codes(source, target) == set()


def test_what_only_french_has_is_not_asked_of_german() -> None:
    assert "names" not in GERMAN.checks, "every German noun has a capital"
    assert not GERMAN.preparations
    assert find_pair("es", "it").checks == frozenset()
