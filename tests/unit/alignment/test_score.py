"""Scores against a gold standard, worked out by hand."""

from __future__ import annotations

import pytest

from aligner.alignment import score_pairs

GOLD = [((0,), (0,)), ((1, 2), (1,)), ((3,), ()), ((4,), (2, 3))]


@pytest.mark.parametrize(
    ("test", "strict", "lax", "link"),
    [
        (GOLD, (1.0, 1.0), (1.0, 1.0), (1.0, 1.0)),
        (
            [((0,), (0,)), ((1,), (1,)), ((2,), ()), ((3,), ()), ((4,), (2, 3))],
            (3 / 5, 2 / 3),
            (4 / 5, 1.0),
            (1.0, 4 / 5),
        ),
        ([((0,), (1,)), ((1,), (0,))], (0.0, 0.0), (0.0, 0.0), (0.0, 0.0)),
        ([], (0.0, 0.0), (0.0, 0.0), (0.0, 0.0)),
    ],
)
def test_scores(test: list, strict: tuple, lax: tuple, link: tuple) -> None:
    score = score_pairs([GOLD], [test])
    assert (score.strict.precision, score.strict.recall) == pytest.approx(strict)
    assert (score.lax.precision, score.lax.recall) == pytest.approx(lax)
    assert (score.link.precision, score.link.recall) == pytest.approx(link)


def test_documents_are_added_before_dividing() -> None:
    score = score_pairs([GOLD, [((0,), (0,))]], [GOLD, [((0,), ()), ((), (0,))]])
    assert (score.strict.precision, score.strict.recall) == pytest.approx((4 / 6, 3 / 4))
    assert (score.gold_beads, score.test_beads) == (4, 6)


def test_a_gold_standard_may_cross_and_have_holes() -> None:
    gold = [((0, 2), (1,)), ((1,), (0,))]
    assert score_pairs([gold], [[((0,), (0, 1)), ((1, 2), ())]]).lax.precision == 0.5
