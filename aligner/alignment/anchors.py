"""Anchors: pairs of sentences that surely correspond, found before any search.

Rare words that link a sentence to only few others vote for pairs of sentences; the heaviest chain of pairs that moves
forward on both sides becomes the skeleton of the search. Words that are frequent on either side have no vote, so
boilerplate, running headers and refrains never anchor.

Where a long stretch has no anchor (a text that repeats itself as a whole has no rare words), a walk goes through it:
in a small window along the diagonal words may be rare that are not rare in the whole text. Start reading at
`find_anchors`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.evidence import expand
from aligner.alignment.links import FULL, Links
from aligner.alignment.words import Corpus

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Span = tuple[int, int]
RARE = 6
"""A word that occurs more often than this has no vote."""
VOTERS = 0.5
"""Weaker links have no vote."""
LEAST_VOTES = 0.35
"""A pair with less weight behind it is not a candidate."""
NEIGHBOUR = 1.5
"""The vote of two sentences that are neighbours by their meaning: as much as a few rare words."""
CANDIDATES = 6
"""Candidates kept for each source sentence."""
STRETCH = 300
"""A stretch without anchors that has more segments than this on both sides is walked through."""


def find_anchors(
    source: Corpus, target: Corpus, links: Links, neighbours: Sequence[tuple[int, int]] = ()
) -> list[tuple[int, int]]:
    """Sentence pairs (source, target), both increasing, that rare words vote for, or that are `neighbours`."""
    size = (source.sentences, target.sentences)
    anchors = _chain_in(source, target, links, (0, size[0]), (0, size[1]), neighbours)
    walked = []
    for (i, j), (k, m) in pairwise([(-1, -1), *anchors, size]):
        if min(k - i, m - j) > STRETCH:
            walked += _walk(source, target, links, (i + 1, k), (j + 1, m))
    return sorted(anchors + walked)


def _walk(source: Corpus, target: Corpus, links: Links, rows: Span, columns: Span) -> list[tuple[int, int]]:
    """Anchors of a long stretch, found window by window; without any, the walk keeps to the diagonal."""
    (i, k), (j, m), anchors = rows, columns, list[tuple[int, int]]()
    while k - i > STRETCH // 2 and m - j > STRETCH // 2:
        slope = (m - j) / (k - i)
        # Half as wide again as the diagonal asks: one side may have a passage that the other lacks.
        width = int(STRETCH * max(slope, 1.0) * 1.5)
        found = _chain_in(source, target, links, (i, min(i + STRETCH, k)), (j, min(j + width, m)))
        # The last quarter is left to the next window, which sees what comes after it.
        found = [pair for pair in found if pair[0] < i + STRETCH * 3 // 4]
        anchors += found
        step = STRETCH // 2
        if found and found[-1][0] > i + step // 2:
            i, j = found[-1][0] + 1, found[-1][1] + 1
        else:
            i, j = i + step, max(j + int(step * slope), found[-1][1] + 1 if found else 0)
    return anchors


def _chain_in(
    source: Corpus, target: Corpus, links: Links, rows: Span, columns: Span, neighbours: Sequence[tuple[int, int]] = ()
) -> list[tuple[int, int]]:
    """The heaviest chain of sentence pairs in a rectangle that rare words vote for, or that are `neighbours`."""
    u, s_count = _rare(source, rows)
    w, t_count = _rare(target, columns)
    # Sorted by word, the places of each target word are one stretch, which begins at `first`.
    w = w[np.argsort(target.tokens[w], kind="stable")]
    held = np.where(t_count <= RARE, t_count, 0)
    first = np.cumsum(held) - held
    words = source.tokens[u]
    which, link = expand(np.arange(len(u)), links.starts[words], links.starts[words + 1])
    voting = (links.strengths[link] >= VOTERS * FULL) & (held[links.targets[link]] > 0)
    which, link = which[voting], link[voting]
    word = links.targets[link]
    pair, place = expand(np.arange(len(which)), first[word], first[word] + held[word])
    # A word that occurs n times is linked to n places, of which one is right: it shares its vote among them.
    crowd = np.maximum(s_count[words[which]], t_count[word])
    vote = (links.strengths[link] / FULL / crowd)[pair]
    i, j = source.sentence_of[u[which[pair]]], target.sentence_of[w[place]]

    if len(neighbours):
        near = np.array(neighbours, dtype=np.int64).T
        i, j = np.concatenate([i, near[0]]), np.concatenate([j, near[1]])
        vote = np.concatenate([vote, np.full(near.shape[1], NEIGHBOUR)])
    width = target.sentences + 1
    keys, index = np.unique(i * width + j, return_inverse=True)
    votes = np.bincount(index, weights=vote, minlength=len(keys)).astype(np.float64)
    kept = votes >= LEAST_VOTES
    keys, votes = keys[kept], votes[kept]
    i, j = keys // width, keys % width
    ranked = np.lexsort((j, -votes, i))
    rank = np.arange(len(ranked)) - np.searchsorted(i[ranked], i[ranked])
    chosen = ranked[rank < CANDIDATES]
    # From the last target sentence to the first: so no two candidates of one source sentence get into one chain.
    order = chosen[np.lexsort((-j[chosen], i[chosen]))]
    return _heaviest_chain(i[order], j[order], votes[order])


def _rare(side: Corpus, span: Span) -> tuple[Ints, Ints]:
    """The positions of rare words in a span of sentences, and how often each word occurs there."""
    first, last = side.starts[span[0]], side.starts[span[1]]
    tokens = side.tokens[first:last]
    count = np.bincount(tokens, minlength=len(side.vocabulary))
    return first + np.flatnonzero(count[tokens] <= RARE), count


def _heaviest_chain(i: Ints, j: Ints, votes: Floats) -> list[tuple[int, int]]:
    """The chain, strictly increasing on both sides, with the largest sum of votes.

    `ends` holds, by target sentence, the best chain that ends there; chains that are no better than one that ends
    earlier are dropped, so both lists increase and one binary search finds the best predecessor.
    """
    ends, weights, holders = list[int](), list[float](), list[int]()
    previous = np.full(len(i), -1, dtype=np.int64)
    for number, (column, vote) in enumerate(zip(j.tolist(), votes.tolist(), strict=True)):
        at = bisect_right(ends, column - 1)
        weight = vote + (weights[at - 1] if at else 0.0)
        previous[number] = holders[at - 1] if at else -1
        if at < len(ends) and ends[at] == column and weights[at] >= weight:
            continue
        # Each chain is dropped once at most, so this costs no more than the binary search on the whole.
        worse = at
        while worse < len(ends) and weights[worse] <= weight:
            worse += 1
        ends[at:worse], weights[at:worse], holders[at:worse] = [column], [weight], [number]
    chain: list[tuple[int, int]] = []
    number = holders[-1] if holders else -1
    while number >= 0:
        chain.append((int(i[number]), int(j[number])))
        number = int(previous[number])
    return chain[::-1]
