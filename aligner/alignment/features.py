"""Features: what speaks for or against one bead, as numbers that a linear model weighs.

For all nodes of a rectangle and one shape at a time, `bead_features` gives one array per feature; `aligner.alignment.
weights` holds the learned weight of each. All features treat the two sides alike, so swapping the texts mirrors the
alignment. With n = (a + b) / 2:

``evidence``     log-likelihood ratio of all words (`aligner.alignment.evidence`), capped
``similarity``   n times the share of the bead's word weight that the other side accounts for
``covered``      the accounted-for weight itself: long agreement is surer than short
``uncovered``    the weight nobody accounts for
``missing``      the weight that a true bead would be expected to account for, less what is
``chance``       n times the share that sentences drawn at random would account for
``weakest``      in merges: the lowest share among the merged sentences (a stranger among them?)
``length``       squared deviation from the expected length ratio, in standard deviations (Gale & Church 1993), capped
``length root``  its square root, so that small deviations count too
``short``        n where hardly any word tells anything: headings, "Oui."
``same end``     both sides end in the same telling mark (? ! : ;); ``other end`` they end in different ones
``other speech`` one side opens like speech, the other does not
``open joint``   merged sentences whose border looks open (no full stop before, small letter after)
``header``       repeated lines (running headers, refrains) merged with others
``paragraph``    borders of paragraphs inside the bead, where paragraphs are known
``prior``        logarithm of how common the shape is in this pair (from the pass before)
``1-2`` …        one constant per kind of shape

Start reading at `bead_features`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.evidence import Coverage, Side, coverage
from aligner.alignment.lengths import Lengths
from aligner.alignment.links import Links
from aligner.alignment.marks import COLON, EXCLAMATION, MARKS, QUESTION, SEMICOLON, Marks

Singles = NDArray[np.float32]
Values = NDArray[np.floating[Any]] | float
"""One feature of many beads, or the same value for all."""
KINDS = ("1-2", "1-3", "1-4+", "2-2", "2-3+")
NULL = (0, 0)
"""The key of the nulls' prior."""
FEATURES = (
    "evidence",
    "similarity",
    "covered",
    "uncovered",
    "missing",
    "weakest",
    "chance",
    "length",
    "length root",
    "short",
    "same end",
    "other end",
    "other speech",
    "open joint",
    "header",
    "paragraph",
    "prior",
    *KINDS,
)
NULL_FEATURES = ("null", "null prior", "null weight", "null short", "null repeated", "null run")


@dataclass(frozen=True, slots=True)
class Text:
    """One side with all that features need."""

    words: Side
    marks: Marks
    lengths: NDArray[np.float64]
    """Summed length in characters of the sentences before each position: ``lengths[i]`` of the first i."""
    repeated: NDArray[np.bool_]
    """Whether the same line, numbers aside, occurs at least three times: a running header, a refrain."""
    paragraphs: NDArray[np.int64]
    """How many borders of paragraphs stand before each sentence; all 0 where paragraphs are not known."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Both texts, the links between their words, and what earlier passes taught."""

    source: Text
    target: Text
    links: Links
    lengths: Lengths
    priors: Mapping[tuple[int, int], float]
    """Log prior of each shape."""
    informed: bool
    """Whether a lexicon or a translation helps; without, there is most to learn from a first alignment."""


@dataclass(frozen=True, slots=True)
class Rectangle:
    """The coverage of a rectangle of nodes, summed so that any bead can be read off."""

    pair: Pair
    rows: tuple[int, int]
    """First and last node row, the last excluded."""
    columns: tuple[int, int]
    s0: int
    t0: int
    of_target: tuple[Singles, ...]
    """``of_target[a - 1][i, j]``: weight of the target sentences t0 … t0 + j that source i … i + a accounts for."""
    of_source: tuple[Singles, ...]
    cover: Coverage


def rectangle(pair: Pair, rows: tuple[int, int], columns: tuple[int, int], size: tuple[int, int]) -> Rectangle:
    """Prepare the nodes ``rows`` × ``columns`` for beads of at most `size` sentences a side."""
    s0, t0 = max(rows[0] - size[0], 0), max(columns[0] - size[1], 0)
    s1, t1 = max(rows[1] - 1, s0), max(columns[1] - 1, t0)
    cover = coverage(pair.source.words, pair.target.words, pair.links, (s0, s1), (t0, t1), size)
    of_target = tuple(np.pad(np.cumsum(one, axis=1), ((0, 0), (1, 0))) for one in cover.target)
    of_source = tuple(np.pad(np.cumsum(one, axis=0), ((1, 0), (0, 0))) for one in cover.source)
    return Rectangle(pair, rows, columns, s0, t0, of_target, of_source, cover)


def bead_features(area: Rectangle, shape: tuple[int, int]) -> dict[str, Values]:
    """Each feature for the beads of one shape that end at the rectangle's nodes.

    Arrays are (nodes down × nodes across), from the first node that such a bead can end at (`corner`).
    """
    a, b = shape
    (i0, j0), pair = corner(area, shape), area.pair
    n = (a + b) / 2
    i, j = slice(i0, area.rows[1]), slice(j0, area.columns[1])
    covered, deviation = _covered(area, shape, i0, j0), _deviation(pair, shape, i, j)
    (mass, base, hope), chance = _totals(pair, shape, i, j), _chance(pair, shape, i, j)
    few = 1 / np.maximum(mass, 1.0)
    features: dict[str, Values] = {
        "evidence": np.clip(covered - base, -30 * n, 30 * n) / 10,
        "similarity": n * covered * few,
        "covered": np.minimum(covered, 60 * n) / 30,
        "uncovered": np.minimum(mass - covered, 60 * n) / 30,
        "missing": np.clip(hope - covered, -30 * n, 30 * n) / 30,
        "chance": n * np.minimum(chance * few, 1.0),
        "length": deviation / 5,
        "length root": np.sqrt(deviation),
        "short": n * (mass < 8.0).astype(np.float32),
        "prior": pair.priors.get(shape, 0.0),
    }
    features |= _edges(pair, shape, i, j)
    if shape != (1, 1):
        features["weakest"] = _weakest(area, shape, i0, j0)
        features["header"] = _headers(pair, shape, i, j)
        features["open joint"] = _joints(pair, shape, i, j)
        if pair.source.paragraphs[-1:].any() or pair.target.paragraphs[-1:].any():
            features["paragraph"] = _borders(pair, shape, i, j)
        features[kind(shape)] = 1.0
    return features


def null_features(pair: Pair, text: Text) -> dict[str, Values]:
    """Each feature for leaving a sentence of one side alone."""
    mass = text.words.mass.astype(np.float64)
    return {
        "null": 1.0,
        "null prior": pair.priors.get(NULL, 0.0),
        "null weight": np.minimum(mass, 60.0) / 30,
        "null short": (mass < 4.0).astype(np.float64),
        "null repeated": text.repeated.astype(np.float64),
    }


def corner(area: Rectangle, shape: tuple[int, int]) -> tuple[int, int]:
    """The first node of the rectangle that a bead of this shape can end at."""
    return max(area.rows[0], shape[0]), max(area.columns[0], shape[1])


def fits(area: Rectangle, shape: tuple[int, int]) -> bool:
    """Whether any bead of this shape can end in the rectangle."""
    i0, j0 = corner(area, shape)
    return i0 < area.rows[1] and j0 < area.columns[1]


def kind(shape: tuple[int, int]) -> str:
    """The class of a merging shape, the same both ways round.

    >>> kind((3, 1)), kind((1, 6)), kind((3, 2))
    ('1-3', '1-4+', '2-3+')
    """
    few, many = sorted(shape)
    return KINDS[min(many, 4) - 2] if few == 1 else KINDS[3 if many == 2 else 4]


def _covered(area: Rectangle, shape: tuple[int, int], i0: int, j0: int) -> Singles:
    """The weight accounted for on both sides together."""
    a, b = shape
    i1, j1 = area.rows[1], area.columns[1]
    rows = slice(i0 - a - area.s0, i1 - a - area.s0)
    of_target = area.of_target[a - 1][rows]
    columns = slice(j0 - b - area.t0, j1 - b - area.t0)
    of_source = area.of_source[b - 1][:, columns]
    covered_target = of_target[:, j0 - area.t0 : j1 - area.t0] - of_target[:, columns]
    covered_source = of_source[i0 - area.s0 : i1 - area.s0] - of_source[rows]
    return covered_target + covered_source


def _totals(pair: Pair, shape: tuple[int, int], i: slice, j: slice) -> list[Singles]:
    """Mass, base and hope of both sides together."""
    (a, b), s, t = shape, pair.source.words, pair.target.words
    totals = []
    for down, across in ((s.masses, t.masses), (s.bases, t.bases), (s.hopes, t.hopes)):
        source, target = (down[i] - down[i.start - a : i.stop - a]), (across[j] - across[j.start - b : j.stop - b])
        totals.append(_outer_sum(source, target))
    return totals


def _outer_sum(source: NDArray[np.number[Any]], target: NDArray[np.number[Any]]) -> Singles:
    """The sum of a number for each row and one for each column."""
    return source.astype(np.float32)[:, None] + target.astype(np.float32)[None, :]


def _chance(pair: Pair, shape: tuple[int, int], i: slice, j: slice) -> Singles:
    """The weight of both sides that other sentences, as many as the bead has, would account for by chance."""
    (a, b), source, target = shape, pair.source.words.chances, pair.target.words.chances
    of_source = b * (source[i] - source[i.start - a : i.stop - a])
    of_target = a * (target[j] - target[j.start - b : j.stop - b])
    return _outer_sum(of_source, of_target)


def _weakest(area: Rectangle, shape: tuple[int, int], i0: int, j0: int) -> Singles:
    """The lowest share accounted for among the sentences of the bead's merged sides."""
    a, b = shape
    (i1, j1), pair = (area.rows[1], area.columns[1]), area.pair
    lowest = np.ones((i1 - i0, j1 - j0), dtype=np.float32)
    rows, columns = slice(i0 - a - area.s0, i1 - a - area.s0), slice(j0 - b - area.t0, j1 - b - area.t0)
    if a > 1:
        cover = area.cover.source[b - 1][:, columns]
        for step in range(a):
            mass = pair.source.words.mass[i0 - a + step : i1 - a + step, None]
            lowest = np.minimum(lowest, _share(cover[rows.start + step : rows.stop + step], mass))
    if b > 1:
        cover = area.cover.target[a - 1][rows]
        for step in range(b):
            mass = pair.target.words.mass[None, j0 - b + step : j1 - b + step]
            lowest = np.minimum(lowest, _share(cover[:, columns.start + step : columns.stop + step], mass))
    return lowest


def _share(covered: Singles, mass: Singles) -> Singles:
    """Covered ÷ whole weight, drawn towards a quarter where there is little weight to judge by."""
    return (covered + 2.0) / (mass + 8.0)


def _deviation(pair: Pair, shape: tuple[int, int], i: slice, j: slice) -> Singles:
    a, b = shape
    source, target = pair.source.lengths, pair.target.lengths
    s = source[i] - source[i.start - a : i.stop - a]
    t = target[j] - target[j.start - b : j.stop - b]
    return pair.lengths.deviation(s.astype(np.float32)[:, None], t.astype(np.float32)[None, :])


def _edges(pair: Pair, shape: tuple[int, int], i: slice, j: slice) -> dict[str, Values]:
    """Agreement of the first and last marks."""
    a, b = shape
    s_end = pair.source.marks.end[i.start - 1 : i.stop - 1, None]
    t_end = pair.target.marks.end[None, j.start - 1 : j.stop - 1]
    s_speech = pair.source.marks.speech[i.start - a : i.stop - a, None]
    t_speech = pair.target.marks.speech[None, j.start - b : j.stop - b]
    return {
        "same end": ((s_end == t_end) & _TELLING[s_end]).astype(np.float32),
        "other end": (s_end != t_end).astype(np.float32),
        "other speech": (s_speech != t_speech).astype(np.float32),
    }


_TELLING = np.zeros(len(MARKS), dtype=np.bool_)
"""Which marks tell something when both sides end in them."""
_TELLING[[QUESTION, EXCLAMATION, COLON, SEMICOLON]] = True


def _joints(pair: Pair, shape: tuple[int, int], i: slice, j: slice) -> Singles:
    """How many borders inside the bead look open."""
    a, b = shape
    down = sum((_open(pair.source.marks, i, step) for step in range(1, a)), np.zeros(i.stop - i.start))
    across = sum((_open(pair.target.marks, j, step) for step in range(1, b)), np.zeros(j.stop - j.start))
    return _outer_sum(down, across)


def _open(marks: Marks, nodes: slice, back: int) -> NDArray[np.float64]:
    """Whether the border `back` sentences before each node looks open."""
    before = marks.open_end[nodes.start - back - 1 : nodes.stop - back - 1]
    after = marks.small_start[nodes.start - back : nodes.stop - back]
    return (before | after).astype(np.float64)


def _borders(pair: Pair, shape: tuple[int, int], i: slice, j: slice) -> Singles:
    """How many borders of paragraphs are inside the bead."""
    (a, b), down, across = shape, pair.source.paragraphs, pair.target.paragraphs
    source = down[i.start - 1 : i.stop - 1] - down[i.start - a : i.stop - a]
    target = across[j.start - 1 : j.stop - 1] - across[j.start - b : j.stop - b]
    return _outer_sum(source, target)


def _headers(pair: Pair, shape: tuple[int, int], i: slice, j: slice) -> Singles:
    """How many sentences on the merged sides are repeated lines."""
    a, b = shape
    down, across = np.zeros(i.stop - i.start), np.zeros(j.stop - j.start)
    for step in range(1, a + 1) if a > 1 else ():
        down += pair.source.repeated[i.start - step : i.stop - step]
    for step in range(1, b + 1) if b > 1 else ():
        across += pair.target.repeated[j.start - step : j.stop - step]
    return _outer_sum(down, across)
