"""Sets of code points: the algebra behind character classes, and the Unicode properties SRX files use.

A `CharacterSet` is a sorted tuple of inclusive ranges. Properties are read off `unicodedata` on first use
(planes 0 to 3 and 14; the private planes have no letters), so no table is shipped.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable
from functools import cache

CharacterSet = tuple[tuple[int, int], ...]

LAST = sys.maxunicode
EVERYTHING: CharacterSet = ((0, LAST),)
_ASSIGNED = (range(0x40000), range(0xE0000, 0xE0200))

# As first and last characters of ranges, see `spans`.
_POSIX = {
    "Lower": "az", "Upper": "AZ", "Alpha": "azAZ", "Digit": "09", "Alnum": "azAZ09", "Punct": "!/:@[`{~",
    "Graph": "!~", "Print": " ~", "Blank": "\t\t  ", "Cntrl": "\x00\x1f\x7f\x7f", "XDigit": "09afAF",
    "Space": "\t\r  ", "ASCII": "\x00\x7f",
}  # fmt: skip
_BINARY = {
    "alphabetic": "L Nl", "letter": "L", "lowercase": "Ll", "uppercase": "Lu", "titlecase": "Lt", "punctuation": "P",
    "digit": "Nd", "white_space": "Z", "whitespace": "Z", "control": "Cc", "number": "N", "symbol": "S", "mark": "M",
    "lower": "Ll", "upper": "Lu", "alpha": "L Nl", "alnum": "L Nl Nd", "punct": "P", "space": "Z",
    "lowercase_letter": "Ll", "uppercase_letter": "Lu", "titlecase_letter": "Lt", "separator": "Z",
}  # fmt: skip
_BLOCKS = {
    "latin": ((0x41, 0x5A), (0x61, 0x7A), (0xAA, 0xAA), (0xBA, 0xBA), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x2B8),
              (0x1E00, 0x1EFF), (0x2C60, 0x2C7F), (0xA722, 0xA7FF), (0xFB00, 0xFB06), (0xFF21, 0xFF3A),
              (0xFF41, 0xFF5A)),
    "greek": ((0x370, 0x3FF), (0x1F00, 0x1FFF)),
    "cyrillic": ((0x400, 0x52F), (0x1C80, 0x1C8F), (0x2DE0, 0x2DFF), (0xA640, 0xA69F)),
    "arabic": ((0x600, 0x6FF), (0x750, 0x77F), (0x8A0, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF)),
    "hebrew": ((0x591, 0x5F4), (0xFB1D, 0xFB4F)),
    "han": ((0x2E80, 0x2FD5), (0x3005, 0x3007), (0x3021, 0x3029), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF),
            (0x20000, 0x3FFFF)),
    "hiragana": ((0x3041, 0x309F),),
    "katakana": ((0x30A0, 0x30FF), (0x31F0, 0x31FF), (0xFF66, 0xFF9F)),
    "hangul": ((0x1100, 0x11FF), (0x3131, 0x318E), (0xAC00, 0xD7A3)),
    "thai": ((0xE01, 0xE5B),),
    "devanagari": ((0x900, 0x97F),),
}  # fmt: skip


def normalised(ranges: Iterable[tuple[int, int]]) -> CharacterSet:
    """Sort and merge ranges.

    >>> normalised([(99, 120), (97, 98), (200, 201)])
    ((97, 120), (200, 201))
    """
    merged: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return tuple(merged)


def of(characters: str) -> CharacterSet:
    """The set of the characters of a string."""
    return normalised((ord(c), ord(c)) for c in characters)


def spans(ends: str) -> CharacterSet:
    """The set spelled as first and last characters: ``spans("azAZ")`` are the ASCII letters."""
    return normalised((ord(a), ord(b)) for a, b in zip(ends[::2], ends[1::2], strict=True))


def union(*sets: CharacterSet) -> CharacterSet:
    """The characters in any of the sets."""
    return normalised(r for s in sets for r in s)


def complement(members: CharacterSet) -> CharacterSet:
    """The characters outside a set.

    >>> complement(((0, 64), (91, 0x10FFFF)))
    ((65, 90),)
    """
    result, following = [], 0
    for low, high in members:
        if low > following:
            result.append((following, low - 1))
        following = high + 1
    if following <= LAST:
        result.append((following, LAST))
    return tuple(result)


def intersection(one: CharacterSet, other: CharacterSet) -> CharacterSet:
    """The characters in both sets."""
    # By De Morgan: complement and union are linear, and there is only one walk over ranges to get right.
    return complement(union(complement(one), complement(other)))


def named(name: str, *, unicode: bool) -> CharacterSet | None:
    r"""The set behind ``\p{name}``, or None when the name is not known here.

    `unicode` decides whether the POSIX names (``Lower``, ``Punct`` …) are ASCII, as in plain Java, or Unicode.
    """
    if not unicode and name in _POSIX:
        return spans(_POSIX[name])
    plain = name.rsplit("=", maxsplit=1)[-1]
    if plain[:2] in ("Is", "In"):
        plain = plain[2:]
    # Java's names ("javaLowerCase"), ICU's and Unicode's mean the same.
    key = plain.lower().replace(" ", "_").replace("javawhitespace", "whitespace")
    key = key.removeprefix("java").removesuffix("case") if key.startswith("java") else key
    if plain in _categories() or plain in "LMNPSZC":
        return category(plain)
    if key in _BINARY:
        # Tab, line feed and their like are white space, but not separators (category Z).
        extra = spans("\t\r") if _BINARY[key] == "Z" else ()
        return union(extra, *map(category, _BINARY[key].split()))
    return normalised(_BLOCKS[key]) if key in _BLOCKS else None


@cache
def category(name: str) -> CharacterSet:
    """The characters of a Unicode general category (``Lu``) or of a family of them (``L``)."""
    return union(*(found for full, found in _categories().items() if full.startswith(name)))


@cache
def _categories() -> dict[str, CharacterSet]:
    found: dict[str, list[tuple[int, int]]] = {}
    # Run by run: a million characters, but only a few thousand runs to keep and to sort.
    for plane in _ASSIGNED:
        first, current = plane.start, unicodedata.category(chr(plane.start))
        for code in plane:
            this = unicodedata.category(chr(code))
            if this != current:
                found.setdefault(current, []).append((first, code - 1))
                first, current = code, this
        found.setdefault(current, []).append((first, plane.stop - 1))
    return {name: tuple(ranges) for name, ranges in found.items()}
