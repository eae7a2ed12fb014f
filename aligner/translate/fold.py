"""Folding for the model's eyes only, and cleaning what it says.

Stored texts stay verbatim; models, however, were trained on straight apostrophes and plain spaces, read capitals letter
by letter, and know only some letters. `fold` evens out typography, `spell_plainly` takes accents off letters
the model does not know (and `respell` puts the names back), `lower_capitals` reads a heading in capitals as a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container, Mapping

_INVISIBLE = "\u00ad\u200b\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_FOLDED = str.maketrans({**dict.fromkeys("’‘ʼ‛＇", "'"), **dict.fromkeys("‑‐", "-"), **dict.fromkeys(_INVISIBLE)})
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")
_UNKNOWN = re.compile(r"\s*⁇\s*")
_WORD = re.compile(r"\w+")
_NUMBERED = re.compile(r"\w+(?:-\d+)?")
_NUMERAL = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
"""Roman, to 39."""
_LONGEST_ACRONYM = 6
_SHORTEST_CAPITALS = 4
"""Fewer capitals than this in the longest word may well be an acronym."""


def fold(text: str) -> str:
    r"""A text as the model likes it: one line, plain spaces, straight apostrophes, nothing invisible.

    >>> fold("l’État\u00a0:  oui\n")
    "l'État : oui"
    """
    return " ".join(_CONTROL.sub(" ", unicodedata.normalize("NFC", text).translate(_FOLDED)).split())


def clean(text: str) -> str:
    r"""A text as a single line without control characters, repeated spaces or the tokenizer's mark for the unknown.

    >>> clean("one\x07 ⁇ two\n  three")
    'one two three'
    """
    return " ".join(_UNKNOWN.sub(" ", _CONTROL.sub(" ", text)).split())


def one_line(text: str) -> str:
    r"""A text verbatim but for control characters and line ends, which become spaces.

    >>> one_line("12\u00a0%\n")
    '12\xa0%'
    """
    return _CONTROL.sub(" ", text).strip()


def spell_plainly(text: str, known: Callable[[str], bool]) -> tuple[str, dict[str, str]]:
    """Take the accents off letters that are not `known`; also, for each word so changed, its proper spelling.

    >>> spell_plainly("Slavoj Žižek", str.isascii)
    ('Slavoj Zizek', {'Zizek': 'Žižek'})
    """
    strange = {c: plain for c in set(text) if not known(c) and (plain := _without_accent(c)) and known(plain)}
    if not strange:
        return text, {}
    table = str.maketrans(strange)
    proper = {word.translate(table): word for word in _WORD.findall(text) if not strange.keys().isdisjoint(word)}
    return text.translate(table), proper


def respell(text: str, proper: Mapping[str, str]) -> str:
    """Put words back into their proper spelling.

    >>> respell("Zizek said no", {"Zizek": "Žižek"})
    'Žižek said no'
    """
    return _WORD.sub(lambda m: proper.get(m[0], m[0]), text) if proper else text


def lower_capitals(text: str, acronyms: Container[str] = ()) -> str | None:
    """A heading written in capitals as a sentence; None when the text is not one.

    Numerals, short words in brackets, words with digits and the `acronyms` that are known stay in capitals.

    >>> lower_capitals("LA SÉCURITÉ MONDIALE"), lower_capitals("L'ONU"), lower_capitals("La Chine")
    ('La sécurité mondiale', None, None)
    >>> lower_capitals("II. RAPPORT DE L'ONU SUR LA COVID-19 (PARTIE V)", {"ONU"})
    "II. rapport de l'ONU sur la COVID-19 (partie V)"
    """
    words = _WORD.findall(text)
    if not text.isupper() or len(words) < 2 or max(map(len, words)) < _SHORTEST_CAPITALS:
        return None

    def quiet(match: re.Match[str]) -> str:
        return match[0] if match[0] in acronyms or _stays(text, match) else match[0].lower()

    lower = _NUMBERED.sub(quiet, text)
    return lower[:1].upper() + lower[1:]


def _stays(text: str, word: re.Match[str]) -> bool:
    """Whether a word of a text in capitals would have capitals in any text."""
    bracketed = text[word.start() - 1 : word.start()] == "(" and text[word.end() : word.end() + 1] == ")"
    is_acronym = bracketed and word[0].isalpha() and 1 < len(word[0]) <= _LONGEST_ACRONYM
    return is_acronym or bool(_NUMERAL.fullmatch(word[0])) or any(map(str.isdigit, word[0]))


def _without_accent(letter: str) -> str:
    """The letter under its accents; empty when it is not an accented letter."""
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base != letter else ""
