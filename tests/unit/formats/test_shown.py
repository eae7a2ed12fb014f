"""What cells show, by their number format; checked against Excel's documentation and LibreOffice."""

from __future__ import annotations

import pytest

from aligner.formats.xlsx.shown import BUILT_IN, NotShownError, shown_number, shown_truth


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        ("14", "General", "14"),
        ("0.5", "General", "0.5"),
        ("0.30000000000000004", "General", "0.3"),
        ("-1200", "General", "-1200"),
        ("0.5", "0%", "50%"),
        ("0.125", "0.0%", "12.5%"),
        ("1234567.891", "#,##0.00", "1,234,567.89"),
        ("-3", "0;(0)", "(3)"),
        ("0", '0;-0;"nil"', "nil"),
        ("7", "000", "007"),
        ("12", '0" km"', "12 km"),
        ("2500", "0.0,", "2.5"),
        ("46145", "yyyy-mm-dd", "2026-05-03"),
        ("46145", "d mmmm", "3 May"),
        ("46145", "dddd, d mmm yy", "Sunday, 3 May 26"),
        ("46145", "[$-409]d-mmm-yyyy;@", "3-May-2026"),
        ("46145", "[$-40C]d mmmm yyyy", "3 mai 2026"),
        ("46145", "dd/mm/yyyy", "03/05/2026"),
        ("1", "d/m/yyyy", "1/1/1900"),
        ("61", "d/m/yyyy", "1/3/1900"),
        ("0.5833333333333334", "h:mm", "14:00"),
        ("0.5833333333333334", "h:mm AM/PM", "2:00 PM"),
        ("0.000011574074074074073", "mm:ss", "00:01"),
        ("46145.75", "d/m/yyyy h:mm", "3/5/2026 18:00"),
        ("0.5833333333333334", 'h" h "mm', "14 h 00"),
    ],
)
def test_numbers(value: str, code: str, text: str) -> None:
    assert shown_number(value, code) == text


def test_french_signs_and_months() -> None:
    assert shown_number("1234.5", "#,##0.00", language="fr-FR") == "1\u202f234,50"
    assert shown_number("3.5", "General", language="fr") == "3,5"
    assert shown_number("46145", "d mmm", language="fr") == "3 mai"
    assert (shown_truth("1", "fr"), shown_truth("0", "en")) == ("VRAI", "FALSE")


def test_the_other_first_day() -> None:
    assert shown_number("44683", "yyyy-mm-dd", from_1904=True) == "2026-05-03"


@pytest.mark.parametrize(
    ("value", "code", "language"),
    [
        ("46145", BUILT_IN.get(14), "en"),  # the short date of whoever looks at it
        ("46145", "[$-F800]dddd", "en"),
        ("46145", "d mmmm", "de"),
        ("1.5", "0.00E+00", "en"),
        ("1.5", "# ?/?", "en"),
        ("1.5", "[h]:mm", "en"),
        ("1.5", "[>1]0", "en"),
        ("60", "d/m/yyyy", "en"),  # 29 February 1900, which never was
        ("-1", "d/m/yyyy", "en"),
        ("123456789012", "General", "en"),
        ("x", "General", "en"),
    ],
)
def test_what_the_file_does_not_tell(value: str, code: str | None, language: str) -> None:
    with pytest.raises(NotShownError):
        shown_number(value, code, language=language)
