"""What a person said of a bead stays with its place, however often a text repeats itself and however it is cut."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from aligner.model import Bead, Bitext, Kind, Origin, Role, Side, Status, sha256
from aligner.pipeline.carry import (
    carry_review,
    is_another_text,
    is_kept,
    is_touched,
    locked_beads,
    standing_pairs,
    with_borders,
)
from aligner.text import segment
from tests import make

NOW = "2026-01-01T00:00:00Z"
FRENCH = "Oui. Un chat. Oui. Un chien.\n"
ENGLISH = "Yes. A cat. Yes. A dog.\n"


def previous(*beads: Bead, english: str = ENGLISH) -> Bitext:
    return make.bitext_of(FRENCH, english, beads)


def pairs(**third: object) -> list[Bead]:
    """Four 1-1 beads; the third one as given."""
    return [Bead((k,), (k,), **(third if k == 2 else {})) for k in range(4)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"status": Status.ACCEPTED, "by": "ada"}, True),
        ({"status": Status.EDITED, "by": "ada"}, True),
        ({"kind": Kind.LOCKED, "by": "ada"}, True),
        ({"note": "?", "by": "ada"}, True),
        ({"status": Status.ACCEPTED}, False),
        ({"status": Status.REJECTED, "note": "?", "by": "ada"}, False),
        ({"status": Status.ACCEPTED, "kind": Kind.EXCLUDED, "by": "ada"}, False),
        ({"by": "ada"}, False),
    ],
)
def test_what_a_person_stands_for(fields: dict[str, object], kept: bool) -> None:
    assert is_kept(Bead((0,), (0,), **fields)) is kept  # type: ignore[arg-type]


def test_of_repeated_sentences_the_right_one_is_locked_and_carried() -> None:
    old = previous(*pairs(status=Status.ACCEPTED, by="ada", note="here"))
    source, target = segment("Bon. " + FRENCH, "fr"), segment("Well. " + ENGLISH, "en")
    assert [(bead.source, bead.target) for bead in locked_beads(old, source, target)] == [((3,), (3,))]
    beads = [Bead((k,), (k,)) for k in range(5)]
    carried = carry_review(beads, source, target, old, now=NOW)
    assert [(bead.status, bead.note) for bead in carried] == [
        *[(Status.DRAFT, "")] * 3, (Status.ACCEPTED, "here"), (Status.DRAFT, ""),
    ]  # fmt: skip


def test_null_beads_stay_alone() -> None:
    said = {"by": "ada", "kind": Kind.LOCKED, "origin": Origin.NONE}
    beads = [Bead((0,), (0,)), Bead((1,), (), **said), Bead((), (1,), **said), Bead((2,), (2,)), Bead((3,), (3,))]  # type: ignore[arg-type]
    old = previous(*beads)
    source, target = segment("Bon. " + FRENCH, "fr"), segment(ENGLISH, "en")
    assert [(bead.source, bead.target) for bead in locked_beads(old, source, target)] == [((2,), ()), ((), (1,))]


def test_a_text_that_is_cut_otherwise_is_found_by_its_words() -> None:
    old = previous(Bead((0,), (0,)), Bead((1, 2), (1, 2), status=Status.ACCEPTED, by="ada"), Bead((3,), (3,)))
    source = segment(FRENCH, "fr")
    [yes, cat, again, dog] = segment(ENGLISH, "en")
    joined = replace(cat, text="A cat. Yes.", end=again.end)
    assert [(b.source, b.target) for b in locked_beads(old, source, [yes, joined, dog])] == [((1, 2), (1,))]
    across = replace(yes, text="Yes. A cat.", end=cat.end)
    assert locked_beads(old, source, [across, again, dog]) == []


def test_a_bead_across_boilerplate_is_locked_one_that_begins_with_it_is_not() -> None:
    old = previous(Bead((0,), (0,)), Bead((1, 2, 3), (1, 2, 3), status=Status.ACCEPTED, by="ada"))
    target = segment(ENGLISH, "en")

    def locked(boilerplate: int) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
        source = segment(FRENCH, "fr")
        source[boilerplate] = replace(source[boilerplate], role=Role.BOILERPLATE)
        return [(bead.source, bead.target) for bead in locked_beads(old, source, target)]

    assert locked(2) == [((1, 2, 3), (1, 2, 3))]
    assert locked(1) == []


def test_a_person_parts_what_the_rules_would_join() -> None:
    english = "Yes A cat Yes A dog\n"
    [whole] = segment(english, "en")
    starts = [0, 4, 10, 14]
    texts = ["Yes", "A cat", "Yes", "A dog"]
    target = [
        replace(whole, text=text, start=start, end=start + len(text), number=number)
        for number, (text, start) in enumerate(zip(texts, starts, strict=True), 1)
    ]
    old = replace(previous(*pairs()), target=Side("en", tuple(target), sha256=sha256(english)), beads=tuple(pairs()))
    kept = replace(old, beads=tuple(pairs(status=Status.EDITED, by="ada")))
    assert with_borders([whole], old, english) == [whole]
    cut = with_borders([whole], kept, english)
    assert [(piece.text, piece.locator) for piece in cut] == [("Yes A cat", "1.1"), ("Yes", "1.2"), ("A dog", "1.3")]
    assert all(english[piece.start : piece.end] == piece.text for piece in cut)


MACHINE = "Title. The Council met on Tuesday. It adopted 3 resolutions on this day. The sitting was short."


@pytest.mark.parametrize(
    ("english", "another"),
    [
        (MACHINE, False),
        ("The sitting was short.", False),
        ("Title. Members gathered that Tuesday. Three texts were passed then. The sitting was short.", False),
        ("Title. The Council met on Tuesday and adopted 3 resolutions on this day. A brief one.", False),
        ("The sitting was short. It adopted 3 resolutions on this day. The Council met on Tuesday.", False),
        ("Title. Members gathered that Tuesday. Three texts were passed then. They soon went home.", True),
        ("", False),
    ],
)
def test_a_text_of_which_hardly_a_sentence_stood_there_is_another(english: str, another: bool) -> None:
    source, old, new = (tuple(segment(text, "en")) for text in (MACHINE, MACHINE, english))
    beads = tuple(Bead((k,), (k,), kind=Kind.CONSTRUCTED, origin=Origin.MACHINE) for k in range(len(old)))
    former = Bitext("d", Side("fr", source), Side("en", old), beads)
    assert is_another_text(former, new) is another
    if len(new) == len(old):
        paired = [replace(bead, kind=Kind.ALIGNED, origin=Origin.HUMAN) for bead in beads]
        edited = {bead.status for bead in carry_review(paired, source, new, former, now=NOW)[1:3]}
        assert edited == {Status.DRAFT if another or english == MACHINE else Status.EDITED}


def stand(old: Bitext, french: str, english: str) -> list[tuple[int, int]]:
    """The pairs of a former bitext that stand in new texts."""
    found = standing_pairs(old, segment(french, "fr"), segment(english, "en"))
    return [(bead.source[0], bead.target[0]) for bead in found]


def test_pairs_stand_while_both_sentences_do_once() -> None:
    assert stand(previous(*pairs()), FRENCH, ENGLISH) == [(1, 1), (3, 3)]  # "Oui." is there twice
    assert stand(previous(*pairs()), "Oui. Un chat. Une souris. Un chien.", ENGLISH) == [(1, 1), (3, 3)]
    assert stand(previous(*pairs()), FRENCH, "Yes. A cat. Yes. The dog.") == [(1, 1)]
    assert stand(previous(*pairs()), FRENCH + "Un chat.", ENGLISH) == [(3, 3)]


@pytest.mark.parametrize(
    ("fields", "stands"),
    [
        ({"confidence": 0.5}, True),
        ({"confidence": 0.49}, False),
        ({"confidence": 0.3, "kind": Kind.CONSTRUCTED, "origin": Origin.MACHINE}, True),
        ({"status": Status.EDITED}, True),
        ({"status": Status.REJECTED, "by": "ada"}, False),
        ({"status": Status.ACCEPTED, "by": "ada"}, False),
    ],
)
def test_a_pair_in_doubt_or_with_a_verdict_is_not_kept_for_itself(fields: dict[str, object], stands: bool) -> None:
    beads = [Bead((k,), (k,)) for k in range(3)]
    old = previous(*beads, Bead((3,), (3,), **fields))  # type: ignore[arg-type]
    assert ((3, 3) in stand(old, FRENCH, ENGLISH)) is stands


def test_a_pair_beside_a_gap_that_may_be_filled_is_left_to_the_aligner() -> None:
    gap = Bead((2,), (), origin=Origin.NONE)
    old = previous(Bead((0,), (0,)), Bead((1,), (1,)), gap, Bead((3,), (2,)), english="Yes. A cat. A dog.")
    assert stand(old, FRENCH, "Yes. A cat. A dog.") == [(1, 1), (3, 2)]
    assert stand(old, FRENCH + "Un loup.", "Yes. A cat. A dog.") == [(1, 1), (3, 2)]
    assert stand(old, FRENCH, "Well. Yes. A cat. A dog.") == [(1, 2), (3, 3)]
    assert stand(old, FRENCH, "Yes. A cat. Well. A dog.") == []


@pytest.mark.parametrize(
    ("fields", "touched"),
    [
        ({}, False),
        ({"origin": Origin.MEMORY, "machine": None}, False),
        ({"target": (), "origin": Origin.NONE, "machine": None}, False),
        ({"target": (), "origin": Origin.NONE}, True),
        ({"origin": Origin.HUMAN}, True),
        ({"status": Status.ACCEPTED}, True),
        ({"status": Status.REJECTED}, True),
        ({"kind": Kind.LOCKED}, True),
        ({"note": "Is this right?"}, True),
        ({"by": "ada"}, True),
        ({"changed": NOW}, True),
    ],
)
def test_a_person_had_a_hand_in_whatever_is_not_as_it_was_made(fields: dict[str, Any], touched: bool) -> None:
    made = Bead((0,), (0,), kind=Kind.CONSTRUCTED, origin=Origin.MACHINE, machine="Yes.")
    assert is_touched(replace(made, **fields)) is touched
