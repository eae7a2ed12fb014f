"""What a first alignment teaches about words: which go together, and which can be relied on.

`learn_words` learns a small lexicon from the pair of texts itself: names of characters, technical terms, whatever no
general lexicon knows. It runs IBM model 1 (Brown et al. 1993) in both directions over the beads of the first path, as
Moore (2002) does for sentence alignment, but starts from the links already known, so that a word with a known
counterpart does not compete for a new one. And it measures how often each word was accounted for on that path: a word
that never is (a name that was adapted, an invention of a weak translation model) should not count against later
beads. Start reading at `learn_words`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.evidence import expand
from aligner.alignment.links import FULL, Links, are_rendered
from aligner.alignment.words import Corpus

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
WIDEST = 4
"""Beads with more segments in all are left out: they may be wrong, and they cost."""
MOST_PAIRS = 2_000_000
"""Of long texts, evenly spread beads with about so many word pairs are looked at."""
COMMON = 0.15
"""A word that is in a larger share of the sentences tells nothing."""
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
class Lesson:
    """What a path teaches about words."""

    learned: dict[int, dict[int, float]]
    """For source words (by number) the target words that go with them, with strengths."""
    source: Floats
    """How often each word of the source vocabulary was accounted for."""
    target: Floats


@dataclass(frozen=True, slots=True)
class Meeting:
    """All pairs of different words that meet in a bead."""

    source_words: Ints
    """Each word of each bead, once."""
    target_words: Ints
    source_lonely: Floats
    """How often each word of the vocabulary stands in a null."""
    target_lonely: Floats
    first: Ints
    """For each pair, where its source word is in `source_words`."""
    second: Ints
    kind: Ints
    """For each pair, where it is in `kinds`."""
    kinds: Ints
    """The different pairs: source word × size of the target vocabulary + target word, ascending."""


def learn_words(source: Corpus, target: Corpus, links: Links, path: Sequence[tuple[int, int]]) -> Lesson:
    """Learn from the beads of a path that have both sides."""
    width = max(len(target.vocabulary), 1)
    meeting = _meet(source, target, path)
    s_rendered, t_rendered = are_rendered(source), are_rendered(target)
    known = _known(meeting.kinds, links, width)
    # IBM model 1 both ways, and only what both ways agree on: one way alone gives a rare word to whatever is near it.
    # Words of machine translations learn nothing: they have their counterpart in the spelling.
    own = ~(s_rendered[meeting.kinds // width] | t_rendered[meeting.kinds % width])
    start = np.where(own, 1.0 + KNOWN * known, 0.0)
    forward, count = _ibm1(start, meeting.kind, meeting.second, meeting.kinds // width)
    backward, other = _ibm1(start, meeting.kind, meeting.first, meeting.kinds % width)
    weight = np.minimum(np.sqrt(forward * backward), 1.0)
    weight = np.where((weight >= LEAST_WEIGHT) & (np.minimum(count, other) >= LEAST_COUNT), weight, 0.0)
    strengths = np.maximum(known, weight)
    best = np.zeros(len(meeting.source_words)), np.zeros(len(meeting.target_words))
    np.maximum.at(best[0], meeting.first, strengths[meeting.kind])
    np.maximum.at(best[1], meeting.second, strengths[meeting.kind])
    table: dict[int, dict[int, float]] = {}
    for number in np.flatnonzero(weight).tolist():
        key = int(meeting.kinds[number])
        table.setdefault(key // width, {})[key % width] = float(strengths[number])
    return Lesson(
        table,
        _rates(meeting.source_words, best[0], meeting.source_lonely, s_rendered),
        _rates(meeting.target_words, best[1], meeting.target_lonely, t_rendered),
    )


def _meet(source: Corpus, target: Corpus, path: Sequence[tuple[int, int]]) -> Meeting:
    """Let the words of each bead meet."""
    shapes = np.array(path, dtype=np.int64).reshape(-1, 2)
    good = (shapes.min(axis=1) > 0) & (shapes.sum(axis=1) <= WIDEST)
    s_bead, s_word = _words_of_beads(source, shapes[:, 0], good)
    t_bead, t_word = _words_of_beads(target, shapes[:, 1], good)
    pairs = int(np.bincount(s_bead, minlength=len(good)) @ np.bincount(t_bead, minlength=len(good)))
    # Every n-th bead rather than the first ones: names and terms come in over the whole length of a text.
    every = -(-pairs // MOST_PAIRS)
    if every > 1:
        s_kept, t_kept = s_bead % every == 0, t_bead % every == 0
        s_bead, s_word, t_bead, t_word = s_bead[s_kept], s_word[s_kept], t_bead[t_kept], t_word[t_kept]
    low, high = np.searchsorted(t_bead, s_bead), np.searchsorted(t_bead, s_bead, side="right")
    first, second = expand(np.arange(len(s_word)), low, high)
    width = max(len(target.vocabulary), 1)
    kinds, kind = np.unique(s_word[first] * width + t_word[second], return_inverse=True)
    nulls, lonely = shapes.min(axis=1) == 0, list[Floats]()
    for n, side in enumerate((source, target)):
        tokens = side.tokens[np.repeat(nulls, shapes[:, n])[side.sentence_of]]
        # Divided like the beads, of which one in `every` is looked at.
        lonely.append(np.bincount(tokens, minlength=len(side.vocabulary)).astype(np.float64) / max(every, 1))
    return Meeting(s_word, t_word, lonely[0], lonely[1], first, second, kind, kinds)


def _words_of_beads(side: Corpus, sizes: Ints, good: Flags) -> tuple[Ints, Ints]:
    """The telling words of each good bead, without repetitions: (bead, word), sorted."""
    bead = np.repeat(np.arange(len(sizes)), sizes)[side.sentence_of]
    # Of a short text a word may be in three sentences and still tell something.
    often = np.bincount(side.tokens, minlength=len(side.vocabulary)) > COMMON * side.sentences + 3
    kept = good[bead] & ~often[side.tokens]
    width = max(len(side.vocabulary), 1)
    keys = np.unique(bead[kept] * width + side.tokens[kept])
    return keys // width, keys % width


def _known(kinds: Ints, links: Links, width: int) -> Floats:
    """The strength of the links that are known already."""
    keys = np.repeat(np.arange(len(links.starts) - 1), np.diff(links.starts)) * width + links.targets
    order = np.argsort(keys)
    keys, strengths = keys[order], links.strengths[order] / FULL
    found = np.zeros(len(kinds))
    if len(keys):
        place = np.minimum(np.searchsorted(keys, kinds), len(keys) - 1)
        found = np.where(keys[place] == kinds, strengths[place], 0.0)
    return found


def _ibm1(start: Floats, kind: Ints, position: Ints, given: Ints) -> tuple[Floats, Floats]:
    """t(word | given) for each kind of pair, and the expected count of the pair.

    An empty word competes in every bead with the weight of one unknown word.
    """
    # By at least 1, since words of machine translations have no pair to start with: 0 ÷ 0 is not a number.
    table = start / np.maximum(np.bincount(given, weights=start), 1.0)[given]
    empty = float(np.median(table[table > 0])) if table.any() else 1.0
    expected = np.zeros_like(table)
    for _ in range(ROUNDS):
        share = table[kind]
        total = np.bincount(position, weights=share) + empty
        expected = np.bincount(kind, weights=share / total[position], minlength=len(table)).astype(np.float64)
        # Half a count is held back for renderings not seen: it keeps rare words from being sure.
        table = expected / (np.bincount(given, weights=expected)[given] + 0.5)
    return table, expected


def _rates(words: Ints, best: Floats, lonely: Floats, rendered: Flags) -> Floats:
    """How well each word of the vocabulary is accounted for on average, drawn towards the mean of its class.

    Words in nulls count as not accounted for: else a path with too many nulls would see only its best beads, ask more
    of the others, and the next path would have more nulls still. The mean leaves out words that never are accounted
    for, since most of them have no link at all.
    """
    seen = np.bincount(words, minlength=len(rendered)) + lonely
    covered = np.bincount(words, weights=best, minlength=len(rendered))
    rates = np.zeros(len(rendered))
    for group in (rendered, ~rendered):
        hit = group & (covered > 0)
        mean = float(covered[hit].sum() + 0.5) / float(seen[hit].sum() + 1.0)
        rates[group] = (covered[group] + DOUBT * mean) / (seen[group] + DOUBT)
    return rates
