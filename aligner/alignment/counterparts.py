"""Counterparts: inside one pair, which words of the one text render which words of the other.

The aligner's own evidence decides (`aligner.alignment.links`: lexicon, spelling, words learned from the corpus):

    strengths ──competition──▶ content words, one to one ──neighbours──▶ small words ──gaps──▶ what is left between

A word that could go with several competes for them; places that fit (near the diagonal, beside another link) win. The
small words that could go with anything are placed afterwards, beside the words that they belong to. What stays without
counterpart between two neighbours that have theirs takes the words that are left between those. Start reading at
`Counterparts`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.lexicon import Lexicon, builtin_lexicons
from aligner.alignment.links import FULL, add_links, link_words
from aligner.alignment.pairs import learn_words
from aligner.alignment.words import folded, number_words
from aligner.languages.language import language_of

Learned = Mapping[str, Mapping[str, float]]
"""For source words the target words that go with them, with strengths from 0 to 1."""
Matrix = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = dict[int, list[int]]
"""For the word in a place of one text the places of its counterparts in the other."""
LEAST = 0.12
"""Weaker links are left out."""
BESIDE = 0.6
"""What a link gains by another one beside it."""
OFF_DIAGONAL = 2.5
"""How fast a link weakens with the distance from the diagonal."""
NEAR = 3
"""How many words away from where its neighbours lead a small word is looked for."""
TELLING = 0.4
"""How strong a link must be for a word to share the counterpart of the word beside it."""
BESIDES = 2
"""How many words away is beside."""
SURE = 0.5
"""How strong a link must be for a word to have a counterpart without doubt."""
LEAST_LED = 0.5
"""How surely the links around two words must lead from one to the other."""
LEAST_LINKED = 0.4
"""The share of the content words that must have a counterpart before any is guessed by its place alone."""


class Counterparts:
    """The links between the words of two languages, for pairs of texts given word by word (in any spelling).

    >>> words = "Le chat noir dort".split(), "The black cat sleeps".split()
    >>> Counterparts([words], languages=("fr", "en")).of(*words)
    {0: [0], 1: [2], 2: [1], 3: [3]}
    """

    def __init__(
        self,
        pairs: Iterable[tuple[Sequence[str], Sequence[str]]],
        *,
        languages: tuple[str, str],
        learned: Learned | None = None,
    ) -> None:
        held = list(pairs)
        lexicon, self._small = _known(languages)
        sides = [number_words([_cached_fold(word) for word in pair[n]] for pair in held) for n in (0, 1)]
        self._source = {word: number for number, word in enumerate(sides[0].vocabulary)}
        self._target = {word: number for number, word in enumerate(sides[1].vocabulary)}
        links = link_words(sides[0], sides[1], lexicon)
        if learned:
            numbered = {
                self._source[word]: {self._target[other]: s for other, s in row.items() if other in self._target}
                for word, row in learned.items()
                if word in self._source
            }
            links = add_links(links, numbered)
        self._rows = [
            dict(zip(links.targets[a:b].tolist(), (links.strengths[a:b] / FULL).tolist(), strict=True))
            for a, b in pairwise(links.starts.tolist())
        ]

    def of(self, source: Sequence[str], target: Sequence[str]) -> Places:
        """For places of the source words those of their counterparts; both texts are among the pairs given."""
        plain = [_cached_fold(word) for word in source], [_cached_fold(word) for word in target]
        strengths = np.zeros((len(source), len(target)))
        columns: dict[int, list[int]] = {}
        for j, word in enumerate(plain[1]):
            columns.setdefault(self._target[word], []).append(j)
        for i, word in enumerate(plain[0]):
            for number, strength in self._rows[self._source[word]].items():
                strengths[i, columns.get(number, [])] = strength
        if not strengths.any():
            return {}
        small = [np.array([word in self._small[n] for word in plain[n]], dtype=np.bool_) for n in (0, 1)]
        return _linked(strengths, small[0], small[1])


def learned_words(pairs: Sequence[tuple[Sequence[str], Sequence[str]]], *, languages: tuple[str, str]) -> Learned:
    """What pairs of texts, given word by word, teach about words that no lexicon knows."""
    sides = [number_words([_cached_fold(word) for word in pair[n]] for pair in pairs) for n in (0, 1)]
    links = link_words(sides[0], sides[1], _known(languages)[0])
    lesson = learn_words(sides[0], sides[1], links, [(1, 1)] * len(pairs))
    names = sides[0].vocabulary, sides[1].vocabulary
    return {names[0][s]: {names[1][t]: strength for t, strength in row.items()} for s, row in lesson.learned.items()}


@lru_cache(maxsize=2**16)
def _cached_fold(word: str) -> str:
    return folded(word)


@cache
def _known(languages: tuple[str, str]) -> tuple[Lexicon | None, tuple[frozenset[str], frozenset[str]]]:
    """The lexicon of two languages in their order, where there is one, and the function words of each."""
    known = [language_of(code) for code in languages]
    small = tuple(frozenset(map(folded, one.links | one.others | {"s"})) for one in known)
    if {one.code for one in known} != {"fr", "en"}:
        return None, (small[0], small[1])
    (lexicon,) = builtin_lexicons()
    return (lexicon.reversed() if known[0].code == "en" else lexicon), (small[0], small[1])


def _linked(strengths: Matrix, source_small: Flags, target_small: Flags) -> Places:
    """The links of a pair from the strengths of all that are possible."""
    n, m = strengths.shape
    i, j = np.arange(n)[:, None], np.arange(m)[None, :]
    near = strengths * np.exp(-OFF_DIAGONAL * np.abs((i + 0.5) / n - (j + 0.5) / m))
    # The square root of both shares: a word that many want is nobody's for sure.
    share = near / np.sqrt((near.sum(axis=1, keepdims=True) + 0.2) * (near.sum(axis=0, keepdims=True) + 0.2))
    some_small, both_small = source_small[:, None] | target_small, source_small[:, None] & target_small
    content = share * ~(both_small | (some_small & (strengths < SURE)))
    around = np.pad(content, 1)
    beside = np.maximum.reduce([around[a : a + n, b : b + m] for a in (0, 2) for b in (0, 2)])
    links: dict[int, int] = {}
    _choose(content * (1 + BESIDE * beside), links)
    places = {a: [b] for a, b in links.items()}
    _share(strengths * ~some_small, places)
    # Where the texts have little in common, what is left over on both sides is no counterpart either.
    if len(links) >= LEAST_LINKED * min((~source_small).sum(), (~target_small).sum()):
        # A word whose counterpart is there has no need of another one.
        alone = strengths.max(axis=1) < SURE, strengths.max(axis=0) < SURE
        _fill_gaps(places, np.flatnonzero(~source_small).tolist(), np.flatnonzero(~target_small).tolist(), alone)
    # Small words stand beside what they belong to: they are looked for where the words around them lead.
    expected = np.full((n, m), np.inf) if places else np.zeros((n, m))
    for a, found in places.items():
        for b in found:
            away = np.abs(i - a)
            expected = np.minimum(expected, np.abs(np.abs(j - b) - away) + 0.8 * away)
    small = {a: found[0] for a, found in places.items()}
    taken = {b for found in places.values() for b in found}
    # Squared: *de* may be *the* now and then, but *le* is it nearly always.
    _choose(np.where(expected <= NEAR, strengths**2 * np.exp(-0.5 * expected), 0.0), small, taken)
    places |= {a: [b] for a, b in small.items() if a not in places}
    return {a: sorted(set(found)) for a, found in sorted(places.items())}


def _choose(scores: Matrix, links: dict[int, int], taken: Collection[int] = ()) -> None:
    """Take links, the best first, each word once."""
    taken = set(taken)
    rows, columns = np.nonzero(scores >= LEAST)
    for k in np.argsort(-scores[rows, columns], kind="stable").tolist():
        a, b = int(rows[k]), int(columns[k])
        if a not in links and b not in taken:
            links[a] = b
            taken.add(b)


def _share(strengths: Matrix, places: Places) -> None:
    """Let words without counterpart share that of a word beside them: *mise en œuvre* is one *implementation*."""
    single = {a: found[0] for a, found in places.items()}
    holder = {b: a for a, b in single.items()}
    for a, b in np.argwhere(strengths >= TELLING).tolist():
        # Not a word that is there twice: the other one is another word's, or nobody's.
        if (
            a not in single
            and b in holder
            and abs(holder[b] - a) <= BESIDES
            and strengths[a, b] != strengths[holder[b], b]
        ):
            places.setdefault(a, []).append(b)
        elif (
            a in single
            and b not in holder
            and abs(single[a] - b) <= BESIDES
            and strengths[a, b] != strengths[a, single[a]]
        ):
            places[a].append(b)


def _fill_gaps(places: Places, source: Sequence[int], target: Sequence[int], alone: tuple[Flags, Flags]) -> None:
    """Link content words that are left over on both sides, where the links around them lead from one to the other.

    Both texts are given as the places of their content words; `alone` are the words that have no counterpart.
    """
    rank = {b: k for k, b in enumerate(target)}
    used = {b for found in places.values() for b in found}
    ends = [(k, [rank[b] for b in places[a] if b in rank]) for k, a in enumerate(source) if a in places]
    around = [(k, there) for k, ranks in ends for there in ranks]
    left = [(k, a) for k, a in enumerate(source) if a not in places and alone[0][a]]
    free = [(k, b) for k, b in enumerate(target) if b not in used and alone[1][b]]
    if not (around and left and free):
        return
    scores = np.zeros((len(left), len(free)))
    at, there = np.array(around).T
    for row, (k, _) in enumerate(left):
        away = np.abs(at - k)
        for column, (t, _) in enumerate(free):
            # As far from the counterpart as from the word itself, on either side of it: the order may be turned round.
            scores[row, column] = np.exp(-np.abs(np.abs(there - t) - away) - 0.5 * away).sum()
    scores[scores < LEAST_LED] = 0.0
    found: dict[int, int] = {}
    _choose(scores, found)
    places.update({left[row][1]: [free[column][1]] for row, column in found.items()})
