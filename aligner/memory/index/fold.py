"""What counts as the same text, what counts as a word, and how alike two texts are.

Two texts are *exactly* alike when their `search_key` is the same: spaces, apostrophes, hyphens and invisible characters
may be typed differently, nothing else. Below that, likeness is counted in words (`key_tokens`), without regard to
capitals:

    score = 100 · (longer − distance) / longer, rounded down

where `distance` is the Levenshtein distance of the two sequences of tokens and `longer` the length of the longer one.
This is OmegaT's formula (``FuzzyMatcher.calcSimilarity``), so that 75 means about the same here and there; it goes back
to Levenshtein (1966, "Binary codes capable of correcting deletions, insertions and reversals"). 100 is kept for
texts with the same key.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

EXACT = 100
"""The score of a text that is the same."""
LONGEST = 2000
"""Longer texts (in tokens) are compared exactly only."""

# Soft hyphens, zero-width spaces and marks of direction: web pages and word processors leave them in copied text.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_ALIKE = str.maketrans({**dict.fromkeys("’‘ʼ‛＇", "'"), **dict.fromkeys("‑‐", "-"), **dict.fromkeys(_INVISIBLE)})
# French puts a space before these signs and inside «»; whether it was typed must not cost a match (decision 20).
_OPTIONAL_SPACE = re.compile(r" (?=[;:!?»%])|(?<=«) ")
_TOKEN = re.compile(r"\w+'?|[^\w\s]")
_SPACES = re.compile(r"\s+")


def search_key(text: str) -> str:
    r"""The text without differences of typing that no translation depends on.

    >>> search_key("L’accord\u00a0:  oui\u202f!") == search_key("L'accord: oui !")
    True
    """
    plain = unicodedata.normalize("NFC", text).translate(_ALIKE)
    return _OPTIONAL_SPACE.sub("", _SPACES.sub(" ", plain).strip())


def key_tokens(key: str) -> list[str]:
    """The words and signs of a text's `search_key`, in small letters; an apostrophe belongs to the word before it.

    >>> key_tokens("L'ONU, 60 ans après")
    ["l'", 'onu', ',', '60', 'ans', 'après']
    """
    return _TOKEN.findall(key.casefold())


def score(first: Sequence[str], second: Sequence[str]) -> int:
    """How alike two texts are, from their tokens: 0 to 99; the same tokens in other letters give 99.

    >>> score(key_tokens("Les pays du Sud"), key_tokens("Les pays du Nord"))
    75
    """
    longer = max(len(first), len(second), 1)
    return min(EXACT - 1, 100 * (longer - Levenshtein.distance(first, second)) // longer) if first or second else 0


def trimmed_line(text: str) -> str:
    r"""The text without outer spaces, on one line.

    >>> trimmed_line(" Oui,\n 12\u00a0%. ")
    'Oui, 12\xa0%.'
    """
    return re.sub(r" *[\x00-\x1f\x7f-\x9f\u2028\u2029]+ *", " ", text).strip()
