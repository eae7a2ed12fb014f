"""What a page says of a pair: how sure it is, and whether the machine now says something else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from aligner.model import Bead, Bitext, Kind, Match, Origin, Status, wording
from aligner.pages import page_data, summarize
from aligner.pages.beads import (
    Certainty,
    certainties,
    doubtful_limits,
    least,
    means,
    says_else,
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


Build = Callable[..., Bitext]
OLD, NEW, OWN = "It rains strong.", "It is raining hard.", "It is pouring."
MEMORY = Match(100, "treaties.tmx", "tu7", "Il pleut.", OLD)


@pytest.mark.parametrize(
    ("text", "fields", "news"),
    [
        (OLD, {"origin": Origin.MACHINE, "status": Status.ACCEPTED, "machine": OLD}, False),
        (OLD, {"origin": Origin.MACHINE, "status": Status.ACCEPTED, "machine": NEW}, True),
        (OLD, {"origin": Origin.MACHINE, "status": Status.ACCEPTED, "machine": OLD.replace(" ", "\u00a0")}, False),
        (OLD, {"origin": Origin.MACHINE, "status": Status.ACCEPTED, "machine": None}, False),
        (OLD, {"origin": Origin.MACHINE, "status": Status.ACCEPTED, "machine": ""}, False),
        (OLD, {"origin": Origin.MACHINE, "status": Status.DRAFT, "machine": NEW}, False),
        (OLD, {"origin": Origin.MACHINE, "status": Status.REJECTED, "machine": NEW}, False),
        (OWN, {"status": Status.EDITED, "machine": OLD, "written": (wording(OLD),)}, False),
        (OWN, {"status": Status.EDITED, "machine": NEW, "written": (wording(OLD),)}, True),
        (OWN, {"status": Status.EDITED, "machine": OWN, "written": (wording(OLD),)}, False),
        (OWN, {"status": Status.EDITED, "machine": OLD, "written": (wording(OLD), wording(NEW))}, True),
        (OWN, {"status": Status.ACCEPTED, "machine": NEW}, False),  # a human translation: the machine had no part in it
        (OWN, {"status": Status.EDITED, "machine": NEW}, False),
        (OLD, {"status": Status.ACCEPTED, "origin": Origin.MEMORY, "machine": NEW, "written": (wording(OLD),)}, False),
        (OWN, {"status": Status.EDITED, "machine": NEW, "written": (wording(OLD),), "match": MEMORY}, False),
    ],
)
def test_what_is_news(one_bead: Build, text: str, fields: dict[str, object], news: bool) -> None:
    bitext = one_bead("Il pleut.", text, **fields)
    assert says_else(bitext, bitext.beads[0]) == news
    assert summarize(bitext).outdated == news


def test_an_edit_says_what_went_out_and_who_made_it(one_bead: Build) -> None:
    (bead,) = page_data(one_bead("Il pleut.", OLD, origin=Origin.MACHINE, maker="translate-fr_en 0.5 3f0c"))["beads"]
    assert (bead["written"], bead["maker"], bead["news"]) == (wording(OLD), "translate-fr_en 0.5 3f0c", False)
