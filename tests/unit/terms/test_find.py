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


PAIRS = [
    *(("commun", "commune"), ("arrêt", "arrêté"), ("cour", "cours"), ("marche", "marché"), ("règle", "réglé")),
    *(("agent", "agente"), ("droit", "droite")),
]


@pytest.mark.parametrize(("one", "other"), [*PAIRS, *(pair[::-1] for pair in PAIRS)])
def test_words_that_look_alike_are_different_terms(one: str, other: str) -> None:
    both = Finder(Glossary((Term(one, ("1",)), Term(other, ("2",)))))
    text = f"un {one} et un {other}, {one.title()}, {other.title()}"
    assert [match.term.source for match in both.matches(text)] == [one, other, one, other]
    alone = Finder(Glossary((Term(one, ("1",)),)))
    assert [match.text for match in alone.matches(f"le {one}, le {other}")] == [one]


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("commune", "le patrimoine commun, la Commune, des communes, biens communs", ["Commune", "communes"]),
        ("arrêté", "un arrêt, des arrêtés, des arrêts, elle est arrêtée", ["arrêtés"]),
        ("arrêté", "ARRÊTÉS, ARRETES, ARRÊTS", ["ARRÊTÉS", "ARRETES"]),
        ("État", "l'Etat, les ETATS, l'état, il était", ["Etat", "ETATS", "état"]),
        ("cour", "au cours de, le cours, les cours, la cour", ["cours", "cour"]),
        ("cours", "la cour, un cours", ["cours"]),
        ("travail", "les travaux, aux, travaille", ["travaux"]),
        ("niveau", "des niveaux", ["niveaux"]),
        ("loi", "les lois", ["lois"]),
        ("œuvre", "oeuvres, OEUVRE, œuvrer", ["oeuvres", "OEUVRE"]),
        ("relation bilatérale", "des relations bilatérales", ["relations bilatérales"]),
        ("partenaire mondial", "une partenaire mondiale", ["partenaire mondiale"]),
    ],
)
def test_a_single_word_has_a_plural_and_no_other_form(term: str, text: str, found: list[str]) -> None:
    assert [match.text for match in Finder(Glossary((Term(term, ("1",)),))).matches(text)] == found


def test_terms_of_several_words_with_the_same_stems_stay_apart() -> None:
    finder = Finder(Glossary((Term("arrêt royal", ("judgment",)), Term("arrêté royal", ("order",)))))
    text = "l'arrêté royal, l'arrêt royal, les arrêtés royaux, ARRETS ROYAUX, arrête royale"
    assert [match.term.preferred[0] for match in finder.matches(text)] == ["order", "judgment", "order", "judgment"]
    assert not finder.broken("l'arrêté royal", "the order")


def test_french_renderings_may_agree_but_what_is_forbidden_is_only_itself() -> None:
    term = Term("shared", ("commun",), forbidden=("partage",))
    finder = Finder(Glossary((term,), "en", "fr"))
    assert not finder.broken("shared", "la maison commune est partagée")
    assert [breach.forbidden for breach in finder.broken("shared", "commun partage")] == ["partage"]


def test_plural_is_seen() -> None:
    assert [match.is_plural for match in FINDER.matches("un point chaud, des points chauds")] == [False, True]


def test_the_key_holds_what_counts_for_a_text_and_nothing_else() -> None:
    assert FINDER.key("Il pleut.") == ""
    assert FINDER.key("les Nations unies") == FINDER.key("aux nations unies")
    other = Finder(Glossary((Term("Nations unies", ("UN",)),)))
    assert other.key("les Nations unies") != FINDER.key("les Nations unies")


def test_long_texts_are_linear() -> None:
    assert len(FINDER.matches("les Nations unies, " * 20_000)) == 20_000
