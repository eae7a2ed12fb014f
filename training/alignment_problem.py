"""A document with a gold alignment as a problem of learning: its lattice, the features of all edges, the gold path.

`build` makes the lattice around a first alignment and the gold path; `likelihood` says how probable the gold path is
under a vector of weights, and which way to change them. What the gold standard leaves open (crossing beads, beads wider
than the model's) is left to the best path. Start reading at `build`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from aligner.alignment import AlignOptions
from aligner.alignment.band import make_band
from aligner.alignment.features import FEATURES, NULL_FEATURES, bead_features, corner, fits, null_features, rectangle
from aligner.alignment.given import Given
from aligner.alignment.lattice import NEVER, Lattice, M, X, Y
from aligner.alignment.posterior import sum_paths
from aligner.alignment.scoring import blocks, lay, make_limits
from aligner.alignment.search import learn, nodes, prepare_pair, rough_path
from aligner.alignment.viterbi import best_path
from aligner.alignment.weights import Weights
from benchmarks.alignment_suite import Gold

Floats = NDArray[np.float64]
Step = tuple[int, int, bool]
NAMES = (*FEATURES, *NULL_FEATURES)
WINDOW = 6


@dataclass(frozen=True, slots=True)
class Problem:
    """An example's lattice with the features of its edges."""

    lattice: Lattice
    """Without scores."""
    features: tuple[NDArray[np.float32], ...]
    """For each shape: feature × node."""
    possible: NDArray[np.bool_]
    nulls: tuple[Floats, Floats]
    """For each side: feature × sentence."""
    gold: Floats
    """The summed features of the gold path."""


def build(given: Given, gold_beads: Gold, options: AlignOptions, weights: Weights) -> Problem:
    """The lattice around the rough path and the gold path, with all features."""
    shapes, size = options.shapes(), given.size
    limits = make_limits(size, (), ((), ()), nulls=True)
    pair, path = rough_path(prepare_pair(given, options), given, options, weights, limits)
    pair = learn(pair, path, shapes)
    gold = gold_steps(gold_beads, size)
    band = make_band(sorted({*nodes(path)} | {*_ends(gold)}), size, WINDOW)
    features = [np.zeros((len(NAMES) + 1, int(band.starts[-1])), dtype=np.float32) for _ in shapes]
    largest = (max(a for a, _ in shapes), max(b for _, b in shapes))
    for rows in blocks(band):
        area = rectangle(pair, rows, (int(band.low[rows[0]]), int(band.high[rows[1] - 1]) + 1), largest)
        for k, shape in enumerate(shapes):
            plane = np.zeros((len(NAMES) + 1, rows[1] - rows[0], area.columns[1] - area.columns[0]), dtype=np.float32)
            if fits(area, shape):
                inside = (
                    slice(corner(area, shape)[0] - rows[0], None),
                    slice(corner(area, shape)[1] - area.columns[0], None),
                )
                plane[(-1, *inside)] = 1.0
                for name, values in bead_features(area, shape).items():
                    plane[(NAMES.index(name), *inside)] = values
            lay(features[k], band, area, plane)
    possible = np.stack([one[-1] > 0 for one in features])
    features = [one[:-1] for one in features]
    nulls = [np.zeros((len(NAMES), length)) for length in size]
    for side, text in zip(nulls, (pair.source, pair.target), strict=True):
        for name, values in null_features(pair, text).items():
            side[NAMES.index(name)] = values
    lattice = Lattice(band, shapes, np.zeros((0, 0), dtype=np.float32), np.zeros(0), np.zeros(0), 0.0, limits.fences)
    problem = Problem(lattice, tuple(features), possible, (nulls[0], nulls[1]), np.zeros(len(NAMES)))
    vector = np.array([weights.get(name, 0.0) for name in NAMES])
    return replace(problem, gold=gold_sum(problem, gold, vector))


def gold_steps(gold: Gold, size: tuple[int, int]) -> list[Step]:
    """The gold path as steps (source, target, whether known).

    Beads that cross others or have holes are not known; neither are sentences that no bead names.
    """
    steps: list[Step] = []
    i = j = 0
    run = [0, 0]
    for source, target in (*gold, (range(size[0], size[0] + 1), range(size[1], size[1] + 1))):
        if not source or not target:
            run[0 if source else 1] += 1
        elif source[0] >= i + run[0] and target[0] >= j + run[1] and _solid(source) and _solid(target):
            steps += _between(source[0] - i, target[0] - j, run)
            steps.append((len(source), len(target), True))
            i, j, run = source[-1] + 1, target[-1] + 1, [0, 0]
    return steps[:-1]


def _solid(side: Sequence[int]) -> bool:
    return side[-1] - side[0] + 1 == len(side)


def _between(a: int, b: int, nulls: Sequence[int]) -> list[Step]:
    """The steps between two beads: nulls, the source's first as in the lattice, if these explain it all."""
    if [a, b] == list(nulls):
        return [(1, 0, True)] * a + [(0, 1, True)] * b
    return [(a, b, False)]


def _ends(steps: Sequence[Step]) -> list[tuple[int, int]]:
    return nodes([(a, b) for a, b, _ in steps])


def scored(problem: Problem, vector: Floats) -> Lattice:
    """The lattice with the scores that a weight vector gives."""
    w = vector.astype(np.float32)
    scores = np.stack([w @ features for features in problem.features])
    scores[~problem.possible] = NEVER
    nulls = [vector @ side for side in problem.nulls]
    run = float(vector[NAMES.index("null run")])
    return replace(problem.lattice, scores=scores, source_nulls=nulls[0], target_nulls=nulls[1], opening=run)


def gold_sum(problem: Problem, gold: Sequence[Step], vector: Floats) -> Floats:
    """The features of the gold path; what is not known, or too wide for the model, is left to the best path."""
    lattice = scored(problem, vector)
    band, starts = lattice.band, lattice.band.starts
    allowed = np.full_like(lattice.scores, NEVER)
    nulls = [np.full_like(side, NEVER / 1e6) for side in (lattice.source_nulls, lattice.target_nulls)]
    for (a, b, known), (i, j) in zip(gold, _ends(gold), strict=True):
        if known and (a, b) in lattice.shapes:
            k, at = lattice.shapes.index((a, b)), starts[i] + j - band.low[i]
            allowed[k, at] = lattice.scores[k, at]
            continue
        nulls[0][i - a : i] = lattice.source_nulls[i - a : i]
        nulls[1][j - b : j] = lattice.target_nulls[j - b : j]
        for row in range(i - a, i + 1) if a and b else ():
            first, last = max(j - b, band.low[row]), min(j, band.high[row]) + 1
            here = slice(int(starts[row] + first - band.low[row]), int(starts[row] + last - band.low[row]))
            allowed[:, here] = lattice.scores[:, here]
    best = best_path(replace(lattice, scores=allowed, source_nulls=nulls[0], target_nulls=nulls[1]))
    return path_sum(problem, best)


def path_sum(problem: Problem, path: list[tuple[int, int]]) -> Floats:
    """The summed features of a path."""
    band, starts, shapes = problem.lattice.band, problem.lattice.band.starts, problem.lattice.shapes
    total = np.zeros(len(NAMES))
    before = (1, 1)
    for shape, (i, j) in zip(path, nodes(path), strict=True):
        if all(shape):
            total += problem.features[shapes.index(shape)][:, starts[i] + j - band.low[i]]
        else:
            total += problem.nulls[0][:, i - 1] if shape[0] else problem.nulls[1][:, j - 1]
            total[NAMES.index("null run")] += shape != before
        before = shape
    return total


def likelihood(problem: Problem, vector: Floats) -> tuple[float, Floats]:
    """Log-likelihood of the gold path and its slope."""
    lattice = scored(problem, vector)
    sums = sum_paths(lattice)
    expected = np.zeros(len(NAMES))
    forward, backward, total = sums.forward, sums.backward, sums.total
    arrived = np.logaddexp(np.logaddexp(forward[M], forward[X]), forward[Y])
    origins = lattice.origins(0, len(lattice.band.low))
    for k, features in enumerate(problem.features):
        share = np.exp(arrived[origins[k]] + lattice.scores[k] + backward[M, :-1] - total)
        expected += features @ share.astype(np.float32)
    _expect_nulls(problem, lattice, forward, backward, total, expected)
    return float(problem.gold @ vector) - total, problem.gold - expected


def _expect_nulls(
    problem: Problem, lattice: Lattice, forward: Floats, backward: Floats, total: float, expected: Floats
) -> None:
    """Add the expected features of nulls."""
    band, starts = lattice.band, lattice.band.starts
    steps = replace(lattice, shapes=((1, 0), (0, 1))).origins(0, len(band.low))
    row = np.repeat(np.arange(len(band.low)), np.diff(starts))
    column = np.arange(int(starts[-1])) - starts[row] + band.low[row]
    for state, origin, sentence, nulls, features in (
        (X, steps[0], row - 1, lattice.source_nulls, problem.nulls[0]),
        (Y, steps[1], column - 1, lattice.target_nulls, problem.nulls[1]),
    ):
        at = np.maximum(sentence, 0)
        onward = nulls[at] + backward[state, :-1] - total
        entering = forward[M] if state == X else np.logaddexp(forward[M], forward[X])
        opened = np.exp(np.minimum(entering[origin] + lattice.opening + onward, 0.0))
        going_on = np.exp(np.minimum(forward[state][origin] + onward, 0.0))
        counts = np.bincount(at, weights=np.where(sentence >= 0, opened + going_on, 0.0), minlength=features.shape[1])
        expected += features @ counts
        expected[NAMES.index("null run")] += opened[sentence >= 0].sum()
