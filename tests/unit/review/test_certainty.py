"""How sure a bead is, and when that is too little."""

from __future__ import annotations

from dataclasses import replace

from aligner.model import Bead, Kind, Origin
from aligner.review.certainty import Certainty, certainty, doubtful_limits, means

ALIGNED = Bead((0,), (0,), confidence=0.9, machine="Yes.", machine_score=0.2)


def test_an_aligned_bead_is_as_sure_as_its_confidence() -> None:
    assert certainty(ALIGNED) == Certainty(0.9, "confidence")
    assert certainty(replace(ALIGNED, kind=Kind.LOCKED)).measure == "confidence"


def test_what_the_machine_wrote_is_as_sure_as_the_machine() -> None:
    machine = replace(ALIGNED, origin=Origin.MACHINE)
    assert certainty(machine) == Certainty(0.2, "MT score")
    assert certainty(replace(machine, confidence=0.4)) == Certainty(0.4, "confidence")
    assert certainty(replace(machine, machine_score=None)) == Certainty(0.9, "confidence")


def test_where_the_pair_is_sure_confidence_is_in_the_translation() -> None:
    constructed = replace(ALIGNED, kind=Kind.CONSTRUCTED, origin=Origin.MACHINE)
    assert certainty(replace(constructed, confidence=0.35)) == Certainty(0.35, "MT score")
    assert certainty(replace(constructed, confidence=1.0)) == Certainty(0.2, "MT score")
    assert certainty(replace(constructed, origin=Origin.HUMAN, confidence=1.0)) == Certainty(1.0, "confidence")


def test_means_are_kept_apart() -> None:
    machine = replace(ALIGNED, origin=Origin.MACHINE)
    assert means([machine, ALIGNED, replace(ALIGNED, confidence=0.7)]) == (
        Certainty(0.8, "confidence"),
        Certainty(0.2, "MT score"),
    )
    assert means([]) == ()


def test_of_machine_scores_at_most_the_lowest_tenth_is_doubtful() -> None:
    def limit(scores: list[float]) -> float:
        beads = [replace(ALIGNED, origin=Origin.MACHINE, machine_score=score) for score in scores]
        return doubtful_limits([ALIGNED, *beads], 0.5)["MT score"]

    weak, strong = [score / 100 for score in range(1, 41)], [0.8, 0.9, 0.95]
    assert sum(score < limit(weak) for score in weak) == 4
    assert sum(score < limit(strong) for score in strong) == 0
    assert doubtful_limits([], 0.5) == {"confidence": 0.5, "MT score": 0.0}
