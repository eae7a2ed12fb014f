"""Words of a text and where they stand: for any language that parts its words with spaces. Start reading at `words`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

APOSTROPHES = "'’ʼ"
JOINTS = rf"\s{APOSTROPHES}‑‐-"
"""What parts the words of a phrase and is itself no part of it, as in a set of characters."""
_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")
_PART = re.compile(r"[^\W_]+")
_WHOLE = re.compile("[^\\W_](?:[^\\W_]|[\u0300-\u036f])*")
_TOKEN = re.compile(rf"\d+(?=[^\W\d_]{{1,3}}[€$£¥])|[^\W_]+|[^\w{JOINTS}]|_")
"""A word or a sign; an amount is parted from the unit that is written to it: *12M€*."""
_ELISION = re.compile(rf"(?<=\w)[{APOSTROPHES}]")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text, in characters, half-open: ``text[start:end]``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """What stands there."""
        return text[self.start : self.end]


Spans = tuple[Span, ...]

NEAR = 40
"""Characters before a place in which one looks for what belongs to it: in a long line looking at all that stands before
each place would take hours."""


def right_before(text: str, place: int) -> str:
    """The characters right before a place of a text, `NEAR` of them at most."""
    return text[max(0, place - NEAR) : place]


@dataclass(frozen=True)
class Word:
    """A run of letters and digits, or one sign; hyphens and apostrophes part words."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where the word ends: ``text[start:end]``."""
        return self.start + len(self.text)

    @property
    def span(self) -> Span:
        """Where the word stands."""
        return Span(self.start, self.end)

    @cached_property
    def key(self) -> str:
        """The word without case and accents."""
        return fold(self.text)


@lru_cache(maxsize=64)
def words(text: str) -> tuple[Word, ...]:
    """The words of a text, in order; full stops inside an acronym belong to it.

    >>> [word.text for word in words("L’U.R.S.S. est-elle là ?")]
    ['L', 'U.R.S.S', 'est', 'elle', 'là']
    """
    return tuple(Word(match.group(), match.start()) for match in _WORD.finditer(text))


@lru_cache(maxsize=64)
def plain_words(text: str) -> tuple[Word, ...]:
    """The runs of letters and digits of a text, in order.

    >>> [word.text for word in plain_words("L’État-major de l'U.E.")]
    ['L', 'État', 'major', 'de', 'l', 'U', 'E']
    """
    return tuple(Word(match.group(), match.start()) for match in _PART.finditer(text))


@lru_cache(maxsize=256)
def whole_words(text: str) -> tuple[Word, ...]:
    r"""The same where accents may be characters of their own, which belong to their letters.

    >>> [word.text for word in whole_words("l'e\u0301te\u0301")] == ["l", "e\u0301te\u0301"]
    True
    """
    return tuple(Word(match.group(), match.start()) for match in _WHOLE.finditer(text))


@lru_cache(maxsize=64)
def words_and_signs(text: str) -> tuple[Word, ...]:
    """The words and the signs of a text, in order; spaces, hyphens and apostrophes are neither.

    >>> [token.text for token in words_and_signs("l'art. 3, n° 7 (12M€)")]
    ['l', 'art', '.', '3', ',', 'n', '°', '7', '(', '12', 'M', '€', ')']
    """
    return tuple(Word(match.group(), match.start()) for match in _TOKEN.finditer(text))


def covering(found: Sequence[Word]) -> Span:
    """The stretch from the first of some words to the last."""
    return Span(found[0].start, found[-1].end)


@lru_cache(maxsize=2**16)
def fold(text: str) -> str:
    """A text without case and accents, ligatures spelled out.

    >>> fold("Œuvre d’Été"), fold("Straße")
    ("oeuvre d'ete", 'strasse')
    """
    # most English words: folding letter by letter would take ten times as long
    if text.isascii():
        return text.lower()
    # NFKD takes accents off their letters, but leaves œ and æ in one piece.
    lower = _ELISION.sub("'", text.casefold()).replace("œ", "oe").replace("æ", "ae")
    return unaccented(unicodedata.normalize("NFKD", lower))


def unaccented(text: str) -> str:
    """A text whose letters have lost their accents; capitals and ligatures stay.

    >>> unaccented("L’Été, un cœur")
    'L’Ete, un cœur'
    """
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
