"""A document in figures."""

from __future__ import annotations

import pytest

from aligner.model import Bitext, Record, Side, Status
from aligner.pages import summarize
from aligner.pages.beads import Certainty
from aligner.pages.summary import Doubt


def test_boilerplate_is_counted_apart(bitext: Bitext) -> None:
    summary = summarize(bitext)
    assert (summary.beads, summary.excluded) == (6, 2)
    assert summary.types == (("1-1", 2), ("2-1", 1), ("1-2", 1), ("1-0", 1), ("0-1", 1))
    assert dict(summary.statuses) == {Status.DRAFT: 3, Status.ACCEPTED: 1, Status.EDITED: 1, Status.REJECTED: 1}
    assert (summary.source_words, summary.target_words) == (26, 23)
    assert summary.differing == 2


def test_confidence_and_where_to_look_first(bitext: Bitext) -> None:
    summary = summarize(bitext, doubts=2)
    mean, quality = summary.means
    assert (mean.measure, quality) == ("alignment", Certainty(0.62, "translation"))
    assert mean.value == pytest.approx((1.0 + 0.91 + 0.74 + 0.41 + 0.33 + 0.9) / 6)
    assert summary.doubts == (
        Doubt("t3.1", Certainty(0.33, "alignment")),
        Doubt("5.1", Certainty(0.41, "alignment")),
    )


def test_the_id_stands_in_for_a_missing_title(bitext: Bitext) -> None:
    empty = Bitext("vide", Side("fr", ()), Side("en", ()), (), Record())
    summary = summarize(empty)
    assert (summary.title, summary.beads, summary.means, summary.doubts) == ("vide", 0, (), ())
    assert summarize(bitext).title == "Une même visée"
