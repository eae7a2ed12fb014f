"""Folding for the model's eyes only, and cleaning what it says.

Stored texts stay verbatim; models, however, were trained on straight apostrophes and plain spaces, read capitals letter
by letter, and know only some letters. `folded` evens out typography, `without_unknown_letters` spells words without the
letters that the model does not know (and `respell` puts them back), `lower_capitals` reads a heading in capitals as a
sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container, Mapping

from aligner.languages.marks import marker_end

_INVISIBLE = "\u00ad\u200b\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_FOLDED = str.maketrans({**dict.fromkeys("’‘ʼ‛＇", "'"), **dict.fromkeys("‑‐", "-"), **dict.fromkeys(_INVISIBLE)})
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")
_UNKNOWN = "⁇"
"""How a tokenizer shows what it has no piece for."""
_WORD = re.compile(r"\w+")
_WORD_OR_INITIAL = re.compile(r"\b[^\W\d_]\.|\w+")
_INITIAL = re.compile(r"(?<!\w)[^\W\d_](?=\. ?\w|\.-\w)")
_LETTER = re.compile(r"[^\W\d_]")
_OPENING_NUMBER = re.compile(r"\d[\d.,]*\d[ \u00a0]")
"""A number of several digits, which is no mark of a list."""
_FIRST = re.compile(r"[^\W\d_](\w*)")
_NUMBERED = re.compile(r"\w+(?:-\d+)?")
_PLAIN = {
    **dict(zip("ŁłĐđÐðØøĦħŦŧı", "LlDdDdOoHhTti", strict=True)),
    "Æ": "Ae", "æ": "ae", "Œ": "Oe", "œ": "oe", "ß": "ss", "Þ": "Th", "þ": "th",
}  # fmt: skip
"""Latin letters that no accent makes, in plain ones."""
_NUMERAL = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
"""Roman, to 39."""
_LONGEST_ACRONYM = 6
_SHORTEST_CAPITALS = 4
"""Fewer capitals than this in the longest word may well be an acronym."""
_ALONE = re.compile(r"([^\w]*)([^\W\d_])([^\W\d_]+(?:-[^\W\d_]+)*[^\w]*)")


def model_form(text: str) -> str:
    r"""A text as the model likes it: one line, plain spaces, straight apostrophes, nothing invisible.

    >>> model_form("l’État\u00a0:  oui\n")
    "l'État : oui"
    """
    return " ".join(_CONTROL.sub(" ", unicodedata.normalize("NFC", text).translate(_FOLDED)).split())


def clean(text: str) -> str:
    r"""A text as a single line without control characters, repeated spaces or the tokenizer's mark for the unknown.

    >>> clean("one\x07 ⁇ two\n  three")
    'one two three'
    """
    return " ".join(_CONTROL.sub(" ", text).replace(_UNKNOWN, " ").split())


def one_line(text: str) -> str:
    r"""A text verbatim but for control characters and line ends, which become spaces.

    >>> one_line("12\u00a0%\n")
    '12\xa0%'
    """
    return _CONTROL.sub(" ", text).strip()


def without_unknown_letters(text: str, known: Callable[[str], bool]) -> tuple[str, dict[str, str]]:
    """Spell words without the Latin letters that are not `known`; also, for each word so changed, its proper spelling.

    A capital at the beginning of a word becomes small where the model knows the small letter; else accents go.

    >>> without_unknown_letters("Slavoj Žižek", str.isascii)
    ('Slavoj Zizek', {'Zizek': 'Žižek'})
    >>> without_unknown_letters("Être à Łódź", lambda letter: letter.isascii() or letter in "àê")
    ('être à Lodz', {'être': 'Être', 'Lodz': 'Łódź'})
    """
    proper: dict[str, str] = {}
    plain = {c: spelled for c in set(text) if not c.isascii() and not known(c) and (spelled := _plain(c))}
    if not plain:
        return text, proper
    table = str.maketrans(plain)

    def respelled(match: re.Match[str]) -> str:
        word = match[0]
        # *Être* as *être* keeps the accent that the model knows it by; the repair `capital` gives the capital back.
        begins_small = word[0] in plain and not word[1:2].isupper() and known(word[0].lower())
        spelled = (word[0].lower() + word[1:] if begins_small else word).translate(table)
        if spelled != word:
            proper[spelled] = word
        return spelled

    return _WORD.sub(respelled, text), proper


def without_accents_of_initials(text: str) -> tuple[str, dict[str, str]]:
    """A text whose initials have no accents, and what each was, unless another name has the plain one.

    >>> without_accents_of_initials("É. Zola")
    ('E. Zola', {'E.': 'É.'})
    """
    # Only where the plain one is free: it could not be told afterwards which *E.* was *É.*.
    initials = {letter for letter in _INITIAL.findall(text) if letter.isupper() and not letter.isascii()}
    plain = {letter: spelled for letter in initials if (spelled := _plain(letter)) and f"{spelled}." not in text}
    proper = {f"{spelled}.": f"{letter}." for letter, spelled in plain.items()}
    return _INITIAL.sub(lambda m: plain.get(m[0], m[0]), text) if plain else text, proper


def capitalised(text: str) -> str:
    """A text with a capital for its first letter, unless a number opens it; a word with a capital inside keeps its way.

    >>> capitalised("“island of beauty”"), capitalised("iPhone and iPad")
    ('“Island of beauty”', 'iPhone and iPad')
    """
    if _OPENING_NUMBER.match(text):
        return text
    return _FIRST.sub(lambda m: m[0] if m[1] != m[1].lower() else m[0][0].upper() + m[1], text, count=1)


def small_alone(text: str) -> str:
    """A text that is one word with a capital without that capital; empty for any other text.

    >>> small_alone("Pommes :"), small_alone("ONU"), small_alone("Le prix"), small_alone("prix")
    ('pommes :', '', '', '')
    """
    found = _ALONE.fullmatch(text)
    is_alone = found and found[2].isupper() and found[3] == found[3].lower()
    return f"{found[1]}{found[2].lower()}{found[3]}" if found and is_alone else ""


def begins_with_capital(text: str) -> bool:
    """Whether the first letter of a text is a capital, the mark of a list or chapter aside.

    >>> begins_with_capital("II. le plan"), begins_with_capital("a) Le plan")
    (False, True)
    """
    first = _LETTER.search(text, marker_end(text))
    return first is not None and first[0].isupper()


def respell(text: str, proper: Mapping[str, str]) -> str:
    """Put words, and initials with a full stop, back into their proper spelling.

    >>> respell("Zizek and A. Zola saw a man", {"Zizek": "Žižek", "A.": "À."})
    'Žižek and À. Zola saw a man'
    """
    return _WORD_OR_INITIAL.sub(lambda m: proper.get(m[0], m[0]), text) if proper else text


def lower_capitals(text: str, acronyms: Container[str] = ()) -> str | None:
    """A heading written in capitals as a sentence; None when the text is not one.

    Numerals, short words in brackets, words with digits and the `acronyms` that are known stay in capitals. One word
    alone may be an acronym, and stays.

    >>> lower_capitals("LA SÉCURITÉ MONDIALE"), lower_capitals("L'ONU"), lower_capitals("La Chine")
    ('La sécurité mondiale', None, None)
    >>> lower_capitals("II. RAPPORT DE L'ONU SUR LA COVID-19 (PARTIE V)", {"ONU"})
    "II. rapport de l'ONU sur la COVID-19 (partie V)"
    """
    # The sign of a number may be written º, a small letter to Unicode.
    words = _WORD.findall(text)
    longest = max((len(word) for word in words if not word.isdecimal()), default=0)
    if len(words) < 2 or longest < _SHORTEST_CAPITALS or not text.replace("º", "°").isupper():
        return None

    def quiet(match: re.Match[str]) -> str:
        word = match[0]
        bracketed = text[match.start() - 1 : match.start()] == "(" and text[match.end() : match.end() + 1] == ")"
        is_acronym = word in acronyms or (bracketed and word.isalpha() and 1 < len(word) <= _LONGEST_ACRONYM)
        # Numerals, and words with digits (COVID-19), have capitals in any text.
        return word if is_acronym or _NUMERAL.fullmatch(word) or any(map(str.isdigit, word)) else word.lower()

    lower = _NUMBERED.sub(quiet, text)
    return lower[:1].upper() + lower[1:]


def _plain(letter: str) -> str:
    """A Latin letter in letters without accents; empty when it is none, or has none."""
    base = _PLAIN.get(letter) or unicodedata.normalize("NFD", letter)[0]
    return base if base != letter and base.isascii() and base.isalpha() else ""
