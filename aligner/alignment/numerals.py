"""Numbers of headings that are written in letters: Roman and Hebrew numerals.

"Chapitre XIV", "XIV." and "סעיף יד." say the number that the other text may write as 14, and in texts that have no
words in common such numbers are the best evidence there is. A word alone does not tell whether it is a numeral ("I",
"לא"), so only a series counts: lines that begin alike and differ in their numerals. Start reading at `heading_numbers`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

SERIES = 3
"""So many different numbers behind the same word make it the word of a heading."""
_HEADING = re.compile(
    r"""\W*
    (?: ([^\W\d_]+) \W{1,3} )?                                            # Chapter, Livre, סעיף; or nothing
    (?: ([IVXLC]{1,8}) | ([א-ת]{1,2} (?: ["״] [א-ת] | [א-ת] )? ) ['׳]? )  # the numeral
    (?: \s* [.:)] | \s* $ )                                               # a title may follow, the sentence may not
    """,
    re.VERBOSE,
)
_ROMAN = re.compile("(?:X{1,3}|X?L|L?X{0,3}|XC|C{1,3}(?:XC|X?L|L?X{0,3}))(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_HEBREW_VALUES = dict(
    zip("אבגדהוזחטיכלמנסעפצקרשת", (*range(1, 10), *range(10, 100, 10), *range(100, 500, 100)), strict=True)
)


def heading_numbers(sentences: Sequence[str]) -> dict[int, int]:
    """The numbers of headings in letters, by the place of their sentence.

    >>> heading_numbers(["Livre I", "Il dort.", "Livre II", "Livre IV. La fin", "M. I. dort."])
    {0: 1, 2: 2, 3: 4}
    """
    found = {i: heading for i, sentence in enumerate(sentences) if (heading := _heading(sentence))}
    series: dict[str, set[int]] = {}
    for word, number in found.values():
        series.setdefault(word, set()).add(number)
    return {i: number for i, (word, number) in found.items() if len(series[word]) >= SERIES}


def _heading(sentence: str) -> tuple[str, int] | None:
    """What a line begins with, and the number behind it; None for other lines.

    >>> _heading("סעיף יד."), _heading("CHAPTER XIX"), _heading("I went home.")
    (('סעיף', 14), ('chapter', 19), None)
    """
    match = _HEADING.match(sentence)
    if match is None:
        return None
    word, roman, hebrew = match.groups()
    number = _roman(roman) if roman else _hebrew(hebrew)
    return ((word or "").casefold(), number) if number else None


def _roman(letters: str) -> int:
    """The value of a Roman numeral below 400; 0 for other letters."""
    if _ROMAN.fullmatch(letters) is None:
        return 0
    values = [_ROMAN_VALUES[letter] for letter in letters]
    # A letter before a greater one is taken off: IX, XL.
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def _hebrew(letters: str) -> int:
    """The value of a Hebrew numeral: the sum of its letters, the greater first; 0 for other letters."""
    values = [_HEBREW_VALUES.get(letter, 0) for letter in letters if letter not in '"״']
    return sum(values) if all(values) and values == sorted(values, reverse=True) else 0
