"""Whether the sides of a bead correspond at all."""

from __future__ import annotations

import pytest

from aligner.alignment import AlignOptions, align, explain
from aligner.alignment.result import Alignment
from aligner.errors import InputError
from aligner.model import Bead, Status
from tests.unit.alignment.test_align import ENGLISH, FRENCH

OTHER = [
    "The committee met twice in the spring of that year.",
    "Prices of copper had fallen by a third.",
    "No agreement was reached on the budget for research.",
    "Members from the northern states abstained.",
    "Wheat, barley and oats were exported through Hamburg.",
    "A new bridge over the canal will be opened.",
    "The minutes were read and approved.",
]


def full(found: Alignment) -> list[Bead]:
    return [bead for bead in found if not bead.is_null]


def test_translations_are_related() -> None:
    assert all(bead.related is not None and bead.related > 0.9 for bead in full(align(FRENCH, ENGLISH)))


def test_texts_that_have_nothing_to_do_with_each_other_are_not() -> None:
    found = full(align(FRENCH, OTHER))
    assert sum(bead.seems_unrelated for bead in found) > len(found) / 2
    assert all(bead.confidence <= (bead.related or 0) for bead in found)


def test_a_person_knows_better() -> None:
    assert Bead((0,), (0,), related=0.1).seems_unrelated
    assert not Bead((0,), (0,), related=0.1, status=Status.ACCEPTED).seems_unrelated
    assert not Bead((0,), (0,)).seems_unrelated


def test_unrelated_pairs_can_be_dropped() -> None:
    found = align(FRENCH, OTHER, options=AlignOptions(drop_unrelated=0.9))
    kept = align(FRENCH, OTHER)
    assert all((bead.related or 0) >= 0.9 for bead in full(found))
    assert len(full(found)) < len(full(kept))
    assert not any(bead.is_null for bead in align(FRENCH, ENGLISH, options=AlignOptions(drop_unrelated=0.5)))


def test_what_is_locked_is_not_dropped() -> None:
    locked = Bead((1,), (3,))
    found = align(FRENCH, OTHER, options=AlignOptions(drop_unrelated=1.0), locked=[locked])
    assert [(bead.source, bead.target) for bead in full(found)] == [((1,), (3,))]


def test_explain_says_the_same() -> None:
    found = align(FRENCH, ENGLISH)
    assert [explain(FRENCH, ENGLISH, number).bead for number in range(len(found))] == list(found)


def test_a_limit_is_a_probability() -> None:
    with pytest.raises(InputError, match="drop_unrelated is"):
        AlignOptions(drop_unrelated=1.5)
