"""What is seen as left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.translation.argos.coverage import left_out

WORDS = ["▁Le", "▁groupe", "▁de", "▁travail", "▁sur", "▁la", "▁cyber", "s", "écurité", "▁et", "▁la", "▁paix", "."]


def looks(*seen: int) -> list[list[float]]:
    """Attention of an output with one token for each token that is seen."""
    return [[0.9 if column == token else 0.01 for column in range(len(WORDS) + 1)] for token in seen]


def test_a_passage_is_given_in_its_own_words() -> None:
    assert left_out(WORDS, looks(0, 1, 2, 9, 10, 11, 12), 0.1) == [" travail sur la cybersécurité"]


def test_several_passages_come_one_by_one() -> None:
    wide = [[*row[:-1], *row[:-1]] for row in looks(0, 1, 2, 9, 10, 11, 12)]
    assert left_out(WORDS * 2, wide, 0.1) == [" travail sur la cybersécurité"] * 2


@pytest.mark.parametrize("seen", [(0, 1, 3, 6, 7, 8, 11), (1, 3, 8, 11), range(13)])
def test_small_words_may_go_unseen(seen: tuple[int, ...]) -> None:
    assert left_out(WORDS, looks(*seen), 0.1) == []


def test_bytes_and_signs_are_no_letters() -> None:
    assert left_out(["<0xE4>"] * 30 + ["1"] * 30, [[0.0] * 60], 0.1) == []


def test_without_attention_nothing_is_said() -> None:
    assert left_out(WORDS, [], 0.1) == []


@given(st.lists(st.lists(st.floats(0.1, 1), min_size=13, max_size=13), min_size=1, max_size=5))
def test_what_is_looked_at_is_never_left_out(attention: list[list[float]]) -> None:
    assert left_out(WORDS, attention, 0.1) == []
