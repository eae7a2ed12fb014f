"""Noon and midnight, the hours that have names: *12 h* is noon; *0 h* is midnight and *12 a.m.* as well.

Minutes make a time (`aligner.check.dates`); here are full hours only. Start reading at `named_hours`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

NOON, MIDNIGHT = 12, 0

_WRITTEN = {
    "fr": (
        (r"(?<![-‑])\bmidi\b|\b12\s?(?:h|heures?)\b(?!\s?\d)", NOON),
        (r"\bminuit\b|\b(?:00?|24)\s?(?:h|heures?)\b(?!\s?\d)", MIDNIGHT),
    ),
    "en": (
        (r"\bnoon\b|\bmidday\b|\b12(?:[.:]00)?\s?(?:p\.?\s?m\b|noon\b|midday\b|o['’]clock\b|h(?:ours?)?\b)", NOON),
        (r"\bmidnight\b|\b12(?:[.:]00)?\s?(?:a\.?\s?m\b|midnight\b|o['’]clock\b)", MIDNIGHT),
        (r"\b(?:00?|24)(?:[.:]00\b|\s?h(?:ours?)?\b)", MIDNIGHT),
    ),
}
_PATTERNS = {
    language: tuple((re.compile(pattern, re.IGNORECASE), hour) for pattern, hour in written)
    for language, written in _WRITTEN.items()
}


@lru_cache(maxsize=8)
def named_hours(text: str, language: str) -> Mapping[int, frozenset[int]]:
    """Where a text in French or English says noon or midnight, in digits or by name: the hours by first character.

    >>> named_hours("de 12 h à minuit", "fr")[3] == named_hours("from noon to 12 a.m.", "en")[5] == {NOON}
    True
    """
    found = defaultdict[int, frozenset[int]](frozenset)
    for pattern, hour in _PATTERNS[language]:
        for match in pattern.finditer(text):
            found[match.start()] |= {hour}
    return found
