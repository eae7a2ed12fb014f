"""Noon and midnight, the hours that have names: *12 h* is noon; *0 h* is midnight and *12 a.m.* as well.

Minutes make a time (`aligner.languages.dates`); here are full hours only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from aligner.languages.language import Language


@lru_cache(maxsize=8)
def named_hours(text: str, language: Language) -> Mapping[int, frozenset[int]]:
    """Where a text says noon or midnight, in digits or by name: the hours by first character.

    >>> from aligner.languages import language_of
    >>> french, english = language_of("fr"), language_of("en")
    >>> named_hours("de 12 h à minuit", french)[3] == named_hours("from noon to 12 a.m.", english)[5] == {12}
    True
    """
    found = defaultdict[int, frozenset[int]](frozenset)
    for hour, pattern in language.hours.items():
        for match in pattern.finditer(text):
            found[match.start()] |= {hour}
    return found
