"""Segments and renderings become an English text and beads; boilerplate keeps its place."""

from __future__ import annotations

import pytest

from aligner.alignment import AlignOptions
from aligner.model import Bead, Kind, Origin, Role, Segment, Status, check_coverage
from aligner.pipeline.carry import carry_review, locked_beads
from aligner.pipeline.pairing import pair_renderings, pair_texts, with_boilerplate
from aligner.text import segment
from aligner.translation import Rendering
from tests import make

SOURCE = "Titre\n\nUn chat. Un chien.\r\nMenu\nUn oiseau.\n"


def source_segments() -> list[Segment]:
    """The segments of SOURCE, its menu marked by hand."""
    found = []
    for text, paragraph, number, role in (
        ("Titre", 1, 1, Role.HEADING),
        ("Un chat.", 2, 1, Role.TEXT),
        ("Un chien.", 2, 2, Role.TEXT),
        ("Menu", 3, 1, Role.BOILERPLATE),
        ("Un oiseau.", 4, 1, Role.TEXT),
    ):
        start = SOURCE.index(text)
        found.append(Segment(text, start, start + len(text), paragraph, number, role, "B01" if text == "Menu" else ""))
    return found


def rendered(*texts: str | None) -> list[Rendering | None]:
    """Renderings of a made-up engine's words."""
    return [None if text is None else Rendering(text, 0.5) for text in texts]


def test_renderings_are_laid_out_in_the_source_s_paragraphs() -> None:
    done = pair_renderings(SOURCE, source_segments(), rendered("Title", "A cat.", "A dog.", None, "A bird."))
    assert done.text == "Title\n\nA cat. A dog.\nA bird.\n"
    assert [done.text[s.start : s.end] for s in done.segments] == ["Title", "A cat.", "A dog.", "A bird."]
    assert [s.locator for s in done.segments] == ["1.1", "2.1", "2.2", "3.1"]
    assert [s.role for s in done.segments] == [Role.HEADING, Role.TEXT, Role.TEXT, Role.TEXT]
    assert [bead.type for bead in done.beads] == ["1-1", "1-1", "1-1", "1-0", "1-1"]
    assert [bead.kind for bead in done.beads].count(Kind.EXCLUDED) == 1
    check_coverage(done.beads, 5, 4)


def test_an_empty_rendering_becomes_an_explicit_null() -> None:
    done = pair_renderings(SOURCE, source_segments(), rendered("Title", "A cat.", "", None, "A bird."))
    assert done.text == "Title\n\nA cat.\nA bird.\n"
    assert done.beads[2].type == "1-0"
    assert done.beads[2].origin is Origin.NONE


def test_a_laid_out_text_segments_back_into_the_same_paragraphs() -> None:
    done = pair_renderings(SOURCE, source_segments(), rendered("Title", "A cat.", "A dog.", None, "A bird."))
    again = segment(done.text, "en")
    assert [(s.text, s.locator, s.start) for s in again] == [(s.text, s.locator, s.start) for s in done.segments]


def test_texts_are_aligned_around_boilerplate() -> None:
    english = "Title\nA cat.\nA dog. A bird.\n"
    done = pair_texts(
        source_segments(), english, segment(english, "en"), rendered("Title", "A cat.", "A dog!", None, "A bird."),
    )  # fmt: skip
    assert [(bead.source, bead.target) for bead in done.beads] == [
        ((0,), (0,)), ((1,), (1,)), ((2,), (2,)), ((3,), ()), ((4,), (3,)),
    ]  # fmt: skip
    persons = Origin.HUMAN
    assert [bead.origin for bead in done.beads] == [persons, persons, persons, Origin.NONE, persons]
    assert done.beads[2].machine == "A dog!"


def test_a_locked_bead_may_reach_across_boilerplate() -> None:
    english = "Title\nA cat.\nA dog a bird.\n"
    locked = [Bead((2, 3, 4), (2,), kind=Kind.LOCKED)]
    done = pair_texts(source_segments(), english, segment(english, "en"), rendered(*[None] * 5), locked=locked)
    assert [(bead.source, bead.target) for bead in done.beads] == [((0,), (0,)), ((1,), (1,)), ((2, 3, 4), (2,))]
    assert [bead.kind for bead in done.beads] == [Kind.ALIGNED, Kind.ALIGNED, Kind.LOCKED]


def test_a_text_of_a_persons_own_stays_theirs_where_the_machine_says_the_same() -> None:
    source, target = segment("Article 2\nUn chat.\n", "fr"), segment("Article 2\nThe cat.\n", "en")
    renderings = [Rendering("Article 2", 0.5, ("split",)), Rendering("A cat.", 0.5, ("retried",))]
    done = pair_texts(source, "", target, renderings)
    assert [(bead.origin, bead.flags) for bead in done.beads] == [(Origin.HUMAN, ())] * 2
    assert [bead.machine for bead in done.beads] == ["Article 2", "A cat."]


def test_a_side_of_nothing_but_boilerplate_is_covered() -> None:
    menu = [segment for segment in source_segments() if segment.role is Role.BOILERPLATE]
    done = pair_texts(menu, "A cat.", segment("A cat.", "en"), [None])
    check_coverage(done.beads, 1, 1)
    assert {bead.type for bead in done.beads} == {"1-0", "0-1"}


def test_boilerplate_in_the_middle_of_a_bead_joins_it() -> None:
    beads = with_boilerplate([Bead((2, 3, 4), (0,))], source_segments(), segment("A dog and a bird.", "en"))
    assert [bead.source for bead in beads] == [(0,), (1,), (2, 3, 4)]


@pytest.mark.parametrize(
    ("english", "status", "note"),
    [("A cat.", Status.ACCEPTED, "checked"), ("The cat.", Status.EDITED, "checked")],
)
def test_a_review_is_carried_to_the_same_pair_only(english: str, status: Status, note: str) -> None:
    source = segment("Un chat. Il dort.", "fr")
    reviewed = Bead((0,), (0,), origin=Origin.MACHINE, status=Status.ACCEPTED, note="checked", machine="A cat.")
    previous = make.bitext_of("Un chat. Il dort.", "A cat. It is asleep.", (reviewed, Bead((1,), (1,))))
    target = segment(f"{english} It is asleep.", "en")
    carried = carry_review([Bead((k,), (k,)) for k in (0, 1)], source, target, previous, now="2026-01-01T00:00:00Z")
    assert (carried[0].status, carried[0].note) == (status, note)
    assert carried[0].changed == ("2026-01-01T00:00:00Z" if status is Status.EDITED else "")


def test_reviewed_beads_are_locked_where_their_texts_still_stand() -> None:
    beads = (
        Bead((0, 1), (0, 1), status=Status.ACCEPTED, by="jroe"),
        Bead((2,), (2,), status=Status.EDITED, by="jroe"),
    )
    previous = make.bitext_of("Un. Deux. Trois.", "One. Two. Three.", beads)
    source, target = segment("Zéro. Un. Deux. Quatre.", "fr"), segment("Zero. One. Two. Four.", "en")
    locked = locked_beads(previous, source, target)
    assert [(bead.source, bead.target, bead.kind) for bead in locked] == [((1, 2), (1, 2), Kind.LOCKED)]
    done = pair_texts(source, "", target, [None] * 4, locked=locked)
    assert ((1, 2), (1, 2)) in [(bead.source, bead.target) for bead in done.beads]


def test_pairs_that_stand_are_kept_as_they_were() -> None:
    source, target = segment("Un chat.\nUn chien.\nUn loup.\n", "fr"), segment("A cat.\nNothing of the kind.\n", "en")
    former = Bead((2,), (1,), score=1.5, confidence=0.625)
    done = pair_texts(source, "", target, [None] * 3, standing=[former])
    assert former in done.beads
    assert [(bead.source, bead.target) for bead in done.beads] == [((0,), (0,)), ((1,), ()), ((2,), (1,))]


def test_pairs_in_which_nothing_corresponds_are_taken_apart_as_well() -> None:
    """The aligner does not see it in so short a text; the check of the words does (`aligner.pipeline.belonging`)."""
    french = "Le gardien du phare allumait la lampe.\nLa récolte de pommes fut excellente dans toute la vallée.\n"
    english = "The keeper of the lighthouse lit the lamp.\nThe minister opened the new bridge with a long speech.\n"
    sides = segment(french, "fr"), segment(english, "en")
    options = AlignOptions(drop_unrelated=0.5)
    beads = pair_texts(sides[0], english, sides[1], [None, None], options=options, languages=("fr", "en")).beads
    assert [(bead.source, bead.target) for bead in beads] == [((0,), (0,)), ((1,), ()), ((), (1,))]
