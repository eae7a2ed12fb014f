"""Accuracy on the development documents beside the project: what was reached must not be lost."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from aligner.alignment import AlignOptions, align, score_pairs
from benchmarks.alignment_suite import read_textberg


def lines(path: Path) -> list[str]:
    return path.read_text("utf-8").split("\n")[:-1]


def numbers(side: str) -> tuple[int, ...]:
    return tuple(int(number) for number in side.strip("[] ").split(",") if number.strip())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "lexicon", "strict", "lax"),
    [
        ("lit_alice", "auto", 0.935, 0.98),
        ("lit_candide", "auto", 0.95, 0.99),
        ("lit_voyage", "auto", 0.955, 0.98),
        ("lit_candide", "none", 0.93, 0.98),
        ("lit_voyage", "none", 0.92, 0.98),
        ("law_c-297", "auto", 0.96, 0.98),
        ("law_c-297", "none", 0.98, 0.98),
        ("law_o-24_noisy", "auto", 0.95, 0.96),
        ("par_canterville_noisy", "auto", 0.99, 0.99),
        ("par_canterville_noisy", "none", 0.99, 0.99),
        ("docs_php_language", "auto", 0.996, 0.999),
        ("news_wmt09", "auto", 0.997, 0.999),
    ],
)
def test_accuracy(shared: Path, name: str, lexicon: str, strict: float, lax: float) -> None:
    folder = shared / "alignment" / "dev"
    gold = [tuple(map(numbers, line.split(":")[:2])) for line in lines(folder / f"{name}.gold")]
    found = align(lines(folder / f"{name}.fr"), lines(folder / f"{name}.en"), options=AlignOptions(lexicon=lexicon))
    score = score_pairs([gold], [[(bead.source, bead.target) for bead in found]])
    assert score.strict.f1 >= strict
    assert score.lax.f1 >= lax


@pytest.mark.slow
def test_one_translation_helps_and_both_help_most(shared: Path) -> None:
    (document,) = read_textberg(shared / "alignment" / "textberg_dev", ["google"])
    strict, lax = {}, {}
    for condition in ("plain", "translation", "back", "both"):
        given = document.given(condition)
        found = align(
            given.source, given.target, translation=given.translation, back_translation=given.back_translation
        )
        score = score_pairs([document.gold], [[(bead.source, bead.target) for bead in found]])
        strict[condition], lax[condition] = score.strict.f1, score.lax.f1
    assert strict["plain"] < min(strict["translation"], strict["back"])
    assert strict["both"] > max(strict["translation"], strict["back"])
    assert (strict["both"] > 0.92, lax["both"] > 0.99) == (True, True)


@pytest.mark.slow
def test_ten_thousand_sentences_take_seconds(shared: Path) -> None:
    folder = shared / "alignment" / "dev"
    source, target = lines(folder / "speed_10k.fr"), lines(folder / "speed_10k.en")
    start = time.process_time()
    align(source, target)
    assert time.process_time() - start < 12
