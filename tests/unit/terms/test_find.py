"""Finding terms in French, and seeing whether English keeps them."""

from __future__ import annotations

import pytest

from aligner.terms import Finder, Glossary, Term

GLOSSARY = Glossary(
    (
        Term("Initiative pour la sécurité mondiale", ("Global Security Initiative",), forbidden=("World Safety Plan",)),
        Term("sécurité mondiale", ("global security",)),
        Term("Nations unies", ("United Nations",), ("UN",)),
        Term("Charte des Nations unies", ("Charter of the United Nations",)),
        Term("chef d'État", ("head of state",)),
        Term("ISM", ("GSI",)),
        Term("point chaud", ("hotspot",), ("hot spot",)),
        Term("maire", forbidden=("major",)),
        Term("non-ingérence", ("non-interference",)),
    )
)
FINDER = Finder(GLOSSARY)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("l’Initiative pour la Sécurité Mondiale vise", ["Initiative pour la Sécurité Mondiale"]),
        ("INITIATIVE POUR LA SECURITE MONDIALE", ["INITIATIVE POUR LA SECURITE MONDIALE"]),
        ("la Charte des Nations Unies", ["Charte des Nations Unies"]),
        ("l'ONU, les nations\u00a0unies", ["nations\u00a0unies"]),
        ("deux chefs d’État et un chef d'Etat", ["chefs d’État", "chef d'Etat"]),
        ("des points chauds", ["points chauds"]),
        ("l'ISM et l'ism", ["ISM"]),
        ("les nations, unies dans l'effort", []),
        ("la non ingérence", ["non ingérence"]),
        ("des nations réunies", []),
        ("", []),
        ("Nations", []),
    ],
)
def test_terms_are_found_whatever_their_form(text: str, found: list[str]) -> None:
    matches = FINDER.matches(text)
    assert [match.text for match in matches] == found
    assert all(text[match.start : match.end] == match.text for match in matches)


@pytest.mark.parametrize(
    ("source", "target", "missing"),
    [
        ("la sécurité mondiale", "Global Security", []),
        ("la sécurité mondiale", "world security", ["sécurité mondiale"]),
        ("les points chauds", "the hot spots", []),
        ("les chefs d'État", "the heads of state", []),
        ("les Nations unies", "the unity of nations", ["Nations unies"]),
        ("les Nations unies", "the UN's role", []),
        # One rendering does not serve two terms.
        ("la Charte des Nations unies et les Nations unies", "the Charter of the United Nations", ["Nations unies"]),
        (
            "l'Initiative pour la sécurité mondiale et la sécurité mondiale",
            "the Global Security Initiative and global security",
            [],
        ),
        (
            "l'Initiative pour la sécurité mondiale",
            "the Global Security Initiatively",
            ["Initiative pour la sécurité mondiale"],
        ),
        ("Il pleut.", "", []),
    ],
)
def test_what_a_translation_does_not_keep(source: str, target: str, missing: list[str]) -> None:
    assert [breach.match.text for breach in FINDER.broken(source, target)] == missing


def test_what_is_forbidden_is_found_in_the_translation() -> None:
    (breach,) = FINDER.broken("le maire a dit", "the Major said")
    assert (breach.forbidden, breach.target) == ("Major", (4, 9))
    assert not FINDER.broken("il a dit", "the major said")


def test_a_forbidden_part_of_an_allowed_rendering_is_allowed() -> None:
    finder = Finder(Glossary((Term("haute mer", ("the high seas",), forbidden=("high",)),)))
    assert not finder.broken("en haute mer", "on the high seas")
    assert [breach.forbidden for breach in finder.broken("la haute mer", "the high, the high seas")] == ["high"]


def test_plural_is_seen() -> None:
    assert [match.is_plural for match in FINDER.matches("un point chaud, des points chauds")] == [False, True]


def test_the_key_holds_what_counts_for_a_text_and_nothing_else() -> None:
    assert FINDER.key("Il pleut.") == ""
    assert FINDER.key("les Nations unies") == FINDER.key("aux nations unies")
    other = Finder(Glossary((Term("Nations unies", ("UN",)),)))
    assert other.key("les Nations unies") != FINDER.key("les Nations unies")


def test_long_texts_are_linear() -> None:
    assert len(FINDER.matches("les Nations unies, " * 20_000)) == 20_000
