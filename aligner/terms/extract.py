"""Candidates for a glossary, from aligned texts.

    pairs ──phrases──▶ phrases of both sides ──C-value──▶ those that stand alone ──likelihood ratio──▶ candidates

1. The phrases of both sides that could be terms (`aligner.terms.phrases`) are counted, once a pair.
2. A phrase that mostly stands inside a longer one is not a term of its own: C-value (Frantzi, Ananiadou and Mima 2000,
   "Automatic recognition of multi-word terms") ranks the others.
3. Each source phrase is joined to the target phrase that it comes together with more than chance lets expect, by the
   log-likelihood ratio (Dunning 1993, "Accurate methods for the statistics of surprise and coincidence"), each target
   phrase once, the strongest first (competitive linking: Melamed 2000).

Start reading at `extract`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from aligner.languages.language import Language, language_of
from aligner.terms.phrases import phrases

Key = tuple[str, ...]

MOST_PHRASES = 5_000
"""Source phrases looked at: the best by C-value."""
_SURE = 10.83
"""The log-likelihood ratio beyond which chance has less than one part in a thousand (chi-squared, one degree)."""
_LONGER_BY = 1.5
"""A phrase of more words is more of a term, a phrase of one word less."""
_LEAST_DICE = 0.3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pair of phrases that may be a term and its rendering."""

    source: str
    target: str
    together: int
    """Pairs with both."""
    source_count: int
    """Pairs with the source phrase."""
    score: float
    """Log-likelihood ratio; higher is surer."""


@dataclass(slots=True)
class _Side:
    """The phrases of one side: in which pairs they stand, and how they are written."""

    language: Language
    pairs: dict[Key, list[int]] = field(default_factory=dict)
    written: dict[Key, Counter[str]] = field(default_factory=dict)

    def add(self, number: int, text: str) -> None:
        """Count the phrases of one text."""
        for key, written in phrases(text, self.language):
            # Once a pair: a list of ten titles with the same word in them is one witness, not ten.
            places = self.pairs.setdefault(key, [])
            if not places or places[-1] != number:
                places.append(number)
            self.written.setdefault(key, Counter())[written] += 1

    def form(self, key: Key) -> str:
        """How a phrase is mostly written, the shortest first."""
        return min(self.written[key].items(), key=lambda item: (-item[1], len(item[0]), item[0]))[0]


def extract(
    pairs: Iterable[tuple[str, str]], *, source: str = "fr", target: str = "en", least: int = 3, shortest: int = 2
) -> list[Candidate]:
    """The candidates in pairs of texts, the surest first.

    Both phrases stand together in at least `least` pairs; the source phrase has at least `shortest` words, links not
    counted. Time and memory are linear in the text.

    >>> pairs = [("Le Conseil de sécurité siège.", "The Security Council sits.")] * 3
    >>> pairs += [("La séance est levée.", "The meeting rose."), ("Il pleut.", "It rains.")] * 20
    >>> [(c.source, c.target) for c in extract(pairs, least=3)][-1]
    ('Conseil de sécurité siège', 'Security Council sits')
    """
    sides = _Side(language_of(source)), _Side(language_of(target))
    count = 0
    for count, (source_text, target_text) in enumerate(pairs, 1):
        sides[0].add(count, source_text)
        sides[1].add(count, target_text)
    for side in sides:
        # Rare phrases go first: most phrases occur once, and C-value looks at every part of every phrase.
        side.pairs = {key: places for key, places in side.pairs.items() if len(places) >= least}
        side.pairs = {key: side.pairs[key] for key in _standing_alone(side.pairs)[:MOST_PHRASES]}
    links = sides[0].language.links
    for key in [key for key in sides[0].pairs if sum(stem not in links for stem in key) < shortest]:
        del sides[0].pairs[key]
    return _linked(sides[0], sides[1], count, least)


def _standing_alone(pairs: dict[Key, list[int]]) -> list[Key]:
    """Phrases by C-value, the best first; those that hardly ever stand outside longer ones are left out."""
    inside: dict[Key, list[int]] = {}
    for key, places in pairs.items():
        # A set: a phrase that holds a word twice is still one longer phrase around it.
        parts = {key[i:j] for i in range(len(key)) for j in range(i + 1, len(key) + 1) if j - i < len(key)}
        for part in parts:
            if part in pairs:
                inside.setdefault(part, []).append(len(places))
    values = {}
    for key, places in pairs.items():
        longer = inside.get(key, [])
        alone = len(places) - (max(longer) if longer else 0)
        # Half of its places outside any longer phrase, or it is a piece of one: *Conseil de* of *Conseil de sécurité*.
        if 2 * alone >= len(places) or not longer:
            mean = sum(longer) / len(longer) if longer else 0.0
            values[key] = math.log2(len(key) + _LONGER_BY) * (len(places) - mean)
    return sorted(values, key=lambda key: (-values[key], key))


def _linked(source: _Side, target: _Side, count: int, least: int) -> list[Candidate]:
    """Pairs of phrases, the surest first, each phrase once."""
    by_pair: dict[int, list[Key]] = {}
    for key, places in target.pairs.items():
        for place in places:
            by_pair.setdefault(place, []).append(key)
    links = []
    for key, places in source.pairs.items():
        together = Counter(other for place in places for other in by_pair.get(place, ()))
        for other, both in together.items():
            sizes = len(places), len(target.pairs[other])
            score = likelihood_ratio(both, *sizes, count)
            # The ratio is as high for phrases that avoid each other: they must meet more often than by chance.
            attracted = both * count > sizes[0] * sizes[1] and 2 * both >= _LEAST_DICE * sum(sizes)
            if both >= least and score >= _SURE and attracted:
                links.append((score, both, len(key) + len(other), key, other))
    # Of links that are equally sure the longer phrases go first: a term always comes together with its own parts.
    links.sort(key=lambda link: (-link[0], -link[2], link[3:]))
    taken: tuple[set[Key], set[Key]] = set(), set()
    candidates = []
    for score, both, _, key, other in links:
        if key not in taken[0] and other not in taken[1]:
            taken[0].add(key)
            taken[1].add(other)
            size = len(source.pairs[key])
            candidates.append(Candidate(source.form(key), target.form(other), both, size, round(score, 1)))
    return candidates


def likelihood_ratio(both: int, first: int, second: int, count: int) -> float:
    """Dunning's log-likelihood ratio of two things in `first` and `second` of `count` places, `both` times together.

    >>> likelihood_ratio(2, 4, 5, 10)
    0.0
    >>> round(likelihood_ratio(10, 10, 10, 100), 1)
    65.0
    """
    table = (both, first - both, second - both, count - first - second + both)
    expected = (
        first * second / count, first * (count - second) / count,
        (count - first) * second / count, (count - first) * (count - second) / count,
    )  # fmt: skip
    return 2 * sum(seen * math.log(seen / wanted) for seen, wanted in zip(table, expected, strict=True) if seen)
