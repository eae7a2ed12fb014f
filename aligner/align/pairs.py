"""What a first alignment teaches about words: which go together, and which can be relied on.

`learn_entries` learns a small lexicon from the pair of texts itself: names of characters, technical terms, whatever no
general lexicon knows. It runs IBM model 1 (Brown et al. 1993) in both directions over the beads of the first path, as
Moore (2002) does for sentence alignment, but starts from the links already known, so that a word with a known
counterpart does not compete for a new one. `learn_trust` measures how often each word was accounted for on that path:
a word that never is (a name that was adapted, a hallucination of a weak translation model) should not count against
later beads. Start reading at `learn_entries`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.align.evidence import Side, find_hits, reweigh
from aligner.align.lexicon import Entries
from aligner.align.links import FULL, RENDERED, Links

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
WIDEST = 4
"""Beads with more segments in all are left out: they may be wrong, and they cost."""
ROUNDS = 3
KNOWN = 10.0
"""How much more than an unknown pair a known link of full strength weighs at the start."""
LEAST_COUNT = 1.5
"""Smallest expected number of joint occurrences of a learned pair."""
LEAST_WEIGHT = 0.2
"""Smallest geometric mean of both translation probabilities."""
DOUBT = 3.0
"""A word's own record counts as much as that of all words together after so many occurrences."""


@dataclass(frozen=True, slots=True)
class Spans:
    """For each sentence of both sides, the bead it is in (-1: a null, or too wide)."""

    source: Ints
    target: Ints


def read_spans(path: Sequence[tuple[int, int]], widest: int = WIDEST) -> Spans:
    """Number the beads of a path that have both sides.

    >>> read_spans([(1, 1), (1, 0), (1, 2)]).target.tolist()
    [0, 2, 2]
    """
    shapes = np.array(path, dtype=np.int64).reshape(-1, 2)
    number = np.arange(len(shapes))
    number[(shapes.min(axis=1) == 0) | (shapes.sum(axis=1) > widest)] = -1
    return Spans(np.repeat(number, shapes[:, 0]), np.repeat(number, shapes[:, 1]))


def learn_entries(source: Side, target: Side, links: Links, path: Sequence[tuple[int, int]]) -> Entries:
    """Word pairs that the beads of a path suggest, with weights as in a lexicon."""
    spans = read_spans(path)
    s_bead, s_word = _words(source, spans.source)
    t_bead, t_word = _words(target, spans.target)
    first, last = np.searchsorted(t_bead, s_bead), np.searchsorted(t_bead, s_bead, side="right")
    width = len(target.corpus.vocabulary)
    sizes = last - first
    at = np.repeat(np.arange(len(s_word)), sizes)
    to = np.arange(len(at)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + np.repeat(first, sizes)
    types, index = np.unique(s_word[at] * width + t_word[to], return_inverse=True)
    start = 1.0 + KNOWN * _known(types, links, width)
    forward, count = _ibm1(start, index, to, types // width)
    backward, other = _ibm1(start, index, at, types % width)
    weight = np.sqrt(forward * backward)
    kept = np.flatnonzero((weight >= LEAST_WEIGHT) & (np.minimum(count, other) >= LEAST_COUNT))
    entries: dict[str, list[tuple[str, float]]] = {}
    for key, strength in zip(types[kept].tolist(), weight[kept].tolist(), strict=True):
        word = source.corpus.vocabulary[key // width]
        entries.setdefault(word, []).append((target.corpus.vocabulary[key % width], min(1.0, strength)))
    return entries


def _words(side: Side, bead_of: Ints) -> tuple[Ints, Ints]:
    """The telling words of each bead, without repetitions: (bead, word), sorted."""
    bead = bead_of[side.corpus.sentence_of]
    rendered = np.array([word.startswith(RENDERED) for word in side.corpus.vocabulary], dtype=np.bool_)
    kept = (bead >= 0) & (side.weights > 0)
    kept[kept] = ~rendered[side.corpus.tokens[kept]]
    width = max(len(side.corpus.vocabulary), 1)
    keys = np.unique(bead[kept] * width + side.corpus.tokens[kept])
    return keys // width, keys % width


def _known(types: Ints, links: Links, width: int) -> Floats:
    """The strength of the links that are known already."""
    words = np.repeat(np.arange(len(links.starts) - 1), np.diff(links.starts))
    keys = words * width + links.targets
    order = np.argsort(keys)
    place = np.minimum(np.searchsorted(keys[order], types), max(len(keys) - 1, 0))
    strengths = np.zeros(len(types))
    if len(keys):
        found = keys[order][place] == types
        strengths[found] = links.strengths[order][place[found]] / FULL
    return strengths


def _ibm1(start: Floats, index: Ints, position: Ints, given: Ints) -> tuple[Floats, Floats]:
    """t(word | given) for each pair of words, and the expected count of the pair.

    An empty word competes in every bead with the weight of one unknown word.
    """
    table = start / np.maximum(np.bincount(given, weights=start), 1.0)[given]
    empty = float(np.median(table)) if len(table) else 0.0
    expected = np.zeros_like(table)
    for _ in range(ROUNDS):
        share = table[index]
        total = np.bincount(position, weights=share) + empty
        expected = np.bincount(index, weights=share / total[position], minlength=len(table))
        table = expected / (np.bincount(given, weights=expected)[given] + 0.5)
    return table, expected


def learn_trust(source: Side, target: Side, links: Links, path: Sequence[tuple[int, int]]) -> tuple[Side, Side]:
    """Both sides with the weights of words that the path seldom accounts for reduced."""
    spans = read_spans(path, widest=100)
    bead = spans.source[source.corpus.sentence_of]
    u = np.flatnonzero((source.weights > 0) & (bead >= 0))
    held = np.flatnonzero(spans.target >= 0)
    low = held[np.searchsorted(spans.target[held], bead[u])]
    high = held[np.searchsorted(spans.target[held], bead[u], side="right") - 1] + 1
    a, b, strength = find_hits(source, target, links, u, low, high)
    trusted = []
    for side, numbers, positions in ((source, spans.source, a), (target, spans.target, b)):
        best = np.zeros(len(side.weights))
        best[positions] = strength / FULL
        inside = numbers[side.corpus.sentence_of] >= 0
        trusted.append(reweigh(side, _rates(side, best, inside)))
    return trusted[0], trusted[1]


def _rates(side: Side, best: Floats, inside: NDArray[np.bool_]) -> Floats:
    """How well each word of the vocabulary is accounted for on average, drawn towards the mean of its class."""
    words = side.corpus.tokens[inside]
    seen = np.bincount(words, minlength=len(side.corpus.vocabulary))
    covered = np.bincount(words, weights=best[inside], minlength=len(side.corpus.vocabulary))
    rendered = np.array([word.startswith(RENDERED) for word in side.corpus.vocabulary], dtype=np.bool_)
    rates = np.zeros(len(seen))
    for group in (rendered, ~rendered):
        weighed = inside & group[side.corpus.tokens] & (side.weights > 0) if len(group) else inside
        mean = float(best[weighed].mean()) if weighed.any() else 0.5
        rates[group] = (covered[group] + DOUBT * mean) / (seen[group] + DOUBT)
    return rates
