"""Folding for the model, and cleaning of its output."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.translation.protect.fold import (
    clean,
    lower_capitals,
    model_form,
    one_line,
    respell,
    without_accents_of_initials,
    without_unknown_letters,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("l’avenir", "l'avenir"),
        ("10\u202f000\u00a0€", "10 000 €"),
        ("e\u0301te\u0301", "été"),
        ("co\u00adopération\u200b", "coopération"),
        ("un\tdeux\r\n trois\x00", "un deux trois"),
        ("demi\u2011mesure", "demi-mesure"),
        ("\ud800", ""),
    ],
)
def test_typography_is_evened_out(text: str, folded: str) -> None:
    assert model_form(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert model_form(model_form(text)) == model_form(text)


@given(st.text(alphabet=st.characters(exclude_categories=[])))
def test_every_output_is_one_clean_line(text: str) -> None:
    for result in (model_form(text), clean(text), one_line(text)):
        assert len(result.splitlines()) <= 1
        result.encode("utf-8")
    assert "  " not in clean(text)
    assert "⁇" not in clean(text)


def test_one_line_keeps_inner_no_break_spaces() -> None:
    assert one_line(" 10\u00a0%\n") == "10\u00a0%"


def test_names_get_their_accents_back() -> None:
    known = set("abcdefghijklmnopqrstuvwxyzéZS -").__contains__
    plain, proper = without_unknown_letters("Slavoj Žižek épouse Zizek", known)
    assert plain == "Slavoj Zizek épouse Zizek"
    assert respell("Zizek's wife", proper) == "Žižek's wife"


def test_letters_without_an_accent_to_take_off_stay() -> None:
    for text in ("北京", "3 ≠ 4", "ή", "한"):
        assert without_unknown_letters(text, str.isascii) == (text, {})


def test_latin_letters_have_plain_ones_and_capitals_become_small() -> None:
    assert without_unknown_letters("Łódź, Smørrebrød", str.isascii)[0] == "Lodz, Smorrebrod"
    known = (string.ascii_letters + "êœ ").__contains__
    plain, proper = without_unknown_letters("Être une Œuvre D'ÊTRE", known)
    assert plain == "être une œuvre D'ETRE"
    assert proper == {"être": "Être", "œuvre": "Œuvre", "ETRE": "ÊTRE"}


@pytest.mark.parametrize("text", ["ONU", "La Chine", "L'ONU ET", "BRICS", "12 %", "", "A B C"])
def test_acronyms_and_ordinary_text_are_not_headings_in_capitals(text: str) -> None:
    assert lower_capitals(text) is None


@pytest.mark.parametrize(
    ("text", "spelled", "proper"),
    [
        ("É. Zola", "E. Zola", {"E.": "É."}),
        ("M. À. Roux", "M. A. Roux", {"A.": "À."}),
        ("É.-J. Marey", "E.-J. Marey", {"E.": "É."}),
        ("E. Roux et É. Zola", "E. Roux et É. Zola", {}),
        ("À Paris, il a dit À. ", "À Paris, il a dit À. ", {}),
    ],
)
def test_initials_lose_their_accent_for_the_model(text: str, spelled: str, proper: dict[str, str]) -> None:
    assert without_accents_of_initials(text) == (spelled, proper)
    assert respell(spelled, proper) == text


@pytest.mark.parametrize("text", ["ARRÊTÉ MUNICIPAL N° 2025-118", "ARRÊTÉ MUNICIPAL Nº 2025-118"])
def test_a_number_in_a_heading_stays(text: str) -> None:
    assert lower_capitals(text) == text.capitalize()


def test_a_long_number_alone_makes_no_heading_in_capitals() -> None:
    assert lower_capitals("N° 2025-118") is None
    assert lower_capitals("ANNEXE 2025") == "Annexe 2025"
