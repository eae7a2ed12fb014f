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
``speech inside``    merged sentences of which a later one opens like speech: somebody else's turn
``capitals inside``  a line in capitals merged with others; ``title inside`` a short line without a final mark
``questions``    by how many question marks the sides differ (at most 2); ``cries`` the same of exclamation marks
``header``       repeated lines (running headers, refrains) merged with others
``paragraph``    borders of paragraphs inside the bead, where paragraphs are known
``meaning``      n times the closeness of the sides' sentence embeddings (`aligner.alignment.meanings`), where there are
                 any; ``weakest meaning`` the lowest among the merged sentences; ``merged meaning`` how many are merged
``prior``        logarithm of how common the shape is in this pair (from the pass before)
``1-2`` …        one constant per kind of shape

Start reading at `bead_features`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.evidence import Coverage, WeighedText, coverage
from aligner.alignment.lengths import Lengths
from aligner.alignment.links import Links
from aligner.alignment.marks import COLON, EXCLAMATION, MARKS, QUESTION, SEMICOLON, Marks
from aligner.alignment.meanings import Meanings, Products, products

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
    "speech inside",
    "capitals inside",
    "title inside",
    "questions",
    "cries",
    "header",
    "paragraph",
    "meaning",
    "weakest meaning",
    "merged meaning",
    "prior",
    *KINDS,
)
NULL_FEATURES = ("null", "null prior", "null weight", "null short", "null repeated", "null run")


@dataclass(frozen=True, slots=True)
class Text:
    """One side with all that features need."""

    words: WeighedText
    marks: Marks
    lengths: NDArray[np.float64]
    """Summed length in characters of the sentences before each position: ``lengths[i]`` of the first i."""
    repeated: NDArray[np.bool_]
    """Whether the same line, numbers aside, occurs at least three times: a running header, a refrain."""
    paragraphs: NDArray[np.int64]
    """How many borders of paragraphs stand before each sentence; all 0 where paragraphs are not known."""


@dataclass(frozen=True, slots=True)
class TextPair:
    """Both texts, the links between their words, and what earlier passes taught."""

    source: Text
    target: Text
    links: Links
    lengths: Lengths
    priors: Mapping[tuple[int, int], float]
    """Log prior of each shape."""
    informed: bool
    """Whether a lexicon or a translation helps; without, there is most to learn from a first alignment."""
    meanings: Meanings | None = None
    """Sentence embeddings of both sides, where they are used."""

    @property
    def knowledge(self) -> str:
        """What the aligner knows of the words: the name of the weights that suit."""
        return "words" if self.informed else "texts"


@dataclass(frozen=True, slots=True)
class Rectangle:
    """The coverage of a rectangle of nodes, summed so that any bead can be read off."""

    pair: TextPair
    rows: tuple[int, int]
    """First and last node row, the last excluded."""
    columns: tuple[int, int]
    s0: int
    t0: int
    of_target: tuple[Singles, ...]
    """``of_target[a - 1][i, j]``: weight of the target sentences t0 … t0 + j that source i … i + a accounts for."""
    of_source: tuple[Singles, ...]
    cover: Coverage
    products: Products | None
    """Of the sentence embeddings, where they are used."""
    close: dict[tuple[int, int], Singles] = field(default_factory=dict)
    """The closeness of runs that was asked for before."""

    def closeness(self, shape: tuple[int, int]) -> Singles:
        """How close in meaning the runs of a shape are, by where they begin in the rectangle."""
        if shape not in self.close and self.products is not None:
            self.close[shape] = self.products.closeness(*shape)
        return self.close[shape]


def rectangle(pair: TextPair, rows: tuple[int, int], columns: tuple[int, int], size: tuple[int, int]) -> Rectangle:
    """Prepare the nodes ``rows`` × ``columns`` for beads of at most `size` sentences a side."""
    s0, t0 = max(rows[0] - size[0], 0), max(columns[0] - size[1], 0)
    s1, t1 = max(rows[1] - 1, s0), max(columns[1] - 1, t0)
    cover = coverage(pair.source.words, pair.target.words, pair.links, (s0, s1), (t0, t1), size)
    of_target = tuple(np.pad(np.cumsum(one, axis=1), ((0, 0), (1, 0))) for one in cover.target)
    of_source = tuple(np.pad(np.cumsum(one, axis=0), ((1, 0), (0, 0))) for one in cover.source)
    close = products(pair.meanings, (s0, s1), (t0, t1)) if pair.meanings else None
    return Rectangle(pair, rows, columns, s0, t0, of_target, of_source, cover, close)


def bead_features(area: Rectangle, shape: tuple[int, int]) -> dict[str, Values]:
    """Each feature for the beads of one shape that end at the rectangle's nodes.

    Arrays are (nodes down × nodes across), from the first node that such a bead can end at (`corner`).
    """
    a, b = shape
    (i0, j0), pair = corner(area, shape), area.pair
    i, j = slice(i0, area.rows[1]), slice(j0, area.columns[1])
    before_i, before_j = slice(i0 - a, i.stop - a), slice(j0 - b, j.stop - b)
    # Features grow with the size of a bead: a path of merges has fewer beads, and must not lose or gain by that.
    n = (a + b) / 2
    covered, mass, base, hope, chance = _word_weights(area, shape, i, j)
    few = 1 / np.maximum(mass, 1.0)
    source_length = (pair.source.lengths[i] - pair.source.lengths[before_i]).astype(np.float32)
    target_length = (pair.target.lengths[j] - pair.target.lengths[before_j]).astype(np.float32)
    deviation = pair.lengths.deviation(source_length[:, None], target_length[None, :])
    s_end = pair.source.marks.end[i.start - 1 : i.stop - 1, None]
    t_end = pair.target.marks.end[None, j.start - 1 : j.stop - 1]
    s_speech, t_speech = pair.source.marks.speech[before_i, None], pair.target.marks.speech[None, before_j]
    # Capped, so that one strange sentence (a list of names, a table) does not outweigh the path around it. The order of
    # the features is the order in which single precision is summed: another one gives other last digits.
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
        "same end": ((s_end == t_end) & _TELLING[s_end]).astype(np.float32),
        "other end": (s_end != t_end).astype(np.float32),
        "other speech": (s_speech != t_speech).astype(np.float32),
        "questions": _other_count(pair.source.marks.questions, pair.target.marks.questions, i, j, shape),
        "cries": _other_count(pair.source.marks.cries, pair.target.marks.cries, i, j, shape),
    }
    if shape != (1, 1):
        features["weakest"] = _weakest(area, shape, i0, j0)
        features |= _joint_features(pair, shape, i, j)
        features[kind(shape)] = 1.0
    return features | _meaning_features(area, shape, i0, j0) if area.products else features


def null_features(pair: TextPair, text: Text) -> dict[str, Values]:
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


def _word_weights(area: Rectangle, shape: tuple[int, int], i: slice, j: slice) -> tuple[Singles, ...]:
    """Of both sides together: the weight accounted for, all weight, base, hope, and what chance accounts for.

    Chance is what other sentences, as many as the bead has, would account for.
    """
    (a, b), s0, t0 = shape, area.s0, area.t0
    s, t = area.pair.source.words, area.pair.target.words
    rows, columns = slice(i.start - a - s0, i.stop - a - s0), slice(j.start - b - t0, j.stop - b - t0)
    of_target, of_source = area.of_target[a - 1][rows], area.of_source[b - 1][:, columns]
    covered_target = of_target[:, j.start - t0 : j.stop - t0] - of_target[:, columns]
    covered_source = of_source[i.start - s0 : i.stop - s0] - of_source[rows]
    sums = [covered_target + covered_source]
    # Sums over a run of sentences are differences of the sums up to its ends: no bead costs more than another.
    tables = ((s.masses, t.masses), (s.bases, t.bases), (s.hopes, t.hopes))
    for down, across in tables:
        source, target = (down[i] - down[i.start - a : i.stop - a]), (across[j] - across[j.start - b : j.stop - b])
        sums.append(_outer_sum(source, target))
    by_source = b * (s.chances[i] - s.chances[i.start - a : i.stop - a])
    by_target = a * (t.chances[j] - t.chances[j.start - b : j.stop - b])
    return (*sums, _outer_sum(by_source, by_target))


def _other_count(
    source: NDArray[np.int64], target: NDArray[np.int64], i: slice, j: slice, shape: tuple[int, int]
) -> Singles:
    """By how many marks the sides of a bead differ, at most 2."""
    a, b = shape
    here = (source[i] - source[i.start - a : i.stop - a]).astype(np.float32)
    there = (target[j] - target[j.start - b : j.stop - b]).astype(np.float32)
    apart: Singles = np.minimum(np.abs(here[:, None] - there[None, :]), np.float32(2.0))
    return apart


def _outer_sum(source: NDArray[np.number[Any]], target: NDArray[np.number[Any]]) -> Singles:
    """The sum of a number for each row and one for each column."""
    return source.astype(np.float32)[:, None] + target.astype(np.float32)[None, :]


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


def _meaning_features(area: Rectangle, shape: tuple[int, int], i0: int, j0: int) -> dict[str, Values]:
    """How close the sides of a bead are in meaning, and how close the most distant of its merged sentences is."""
    (a, b), (i1, j1) = shape, (area.rows[1], area.columns[1])

    def close(size: tuple[int, int], down: int, across: int) -> Singles:
        rows = slice(i0 - a + down - area.s0, i1 - a + down - area.s0)
        return area.closeness(size)[rows, j0 - b + across - area.t0 : j1 - b + across - area.t0]

    whole = close(shape, 0, 0)
    if shape == (1, 1):
        return {"meaning": whole}
    parts = [close((1, b), step, 0) for step in range(a) if a > 1] + [
        close((a, 1), 0, step) for step in range(b) if b > 1
    ]
    return {
        "meaning": (a + b) / 2 * whole,
        "weakest meaning": np.minimum.reduce(parts),
        "merged meaning": float(a + b - 2),
    }


def _share(covered: Singles, mass: Singles) -> Singles:
    """Covered ÷ whole weight, drawn towards a quarter where there is little weight to judge by."""
    return (covered + 2.0) / (mass + 8.0)


_TELLING = np.zeros(len(MARKS), dtype=np.bool_)
"""Which marks tell something when both sides end in them: full stops and commas are too common."""
_TELLING[[QUESTION, EXCLAMATION, COLON, SEMICOLON]] = True


def _borders(flags: NDArray[np.bool_], nodes: slice, back: int) -> NDArray[np.bool_]:
    """Whether of the two sentences at a joint one is of a kind and the other is not."""
    before = flags[nodes.start - back - 1 : nodes.stop - back - 1]
    apart: NDArray[np.bool_] = before != flags[nodes.start - back : nodes.stop - back]
    return apart


def _joint_features(pair: TextPair, shape: tuple[int, int], i: slice, j: slice) -> dict[str, Values]:
    """What speaks for or against merging: repeated lines, open borders, and borders of paragraphs inside the bead."""
    sides = []
    for text, nodes, size in ((pair.source, i, shape[0]), (pair.target, j, shape[1])):
        repeated, open_joints, speech, capitals, title = np.zeros((5, nodes.stop - nodes.start))
        # A repeated line alone on its side is not a merge: it may well be the counterpart of several.
        for back in range(1, size + 1) if size > 1 else ():
            repeated += text.repeated[nodes.start - back : nodes.stop - back]
        for back in range(1, size):
            before = text.marks.open_end[nodes.start - back - 1 : nodes.stop - back - 1]
            after = text.marks.small_start[nodes.start - back : nodes.stop - back]
            open_joints += before | after
            speech += text.marks.speech[nodes.start - back : nodes.stop - back]
            capitals += _borders(text.marks.capitals, nodes, back)
            title += _borders(text.marks.title, nodes, back)
        number = text.paragraphs
        borders = number[nodes.start - 1 : nodes.stop - 1] - number[nodes.start - size : nodes.stop - size]
        sides.append((repeated, open_joints, speech, capitals, title, borders))
    header, joint, turns, headings, titles, paragraph = (
        _outer_sum(source, target) for source, target in zip(*sides, strict=True)
    )
    features: dict[str, Values] = {
        "header": header,
        "open joint": joint,
        "speech inside": turns,
        "capitals inside": headings,
        "title inside": titles,
    }
    # Left out where no paragraphs are known, as in training: its weight is the only one that is set by hand.
    if pair.source.paragraphs[-1:].any() or pair.target.paragraphs[-1:].any():
        features["paragraph"] = paragraph
    return features
