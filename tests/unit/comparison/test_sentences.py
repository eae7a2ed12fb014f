"""Counts of single sentences add up to sacreBLEU's scores of the whole."""

from __future__ import annotations

import pytest
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from aligner.comparison.sentences import (
    SHIFTS_UP_TO,
    chrf,
    count,
    count_all,
    sentence_signatures,
    ter,
)

HYPOTHESES = [
    "the cat sat on the mat .",
    "On the mat sat the cat, and it purred.",
    "",
    "Nothing in common",
    "The same.",
    "Only the CASE differs",
    "un\u00a0espace dur",
]
REFERENCES = [
    "the cat sat on the mat .",
    "The cat sat on the mat, and it purred.",
    "An empty hypothesis",
    "Wholly different words here",
    "The same.",
    "only the case differs",
    "un espace dur",
]
PAIRS = list(zip(HYPOTHESES, REFERENCES, strict=True))


def test_sums_are_sacrebleus_corpus_scores() -> None:
    counts = count_all(PAIRS)
    assert ter(counts) == pytest.approx(TER().corpus_score(HYPOTHESES, [REFERENCES]).score)
    assert chrf(counts) == pytest.approx(CHRF().corpus_score(HYPOTHESES, [REFERENCES]).score)


@pytest.mark.parametrize(("hypothesis", "reference"), PAIRS)
def test_each_sentence_has_sacrebleus_sentence_scores(hypothesis: str, reference: str) -> None:
    counts = count(hypothesis, reference)
    assert ter([counts]) == pytest.approx(TER().sentence_score(hypothesis, [reference]).score)
    assert chrf([counts]) == pytest.approx(CHRF().sentence_score(hypothesis, [reference]).score)


@pytest.mark.parametrize(
    ("hypothesis", "reference", "edits", "length", "rate"),
    [
        ("a b c d", "a b c d", 0, 4, 0.0),
        ("a b c d", "c d a b", 1, 4, 25.0),  # one shift of a phrase
        ("a b x d", "a b c d", 1, 4, 25.0),
        ("", "a b", 2, 2, 100.0),
        ("a b", "", 2, 0, 100.0),
        ("", "", 0, 0, 0.0),
        ("A B", "a b", 0, 2, 0.0),
    ],
)
def test_edits_by_hand(hypothesis: str, reference: str, edits: int, length: int, rate: float) -> None:
    counts = count(hypothesis, reference)
    assert (counts.edits, counts.length, ter([counts])) == (edits, length, rate)


def test_very_long_sentences_are_counted_without_shifts_and_say_so() -> None:
    words = [f"w{number}" for number in range(SHIFTS_UP_TO + 1)]
    counts = count(" ".join(words), " ".join(["new", *words[1:]]))
    assert (counts.edits, counts.length, counts.shifted) == (1, len(words), False)
    huge = count("a " * 20_000, "b " * 20_000)
    assert huge.edits == 20_000
    assert count("a b", "b a").shifted


def test_processes_and_progress_do_not_change_the_counts() -> None:
    pairs = PAIRS * 60
    seen: list[tuple[int, int]] = []
    counted = count_all(pairs, jobs=2, progress=lambda done, total: seen.append((done, total)))
    assert counted == count_all(pairs)
    assert seen[-1] == (len(pairs), len(pairs))


def test_nothing_scores_nothing() -> None:
    assert (count_all([]), ter([]), chrf([])) == ([], 0.0, 0.0)


def test_signatures_are_those_of_sacrebleu() -> None:
    signatures = sentence_signatures()
    assert signatures["TER"].startswith("nrefs:1|case:lc|tok:tercom|norm:no|punct:yes|asian:no|version:")
    assert signatures["chrF2"].startswith("nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:")
