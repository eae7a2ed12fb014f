"""Numbers of a text, however they are written: ``1 234,5``, ``1,234.5``, *douze*, *twelve*, ``XIXe``, *19th*.

A `Figure` is a stretch of text with its possible values, its *readings*: ``1.234`` may be 1234 or 1.234, and
*2,5 millions* is 2 500 000. Two figures agree when they share a reading. Start reading at `find_figures`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from functools import lru_cache

from aligner.languages.language import Language, Numbers
from aligner.languages.spelled import spelled
from aligner.languages.words import Span, right_before

_WHOLE = re.compile(r"\s*([0-9]{1,9})\s*")
_DIGITS = re.compile(
    r"""
    (?<!\d)(?<!\d[ \u00a0\u202f]p\.[ \u00a0\u202f])                    # not in a percentage of old: 5 p. 100
    (?: \d{1,3}(?:[ \u00a0\u2009\u202f'’]\d{3})+(?!\d)(?:[.,]\d+)?    # 1 234,5
      | (?<!\d)\d{1,2},\ \d(?=\ ?%)                                       # a slip of the pen: 0, 5%
      | \d+(?:[.,]\d+)* )                                            # 1234  1,234.5
    """,
    re.VERBOSE,
)
_AND_HALF = re.compile(r"[ \u00a0](?:\w+[ \u00a0])?(?:et[ \u00a0]demie?|and[ \u00a0]a[ \u00a0]half)\b")
"""After a number, with a unit or a scale between them: *deux ans et demi*, *un milliard et demi*."""
_FRACTION = re.compile(r"[ \u00a0]?(?:½|1/2\b)")
_METRES = re.compile(r"[ \u00a0]?m[ \u00a0]?(\d\d)(?!\w)")
"""*1 m 80*: metres and hundredths."""
_AND_HUNDREDS = re.compile(r"[ \u00a0](mille|millions?)[ \u00a0](\d{1,3})(?![\d.,]|[ \u00a0]mill)")
"""*5 mille 352*: thousands in a word, what is below them in digits."""
_PAGES_TO = re.compile(r"\bp(?:p?\.|ages?)[ \u00a0\u202f]?(\d{2,4})[-–]\Z")
"""Before the last page of a range, which may be shortened: *pp. 112-15*."""
_LETTERS = frozenset("mMk")
"""Scales that are a unit as well: *300 m*."""
_AFTERNOON = re.compile(r"(?::\d\d)?\s?p\.?\s?m\b", re.IGNORECASE)
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_LONGEST = 40
"""Digits of the longest number that is read as one."""


def whole_number(text: object) -> int | None:
    """The number that a file writes in at most nine digits, None for anything else.

    What Python calls digits is more than it can read (*²*), and thousands of digits are an error to it.

    >>> whole_number(" 12"), whole_number("²"), whole_number("9" * 5000), whole_number("")
    (12, None, None, None)
    """
    found = _WHOLE.fullmatch(str(text))
    return int(found[1]) if found else None


class Writing(Enum):
    """How a figure is written."""

    DIGITS = auto()
    WORDS = auto()
    ORDINAL = auto()
    """In digits or Roman numerals, with an ending: ``19e``, ``XIXe``, ``19th``."""
    ORDINAL_WORDS = auto()
    ROMAN = auto()


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a text."""

    span: Span
    readings: frozenset[Decimal]
    writing: Writing


@lru_cache(maxsize=8)
def find_figures(text: str, language: Language) -> tuple[Figure, ...]:
    """The numbers of a text in a language.

    >>> from aligner.languages import language_of
    >>> [sorted(map(str, figure.readings)) for figure in find_figures("2,5 millions au XIXe", language_of("fr"))]
    [['2500000.0'], ['1000000'], ['19']]
    """
    found = list(_digits(text, language.numbers))
    for each in spelled(text, language):
        writing = Writing.ORDINAL_WORDS if each.ordinal else Writing.WORDS
        found.append(Figure(each.span, frozenset({each.value}) | _with_half(text, each.span.end, each.value), writing))
    for match in language.numbers.roman.finditer(text):
        # Capitals that are not a numeral (*CIVIL*, *MIL*) have no value.
        if value := roman(match[1] or match[2]):
            writing = Writing.ORDINAL if match[1] else Writing.ROMAN
            found.append(Figure(Span(*match.span()), frozenset({Decimal(value)}), writing))
    return tuple(found)


@lru_cache(maxsize=8)
def values(text: str, language: Language) -> frozenset[Decimal]:
    """Every value that a text may be said to contain: the readings of its figures, with and without scale."""
    bare = {value for match in _DIGITS.finditer(text) for value in readings(match.group())}
    return frozenset(bare).union(*(figure.readings for figure in find_figures(text, language)))


def _digits(text: str, numbers: Numbers) -> Iterator[Figure]:
    short = {
        match.end(match.lastindex or 0): match[match.lastindex or 0] for match in numbers.short_year.finditer(text)
    }
    after = 0
    for match in _DIGITS.finditer(text):
        if match.start() < after:
            continue
        found, after = readings(match.group()) | _last_page(text, match), match.end()
        scale = numbers.scale.match(text, match.end())
        if metres := _METRES.match(text, match.end()):
            found, after = {value + Decimal(metres[1]) / 100 for value in found}, metres.end()
        elif scale:
            # Of a range, *2 à 3 millions*, the first number is 2 or 2 million.
            is_either = any(map(str.isdigit, scale.group())) or scale[1] in _LETTERS
            large = {value * numbers.scales[scale[1]] for value in found}
            if below := _AND_HUNDREDS.match(text, match.end()):
                large, after = {value * numbers.scales[below[1]] + int(below[2]) for value in found}, below.end()
            found = large | (found if is_either else set())
        # *15 h* may be said as *3 p.m.*, and the other way round.
        elif numbers.hour.match(text, match.end()):
            found |= {value - 12 for value in found if value > 12}
        elif _AFTERNOON.match(text, match.end()):
            found |= {value + 12 for value in found if value < 12}
        elif match.end() in short:
            # Two digits may stand for a year of either century, or for themselves.
            found |= {Decimal(century + int(short[match.end()])) for century in (0, 1900, 2000)}
        half = _FRACTION.match(text, match.end())
        if half or _AND_HALF.match(text, match.end()):
            found, after = found | {value + Decimal("0.5") for value in found}, half.end() if half else after
        ordinal = numbers.ordinal.match(text, match.end())
        span = Span(match.start(), ordinal.end() if ordinal else after)
        yield Figure(span, frozenset(found), Writing.ORDINAL if ordinal else Writing.DIGITS)


def _last_page(text: str, match: re.Match[str]) -> set[Decimal]:
    """What a shortened last page of a range stands for: of *pp. 112-15* 115."""
    digits = match.group()
    first = _PAGES_TO.search(right_before(text, match.start()))
    is_shortened = first and digits.isdecimal() and len(first[1]) > len(digits)
    return {Decimal(first[1][: -len(digits)] + digits)} if first and is_shortened else set()


def _with_half(text: str, end: int, value: Decimal) -> frozenset[Decimal]:
    """What a number in words that ends here is with the half after it: of *un milliard et demi* half a milliard."""
    if not _AND_HALF.match(text, end):
        return frozenset()
    # The last word of the number says what is halved; of hundreds and less it is one.
    scale = next((10**n for n in (12, 9, 6) if value % 10**n == 0), 1)
    return frozenset({value + Decimal(scale) / 2})


def readings(text: str) -> set[Decimal]:
    """The values that digits with separators may have.

    >>> sorted(map(str, readings("1.234"))), readings("1 234,5")
    (['1.234', '1234'], {Decimal('1234.5')})
    """
    compact = re.sub(r"[\s'’]", "", text)[:_LONGEST].rstrip(".,")
    marks = re.findall("[.,]", compact)
    whole = Decimal(re.sub("[.,]", "", compact))
    if not marks:
        return {whole}
    before, _, after = compact.rpartition(marks[-1])
    decimal = Decimal(re.sub("[.,]", "", before) + "." + after)
    if len(set(marks)) > 1:
        return {decimal}
    if len(marks) > 1:
        return {whole}
    # One mark before three digits may part thousands in one language and decimals in the other.
    return {whole, decimal} if len(after) == 3 else {decimal}


def roman(numeral: str) -> int:
    """The value of a Roman numeral; 0 for one that is not well formed.

    >>> roman("XIX"), roman("MMXXIV"), roman("CV"), roman("IIX")
    (19, 2024, 105, 0)
    """
    if not re.fullmatch("M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})", numeral):
        return 0
    digits = [_ROMAN_VALUES[letter] for letter in numeral]
    return sum(-a if a < b else a for a, b in zip(digits, [*digits[1:], 0], strict=True))
