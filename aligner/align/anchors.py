"""Anchors: pairs of sentences that surely correspond, found before any search.

Rare words that link a sentence to only few others vote for pairs of sentences; the heaviest chain of pairs that moves
forward on both sides becomes the skeleton of the search. Words that are frequent on either side have no vote, so
boilerplate, running headers and refrains never anchor, and a text that repeats itself simply has few anchors. Start
reading at `find_anchors`.
"""

from __future__ import annotations

from bisect import bisect_right

import numpy as np
from numpy.typing import NDArray

from aligner.align.evidence import Side, expand
from aligner.align.links import FULL, Links

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
RARE = 6
"""A word that occurs in more sentences than this has no vote."""
VOTERS = 0.5
"""Weaker links have no vote."""
LEAST_VOTES = 0.35
"""A pair with less weight behind it is no candidate."""
CANDIDATES = 6
"""Candidates kept for each source sentence."""


def find_anchors(source: Side, target: Side, links: Links) -> list[tuple[int, int]]:
    """Sentence pairs (source, target), both increasing, that rare words vote for."""
    i, j, votes = _candidates(source, target, links)
    return _heaviest_chain(i, j, votes)


def _candidates(source: Side, target: Side, links: Links) -> tuple[Ints, Ints, Floats]:
    """Pairs of sentences with their votes, by source sentence and then from last to first target sentence."""
    s_word = np.repeat(np.arange(len(links.starts) - 1), np.diff(links.starts))
    s_count, t_count = _occurrences(source), _occurrences(target)
    s_of, t_of = s_count[s_word], t_count[links.targets]
    voting = (s_of <= RARE) & (t_of <= RARE) & (links.strengths >= VOTERS * FULL)
    link = np.flatnonzero(voting)
    vote = links.strengths[link] / FULL / np.maximum(s_of[link], t_of[link])
    # each voting link meets every occurrence of its source word, and then every occurrence of its target word
    s_order, t_order = (np.argsort(side.corpus.tokens, kind="stable") for side in (source, target))
    s_first = np.concatenate([[0], np.cumsum(s_count)])
    t_first = np.concatenate([[0], np.cumsum(t_count)])
    which, place = expand(np.arange(len(link)), s_first[s_word[link]], s_first[s_word[link] + 1])
    word = links.targets[link[which]]
    pair, other = expand(np.arange(len(which)), t_first[word], t_first[word + 1])
    i = source.corpus.sentence_of[s_order[place[pair]]]
    j = target.corpus.sentence_of[t_order[other]]
    return _tally(i, j, vote[which[pair]], target.corpus.sentences)


def _occurrences(side: Side) -> Ints:
    return np.bincount(side.corpus.tokens, minlength=len(side.corpus.vocabulary))


def _tally(i: Ints, j: Ints, vote: Floats, width: int) -> tuple[Ints, Ints, Floats]:
    """Sum the votes of each pair; keep the best few candidates of each source sentence."""
    keys, index = np.unique(i * (width + 1) + j, return_inverse=True)
    votes = np.bincount(index, weights=vote, minlength=len(keys))
    kept = votes >= LEAST_VOTES
    keys, votes = keys[kept], votes[kept]
    i, j = keys // (width + 1), keys % (width + 1)
    ranked = np.lexsort((j, -votes, i))
    rank = np.arange(len(ranked)) - np.searchsorted(i[ranked], i[ranked])
    chosen = ranked[rank < CANDIDATES]
    order = chosen[np.lexsort((-j[chosen], i[chosen]))]
    return i[order], j[order], votes[order]


def _heaviest_chain(i: Ints, j: Ints, votes: Floats) -> list[tuple[int, int]]:
    """The chain, strictly increasing on both sides, with the largest sum of votes.

    `ends` holds, by target sentence, the best chain that ends there; chains that are no better than one that ends
    earlier are dropped, so both lists increase and one binary search finds the best predecessor.
    """
    ends: list[int] = []
    weights: list[float] = []
    holders: list[int] = []
    previous = np.full(len(i), -1, dtype=np.int64)
    for number, (column, vote) in enumerate(zip(j.tolist(), votes.tolist(), strict=True)):
        at = bisect_right(ends, column - 1)
        weight = vote + (weights[at - 1] if at else 0.0)
        previous[number] = holders[at - 1] if at else -1
        if at < len(ends) and ends[at] == column and weights[at] >= weight:
            continue
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
