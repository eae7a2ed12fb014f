"""Other forms of a word that the index holds: what has the same stem.

    négocier ──stem──▶ negoc ──words that begin so──▶ negocier, negociation, negociateurs … ──same stem──▶ forms

Stems are Snowball's (https://snowballstem.org), of words without accents, as the index keeps them. Start reading at
`forms`.
"""

from __future__ import annotations

from functools import cache, lru_cache

import snowballstemmer

from aligner.languages.tags import base_language
from aligner.search.index import SearchIndex
from aligner.search.query import word_key

_SHORTEST = 4
"""Shorter words have no other forms."""
MOST = 12
"""Forms of a word at most, the most frequent first."""


def forms(index: SearchIndex, word: str, *, language: str, side: str) -> list[str]:
    """A word and the other words of a side of the index that share its stem, the most frequent first.

    All are as `aligner.search.query.word_key` has them.
    """
    wanted = stem_of(word, language)
    if len(word) < _SHORTEST or len(wanted) < 2:
        return [word]
    # The last letter may change: chevaux, cheval; policies, policy.
    start = wanted[:-1] if len(wanted) > 3 else wanted
    with index.checked():
        index.connection.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab (main, words, col)"
        )
        rows = index.connection.execute(
            "SELECT term, doc FROM vocabulary WHERE term >= ? AND term < ? AND col = ?",
            (start, start[:-1] + chr(ord(start[-1]) + 1), side),
        )
        found = sorted((-count, term) for term, count in rows if stem_of(term, language) == wanted)
    return list(dict.fromkeys([word, *(term for _, term in found[:MOST])]))


@lru_cache(maxsize=2**16)
def stem_of(word: str, language: str) -> str:
    """What the forms of a word have in common; the word itself, folded, in a language without a stemmer.

    >>> {stem_of(word, "fr") for word in ("proposée", "proposés", "proposer", "propose")}
    {'propos'}
    >>> stem_of("nations", "en"), stem_of("chevaux", "fr")
    ('nation', 'cheval')
    """
    plain = word_key(word)
    stemmer = _stemmer(base_language(language))
    # Without its accent the é of a participle is left standing.
    return plain if stemmer is None or len(plain) < _SHORTEST else stemmer.stemWord(plain).rstrip("e") or plain


@cache
def _stemmer(code: str) -> snowballstemmer.stemmer | None:
    names = {"fr": "french", "en": "english", "de": "german"}
    return snowballstemmer.stemmer(names[code]) if code in names else None
