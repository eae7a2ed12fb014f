"""What aligner wrote stays known as its own, sentence by sentence, whatever a person did around it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aligner.editing.authorship import remembered
from aligner.model import REMEMBERED, Bead, Bitext, Kind, Origin, Segment, Side, Status, wording
from aligner.pipeline.authors import (
    History,
    recognised,
    with_authors,
    with_history,
)
from aligner.pipeline.carry import standing_pairs
from aligner.pipeline.pairing import pair_renderings, pair_texts
from aligner.text import segment
from aligner.translation import Rendering
from tests import make

FRENCH = "Titre\nUn chat. Un chien.\nUn oiseau.\n"
ENGLISH = "Title\nA cat. A dog.\nA bird.\n"
SOURCE = tuple(segment(FRENCH, "fr"))


def previous(*origins: Origin, english: str = ENGLISH) -> Bitext:
    """The four sentences, each with the author given (all the machine's without any)."""
    target = tuple(segment(english, "en"))
    beads = tuple(
        Bead((k,), (k,), kind=Kind.CONSTRUCTED, origin=origin, maker="package 1", quality=0.4, machine=target[k].text)
        for k, origin in enumerate(origins or [Origin.MACHINE] * 4)
    )
    return make.bitext_of(FRENCH, english, beads)


def authors(old: Bitext, english: str, renderings: list[Rendering | None] | None = None) -> list[Bead]:
    """The beads of the source with an English text of today."""
    target = segment(english, "en")
    said = renderings or [Rendering("Something else.", 0.5)] * len(SOURCE)
    pairing = pair_texts(SOURCE, english, target, said, standing=standing_pairs(old, SOURCE, target))
    return list(with_authors(pairing.beads, SOURCE, target, old))


MT, HUMAN, MEMORY, NONE = Origin.MACHINE, Origin.HUMAN, Origin.MEMORY, Origin.NONE


@pytest.mark.parametrize(
    ("english", "told"),
    [
        (ENGLISH, [MT, MT, MT, MT]),
        ("Title\nA  cat.\nA dog.\n\nA bird.", [MT, MT, MT, MT]),
        ("Title\nA tomcat. A dog.\nA bird.\n", [MT, HUMAN, MT, MT]),
        ("Title\nA cat.\nA bird.\n", [MT, MT, NONE, MT]),
        ("A heading\nThe cat. The dog.\nThe bird.\n", [HUMAN, HUMAN, HUMAN, HUMAN]),
    ],
)
def test_only_what_differs_from_what_aligner_wrote_is_a_persons(english: str, told: list[Origin]) -> None:
    assert [bead.origin for bead in authors(previous(), english)] == told


def test_what_the_machine_says_today_makes_no_difference() -> None:
    said = [Rendering(text, 0.5, (), 0.9) for text in ("Title", "The cat.", "Other.", "A bird, too.")]
    beads = authors(previous(), ENGLISH, list(said))
    assert [(bead.origin, bead.maker, bead.quality) for bead in beads] == [(MT, "package 1", 0.4)] * 4
    assert [bead.machine for bead in beads] == [rendering.text for rendering in said]


def test_every_author_is_kept_apart() -> None:
    beads = authors(previous(MT, HUMAN, MEMORY, MT), "Title\nA cat. A dog.\nThe bird.\n")
    assert [bead.origin for bead in beads] == [MT, HUMAN, MEMORY, HUMAN]
    assert [(bead.maker, bead.quality) for bead in beads if bead.origin is HUMAN] == [("", None)] * 2


def test_an_older_text_of_ours_is_ours_although_it_is_no_longer_there() -> None:
    old = previous()
    old = replace(old, beads=(old.beads[0], replace(old.beads[1], written=(wording("The cat."),)), *old.beads[2:]))
    beads = authors(old, "Title\nThe cat. The dog.\nA bird.\n")
    assert [bead.origin for bead in beads] == [MT, MT, HUMAN, MT]


def test_sentences_cut_otherwise_are_known_again() -> None:
    source = tuple(segment("Un.\nDeux.\n", "fr"))
    old = tuple(segment("One\nTwo. Three.\n", "en"))
    beads = (Bead((0,), (0,), origin=MT), Bead((1,), (1, 2), origin=MT))
    target = segment("One Two.\nThree.\n", "en")
    made = [Bead((0,), (0,), origin=HUMAN), Bead((1,), (1,), origin=HUMAN)]
    told = with_authors(made, source, target, Bitext("d", Side("fr", source), Side("en", old), beads))
    assert [bead.origin for bead in told] == [MT, MT]


def test_a_draft_is_remembered_with_all_that_stood_there_before() -> None:
    drafted = pair_renderings(FRENCH, SOURCE, [Rendering(s.text.upper(), 0.5) for s in SOURCE], maker="package 2")
    old = previous()
    new = Bitext("d", old.source, Side("en", drafted.segments), drafted.beads)
    beads = with_history(new.beads, new, old)
    assert beads[1].written == (wording("A cat."), wording("UN CHAT."))
    again = with_history(beads, replace(new, beads=beads), replace(new, beads=beads))
    assert again == beads


def test_what_a_person_wrote_is_never_remembered_as_ours() -> None:
    old = previous(HUMAN, MT, MT, MT)
    bead = replace(old.beads[0], machine="Heading", status=Status.EDITED)
    new = replace(old, beads=(bead, *old.beads[1:]))
    assert with_history(new.beads, new, old)[0].written == ()
    bead = replace(bead, written=(wording("A title"),))
    assert with_history([bead], new, None)[0].written == (wording("Heading"), wording("A title"))


def test_merged_segments_know_the_texts_of_their_parts() -> None:
    history = History(previous())
    assert history.of(["Un chat.", "Un chien."]) == (wording("A cat."), wording("A dog."))
    assert history.of(["Une souris."]) == ()


def test_only_so_many_are_remembered_the_latest_last() -> None:
    texts = [f"text {number}" for number in range(REMEMBERED + 5)]
    assert remembered((), tuple(map(wording, texts))) == tuple(map(wording, texts[5:]))
    assert remembered(tuple(map(wording, texts[:3])), (wording(texts[0]),)) == tuple(
        map(wording, (*texts[1:3], texts[0]))
    )


def test_boilerplate_has_no_author() -> None:
    menu = (Segment("Menu", 0, 4),)
    bitext = Bitext("d", Side("fr", menu), Side("en", ()), (Bead((0,), (), kind=Kind.EXCLUDED, origin=NONE),))
    assert with_authors(bitext.beads, menu, (), bitext) == bitext.beads
    assert with_history(bitext.beads, bitext, None) == bitext.beads


FIVE = "Un chat. Un chien. Un oiseau. Une souris blanche. Un loup."


@pytest.mark.parametrize(
    ("english", "told"),
    [
        ("A cat. A dog. A bird. A white mouse. A wolf.", [MT, MT, MT, MT, MT]),
        ("A cat. A dog. A bird. A white mouse. The wolf.", [MT, MT, MT, MT, HUMAN]),
        ("A cat. A dog. A bird. The white mouse. The wolf.", [HUMAN, HUMAN, HUMAN, HUMAN, HUMAN]),
    ],
)
def test_without_a_bitext_a_text_that_is_nearly_all_what_the_machine_says_is_the_machines(
    english: str, told: list[Origin]
) -> None:
    said = [Rendering(text, 0.5) for text in ("A cat.", "A dog.", "A bird.", "A white mouse.", "A wolf.")]
    source, target = segment(FIVE, "fr"), segment(english, "en")
    beads = recognised(pair_texts(source, english, target, list(said)).beads, target, "package 1")
    assert [bead.origin for bead in beads] == told
    assert {bead.maker for bead in beads if bead.origin is MT} <= {"package 1"}
