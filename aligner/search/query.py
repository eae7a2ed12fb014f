"""What can be asked for: a query, and how its words are told from those of a text.

    "Conseil de sécurité" ──query_words──▶ conseil · de · securite      (case, accents and ligatures folded)

Words are what SQLite's tokenizer ``unicode61`` takes for words: runs of letters and digits, so that *l'Inde* is two of
them. Start reading at `Query`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from aligner.alignment.words import folded
from aligner.errors import InputError
from aligner.languages.words import whole_words

LONGEST = 1000
"""Characters of a query at most."""
MOST_WORDS = 64
"""Words of a query at most."""
SECONDS = 10.0
"""What a search may take; what it has found by then is the answer."""
_SPELLED = {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl"}
_LIGATURE = re.compile(f"[{''.join(_SPELLED)}]")


class Matching(StrEnum):
    """How a query is meant."""

    PHRASE = "phrase"
    """Its words, one after the other."""
    WORDS = "words"
    """All its words in one text, in any order."""
    PREFIX = "prefix"
    """As a phrase whose last word may go on: *secur* finds *sécurité*."""
    REGEX = "regex"
    """A regular expression."""


class Order(StrEnum):
    """The order of hits."""

    DOCUMENT = "document"
    """By document, as they stand there; memories after the documents."""
    NEWEST = "newest"
    """By the date of the document, the latest first."""
    LENGTH = "length"
    """The shortest pair first."""
    STATUS = "status"
    """What was reviewed first."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for, where, and how many hits are wanted. Case, accents and ligatures never count."""

    text: str
    matching: Matching = Matching.PHRASE
    sides: tuple[bool, bool] = (True, True)
    """Whether the source texts and the target texts are searched."""
    stems: bool = False
    """Whether other forms of the words count: *négocier* finds *négociations*."""
    statuses: frozenset[str] = frozenset()
    """Only pairs with one of these; empty: with any."""
    documents: tuple[str, ...] = ()
    """Only these documents, by id, or memories, by name; empty: all."""
    order: Order = Order.DOCUMENT
    limit: int = 20
    """Hits at most."""
    seconds: float = SECONDS
    """What it may take."""

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise InputError("there is nothing to look for", hint='write a word or a phrase: aligner find "sécurité"')
        if len(self.text) > LONGEST:
            raise InputError(f"the query has more than {LONGEST:,} characters", hint="look for a phrase of it")
        if not any(self.sides):
            raise InputError("no side is searched", hint="choose one or both languages")
        # A prefix is not a whole word, a pattern no word at all: neither has a stem.
        if self.stems and self.matching not in (Matching.PHRASE, Matching.WORDS):
            raise InputError(f"stems do not go with a {self.matching.value}", hint="leave out one of the two")
        if self.matching is not Matching.REGEX:
            found = query_words(self.text)
            if not found:
                hint = "signs can be found with a regular expression"
                raise InputError("there is no word in the query", hint=hint)
            if len(found) > MOST_WORDS:
                raise InputError(f"the query has more than {MOST_WORDS} words", hint="look for a phrase of it")


def query_words(text: str) -> list[str]:
    """The words of a query, as they are compared.

    >>> query_words("L’Œuvre d'ÉTÉ 1957 !")
    ['l', 'oeuvre', 'd', 'ete', '1957']
    """
    return [word_key(word.text) for word in whole_words(text)]


@lru_cache(maxsize=2**16)
def word_key(word: str) -> str:
    """A word as it is compared."""
    return folded(without_ligatures(word))


def without_ligatures(text: str) -> str:
    """A text without ligatures, which SQLite's tokenizer leaves alone.

    >>> without_ligatures("cœur")
    'coeur'
    """
    return text if text.isascii() else _LIGATURE.sub(lambda found: _SPELLED[found[0]], text)
