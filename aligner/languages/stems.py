"""Stems of words, so that a term is found whatever its case, accents, number, gender or apostrophes.

Stems are cut by a handful of rules for regular inflection, in the manner of Savoy (1999), "A stemming procedure and
stopword list for general French corpora": two forms of one word have one stem; now and then two words share one too,
which does little harm inside terms of several words. Start reading at `stemmer`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from aligner.languages.tags import base_language
from aligner.languages.words import fold

_SHORTEST = 4
"""Shorter words have no endings."""
_ARTICLES = {"l": "le", "la": "le", "les": "le", "d": "de", "des": "de", "du": "de", "qu": "que"}
_FRENCH_ENDINGS = (
    (re.compile(r"eaux$"), "eau"),
    (re.compile(r"aux$"), "al"),
    (re.compile(r"(?<=[^s])s$|x$"), ""),
    (re.compile(r"eus(?:e)?$"), "eu"),
    (re.compile(r"ive$"), "if"),
    (re.compile(r"trice$"), "teur"),
    (re.compile(r"e+$"), ""),
    (re.compile(r"(?<=l)l$|(?<=n)n$|(?<=t)t$"), ""),
)
"""In this order, each at most once; the last one is for *traditionnelle* beside *traditionnel*."""
_ENGLISH_PLURAL = re.compile(r"(?<=[^s])s$")


Stemmer = Callable[[str], str]


@lru_cache(maxsize=2**16)
def french_stem(word: str) -> str:
    """What the forms of a French word have in common.

    >>> french_stem("mondiales") == french_stem("Mondiaux") == french_stem("MONDIAL")
    True
    >>> french_stem("L"), french_stem("d")
    ('le', 'de')
    """
    stem = fold(word)
    # of a short word an ending is most of it: *os*, *aux*, *vie*
    if len(stem) < _SHORTEST:
        return _ARTICLES.get(stem, stem)
    for ending, replacement in _FRENCH_ENDINGS:
        stem = ending.sub(replacement, stem)
    return stem


@lru_cache(maxsize=2**16)
def english_stem(word: str) -> str:
    """An English word without its regular plural.

    >>> english_stem("Policies") == english_stem("policy")
    True
    """
    stem = fold(word)
    if len(stem) < _SHORTEST:
        return stem
    stem = _ENGLISH_PLURAL.sub("", stem)
    return stem[:-2] + "y" if stem.endswith("ie") and len(stem) > _SHORTEST else stem


def stemmer(language: str) -> Stemmer:
    """The stemmer of a language (any tag: ``fr``, ``fr_CA``, ``fra``); for others than French and English, folding."""
    return {"fr": french_stem, "en": english_stem}.get(base_language(language), fold)


def plural(phrase: str) -> str:
    """An English noun phrase in the plural, by the regular rules.

    >>> plural("head of state"), plural("policy"), plural("bench")
    ('heads of state', 'policies', 'benches')
    """
    # What has the plural is the noun before *of*; what is behind it stays.
    head, of, rest = phrase.partition(" of ")
    if re.search(r"[^aeiou]y$", head):
        head = head[:-1] + "ies"
    elif re.search(r"(?:[sxz]|[cs]h)$", head):
        head += "es"
    else:
        head += "s"
    return head + of + rest
