"""Words of a text with their spans, and folding: what the checks share. Start reading at `words`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from aligner.check.records import Span

APOSTROPHES = "'’ʼ"
_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")
_ELISION = re.compile(rf"(?<=\w)[{APOSTROPHES}]")


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters and digits; hyphens and apostrophes part words."""

    text: str
    start: int

    @property
    def span(self) -> Span:
        """Where the word stands."""
        return Span(self.start, self.start + len(self.text))

    @property
    def key(self) -> str:
        """The word without case and accents."""
        return fold(self.text)


@lru_cache(maxsize=16)
def words(text: str) -> tuple[Word, ...]:
    """The words of a text.

    >>> [word.text for word in words("L’U.R.S.S. est-elle là ?")]
    ['L', 'U.R.S.S', 'est', 'elle', 'là']
    """
    return tuple(Word(match.group(), match.start()) for match in _WORD.finditer(text))


@lru_cache(maxsize=2**16)
def fold(text: str) -> str:
    """A text without case and accents, ligatures spelled out.

    >>> fold("Œuvre d’Été")
    "oeuvre d'ete"
    """
    if text.isascii():
        return text.lower()
    lower = _ELISION.sub("'", text.casefold()).replace("œ", "oe").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c))


def covering(found: Sequence[Word]) -> Span:
    """The stretch from the first of some words to the last."""
    return Span(found[0].start, found[-1].span.end)


def letters(text: str) -> int:
    """How many letters a text has."""
    return sum(map(str.isalpha, text))
