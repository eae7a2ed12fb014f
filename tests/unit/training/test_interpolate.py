"""Which pairs are rendered, and which English a copy is given."""

from __future__ import annotations

import pytest

from training.config import Interpolation
from training.corpus import Pair
from training.interpolate import Nearest, choose_pairs

OPTIONS = Interpolation(pairs=10, rare=2, most={"default": 3, "europarl": 5, "php": 0})
ENGLISH = [
    "The meeting of the committee is over.",
    "The committee will meet again.",
    "The roof is made of thatch.",
    "It is finished.",
]


def test_of_every_source_at_most_so_many() -> None:
    pairs = [
        Pair(name, f"Phrase numéro {n} de la source.", "x") for name in ("europarl", "un", "php") for n in range(9)
    ]
    pairs.append(Pair("short", "Bonjour.", "x"))
    chosen = choose_pairs(pairs, OPTIONS, 1)
    assert sorted(pair.corpus for pair in chosen) == ["europarl"] * 5 + ["un"] * 3
    assert choose_pairs(pairs, OPTIONS, 1) == chosen
    assert choose_pairs(pairs, OPTIONS, 2) != chosen


@pytest.mark.parametrize(
    ("reference", "renderings", "expected"),
    [
        # the nearest, not the likeliest
        (
            "The meeting of the committee is over.",
            ["The committee's meeting ended.", "The meeting of the committee is finished."],
            "The meeting of the committee is finished.",
        ),
        # a rare word lost: the reference
        ("The roof is made of thatch.", ["The roof is made of candle."], "The roof is made of thatch."),
        # a rare word made up: the reference
        (
            "The committee will meet again.",
            ["The committee will meet again, hengeism."],
            "The committee will meet again.",
        ),
        # another ending is no other word
        ("The committees will meet.", ["The committee will meet."], "The committee will meet."),
        # too far: left out
        ("The meeting of the committee is over.", ["They said so."], None),
    ],
)
def test_the_nearest_rendering(reference: str, renderings: list[str], expected: str | None) -> None:
    nearest = Nearest(OPTIONS, [*ENGLISH, *ENGLISH[:2], ENGLISH[3]])
    copies = list(nearest.choose([(Pair("un", "La phrase.", reference), renderings)]))
    assert [copy.english for copy in copies] == ([expected] if expected else [])
