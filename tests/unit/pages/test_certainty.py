"""How sure a bead is, and when that is too little."""

from __future__ import annotations

from dataclasses import replace

from aligner.model import Bead, Kind, Origin
from aligner.pages.certainty import (
    Certainty,
    certainties,
    doubtful_limits,
    is_doubtful,
    least,
    means,
)

ALIGNED = Bead((0,), (0,), confidence=0.9, machine="Yes.", machine_score=0.2)


def test_each_figure_is_from_its_own_field() -> None:
    assert certainties(ALIGNED) == (Certainty(0.9, "alignment"),)
    assert certainties(replace(ALIGNED, kind=Kind.LOCKED)) == (Certainty(0.9, "alignment"),)
    machine = replace(ALIGNED, origin=Origin.MACHINE, quality=0.35)
    assert certainties(machine) == (Certainty(0.9, "alignment"), Certainty(0.35, "translation"))
    assert certainties(replace(machine, quality=None)) == (Certainty(0.9, "alignment"),)  # never the engine's own score


def test_where_the_pair_is_known_only_the_translation_is_in_question() -> None:
    constructed = replace(ALIGNED, kind=Kind.CONSTRUCTED, origin=Origin.MACHINE, confidence=1.0, quality=0.35)
    assert certainties(constructed) == (Certainty(0.35, "translation"),)
    assert certainties(replace(constructed, origin=Origin.HUMAN, quality=None)) == ()


def test_a_bead_is_as_sure_as_the_lower_figure() -> None:
    assert least(replace(ALIGNED, quality=0.35)) == Certainty(0.35, "translation")
    assert least(replace(ALIGNED, confidence=0.3, quality=0.35)) == Certainty(0.3, "alignment")
    assert least(replace(ALIGNED, confidence=1.0, kind=Kind.CONSTRUCTED)) is None


def test_means_are_kept_apart() -> None:
    machine = replace(ALIGNED, quality=0.2)
    assert means([machine, ALIGNED, replace(ALIGNED, confidence=0.6)]) == (
        Certainty((0.9 + 0.9 + 0.6) / 3, "alignment"),
        Certainty(0.2, "translation"),
    )
    assert means([]) == ()


def test_of_translations_at_most_the_lowest_tenth_is_doubtful() -> None:
    def limit(qualities: list[float]) -> float:
        return doubtful_limits([ALIGNED, *(replace(ALIGNED, quality=each) for each in qualities)], 0.5)["translation"]

    weak, strong = [quality / 100 for quality in range(1, 41)], [0.8, 0.9, 0.95]
    assert sum(quality < limit(weak) for quality in weak) == 4
    assert sum(quality < limit(strong) for quality in strong) == 0
    assert doubtful_limits([], 0.5) == {"alignment": 0.5, "translation": 0.0}


def test_a_bead_is_doubtful_when_one_of_its_figures_is() -> None:
    limits = {"alignment": 0.5, "translation": 0.3}
    assert not is_doubtful(replace(ALIGNED, quality=0.35), limits)
    assert is_doubtful(replace(ALIGNED, quality=0.25), limits)
    assert is_doubtful(replace(ALIGNED, confidence=0.4, quality=0.35), limits)
