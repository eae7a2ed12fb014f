"""Evidence: everything about the two texts that the search asks for, prepared once per pass.

`Evidence` holds both sides as flat word arrays, the weight of each word position (rare words weigh more), the links
between the vocabularies, and lengths and marks of each sentence. `coverage` answers the central question for a
rectangle of sentences: how much of each target sentence is accounted for by a run of source sentences, and the
other way round. A word is accounted for as strongly as the strongest link to it, once: two source sentences that
both speak for one target word do not count twice, which is what tells a merge from an accident.

Start reading at `coverage`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from aligner.align.links import FULL, Links
from aligner.align.words import Corpus

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
COMMON = 0.2
"""Words with a lower weight are left out: they are in every sentence and tell nothing."""


@dataclass(frozen=True, slots=True)
class Side:
    """One text, ready for lookups."""

    corpus: Corpus
    weights: Floats
    """The weight of each word position, 0 to 1."""
    mass: Floats
    """The total weight of each sentence."""
    before: NDArray[np.float64]
    """The total weight of the first i sentences."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """For a rectangle of sentences: how much weight each run accounts for."""

    target: tuple[Floats, ...]
    """``target[a - 1][i, j]``: of target sentence j, by the `a` source sentences from i on."""
    source: tuple[Floats, ...]
    """``source[b - 1][i, j]``: of source sentence i, by the `b` target sentences from j on."""


def prepare(corpus: Corpus) -> Side:
    """Weigh and index the words of one text: weight = log((n + 1) / df) / log(n + 1) (Spärck Jones 1972)."""
    n = corpus.sentences
    pairs = np.unique(corpus.tokens.astype(np.int64) * max(n, 1) + corpus.sentence_of)
    frequency = np.bincount(pairs // max(n, 1), minlength=len(corpus.vocabulary))
    rarity = np.log((n + 1) / np.maximum(frequency, 1)) / np.log(n + 1) if n else np.zeros(len(frequency))
    rarity[rarity < COMMON] = 0.0
    nothing = np.zeros(0)
    return reweigh(Side(corpus, nothing.astype(np.float32), nothing.astype(np.float32), nothing), rarity)


def reweigh(side: Side, factors: NDArray[np.float64]) -> Side:
    """The side with the weight of each word of its vocabulary multiplied by a factor."""
    corpus = side.corpus
    weights = factors[corpus.tokens] * (side.weights if len(side.weights) else 1.0)
    mass = np.bincount(corpus.sentence_of, weights=weights, minlength=corpus.sentences)
    before = np.concatenate([[0.0], np.cumsum(mass)])
    return replace(side, weights=weights.astype(np.float32), mass=mass.astype(np.float32), before=before)


def by_chance(source: Side, target: Side, links: Links) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The weight that any one sentence of the other side accounts for by chance, summed over the first i sentences.

    A word is accounted for by chance as often as sentences of the other side hold a word linked to it.
    """
    word = np.repeat(np.arange(len(links.starts) - 1), np.diff(links.starts))
    strength = links.strengths / FULL
    sums = []
    for side, other, mine, theirs in (
        (source, target, word, links.targets),
        (target, source, links.targets, word),
    ):
        often = np.bincount(other.corpus.tokens, minlength=len(other.corpus.vocabulary))
        rate = np.bincount(mine, weights=strength * often[theirs], minlength=len(side.corpus.vocabulary))
        rate = np.minimum(rate / max(other.corpus.sentences, 1), 1.0)
        each = side.weights * rate[side.corpus.tokens]
        sums.append(np.concatenate([[0.0], np.cumsum(each)])[side.corpus.starts])
    return sums[0], sums[1]


def coverage(
    source: Side, target: Side, links: Links, rows: tuple[int, int], columns: tuple[int, int], sizes: tuple[int, int]
) -> Coverage:
    """Coverage between source sentences `rows` and target sentences `columns`, for runs up to `sizes` long."""
    u, w, strength = find_hits(source, target, links, rows, columns)
    (r0, r1), (c0, c1) = rows, columns
    s_start, t_start = source.corpus.starts, target.corpus.starts
    sentence_u = np.searchsorted(s_start[r0 + 1 : r1 + 1], u, side="right")
    sentence_w = np.searchsorted(t_start[c0 + 1 : c1 + 1], w, side="right")
    by_target = np.zeros((r1 - r0, int(t_start[c1] - t_start[c0])), dtype=np.uint8)
    by_target[sentence_u, w - t_start[c0]] = strength
    by_source = np.zeros((c1 - c0, int(s_start[r1] - s_start[r0])), dtype=np.uint8)
    by_source[sentence_w, u - s_start[r0]] = strength
    return Coverage(
        tuple(_runs(by_target, target, columns, sizes[0])),
        tuple(one.T for one in _runs(by_source, source, rows, sizes[1])),
    )


def find_hits(
    source: Side, target: Side, links: Links, rows: tuple[int, int], columns: tuple[int, int]
) -> tuple[Ints, Ints, NDArray[np.uint8]]:
    """Linked positions (source, target, strength) in a rectangle of sentences, weakest first."""
    u, u_words = _telling(source, rows)
    w, w_words = _telling(target, columns)
    by_word = np.argsort(w_words, kind="stable")
    count = np.bincount(w_words, minlength=len(target.corpus.vocabulary))
    first = np.cumsum(count) - count
    which, link = expand(np.arange(len(u)), links.starts[u_words], links.starts[u_words + 1])
    word = links.targets[link]
    met = np.flatnonzero(count[word])
    which, link, word = which[met], link[met], word[met]
    pair, place = expand(np.arange(len(which)), first[word], first[word] + count[word])
    strength = links.strengths[link[pair]]
    order = np.argsort(strength, kind="stable")
    return u[which[pair[order]]], w[by_word[place[order]]], strength[order]


def _telling(side: Side, span: tuple[int, int]) -> tuple[Ints, Ints]:
    """The positions with any weight in a span of sentences, and their words."""
    first, last = side.corpus.starts[span[0]], side.corpus.starts[span[1]]
    positions = first + np.flatnonzero(side.weights[first:last])
    return positions, side.corpus.tokens[positions].astype(np.int64)


def expand(
    items: NDArray[np.int64], low: NDArray[np.int64], high: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Each item once for every number in its range ``low:high``, with that number."""
    sizes = high - low
    ends = np.cumsum(sizes)
    inside = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - sizes, sizes)
    return np.repeat(items, sizes), np.repeat(low, sizes) + inside


def _runs(strengths: NDArray[np.uint8], side: Side, span: tuple[int, int], size: int) -> list[Floats]:
    """Covered weight of each sentence of `side` by the runs of 1, 2 … `size` rows that start at each row."""
    starts = side.corpus.starts[span[0] : span[1] + 1]
    weights = side.weights[starts[0] : starts[-1]] / FULL
    held = np.diff(starts) > 0
    at = (starts[:-1] - starts[0])[held]
    runs, run = [], strengths
    for length in range(1, size + 1):
        if length > 1:
            run = run.copy()
            run[: max(len(run) - length + 1, 0)] = np.maximum(
                run[: max(len(run) - length + 1, 0)], strengths[length - 1 :]
            )
        covered = np.zeros((len(strengths), len(held)), dtype=np.float32)
        if len(at):
            covered[:, held] = np.add.reduceat(run * weights, at, axis=1)
        runs.append(covered)
    return runs
