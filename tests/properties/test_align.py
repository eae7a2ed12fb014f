"""Laws of alignment, over texts that Hypothesis makes up."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.alignment import AlignOptions, align
from aligner.alignment.given import Given
from aligner.alignment.lattice import NEVER, Band, Lattice, make_fences
from aligner.alignment.posterior import sum_paths
from aligner.alignment.result import Alignment
from aligner.alignment.scoring import make_limits, score_lattice
from aligner.alignment.search import prepare_pair
from aligner.alignment.viterbi import best_path
from aligner.alignment.weights import builtin_weights

WORDS = st.sampled_from(
    ["le", "chat", "maison", "1957", "Paul", "the", "cat", "house", "?", "!", "—", "l’été", "", " "]
)
SENTENCES = st.lists(st.lists(WORDS, max_size=6).map(" ".join), max_size=9)
TEXTS = st.one_of(SENTENCES, st.lists(st.text(max_size=12), max_size=6), st.lists(st.just("idem"), max_size=8))
SHAPES = ((1, 1), (1, 2), (2, 1))


def check(alignment: Alignment, source: list[str], target: list[str]) -> None:
    assert [i for bead in alignment for i in bead.source] == list(range(len(source)))
    assert [j for bead in alignment for j in bead.target] == list(range(len(target)))
    assert all(0.0 <= bead.confidence <= 1.0 and math.isfinite(bead.score) for bead in alignment)


@given(TEXTS, TEXTS)
@settings(max_examples=60)
def test_every_sentence_once_and_in_order(source: list[str], target: list[str]) -> None:
    check(align(source, target), source, target)


@given(SENTENCES, SENTENCES, st.data())
@settings(max_examples=30)
def test_every_sentence_once_with_boundaries(source: list[str], target: list[str], data: st.DataObject) -> None:
    wall = (data.draw(st.integers(0, len(source))), data.draw(st.integers(0, len(target))))
    alignment = align(source, target, boundaries=[wall], options=AlignOptions(window=2))
    check(alignment, source, target)
    for bead in alignment:
        sides = {i < wall[0] for i in bead.source} | {j < wall[1] for j in bead.target}
        assert len(sides) == 1


@given(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=8, unique=True))
@settings(max_examples=30)
def test_a_text_aligns_with_itself(letters: list[str]) -> None:
    sentences = [f"{letter * 3}word number {letter * 4} stands here." for letter in letters]
    assert align(sentences, sentences).types() == {"1-1": len(sentences)}


def whole_lattice(texts: Given) -> Lattice:
    """All nodes of two texts, scored without a lexicon (which has entries for one direction only)."""
    options = AlignOptions(max_merge=3, lexicon="none")
    size = texts.size
    band = Band(np.zeros(size[0] + 1, dtype=np.int64), np.full(size[0] + 1, size[1]))
    limits = make_limits(size, (), ((), ()), nulls=True)
    return score_lattice(prepare_pair(texts, options), band, options.shapes(), builtin_weights()["texts"], limits)


@given(SENTENCES, SENTENCES)
@settings(max_examples=30)
def test_swapping_the_sides_mirrors_every_score(source: list[str], target: list[str]) -> None:
    there, back = whole_lattice(Given(source, target)), whole_lattice(Given(target, source))
    size = (len(source) + 1, len(target) + 1)
    for k, (a, b) in enumerate(there.shapes):
        mirrored = back.scores[back.shapes.index((b, a))].reshape(size[::-1]).T
        assert there.scores[k].reshape(size) == pytest.approx(mirrored, abs=1e-3)
    assert there.source_nulls == pytest.approx(back.target_nulls)
    assert sum_paths(there).total == pytest.approx(sum_paths(back).total, abs=1e-3)


@given(SENTENCES, SENTENCES)
@settings(max_examples=20)
def test_swapping_the_sides_with_their_translations_mirrors_every_score(source: list[str], target: list[str]) -> None:
    forth, back = [f"{line} chat" for line in source], [f"house {line}" for line in target]
    here = whole_lattice(Given(source, target, forth, back))
    there = whole_lattice(Given(target, source, back, forth))
    size = (len(source) + 1, len(target) + 1)
    for k, (a, b) in enumerate(here.shapes):
        mirrored = there.scores[there.shapes.index((b, a))].reshape(size[::-1]).T
        assert here.scores[k].reshape(size) == pytest.approx(mirrored, abs=1e-3)


def test_swapping_the_sides_mirrors_a_clear_alignment() -> None:
    source = [f"Phrase {n} parle de Jean{n} et de la ville{n * n}." for n in range(30)]
    target = [f"Sentence {n} speaks of Jean{n} and of town{n * n}." for n in range(30) if n not in (7, 8, 20)]
    there = {(bead.source, bead.target) for bead in align(source, target)}
    back = {(bead.target, bead.source) for bead in align(target, source)}
    assert there == back


@st.composite
def lattices(draw: st.DrawFn) -> Lattice:
    """A small lattice with any scores, whole or cut to a band, sometimes with a wall."""
    rows, columns = draw(st.integers(0, 4)), draw(st.integers(0, 4))
    margin = draw(st.integers(1, 5))
    line = np.array([round(i * columns / max(rows, 1)) for i in range(rows + 1)])
    low, high = np.maximum(line - margin, 0), np.minimum(line + margin, columns)
    low[0], high[-1] = 0, columns
    if rows == 0:
        low, high = np.array([0]), np.array([columns])
    walls = [(draw(st.integers(0, rows)), 0)] if draw(st.booleans()) and rows else []
    walls = [(i, int(line[i])) for i, _ in walls]
    band = Band(low, high)
    number = st.floats(-5, 5, width=16)
    nodes = int(band.starts[-1])
    scores = np.array(draw(st.lists(number, min_size=3 * nodes, max_size=3 * nodes))).reshape(3, nodes)
    nulls = [np.array(draw(st.lists(number, min_size=n, max_size=n)), dtype=np.float64) for n in (rows, columns)]
    fences = make_fences(rows + 1, walls)
    return Lattice(band, SHAPES, scores.astype(np.float32), nulls[0], nulls[1], -abs(draw(number)), fences)


def paths(
    lattice: Lattice, i: int = 0, j: int = 0, before: tuple[int, int] = (1, 1)
) -> Iterator[tuple[list[tuple[int, int]], float]]:
    """All paths from a node to the end with their scores, by plain recursion."""
    band = lattice.band
    if (i, j) == (len(band.low) - 1, int(band.high[-1])):
        yield [], 0.0
        return
    for a, b in (*SHAPES, (1, 0), (0, 1)):
        k, m = i + a, j + b
        if k >= len(band.low) or not band.low[k] <= m <= band.high[k]:
            continue
        if a and b:
            fences = lattice.fences
            if i < fences.above[k] or m > fences.last[k] or j < fences.first[i]:
                continue
            score = float(lattice.scores[SHAPES.index((a, b)), band.starts[k] + m - band.low[k]])
        elif before == (0, 1) and a:
            continue
        else:
            score = float(lattice.source_nulls[i] if a else lattice.target_nulls[j])
            score += lattice.opening * (before != (a, b))
        for rest, more in paths(lattice, k, m, (a, b)):
            yield [(a, b), *rest], score + more


@given(lattices())
@settings(max_examples=80)
def test_the_search_equals_brute_force(lattice: Lattice) -> None:
    every = list(paths(lattice))
    if not every:
        return
    best = max(score for _, score in every)
    found = best_path(lattice)
    assert next(score for path, score in every if path == found) == pytest.approx(best, abs=1e-4)
    total = math.log(math.fsum(math.exp(score) for _, score in every))
    assert sum_paths(lattice).total == pytest.approx(total, abs=1e-4)


@given(lattices())
@settings(max_examples=40)
def test_probabilities_equal_brute_force(lattice: Lattice) -> None:
    every = list(paths(lattice))
    if not every:
        return
    total = math.fsum(math.exp(score) for _, score in every)
    sums = sum_paths(lattice)
    shares: dict[tuple[int, int, tuple[int, int]], float] = {}
    for path, score in every:
        i = j = 0
        for a, b in path:
            i, j = i + a, j + b
            shares[i, j, (a, b)] = shares.get((i, j, (a, b)), 0.0) + math.exp(score) / total
    for (i, j, shape), share in shares.items():
        assert sums.probabilities(np.array([i]), np.array([j]), shape) == pytest.approx([share], abs=1e-4)


def test_nothing_is_possible_without_a_way() -> None:
    lattice = Lattice(
        Band(np.array([0, 0]), np.array([0, 1])),
        SHAPES,
        np.full((3, 3), NEVER, dtype=np.float32),
        np.zeros(1),
        np.zeros(1),
        -1.0,
        make_fences(2, []),
    )
    assert best_path(lattice) == [(1, 0), (0, 1)]


@pytest.mark.parametrize("seeds", [("0", "1", "4242")])
def test_the_same_in_every_process(seeds: tuple[str, ...]) -> None:
    program = (
        "from aligner.alignment import align\n"
        "s = [f'La phrase {n} dit que Paul{n % 7} rentre à {n * 37} heures.' for n in range(60)]\n"
        "t = [f'Sentence {n} says that Paul{n % 7} returns at {n * 37} hours.' for n in range(60) if n % 11]\n"
        "print([(b.source, b.target, b.score, b.confidence) for b in align(s, t)])\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in seeds
    }
    assert len(outputs) == 1
    assert outputs.pop().startswith("[((0,), ")
