"""Phrases that could be terms, found without a tagger: content words, and link words only between them.

French terms are mostly a noun with adjectives and complements (*gouvernance mondiale de la sécurité*), English ones
adjectives and nouns (*global security governance*), now and then with *of* or *for*. The function words of both
languages are few (``languages/data``): a phrase begins and ends with other words, and between these stand
only the words that terms are linked with. Start reading at `phrases`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.languages.language import Language
from aligner.languages.stems import stemmer
from aligner.languages.words import APOSTROPHES, plain_words

_BETWEEN = re.compile(rf"[ \u00a0{APOSTROPHES}‑-]")
"""The one character that may part two words of a phrase."""
_SHORTEST = 3
"""A content word has so many letters."""


def phrases(text: str, language: Language) -> Iterator[tuple[tuple[str, ...], str]]:
    """The phrases of a text that could be terms: their stems, without links' inflection, and how they are written.

    >>> from aligner.languages import language_of
    >>> [written for _, written in phrases("La gouvernance mondiale de la sécurité est née.", language_of("fr"))]
    ['gouvernance', 'gouvernance mondiale', 'gouvernance mondiale de la sécurité', 'mondiale',
     'mondiale de la sécurité', 'sécurité', 'née']
    """
    stem = stemmer(language.code)
    found = plain_words(text)
    lowered = [word.text.lower() for word in found]
    functional = language.links | language.others
    content = [
        word.text.isalpha() and len(lower) >= _SHORTEST and lower not in functional
        for word, lower in zip(found, lowered, strict=True)
    ]
    links = language.links - language.others
    for first in range(len(found)):
        for last in range(first, min(first + language.longest, len(found))):
            word = found[last]
            # A comma or a full stop ends a phrase, and so does a function word that does not link.
            if last > first and not _BETWEEN.fullmatch(text, found[last - 1].end, word.start):
                break
            if not content[last] and (last == first or lowered[last] not in links):
                break
            if content[last]:
                yield tuple(stem(each.text) for each in found[first : last + 1]), text[found[first].start : word.end]
