"""Every sentence tells the truth about where it came from: half of the sequences of `tests.properties.truth`."""

from __future__ import annotations

from hypothesis import given, seed

from tests.properties.truth import SEED, half, play, steps


@seed(SEED + 2)
@half(2)
@given(played=steps)
def test_no_sentence_lies_about_where_it_came_from(played: list[tuple[object, int, int]]) -> None:
    play(played)
