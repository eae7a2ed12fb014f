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


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("n°", "N/Réf. : le n-ième cas, n° 7, N°8, n °9, n, nᵒ", ["n°", "N°", "n °"]),
        ("M€", "225 M€, 12M€, 3 M €, M, 5 m, 7 k€, M. €uro", ["M€", "M€", "M €"]),
        ("°C", "20 °C, 20°C, 3° C, n° C, C, 4 °F", ["°C", "°C", "° C", "° C"]),
        ("C++", "C, C+, C++, C++11, en C++.", ["C++", "C++", "C++"]),
        ("C+", "C++, C+", ["C+"]),
        ("C#", "C, C# et C.", ["C#"]),
        ("§", "§ 5, le §5 (§ 6), §§ 7", ["§", "§", "§"]),
        ("%", "5 %, 6%", ["%", "%"]),
        ("et/ou", "et ou, et/ou, et / ou", ["et/ou", "et / ou"]),
        ("R.A.T.P.", "la R.A.T.P., la RATP, R. A. T. P.", ["R.A.T.P.", "R. A. T. P."]),
        ("M.", "M. Dupont, 5 m. de haut, M Dupont, m.", ["M."]),
        ("art.", "art. 5, l'art, Art. 6", ["art.", "Art."]),
        ("R&D", "la R&D, la R et D, R & D", ["R&D", "R & D"]),
        ("société anonyme (SA)", "une société anonyme, sociétés anonymes (SA)", ["sociétés anonymes (SA)"]),
        ("page", "pages; (page), page/s, « page »", ["pages", "page", "page", "page"]),
    ],
)
def test_signs_of_a_term_are_a_part_of_it(term: str, text: str, found: list[str]) -> None:
    assert [match.text for match in Finder(Glossary((Term(term, ("1",)),))).matches(text)] == found


@pytest.mark.parametrize(
    ("source", "target", "kept"),
    [
        ("n° 7", "No. 7", True),
        ("n° 7", "no 7", False),
        ("n° 7", "n° 7", False),
        ("3 M€", "€3 m", False),
        ("3 M€", "3 €m", True),
        ("en C++", "in C++.", True),
        ("en C++", "in C", False),
        ("le § 5", "section 5", True),
    ],
)
def test_signs_of_a_rendering_are_a_part_of_it(source: str, target: str, *, kept: bool) -> None:
    rows = {"n°": "No.", "M€": "€m", "C++": "C++", "§": "section"}
    finder = Finder(Glossary(tuple(Term(term, (rendering,)) for term, rendering in rows.items())))
    assert finder.matches(source)
    assert bool(finder.broken(source, target)) != kept


def test_a_text_of_signs_is_linear() -> None:
    finder = Finder(Glossary((Term("C++", ("C++",)), Term("§", ("section",)), Term("n°", ("No.",)))))
    assert len(finder.matches("C++ § n° " * 20_000)) == 60_000
    assert not finder.matches("+§" * 50_000 + "+" * 100_000)[50_000:]


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


@pytest.mark.parametrize(
    ("term", "text", "rendering"),
    [
        (Term("Nations unies", ("United Nations",)), "les NATIONS UNIES", "UNITED NATIONS"),
        (Term("Nations unies", ("United Nations",)), "les Nations Unies", "United Nations"),
        (Term("n°", ("No.",)), "N° 7", "No."),
        (Term("OTAN", ("NATO",)), "l'OTAN", "NATO"),
        (Term("Isle-Adam", ("Isle-Adam",)), "L'ISLE-ADAM", "ISLE-ADAM"),
        (Term("Isle-Adam", ("Isle-Adam",)), "L'Isle Adam", "Isle-Adam"),
        (Term("point chaud", ("hotspot",)), "les points chauds", "hotspots"),
    ],
)
def test_what_to_say_follows_the_text(term: Term, text: str, rendering: str) -> None:
    (match,) = Finder(Glossary((term,))).matches(text)
    assert match.rendering == rendering


@pytest.mark.parametrize(
    ("source", "target", "more"),
    [
        ("les Nations unies", "the United Nations", 0),
        ("les Nations unies", "the UN's United Nations", 1),
        ("les Nations unies", "the nations", 0),
        ("les Nations unies et les Nations unies", "the UN and the UN and the UN", 1),
        ("les Nations unies et elles", "the UN and the UN, UN, UN", 3),
        (
            "l'Initiative pour la sécurité mondiale et la sécurité mondiale",
            "global security and the Global Security Initiative",
            0,
        ),
        ("Il pleut.", "UN UN UN", 0),
        ("les Nations unies", "the United Nations-Nationist", 1),
        ("les Nations unies-France", "the United Nations-France", 0),
    ],
)
def test_terms_that_a_translation_says_too_often(source: str, target: str, more: int) -> None:
    assert FINDER.surplus(source, target) == more


def test_the_key_holds_what_counts_for_a_text_and_nothing_else() -> None:
    assert FINDER.key("Il pleut.") == ""
    assert FINDER.key("les Nations unies") == FINDER.key("aux nations unies")
    other = Finder(Glossary((Term("Nations unies", ("UN",)),)))
    assert other.key("les Nations unies") != FINDER.key("les Nations unies")


def test_long_texts_are_linear() -> None:
    assert len(FINDER.matches("les Nations unies, " * 20_000)) == 20_000


@pytest.mark.parametrize(
    ("target", "mended"),
    [
        ("the member states of the security council", "the member States of the Security Council"),
        ("Member states agree.", "Member States agree."),
        ("THE SECURITY COUNCIL", "THE SECURITY COUNCIL"),
        ("the security councillors", "the security councillors"),
    ],
)
def test_terms_get_the_capitals_of_the_glossary(target: str, mended: str) -> None:
    terms = Term("Conseil de sécurité", ("Security Council",)), Term("États membres", ("member States",))
    assert Finder(Glossary(terms)).with_capitals("les États membres du Conseil de sécurité", target) == mended


@pytest.mark.parametrize(
    ("target", "kept"),
    [
        ("a win-win way", True),
        ("a win-win-wining way", False),
        ("win-win-wining, or win-win", True),
        ("a win-win.", True),
    ],
)
def test_a_rendering_with_hyphens_ends_where_the_word_ends(target: str, *, kept: bool) -> None:
    finder = Finder(Glossary((Term("gagnant-gagnant", ("win-win",)),)))
    assert (finder.broken("une voie gagnant-gagnant", target) == []) is kept
