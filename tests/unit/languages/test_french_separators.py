"""English separators in numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.languages.figures import readings
from aligner.languages.french_english.separators import with_english_separators


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("187 500,00 € H.T.", "187 500,00 € excl. tax", "€187,500.00 excl. tax"),
        ("2\u202f450,75 €", "2 450.75 €", "€2,450.75"),
        ("1.250.000 €", "€1.250.000", "€1,250,000"),
        ("212 345,67", "212,345,67", "212,345.67"),
        ("3.500,50 EUR", "EUR 3.500,50", "EUR 3,500.50"),
        ("10 000 à 12 000", "10000 to 12 000", "10,000 to 12,000"),
        ("2,5-3,5 % et -1,5 °C", "2,5-3,5% and -1,5 °C", "2.5-3.5% and -1.5 °C"),
        ("2 450,75 puis 450,75", "2450.75 then 450,75", "2,450.75 then 450.75"),
        ("±0,5 %.", "±0,5%.", "±0.5%."),
        ("12.500 euros et 1.200 €", "EUR 12.500 and €1.200", "EUR 12,500 and €1,200"),
        ("sous le numéro 814 552 907", "under number 814 552,907", "under number 814 552 907"),
        ("30 € à 40 €", "30 € to 40€", "€30 to €40"),
    ],
)
def test_french_numbers_become_english(source: str, target: str, expected: str) -> None:
    assert with_english_separators(source, target) == expected
    assert with_english_separators(source, expected) == expected


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("articles 12, 13 et 14", "sections 12, 13 and 14"),
        ("Tél. 04 76 00 00 00", "Tel. 04 76 00 00 00"),
        ("IBAN FR76 3000 4000 0312 3456 7890 143", "IBAN FR76 3000 4000 0312 3456 7890 143"),
        ("version 2.5.1, A-1,5, 12/1,5", "version 2.5.1, A-1,5, 12/1,5"),
        ("l'adresse 192.168.100.200.", "the address 192.168.100.200."),
        ("RCS Paris 552 100 554, SIREN 552 100 554", "RCS Paris 552 100 554, SIREN 552 100 554"),
        ("La décision n° 2 345 678 et la facture n° 45 678", "Decision No. 2 345 678 and bill No. 45 678"),
        ("le brevet FR 2 345 678, le pourvoi n° 19-12 345", "patent FR 2 345 678, appeal No. 19-12 345"),
        ("l'article 1 240 du code civil", "Article 1 240 of the Civil Code"),
        ("Appelez le 800 123 456 ou le 1 800 555 123.", "Call 800 123 456 or 1 800 555 123."),
        ("Voir les pages 12,13 et 14.", "See pages 12,13 and 14."),
        ("Votre numéro de client : 12 345 678.", "Your customer number: 12 345 678."),
        ("résolution 1 325 (2000)", "resolution 1325 (2000)"),
        ("un débit de 1.200 m3/s", "a flow of 1.200 m3/s"),
        ("12,5 %", "112,5%"),
        ("12,5 %", "12,55%"),
        ("1 000 €", "21 000 €, 1 000 000 €"),
        ("Il a dit oui.", "He said 1 000."),
    ],
)
def test_what_is_no_such_number_stays(source: str, target: str) -> None:
    assert with_english_separators(source, target) == target


@given(st.integers(0, 10**12), st.none() | st.integers(0, 999))
def test_the_value_stays_the_same(whole: int, decimals: int | None) -> None:
    end = "" if decimals is None else f",{decimals}"
    french = f"{whole:,}".replace(",", " ") + end
    english = with_english_separators(french, f"It is {french} euros.")
    assert readings(english.split()[2]) & readings(french)


@given(st.text("0123456789 .,-", max_size=40), st.text("0123456789 .,-", max_size=40))
def test_nothing_but_separators_changes(source: str, target: str) -> None:
    digits = str.maketrans("", "", " .,-")
    assert with_english_separators(source, target).translate(digits) == target.translate(digits)
