"""Which words of two texts may stand for each other, by the lexicon that the aligner comes with.

It is for French and English; of other pairs nothing is known, and every question is answered so that nothing is found.
Start reading at `has_counterpart`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from functools import cache

from aligner.alignment.lexicon import builtin_lexicons
from aligner.languages.pair import LanguagePair

_STEM = 5
"""Letters in which the forms of a word agree."""
_LEAST = 0.02
"""Renderings rarer than this are noise."""
_SURE = 0.6
_SHORTEST_KNOWN = 3
_KNOWN = ("fr", "en")


def renderings(languages: LanguagePair) -> Mapping[str, frozenset[str]]:
    """What the words of the source language may become, folded; empty where no lexicon is for the pair.

    >>> from aligner.languages.pair import find_pair
    >>> sorted(renderings(find_pair("fr", "en"))["maison"]), len(renderings(find_pair("de", "en")))
    (['home', 'house'], 0)
    """
    return _renderings(languages.source.code, languages.target.code)


@cache
def _renderings(source: str, target: str) -> Mapping[str, frozenset[str]]:
    if (source, target) not in (_KNOWN, _KNOWN[::-1]):
        return {}
    lexicon = builtin_lexicons()[0]
    entries = (lexicon if (source, target) == _KNOWN else lexicon.reversed()).entries
    return {word: frozenset(other for other, weight in found if weight >= _LEAST) for word, found in entries.items()}


@cache
def _same_in_both() -> frozenset[str]:
    entries = builtin_lexicons()[0].entries.items()
    return frozenset(word for word, found in entries if dict(found).get(word, 0) >= _SURE)


def stays(word: str, languages: LanguagePair) -> bool:
    """Whether texts in both languages have a folded word, and nothing else for it, as for *XML*."""
    return len(word) >= _SHORTEST_KNOWN and bool(renderings(languages)) and word in _same_in_both()


def is_translated(word: str, languages: LanguagePair) -> bool:
    """Whether a word, folded, has renderings and is not one of them, as common nouns have; not so *Dupont*.

    >>> from aligner.languages.pair import find_pair
    >>> [is_translated(word, find_pair("fr", "en")) for word in ("maison", "dupont", "englund")]
    [True, False, False]
    """
    known = renderings(languages).get(word, frozenset())
    return bool(known) and word not in known


def has_counterpart(word: str, present: Set[str], stems: Set[str], languages: LanguagePair) -> bool:
    """Whether a folded word, a rendering of it or another form of either is among the words of a text.

    `stems` are those of the words `present` (`stems_of`).
    """
    candidates = {word, *renderings(languages).get(word, ())}
    return bool(candidates & present or {each[:_STEM] for each in candidates if len(each) >= _STEM} & stems)


def stems_of(words: Iterable[str]) -> frozenset[str]:
    """The beginnings in which forms of long words agree."""
    return frozenset(word[:_STEM] for word in words if len(word) >= _STEM)
