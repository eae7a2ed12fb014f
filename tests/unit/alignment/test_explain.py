"""Explanations add up and name what was at stake."""

from __future__ import annotations

import pytest

from aligner.alignment import align, explain
from aligner.errors import InputError

SOURCE = ["Le vieux moulin.", "Chaque matin, elle ouvre la porte ; puis elle travaille.", "La ville est loin.", "Fin"]
TARGET = ["The old mill.", "Every morning she opens the door.", "Then she works.", "The town is far away."]


def test_reasons_add_up_to_the_score() -> None:
    for number, bead in enumerate(align(SOURCE, TARGET)):
        told = explain(SOURCE, TARGET, number)
        assert told.bead == bead
        assert sum(reason.contribution for reason in told.reasons) == pytest.approx(bead.score, abs=0.01)


def test_words_and_alternatives() -> None:
    told = explain(SOURCE, TARGET, 1)
    assert ("porte", "door") in {(link.source, link.target) for link in told.words}
    assert all(not set(other.source + other.target).isdisjoint((1, 2)) for other in told.alternatives)
    confidences = [other.confidence for other in told.alternatives]
    assert confidences == sorted(confidences, reverse=True)
    assert told.bead not in told.alternatives


def test_the_translation_speaks_too() -> None:
    told = explain(["xoro bemu"], ["the cat sleeps"], 0, translation=["cat sleeps"])
    assert {(link.source, link.rendered) for link in told.words} >= {("cat", True), ("sleeps", True)}


def test_no_such_bead() -> None:
    with pytest.raises(InputError, match="no bead 9"):
        explain(SOURCE, TARGET, 9)
