"""How close a word of a text is to a word of a glossary: the same, its plural, or merely of one stem.

A stem alone confuses words: *arrêt* and *arrêté*, *commun* and *commune*, *marche* and *marché* have one each. So what
stands in a text is graded, and a lower grade beats a higher one. Start reading at `closeness`.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache

from aligner.languages.stems import stemmer
from aligner.languages.tags import base_language
from aligner.languages.words import fold

SINGULAR = frozenset(["le", "la", "l", "un", "une", "au", "du", "ce", "cet", "cette", "son", "sa", "chaque"])
"""French words after which no plural stands: in *au cours de* there is no plural of *cour*."""
_SHORTEST_PLURAL = 4
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"})


class Closeness(IntEnum):
    """How close a word is to another; lower is closer."""

    SAME = 0
    CASE = 1
    """But for capitals."""
    CAPITALS = 2
    """But for accents that capitals lack."""
    PLURAL = 3
    """Its regular plural, accents kept."""
    ACCENTS = 4
    """Itself or its plural but for accents."""
    STEM = 5
    """Another form, or another word that looks like one."""
    OTHER = 6


@lru_cache(maxsize=2**16)
def closeness(text: str, wanted: str, language: str) -> Closeness:
    """How close a word of a text is to the word `wanted` of a glossary.

    >>> [closeness(word, "marché", "fr").name for word in ("marché", "MARCHE", "marchés", "marches", "marche", "mer")]
    ['SAME', 'CAPITALS', 'PLURAL', 'ACCENTS', 'ACCENTS', 'OTHER']
    >>> closeness("communs", "commune", "fr").name
    'STEM'
    """
    if text == wanted:
        return Closeness.SAME
    if text.casefold() == wanted.casefold():
        return Closeness.CASE
    if _agree(text, wanted):
        return Closeness.CAPITALS
    plurals = plurals_of(wanted, language)
    if any(_agree(text, form) for form in plurals):
        return Closeness.PLURAL
    if fold(text) in {fold(form) for form in (wanted, *plurals)}:
        return Closeness.ACCENTS
    # Last, because a stem confuses: *commun* and *commune* have one.
    stem = stemmer(language)
    return Closeness.STEM if stem(text) == stem(wanted) else Closeness.OTHER


def plurals_of(word: str, language: str) -> tuple[str, ...]:
    """The regular plurals that a word could have; none for other languages than French and English.

    >>> plurals_of("travail", "fr"), plurals_of("niveau", "fr"), plurals_of("cours", "fr"), plurals_of("policy", "en")
    (('travaux', 'travails'), ('niveaux', 'niveaus'), (), ('policies', 'policys'))
    """
    code = base_language(language)
    lower = word.casefold() if len(word) + 1 >= _SHORTEST_PLURAL else ""
    if not lower or code not in ("fr", "en"):
        return ()
    if code == "en":
        if lower.endswith("y"):
            return (lower[:-1] + "ies", lower + "s")
        return (lower + "es",) if lower.endswith(("s", "x", "z", "ch", "sh")) else (lower + "s",)
    if lower[-1] in "sxz":
        return ()
    # Which words in -al, -ail, -ou have which plural, nobody can tell by their looks (*bal*, *bail*, *bijou*): both.
    if lower.endswith(("al", "ail")):
        return (re.sub(r"ai?l$", "aux", lower), lower + "s")
    return (lower + "x", lower + "s") if lower.endswith(("au", "eu", "ou")) else (lower + "s",)


def _agree(text: str, form: str) -> bool:
    """Whether two words have the same letters; capitals of the text may lack their accents."""
    text, form = text.translate(_LIGATURES), form.translate(_LIGATURES)
    return len(text) == len(form) and all(
        a.casefold() == b.casefold() or (a.isupper() and a.casefold() == fold(b))
        for a, b in zip(text, form, strict=True)
    )
