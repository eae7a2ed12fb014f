"""The terms of a glossary in renderings of the embedded model: kept, marked, and without harm to anything else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from aligner.terms import Finder, Glossary, Term
from aligner.translation import ArgosTranslator, Flag, Rendering, TranslateOptions, open_translator
from aligner.translation.argos.decoder import Decoding
from aligner.translation.argos.faults import Fault
from aligner.translation.argos.passage import (
    INSERTION,
    SWITCHING,
    Attempt,
    Output,
    Passage,
)
from aligner.translation.argos.required import Required

NONSENSE = Glossary(
    (
        Term("Conseil de sécurité", ("Circle of Lanterns",)),
        Term("rapporteur", ("storyteller",)),
        Term("proposition", ("brainwave",)),
        Term("Europe", forbidden=("Europe",)),
    )
)
"""Renderings that no model has by itself."""
TEXTS = [
    "Le Conseil de sécurité est saisi de la question.",
    "Je voudrais remercier le rapporteur.",
    "Je voudrais remercier les rapporteurs de leurs propositions.",
    "CONSEIL DE SÉCURITÉ",
    "Le Conseil de sécurité a reçu le rapport du rapporteur et la proposition de la Commission.",
    "Conseil de sécurité",
]


@pytest.fixture(scope="module")
def strict(translator: ArgosTranslator) -> ArgosTranslator:
    return open_translator(translator.package, options=TranslateOptions(beam=1, threads=1), glossary=NONSENSE)


def test_terms_that_no_model_says_are_said_and_marked(strict: ArgosTranslator) -> None:
    finder = Finder(NONSENSE)
    for text, rendering in zip(TEXTS, strict.translate(TEXTS), strict=True):
        assert not finder.broken(text, rendering.text), rendering
        assert Flag.INSERTED in rendering.flags
        assert Flag.TERMS not in rendering.flags
        assert 0 < rendering.score <= 1


def test_the_plural_of_a_term_may_become_a_plural(strict: ArgosTranslator) -> None:
    (rendering,) = strict.translate(["Les rapporteurs sont arrivés."])
    assert "storyteller" in rendering.text.lower()


def test_what_is_forbidden_is_avoided_or_marked(strict: ArgosTranslator, translator: ArgosTranslator) -> None:
    text = "C'est une question importante pour l'Europe."
    (before,), (after,) = translator.translate([text]), strict.translate([text])
    assert "Europe" in before.text
    assert bool(re.search(r"\bEurope\b", after.text)) == (Flag.TERMS in after.flags)


def test_texts_without_terms_come_out_as_ever(strict: ArgosTranslator, translator: ArgosTranslator) -> None:
    texts = ["Nous sommes favorables à ce texte.", "La réunion aura lieu le 12 mars 2024.", "", "12 %"]
    assert strict.translate(texts) == translator.translate(texts)


def test_a_term_does_not_cost_a_number(strict: ArgosTranslator) -> None:
    (rendering,) = strict.translate(["Le Conseil de sécurité a adopté la résolution 1540 le 28 avril 2004."])
    assert "Circle of Lanterns" in rendering.text
    assert all(number in rendering.text for number in ("1540", "28", "2004"))


def test_a_rendering_does_not_depend_on_what_is_translated_with_it(strict: ArgosTranslator) -> None:
    together = strict.translate(TEXTS)
    alone = [strict.translate([text])[0] for text in reversed(TEXTS)]
    assert together == alone[::-1]


def test_a_long_sentence_is_not_cut_through_a_term(strict: ArgosTranslator) -> None:
    text = "Nous avons dit que " + "nous sommes venus ici, et que " * 12 + "le Conseil de sécurité est saisi, " * 6
    (rendering,) = strict.translate([text.strip(", ") + "."])
    assert Flag.SPLIT in rendering.flags
    assert "Circle of Lanterns" in rendering.text
    assert Flag.TERMS not in rendering.flags


def test_only_what_a_glossary_concerns_is_translated_anew(translator: ArgosTranslator, tmp_path: Path) -> None:
    texts, file = [TEXTS[0], "La réunion aura lieu demain."], tmp_path / "cache.sqlite"

    def fresh(glossary: Glossary | None) -> tuple[int, list[Rendering]]:
        opened = open_translator(translator.package, cache=file, options=TranslateOptions(beam=1), glossary=glossary)
        renderings = opened.translate(texts)
        opened.close()
        return opened.fresh, renderings

    other = Glossary((Term("Conseil de sécurité", ("Ring of Lamps",)), Term("mer", ("sea",))))
    assert [fresh(each)[0] for each in (None, NONSENSE, NONSENSE, other, None)] == [2, 1, 0, 1, 0]
    assert "Ring of Lamps" in fresh(other)[1][0].text


def test_the_signature_names_the_glossary(strict: ArgosTranslator, translator: ArgosTranslator) -> None:
    assert strict.signature == f"{translator.signature}|{NONSENSE.signature}"


def test_the_model_is_given_the_renderings_that_are_missing() -> None:
    required = Required(finder=Finder(NONSENSE))
    text = "Conseil de sécurité : les rapporteurs et la proposition"
    assert required.switched(text, "Council: the rapporteurs and the brainwave") == (
        "Circle of Lanterns : les storytellers et la proposition"
    )
    assert required.switched(text, "Circle of Lanterns: storytellers, brainwaves") == text
    assert required.switched("L'Europe du rapporteur, du rapporteur", "") == "L'Europe du storyteller, du storyteller"
    assert Required(finder=Finder(Glossary((Term("espace", ("outer space",)),)))).switched("à l'espace", "") == (
        "à le outer space"
    )
    assert required.switched("Vive l'Europe !", "Long live Europe!") == "Vive l'Europe !"


def test_a_rendering_with_a_term_too_often_is_worth_less() -> None:
    required = Required(finder=Finder(NONSENSE))
    text = "le rapporteur est là"
    assert required.worth(text, "the storyteller is here") == 0
    assert required.worth(text, "the storyteller is a storyteller") == -1


def test_signs_of_a_term_are_replaced_with_it() -> None:
    signs = Required(finder=Finder(Glossary((Term("n°", ("No.",)), Term("M€", ("million euros",))))))
    assert signs.switched("Le n-ième cas, n°7 : 12M€", "") == "Le n-ième cas, No. 7 : 12 million euros"


def test_names_of_a_glossary_stay(translator: ArgosTranslator) -> None:
    names = Glossary(tuple(Term(name, (name,)) for name in ("Écuries-de-Conti", "Isle-Adam")))
    strict = open_translator(translator.package, options=TranslateOptions(threads=1), glossary=names)
    texts = ["Le quartier des Écuries-de-Conti sera rénové.", "PLACE DES ÉCURIES-DE-CONTI", "VILLE DE L'ISLE-ADAM"]
    for text, rendering in zip(texts, strict.translate(texts), strict=True):
        assert not Finder(names).broken(text, rendering.text), rendering
        assert not Finder(names).surplus(text, rendering.text), rendering


def test_a_term_is_not_bought_with_half_a_sentence(translator: ArgosTranslator) -> None:
    passage = Passage("Le rapporteur a parlé longuement du budget.", translator._reader, translator.steps, len)
    free = Output("The rapporteur spoke at length about the budget.", 9, -0.5, (Fault.TERM,))
    for attempt, text, taken in (
        (SWITCHING, "The storyteller.", False),
        (INSERTION, "The storyteller spoke.", False),
        (SWITCHING, "The storyteller spoke about the budget.", True),
    ):
        passage.best = free
        passage.begin(Attempt(attempt, Decoding(beam=2), inserting=True))
        passage.take(0, Output(text, 3, -0.1))
        assert passage.best is not None
        assert (passage.best.text == text) is taken
