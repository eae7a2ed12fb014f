"""What memories say to a document, as records; the whole of it is tested end to end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aligner.model import Bead, Bitext, Kind, Match, Origin, Segment, Side, Status
from aligner.pipeline.recall import Recalled, accepted, part, signed, unsigned, with_recalled
from aligner.reviewed import carry_matches

EXACT = Match(100, "tm.tmx", "u1", "Un.", "One.")
FUZZY = Match(80, "tm.tmx", "u2", "Deux !", "Two!")


def side(language: str, *texts: str) -> Side:
    return Side(language, tuple(Segment(text, 0, len(text), number) for number, text in enumerate(texts, 1)))


def machine(index: int, **choices: object) -> Bead:
    bead = Bead((index,), (index,), kind=Kind.CONSTRUCTED, origin=Origin.MACHINE, machine="x", machine_score=0.5)
    return replace(bead, **choices)  # type: ignore[arg-type]


def test_an_exact_match_makes_the_bead_the_memorys_and_a_fuzzy_one_stays_beside_it() -> None:
    first, second, third = with_recalled(
        [machine(0), machine(1), machine(2)], [Recalled(EXACT, "One."), Recalled(FUZZY), None]
    )
    assert (first.origin, first.machine, first.machine_score, first.match) == (Origin.MEMORY, None, None, EXACT)
    assert (second.origin, second.machine, second.match) == (Origin.MACHINE, "x", FUZZY)
    assert third == machine(2)


def test_what_was_accepted_keeps_its_origin() -> None:
    old = machine(0, machine="y", flags=("split",), match=FUZZY)
    (bead,) = with_recalled([machine(0)], [Recalled(FUZZY, "One.", old)])
    assert (bead.origin, bead.machine, bead.flags, bead.match) == (Origin.MACHINE, "y", ("split",), FUZZY)


def test_only_accepted_beads_of_ours_stay() -> None:
    french, english = side("fr", "Un.", "Deux.", "Trois.", "Quatre."), side("en", "1", "2", "3", "4")
    beads = (
        machine(0, status=Status.ACCEPTED),
        machine(1),
        machine(2, status=Status.REJECTED),
        machine(3, status=Status.ACCEPTED, origin=Origin.HUMAN),
    )
    known = accepted(Bitext("doc", french, english, beads))
    assert {text: english for text, (_, english) in known.items()} == {"Un.": "1"}


@pytest.mark.parametrize("base", ["a:1|b:2", ""])
def test_a_signature_names_the_memories_and_loses_them_again(base: str) -> None:
    full = signed(base, [EXACT, None, replace(FUZZY, memory="other|one\n.tmx")])
    assert unsigned(full) == base
    assert part(full).startswith("other/one .tmx, tm.tmx ")
    assert full != signed(base, [EXACT, None, replace(FUZZY, memory="other|one\n.tmx", score=81)])
    assert signed(base, [None, None]) == base


def test_matches_follow_their_sources_when_a_person_takes_over() -> None:
    french, english = side("fr", "Un.", "Deux."), side("en", "One.", "Two.")
    beads = (machine(0, origin=Origin.MEMORY, match=EXACT), machine(1, match=FUZZY))
    previous = Bitext("doc", french, english, beads)
    edited = side("en", "One.", "A pair.")
    aligned = (Bead((0,), (0,)), Bead((1,), (1,)))
    first, second = carry_matches(aligned, french.segments, edited.segments, previous)
    assert (first.origin, first.match) == (Origin.MEMORY, EXACT)
    assert (second.origin, second.match) == (Origin.HUMAN, FUZZY)
