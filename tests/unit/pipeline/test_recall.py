"""What memories say to a document, as records; the whole of it is tested end to end."""

from __future__ import annotations

from dataclasses import replace

from aligner.model import Bead, Bitext, Kind, Match, Origin, Status
from aligner.pipeline.carry import carry_matches
from aligner.pipeline.recall import (
    Recalled,
    accepted,
    recalled_for,
    said,
)
from tests.make import side

EXACT = Match(100, "tm.tmx", "u1", "Un.", "One.")
FUZZY = Match(80, "tm.tmx", "u2", "Deux !", "Two!")


def machine(index: int, **choices: object) -> Bead:
    bead = Bead((index,), (index,), kind=Kind.CONSTRUCTED, origin=Origin.MACHINE, machine="x", machine_score=0.5)
    return replace(bead, **choices)  # type: ignore[arg-type]


def test_an_exact_match_makes_the_bead_the_memorys_and_a_fuzzy_one_stays_beside_it() -> None:
    known = [Recalled(EXACT, "One."), Recalled(FUZZY), None]
    first, second, third = (recalled_for(machine(k), known) for k in range(3))
    assert (first.origin, first.machine, first.machine_score, first.match) == (Origin.MEMORY, None, None, EXACT)
    assert (second.origin, second.machine, second.match) == (Origin.MACHINE, "x", FUZZY)
    assert third == machine(2)


def test_what_was_accepted_keeps_its_origin() -> None:
    old = machine(0, machine="y", flags=("split",), match=FUZZY)
    bead = recalled_for(machine(0), [Recalled(FUZZY, "One.", old)])
    assert (bead.origin, bead.machine, bead.flags, bead.match) == (Origin.MACHINE, "y", ("split",), FUZZY)


def test_only_what_was_accepted_of_ours_counts_for_other_places_of_a_sentence() -> None:
    french, english = side("fr", "Un.", "Deux.", "Trois.", "Quatre."), side("en", "1", "2", "3", "4")
    beads = (
        machine(0, status=Status.ACCEPTED),
        machine(1),
        machine(2, status=Status.REJECTED),
        machine(3, status=Status.ACCEPTED, origin=Origin.HUMAN),
    )
    previous = Bitext("doc", french, english, beads)
    assert accepted(previous, french.segments) == {}
    known = accepted(previous, french.segments * 2)
    assert {text: english for text, (_, english) in known.items()} == {"Un.": "1"}


def test_what_memories_said_is_told_by_their_names_and_a_digest() -> None:
    full = said([EXACT, None, replace(FUZZY, memory="other|one\n.tmx")])
    assert full.startswith("other/one .tmx, tm.tmx ")
    assert full != said([EXACT, None, replace(FUZZY, memory="other|one\n.tmx", score=81)])
    assert said([None, None]) == ""


def test_matches_follow_their_sources_when_a_person_takes_over() -> None:
    french, english = side("fr", "Un.", "Deux."), side("en", "One.", "Two.")
    beads = (machine(0, origin=Origin.MEMORY, match=EXACT), machine(1, match=FUZZY))
    previous = Bitext("doc", french, english, beads)
    aligned = (Bead((0,), (0,)), Bead((1,), (1,)))
    assert [bead.match for bead in carry_matches(aligned, french.segments, previous)] == [EXACT, FUZZY]
