"""Phrases that could be terms, found without a tagger: content words, and link words only between them.

French terms are mostly a noun with adjectives and complements (*gouvernance mondiale de la sécurité*), English ones
adjectives and nouns (*global security governance*), now and then with *of* or *for*. The function words of both
languages are few (``data/function-words.toml``): a phrase begins and ends with other words, and between these stand
only the words that terms are linked with. Start reading at `phrases`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from aligner.terms.words import APOSTROPHES, Stemmer, Word, stemmer, words

_BETWEEN = re.compile(rf"[ \u00a0{APOSTROPHES}‑-]")
"""The one character that may part two words of a phrase."""
_SHORTEST = 3
"""A content word has so many letters."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """The function words of a language."""

    language: str
    links: frozenset[str]
    """Words that link the content words of a term."""
    others: frozenset[str]
    """Words that are in no term."""
    longest: int
    """Words in a phrase, links counted."""


@cache
def grammar_of(language: str) -> Grammar:
    """The function words of a language; for others than French and English there are none, and phrases are short."""
    code = language.lower().split("-")[0]
    data = tomllib.loads((files("aligner.terms") / "data" / "function-words.toml").read_text("utf-8"))
    entry = data.get(code, {"longest": 3, "links": "", "others": ""})
    return Grammar(code, frozenset(entry["links"].split()), frozenset(entry["others"].split()), int(entry["longest"]))


def phrases(text: str, grammar: Grammar) -> Iterator[tuple[tuple[str, ...], str]]:
    """The phrases of a text that could be terms: their stems, without links' inflection, and how they are written.

    >>> [written for _, written in phrases("La gouvernance mondiale de la sécurité est née.", grammar_of("fr"))]
    ['gouvernance', 'gouvernance mondiale', 'gouvernance mondiale de la sécurité', 'mondiale',
     'mondiale de la sécurité', 'sécurité', 'née']
    """
    stem = stemmer(grammar.language)
    found = words(text)
    for first in range(len(found)):
        if _is_content(found[first], grammar):
            yield from _from(text, found, first, grammar, stem)


def _from(
    text: str, found: tuple[Word, ...], first: int, grammar: Grammar, stem: Stemmer
) -> Iterator[tuple[tuple[str, ...], str]]:
    """The phrases that begin with one word."""
    for last in range(first, min(first + grammar.longest, len(found))):
        word = found[last]
        if last > first and not _BETWEEN.fullmatch(text, found[last - 1].end, word.start):
            return
        if word.text.lower() in grammar.others:
            return
        if _is_content(word, grammar):
            yield tuple(stem(each.text) for each in found[first : last + 1]), text[found[first].start : word.end]
        elif word.text.lower() not in grammar.links:
            return


def _is_content(word: Word, grammar: Grammar) -> bool:
    lower = word.text.lower()
    return (
        word.text.isalpha() and len(lower) >= _SHORTEST and lower not in grammar.links and lower not in grammar.others
    )
