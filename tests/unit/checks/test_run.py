"""Running the checks over bitexts: order, choice, what is passed over, the registry's promises."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from aligner.checks import CHECKS, Severity, Span, check, selected
from aligner.checks.run import check_alone, check_pair, pairs
from aligner.errors import InputError
from aligner.model import Bead, Bitext, Kind, Segment, Side, Status
from aligner.terms import Glossary, Term
from tests.make import bitext_of


def side(language: str, texts: list[str]) -> Side:
    return Side(language, tuple(Segment(text, 0, len(text), paragraph=i) for i, text in enumerate(texts, 1)))


def bitext(*pairs: tuple[str, str], document: str = "a", source: str = "fr", target: str = "en") -> Bitext:
    beads = tuple(Bead((i,), (i,)) for i in range(len(pairs)))
    return Bitext(document, side(source, [s for s, _ in pairs]), side(target, [t for _, t in pairs]), beads)


def test_findings_say_where_and_what() -> None:
    text = bitext(("Bonjour.", "Hello."), ("Les 47 membres ont voté.", "The members have voted."))
    (finding,) = check([text])
    assert (finding.code, finding.name, finding.severity) == ("E201", "numbers", Severity.ERROR)
    assert (finding.document, finding.locator) == ("a", "2.1")
    assert finding.message == "47 is missing"
    assert (finding.source, finding.target) == ((Span(4, 6),), ())


def test_findings_follow_the_text_and_the_codes() -> None:
    first = bitext(("Qui est venu avec 3 amis ?", "Who came with the the friends ?"), document="a")
    second = bitext(("Il a 12 ans.", "He is 13."), document="b")
    found = [(finding.document, finding.code) for finding in check([first, second])]
    assert found == [("a", "E201"), ("a", "W401"), ("a", "W504"), ("b", "E201")]


def test_null_beads_are_one_finding() -> None:
    source, target = side("fr", ["Il a 47 ans ?"]), side("en", ["She is 12 ."])
    text = Bitext("a", source, target, (Bead((0,), ()), Bead((), (0,))))
    assert [(finding.code, finding.locator) for finding in check([text])] == [("E101", "1.1"), ("W106", "t1.1")]


ENDLESS = """
import resource
resource.setrlimit(resource.RLIMIT_CPU, (40, 40))
from aligner.checks.run import check_texts
from aligner.languages import find_pair
for part in ("a", "a, ", "le a, ", "1 ", "1-", "1er ", "A. ", "l'"):
    check_texts(part * (60_000 // len(part)), "So it is.", find_pair("fr", "en"))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a limit for the processor's time needs a Unix system")
def test_an_endless_line_is_no_endless_work() -> None:
    """Work that grew with the square of the length would take hours: 40 seconds end the process."""
    assert subprocess.run([sys.executable, "-c", ENDLESS], check=False).returncode == 0


@pytest.mark.parametrize("change", [{"kind": Kind.EXCLUDED}, {"status": Status.REJECTED}])
def test_boilerplate_and_rejected_beads_are_passed_over(change: dict[str, object]) -> None:
    beads = (Bead((0,), (), **change), Bead((), (0,), **change))  # type: ignore[arg-type]
    assert not list(check([Bitext("a", side("fr", ["Partager"]), side("en", ["Share"]), beads)]))


def test_other_languages_get_the_general_checks() -> None:
    text = bitext(("Er kam um 7 Uhr.", "Il vient vient à 8 heures."), source="de", target="fr")
    assert [finding.code for finding in check([text])] == ["W401"]


def test_regional_languages_count_as_their_language() -> None:
    text = bitext(("Il a 12 ans.", "He is 13."), source="fr-CA", target="en-GB")
    assert [finding.code for finding in check([text])] == ["E201"]


def test_same_source_with_different_targets_across_documents() -> None:
    first = bitext(("La séance est levée.", "The meeting rose."), document="a")
    second = bitext(
        ("La séance  est levée !", "the meeting rose"), ("La séance est levée.", "It is over."), document="b"
    )
    (finding,) = check([first, second], only=["W601"])
    assert (finding.document, finding.locator) == ("b", "2.1")
    assert "in a 1.1: “The meeting rose.”" in finding.message


def test_different_sources_with_the_same_target() -> None:
    target = "The debate on this is closed."
    text = bitext(("Le débat est clos.", target), ("Le débat est clos !", target), ("Le vote est clos.", target))
    (finding,) = check([text], only=["merged"])
    assert (finding.code, finding.locator) == ("W602", "3.1")


def test_short_segments_may_be_translated_freely() -> None:
    assert not list(check([bitext(("Oui.", "Yes."), ("Oui.", "Indeed."), ("Si.", "Yes."))]))


def test_each_run_begins_afresh() -> None:
    first = bitext(("La séance est levée.", "The meeting rose."))
    second = bitext(("La séance est levée.", "It is over."))
    assert not list(check([first]))
    assert not list(check([second]))


def test_a_quotation_may_go_on_in_the_next_sentences_of_its_paragraph() -> None:
    source = ["Il a dit : « Je viens. »", "« Je reste un peu. »", "Puis il partit.", "Elle dit : « Non. »"]
    target = ["He said: “I am coming.", "I stay for a while.”", "Then he left.", "She said: “No."]
    segments = [(texts, [1, 1, 1, 2]) for texts in (source, target)]
    sides = [
        Side(language, tuple(Segment(t, 0, len(t), paragraph=n) for t, n in zip(texts, numbers, strict=True)))
        for language, (texts, numbers) in zip(("fr", "en"), segments, strict=True)
    ]
    text = Bitext("a", sides[0], sides[1], tuple(Bead((i,), (i,)) for i in range(4)))
    assert [finding.locator for finding in check([text], only=["quotes"])] == ["2.1"]


def test_entities_are_read_as_the_characters_they_stand_for() -> None:
    text = bitext(("Il a 5&nbsp;000&nbsp;&euro; et 3 cl&eacute;s.", "He has €5,000 and 4 keys."))
    (finding,) = check([text])
    assert finding.message == "3 became 4"
    assert (finding.source, finding.target) == ((Span(31, 32),), (Span(18, 19),))


def test_glossary() -> None:
    terms = Glossary(
        (
            Term("sécurité globale", ("global security", "security for all")),
            Term("traité", ("treaty",), notes=(("treaty", "law"),)),
        )
    )
    text = bitext(
        ("La Sécurité globale et les traités", "Global security and the treaties"),
        ("les traités", "the contracts"),
    )
    found = [(finding.code, finding.locator, finding.message) for finding in check([text], terms=terms)]
    assert found == [("W701", "2.1", "“traités” should be “treaty” (law)")]


def test_a_name_of_a_glossary_should_stay_as_it_is() -> None:
    terms = Glossary((Term("Écuries-de-Conti", ("Écuries-de-Conti",)),))
    kept, lost = ("rue des Écuries-de-Conti", "Ecuries-de-Conti street"), ("LES ÉCURIES-DE-CONTI", "THE STABLES")
    found = [finding.message for finding in check([bitext(kept, lost)], terms=terms, only=["W701"])]
    assert found == ["“ÉCURIES-DE-CONTI” should stay as it is"]


def test_glossary_shows_what_is_forbidden() -> None:
    notes = ("mayor", "elected"), ("major", "a soldier")
    terms = Glossary((Term("maire", ("mayor",), forbidden=("major",), notes=notes),))
    (finding,) = check([bitext(("Le maire", "The mayor, the Major"))], terms=terms)
    assert finding.message == "“maire” must not be “Major” (a soldier)"
    assert (finding.source, finding.target) == ((Span(3, 8),), (Span(15, 20),))


def test_selection_by_code_group_and_name() -> None:
    assert [each.code for each in selected(["E2", "doubled"])] == ["E201", "E202", "W401"]
    assert [each.code for each in selected(["E"], ["numbers", "e1"])] == ["E202", "E303", "E304", "E305", "E402"]


@pytest.mark.parametrize("word", ["E9", "numbrs", "W702"])
def test_unknown_checks_are_refused(word: str) -> None:
    with pytest.raises(InputError, match=f"there is no check '{word}'"):
        selected([], [word])


def test_the_check_of_a_glossary_needs_one() -> None:
    terms = Glossary((Term("maire", ("mayor",)),))
    assert [each.code for each in selected(["W7"], terms=terms)] == ["W701"]
    assert "W701" not in [each.code for each in selected()]
    assert len(selected(skip=["glossary"])) == len(selected())
    assert [each.code for each in selected(["W701", "E2"])] == ["E201", "E202"]
    with pytest.raises(InputError, match="W701 needs a glossary"):
        selected(["W701"])


def test_the_registry_keeps_its_promises() -> None:
    names = [each.name for each in CHECKS.values()]
    assert len(set(names)) == len(names)
    for each in CHECKS.values():
        assert re.fullmatch("[EW][1-9][0-9]{2}", each.code)
        assert each.summary.endswith("."), each.code
        assert " → " in each.example, each.code


@pytest.mark.parametrize("terms", [Glossary(), Glossary((Term("chat", ("cat",)),))])
def test_what_is_found_once_for_all_is_what_every_pair_would_be_told(terms: Glossary) -> None:
    quoted = bitext_of(
        "Il dit : « Le chat dort. Il a 12 ans. » Il a 12 ans.", "He says: “The dog sleeps. He is 13. He is 12."
    )
    again = bitext(("Il a 12 ans.", "He is 13."), ("Il a 12 ans.", "He is 14."), document="b")
    running = [(each, each.start()) for each in selected(terms=terms)]
    expected = [found for each in (quoted, again) for pair in pairs(each) for found in check_pair(pair, running)]
    assert {finding.code for finding in expected} >= {"E201", "W601"}
    for _ in range(2):
        assert list(check([quoted, again], terms=terms)) == expected
    lone = [found for found in expected if found.code not in {"W601", "W602"}]
    assert [*check_alone(quoted, terms=terms), *check_alone(again, terms=terms)] == lone
