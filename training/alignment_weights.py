"""Learn the weights of the alignment model from documents with gold alignments.

    python training/alignment_weights.py SUITE [--translations DIR] [-o aligner/align/data/weights.json]
    python training/alignment_weights.py SUITE --folds 5        # cross-validation by document

SUITE holds ``NAME.fr``, ``NAME.en`` and ``NAME.gold`` (one bead a line, ``[0, 1]:[0]``); DIR holds machine
translations ``NAME.mt``. The model is a conditional random field over whole alignments (Lafferty, McCallum & Pereira
2001): the weights make the gold path as probable as possible among all paths of its lattice, with a quadratic penalty.
Every document is seen in up to three conditions: with nothing, with the lexicon, with its translation. The lattice and
the shapes' priors come from a first alignment with hand-set weights (`START`); more rounds start from the weights
learned before. Start reading at `main`.

The weights in the package were learned with::

    --only lit_alice lit_confessions lit_emma lit_voyage law_c-297 law_c-3 par_canterville tb_

where ``tb_`` are the two directions of the Text+Berg development yearbook; all other documents stayed unseen.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aligner.align import AlignOptions, score_pairs
from aligner.align.band import make_band
from aligner.align.features import FEATURES, NULL_FEATURES, bead_features, corner, fits, null_features, rectangle
from aligner.align.front import align
from aligner.align.lattice import NEVER, Lattice, M, X, Y
from aligner.align.posterior import sum_paths
from aligner.align.scoring import blocks, lay, make_limits
from aligner.align.search import learn, nodes, rough_path
from aligner.align.viterbi import best_path
from aligner.align.weights import Weights

Floats = NDArray[np.float64]
Gold = tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]
Step = tuple[int, int, bool]
NAMES = (*FEATURES, *NULL_FEATURES)
OPTIONS = AlignOptions()
WINDOW = 6
START = {
    "evidence": 1.0,
    "similarity": 3.0,
    "covered": 0.5,
    "weakest": 1.5,
    "chance": -4.5,
    "length": -0.5,
    "length root": -0.7,
    "short": 0.3,
    "other end": -1.3,
    "other speech": -1.0,
    "open joint": -0.4,
    "paragraph": -2.5,  # the examples have no paragraphs to learn from
    "header": -0.3,
    "prior": 0.6,
    **{"1-2": -1.5, "1-3": -2.2, "1-4+": -1.4, "2-2": -3.5, "2-3+": -4.7},
    **{"null": -0.4, "null prior": 0.5, "null repeated": 1.0, "null run": -1.5},
}
"""Weights guessed by hand: good enough for the first alignments that the learning starts from."""


@dataclass(frozen=True, slots=True)
class Example:
    """One document in one condition."""

    name: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    translation: tuple[str, ...] | None
    gold: Gold
    lexicon: str = "auto"


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


def main() -> None:
    """Learn, or cross-validate."""
    options = _arguments()
    examples = read_suite(options.suites, options.translations, options.skip)
    if options.only:
        examples = [example for example in examples if example.name.startswith(tuple(options.only))]
    names = sorted({example.name for example in examples})
    if options.folds:
        cross_validate(examples, names, options)
        return
    weights = train(examples, options)
    options.output.write_text(json.dumps({n: round(weights[n], 4) for n in NAMES}, indent=1) + "\n", "utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("suites", type=Path, nargs="+")
    parser.add_argument("--translations", type=Path)
    parser.add_argument("--skip", nargs="*", default=["speed_10k"], help="documents left out")
    parser.add_argument("--only", nargs="*", default=[], help="names (from the start) of the documents to learn from")
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--penalty", type=float, default=1.0)
    parser.add_argument("-o", "--output", type=Path, default=Path("weights.json"))
    return parser.parse_args()


def read_suite(suites: Sequence[Path], translations: Path | None, skip: Sequence[str] = ()) -> list[Example]:
    """All documents, each without and (where there is one) with its translation."""
    examples = []
    for gold_file in sorted(gold for suite in suites for gold in suite.glob("*.gold")):
        name = gold_file.stem
        if name in skip:
            continue
        source, target = (_lines(gold_file.with_suffix(f".{language}")) for language in ("fr", "en"))
        gold = read_gold(gold_file)
        examples.append(Example(name, source, target, None, gold))
        examples.append(Example(name, source, target, None, gold, lexicon="none"))
        if translations is not None and (translations / f"{name}.mt").exists():
            examples.append(Example(name, source, target, _lines(translations / f"{name}.mt"), gold))
    return examples


def _lines(path: Path) -> tuple[str, ...]:
    return tuple(path.read_text("utf-8").split("\n")[:-1])


def read_gold(path: Path) -> Gold:
    """Read a gold file."""
    lines = (line.split(":")[:2] for line in path.read_text("utf-8").splitlines())
    return tuple((_numbers(source), _numbers(target)) for source, target in lines)


def _numbers(side: str) -> tuple[int, ...]:
    return tuple(int(number) for number in side.strip("[] ").split(",") if number.strip())


def cross_validate(examples: Sequence[Example], names: Sequence[str], options: argparse.Namespace) -> None:
    """Train on all but some documents, score those; print each document's F1 without and with translation."""
    for fold in range(options.folds):
        held = names[fold :: options.folds]
        weights = train([example for example in examples if example.name not in held], options)
        for example in examples:
            if example.name in held:
                print(f"{example.name:24s} {condition(example):8s} {evaluate(example, weights)}", flush=True)


def condition(example: Example) -> str:
    """What the example is aligned with."""
    return "mt" if example.translation else "lexicon" if example.lexicon == "auto" else "plain"


def evaluate(example: Example, weights: Weights) -> str:
    """Strict and lax F1 of one example."""
    test = align(
        example.source,
        example.target,
        translation=example.translation,
        options=AlignOptions(lexicon=example.lexicon),
        weights=weights,
    )
    score = score_pairs([example.gold], [[(bead.source, bead.target) for bead in test]])
    return f"{score.strict.f1:.3f}/{score.lax.f1:.3f}"


def train(examples: Sequence[Example], options: argparse.Namespace) -> Weights:
    """Alternate building lattices and fitting weights."""
    weights: Weights = START
    for _ in range(options.rounds):
        problems = [build(example, weights) for example in examples]
        vector = np.array([weights.get(name, 0.0) for name in NAMES])
        start = vector.copy()

        def cost(vector: Floats, problems: Sequence[Problem] = problems) -> tuple[float, Floats]:
            value, slope = options.penalty * float(vector @ vector) / 2, options.penalty * vector
            for problem in problems:
                v, s = likelihood(problem, vector)
                value, slope = value - v, slope - s
            return value, slope

        vector = minimise(cost, start, options.steps)
        weights = dict(zip(NAMES, vector.tolist(), strict=True)) | {"paragraph": START["paragraph"]}
        print(json.dumps({name: round(weight, 3) for name, weight in weights.items()}), file=sys.stderr)
    return weights


def build(example: Example, weights: Weights) -> Problem:
    """The lattice around the rough path and the gold path, with all features."""
    options = AlignOptions(lexicon=example.lexicon)
    pair, path = rough_path(example.source, example.target, example.translation, options, weights)
    shapes = OPTIONS.shapes()
    pair = learn(pair, path, shapes)
    size = (len(example.source), len(example.target))
    gold = gold_steps(example.gold, size)
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
    limits = make_limits(size, (), ((), ()), nulls=True)
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


def minimise(cost: Callable[[Floats], tuple[float, Floats]], start: Floats, steps: int) -> Floats:
    """L-BFGS (Nocedal 1980) with a backtracking line search."""
    at, (value, slope) = start, cost(start)
    moves: list[tuple[Floats, Floats]] = []
    for number in range(steps):
        direction = -_precondition(slope, moves)
        rate = 1.0 if moves else 1.0 / max(float(np.abs(slope).max()), 1.0)
        while True:
            new = at + rate * direction
            new_value, new_slope = cost(new)
            if new_value <= value + 1e-4 * rate * float(direction @ slope) or rate < 1e-6:
                break
            rate /= 2
        if rate < 1e-6 or value - new_value < 1e-4 * abs(value):
            at = new if new_value < value else at
            break
        moves = [*moves[-7:], (new - at, new_slope - slope)]
        at, value, slope = new, new_value, new_slope
        print(f"step {number + 1}: {value:.1f}", file=sys.stderr)
    return at


def _precondition(slope: Floats, moves: Sequence[tuple[Floats, Floats]]) -> Floats:
    """The slope multiplied by the estimated inverse curvature (two-loop recursion)."""
    q, alphas = slope.copy(), []
    for s, y in reversed(moves):
        alpha = float(s @ q) / float(y @ s)
        alphas.append(alpha)
        q -= alpha * y
    if moves:
        s, y = moves[-1]
        q *= float(s @ y) / float(y @ y)
    for (s, y), alpha in zip(moves, reversed(alphas), strict=True):
        q += (alpha - float(y @ q) / float(y @ s)) * s
    return q


if __name__ == "__main__":
    main()
