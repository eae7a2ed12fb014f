"""Evidence: how much each word tells, and how much of each sentence the other side accounts for.

A word of one side is *accounted for* by sentences of the other side that hold a word linked to it. That happens in
true beads with probability p1 and between unrelated sentences with probability p0, so it is worth log(p1 / p0) when
it happens and log((1 - p1) / (1 - p0)) when it does not: the log-likelihood ratio of naive Bayes (compare Moore 2002,
where the ratio comes from IBM model 1). Common words, words that nothing is linked to and inventions of a weak
translation model have p1 near p0 and weigh nothing, without any list of stop words.

`WeighedText` keeps the difference of the two values as the word's weight, and the second value summed per sentence as
its base; the evidence for a bead is then its covered weight minus its base. `coverage` finds the covered weights for a
rectangle of sentences. A word counts once, as strongly as the strongest link to it, however many sentences speak for
it: that tells a merge from an accident. Start reading at `weigh`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.links import FULL, Links
from aligner.alignment.words import Corpus

Singles = NDArray[np.float32]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
LEAST_WEIGHT = 0.15
"""Words with a lower weight are left out of all lookups."""
RAREST = 0.003
"""No word is taken to be rarer than this: in a band of some dozen sentences more rarity tells nothing more."""


@dataclass(frozen=True, slots=True)
class WeighedText:
    """One text with its words weighed. Sums are over the first i sentences, one more than there are sentences."""

    corpus: Corpus
    weights: Singles
    """The weight of each word position."""
    mass: Singles
    """The total weight of each sentence."""
    masses: Floats
    """Summed weights."""
    bases: Floats
    """Summed evidence against a bead that accounts for nothing."""
    chances: Floats
    """Summed weights that one unrelated sentence accounts for."""
    hopes: Floats
    """Summed weights that a true bead accounts for on average."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """For a rectangle of sentences: how much weight each run accounts for."""

    target: tuple[Singles, ...]
    """``target[a - 1][i, j]``: of target sentence j, by the `a` source sentences from i on."""
    source: tuple[Singles, ...]
    """``source[b - 1][i, j]``: of source sentence i, by the `b` target sentences from j on."""


def weigh(corpus: Corpus, true: Floats, chance: Floats) -> WeighedText:
    """Weigh the words of one text by p1 and p0, given for each word of its vocabulary."""
    # No probability is 0 or 1: one word must never decide by itself. p1 is at least p0, so that no word that is
    # accounted for speaks against a bead.
    p0 = np.clip(chance, RAREST, 0.97)
    p1 = np.clip(true, p0, 0.98)
    base = -np.log((1 - p1) / (1 - p0))
    weight = np.log(p1 / p0) + base
    weak = weight < LEAST_WEIGHT
    weight[weak] = base[weak] = 0.0
    tokens = corpus.tokens
    weights = weight[tokens]
    mass = np.bincount(corpus.sentence_of, weights=weights, minlength=corpus.sentences)
    return WeighedText(
        corpus,
        weights.astype(np.float32),
        mass.astype(np.float32),
        masses=np.concatenate([[0.0], np.cumsum(mass)]),
        bases=_sums(corpus, base[tokens]),
        chances=_sums(corpus, weights * p0[tokens]),
        hopes=_sums(corpus, weights * p1[tokens]),
    )


def _sums(corpus: Corpus, values: Floats) -> Floats:
    """Values of word positions, summed over the first i sentences."""
    return np.concatenate([[0.0], np.cumsum(values)])[corpus.starts]


def chance_rates(source: Corpus, target: Corpus, links: Links) -> tuple[Floats, Floats]:
    """p0 of each word on both sides: how often a sentence of the other side holds a word linked to it."""
    word = np.repeat(np.arange(len(links.starts) - 1), np.diff(links.starts))
    strength = links.strengths / FULL
    rates = list[Floats]()
    # A fifth of an occurrence and twenty sentences are added: in a text of ten lines no count is sure.
    for side, other, mine, theirs in ((source, target, word, links.targets), (target, source, links.targets, word)):
        often = np.bincount(other.tokens, minlength=len(other.vocabulary))
        hits = np.bincount(mine, weights=strength * often[theirs], minlength=len(side.vocabulary))
        rates.append((hits.astype(np.float64) + 0.2) / (other.sentences + 20.0))
    return rates[0], rates[1]


def first_rates(source: Corpus, target: Corpus, links: Links) -> tuple[Floats, Floats]:
    """p1 of each word before anything is known of this pair: from the strength of its best link."""
    word = np.repeat(np.arange(len(links.starts) - 1), np.diff(links.starts))
    best = np.zeros(len(source.vocabulary)), np.zeros(len(target.vocabulary))
    np.maximum.at(best[0], word, links.strengths / FULL)
    np.maximum.at(best[1], links.targets, links.strengths / FULL)
    # Even a sure link is often not used: translators say things in other words, or leave them out.
    return 0.6 * best[0], 0.6 * best[1]


def coverage(
    source: WeighedText,
    target: WeighedText,
    links: Links,
    rows: tuple[int, int],
    columns: tuple[int, int],
    sizes: tuple[int, int],
) -> Coverage:
    """Coverage between source sentences `rows` and target sentences `columns`, for runs up to `sizes` long."""
    u, w, strength = find_hits(source, target, links, rows, columns)
    s_places, t_places = telling(source, rows), telling(target, columns)
    # Written weakest first (`find_hits`), so that of several hits in one place the strongest stays.
    by_target = np.zeros((rows[1] - rows[0], len(t_places)), dtype=np.uint8)
    by_target[source.corpus.sentence_of[s_places[u]] - rows[0], w] = strength
    by_source = np.zeros((columns[1] - columns[0], len(s_places)), dtype=np.uint8)
    by_source[target.corpus.sentence_of[t_places[w]] - columns[0], u] = strength
    return Coverage(
        tuple(_runs(by_target, target, t_places, columns, sizes[0])),
        tuple(one.T for one in _runs(by_source, source, s_places, rows, sizes[1])),
    )


def find_hits(
    source: WeighedText, target: WeighedText, links: Links, rows: tuple[int, int], columns: tuple[int, int]
) -> tuple[Ints, Ints, NDArray[np.uint8]]:
    """Linked words (number among the telling words of `rows`, and of `columns`; strength), the weakest first."""
    u_words = source.corpus.tokens[telling(source, rows)].astype(np.int64)
    w_words = target.corpus.tokens[telling(target, columns)].astype(np.int64)
    by_word = np.argsort(w_words, kind="stable")
    count = np.bincount(w_words, minlength=len(target.corpus.vocabulary))
    first = np.cumsum(count) - count
    which, link = expand(np.arange(len(u_words)), links.starts[u_words], links.starts[u_words + 1])
    word = links.targets[link]
    met = np.flatnonzero(count[word])
    which, link, word = which[met], link[met], word[met]
    pair, place = expand(np.arange(len(which)), first[word], first[word] + count[word])
    strength = links.strengths[link[pair]]
    order = np.argsort(strength, kind="stable")
    return which[pair[order]], by_word[place[order]], strength[order]


def telling(side: WeighedText, span: tuple[int, int]) -> Ints:
    """The positions with any weight in a span of sentences."""
    first, last = side.corpus.starts[span[0]], side.corpus.starts[span[1]]
    positions: Ints = first + np.flatnonzero(side.weights[first:last])
    return positions


def expand(items: Ints, low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """Each item once for every number in its range ``low:high``, with that number."""
    sizes = high - low
    ends = np.cumsum(sizes)
    inside = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - sizes, sizes)
    return np.repeat(items, sizes), np.repeat(low, sizes) + inside


def _runs(
    strengths: NDArray[np.uint8], side: WeighedText, places: Ints, span: tuple[int, int], size: int
) -> list[Singles]:
    """Covered weight of each sentence of `side` by the runs of 1, 2 … `size` rows that start at each row.

    `places` are the positions that the columns of `strengths` stand for.
    """
    starts = np.searchsorted(places, side.corpus.starts[span[0] : span[1] + 1])
    weights = side.weights[places] / np.float32(FULL)
    # `reduceat` gives a sentence without telling words the first word of the next one: such sentences are left out.
    held = np.diff(starts) > 0
    at = starts[:-1][held]
    runs, run = [], strengths.copy()
    for length in range(1, size + 1):
        if length > 1:
            full = max(len(run) - length + 1, 0)
            # A word that several sentences account for counts once, as strongly as the strongest: merging a stranger
            # into a bead must not pay.
            np.maximum(run[:full], strengths[length - 1 :], out=run[:full])
        covered = np.zeros((len(strengths), len(held)), dtype=np.float32)
        if len(at):
            covered[:, held] = np.add.reduceat(run * weights, at, axis=1)
        runs.append(covered)
    return runs
