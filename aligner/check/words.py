"""Words of a text with their spans: what the checks share. Start reading at `words`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from aligner.check.findings import Span
from aligner.terms.words import fold

_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")


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


def covering(found: Sequence[Word]) -> Span:
    """The stretch from the first of some words to the last."""
    return Span(found[0].start, found[-1].span.end)


def letters(text: str) -> int:
    """How many letters a text has."""
    return sum(map(str.isalpha, text))
