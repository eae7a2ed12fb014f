"""Texts that do not belong together are asked about, and their pairs are not sure."""

from __future__ import annotations

import pytest

from aligner.model import Bead, Kind
from aligner.pipeline.belonging import DOUBTFUL, NOTHING_CORRESPONDS, question
from aligner.pipeline.library import align

UNRELATED = (
    "Prenez deux œufs, du beurre et du lait. Battez le tout. Laissez reposer la pâte.",
    "Our office closes early. The lift is out of order. Please use the stairs at night.",
)
RELATED = ("Le chat dort sur le lit. Il pleut dans la ville.", "The cat is asleep on the bed. It rains in the town.")


def test_pairs_of_unrelated_texts_are_not_sure() -> None:
    beads = align(*UNRELATED).beads
    assert all(bead.confidence <= NOTHING_CORRESPONDS for bead in beads if not bead.is_null)
    assert question(beads).endswith("do these texts belong together?")


def test_pairs_of_a_translation_are() -> None:
    beads = align(*RELATED).beads
    assert all(bead.confidence > 0.5 for bead in beads)
    assert not question(beads)


@pytest.mark.parametrize(("confidence", "asks"), [(DOUBTFUL - 0.01, True), (DOUBTFUL, False)])
def test_the_mean_decides(confidence: float, *, asks: bool) -> None:
    beads = [Bead((i,), (i,), confidence=confidence) for i in range(3)]
    assert bool(question(beads)) is asks


def test_what_was_left_out_and_what_is_alone_does_not_count() -> None:
    sure, excluded = Bead((0,), (0,), confidence=0.9), Bead((1,), (), kind=Kind.EXCLUDED, confidence=0.0)
    assert not question([sure, excluded, Bead((2,), ())])
    assert question([Bead((0,), ()), Bead((), (0,))]) == "no pairs: do these texts belong together?"
    assert not question([])
