"""The longest common subsequence: against the textbook table, and when texts are too long for one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.text import subsequence
from aligner.text.subsequence import matches, tokens

SEQUENCES = st.lists(st.sampled_from("abcd"), max_size=12)


def textbook_length(a: list[str], b: list[str]) -> int:
    """The length of a longest common subsequence by the quadratic recurrence."""
    row = [0] * (len(b) + 1)
    for x in a:
        above, row = row, [0]
        for j, y in enumerate(b):
            row.append(above[j] + 1 if x == y else max(above[j + 1], row[j]))
    return row[-1]


@given(SEQUENCES, SEQUENCES)
def test_pairs_equal_tokens_in_order_and_as_many_as_possible(a: list[str], b: list[str]) -> None:
    pairs = matches(a, b)
    assert all(a[i] == b[j] for i, j in pairs)
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(pairs))
    assert len(pairs) == textbook_length(a, b)


@given(SEQUENCES, SEQUENCES)
def test_pairs_stay_true_when_no_table_is_allowed(a: list[str], b: list[str]) -> None:
    limit, subsequence.TABLE_LIMIT = subsequence.TABLE_LIMIT, 0
    try:
        pairs = matches(a, b)
    finally:
        subsequence.TABLE_LIMIT = limit
    assert all(a[i] == b[j] for i, j in pairs)
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(pairs))


def test_anchors_out_of_order_keep_the_longest_rising_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subsequence, "TABLE_LIMIT", 0)
    assert matches(["1", "a", "b", "c", "d", "2"], ["3", "c", "a", "b", "d", "4"]) == [(1, 2), (2, 3), (4, 4)]


def test_a_moved_half_is_cut_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subsequence, "TABLE_LIMIT", 10)
    words = [f"w{number}" for number in range(500)]
    assert len(matches(words, words[250:] + words[:250])) == 250


@given(st.text(max_size=40))
def test_tokens_are_the_text_without_white_space(text: str) -> None:
    assert "".join(tokens(text)) == "".join(text.split())
