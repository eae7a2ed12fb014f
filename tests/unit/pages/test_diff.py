"""The word-level diff: its law, its readability, its speed on long texts."""

from __future__ import annotations

import json
import random
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.text import subsequence
from aligner.text.diff import (
    Change,
    ChangeKind,
    diff,
    similarity,
    tokens,
)

CASES = json.loads((Path(__file__).parents[2] / "cases" / "diff.json").read_text("utf-8"))
FENCES = {ChangeKind.EQUAL: "{}", ChangeKind.DELETE: "[-{}-]", ChangeKind.INSERT: "{{+{}+}}"}

PARTS = ["a", "the", "peace", "l'Inde", "3,5", ",", ".", " ", "  ", "\u00a0", "é", "\n"]
WORDS = st.lists(st.sampled_from(PARTS)).map("".join)
TEXTS = st.one_of(WORDS, st.text(max_size=40))


def old_of(changes: tuple[Change, ...]) -> str:
    return "".join(change.text for change in changes if change.kind is not ChangeKind.INSERT)


def new_of(changes: tuple[Change, ...]) -> str:
    return "".join(change.text for change in changes if change.kind is not ChangeKind.DELETE)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["about"])
def test_reads_as_a_person_would_mark_it(case: dict[str, str]) -> None:
    changes = diff(case["old"], case["new"])
    assert "".join(FENCES[change.kind].format(change.text) for change in changes) == case["shown"]


@given(TEXTS, TEXTS)
def test_gives_back_both_texts(old: str, new: str) -> None:
    changes = diff(old, new)
    assert (old_of(changes), new_of(changes)) == (old, new)
    assert all(change.text for change in changes)


@given(TEXTS, TEXTS)
def test_a_deletion_stands_before_its_insertion_and_no_kind_is_repeated(old: str, new: str) -> None:
    kinds = [change.kind for change in diff(old, new)]
    follows = {
        ChangeKind.EQUAL: {ChangeKind.DELETE, ChangeKind.INSERT},
        ChangeKind.DELETE: {ChangeKind.EQUAL, ChangeKind.INSERT},
        ChangeKind.INSERT: {ChangeKind.EQUAL},
    }
    assert all(second in follows[first] for first, second in pairwise(kinds))


@given(TEXTS)
def test_equal_texts_have_no_change(text: str) -> None:
    assert diff(text, text) == ((Change(ChangeKind.EQUAL, text),) if text else ())


@given(TEXTS, TEXTS)
def test_similarity_is_a_share(old: str, new: str) -> None:
    share = similarity(diff(old, new))
    assert 0.0 <= share <= 1.0
    assert (share == 1.0) == (old == new)


@given(TEXTS)
def test_tokens_are_the_text_without_white_space(text: str) -> None:
    assert "".join(tokens(text)) == "".join(text.split())


@given(TEXTS, TEXTS)
def test_long_texts_are_cut_at_words_that_occur_once_and_keep_the_law(old: str, new: str) -> None:
    limit, subsequence.TABLE_LIMIT = subsequence.TABLE_LIMIT, 4
    try:
        changes = diff(old, new)
    finally:
        subsequence.TABLE_LIMIT = limit
    assert (old_of(changes), new_of(changes)) == (old, new)


def test_anchors_find_what_the_full_table_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    old = " ".join(f"word{number}" for number in range(2_000))
    new = old.replace("word700 ", "other ").replace("word1300 ", "")
    expected = diff(old, new)
    monkeypatch.setattr(subsequence, "TABLE_LIMIT", 100)
    assert diff(old, new) == expected
    assert len(expected) == 6


def test_a_segment_of_five_thousand_words() -> None:
    words = random.Random(7)
    old = [f"w{words.randrange(900)}" for _ in range(5_000)]
    new = [word if words.random() > 0.05 else "changed" for word in old]
    changes = diff(" ".join(old), " ".join(new))
    assert new_of(changes) == " ".join(new)
    assert similarity(changes) > 0.85


def test_a_text_with_nothing_to_hold_on_to_is_one_replacement(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subsequence, "TABLE_LIMIT", 100)
    changes = diff("x " + "a b " * 50 + "x", "y " + "b a " * 50 + "y")
    assert [change.kind for change in changes] == [ChangeKind.DELETE, ChangeKind.INSERT]
