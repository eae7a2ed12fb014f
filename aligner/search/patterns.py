"""Regular expressions over texts in which accents do not count, in bounded time.

Not the text is folded but the pattern: *e* becomes *[eéèêë]*, so that what is found has its place in the text as it
is, and a million texts need not be folded. The library ``regex`` does the matching because it can be told when to
stop: a pattern such as ``(a+)+$`` would keep Python's own busy for ever. Start reading at `compiled`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import cache

import regex

from aligner.errors import InputError

_ESCAPES = frozenset("xuUNpPLkg")
"""Escapes that go on after their letter; what follows is copied to the end of the braces or digits."""


_GROUP = re.compile(r"\(\?(?:P=\w+\)|P?<\w+>|<?[=!]|[#>|&]|P>|[a-zA-Z0-9-]*[:)])")
"""The head of a group that is not a plain one."""


@cache
def _variants() -> dict[str, str]:
    """The letters that only accents tell from a letter: of *e*, *éèêë…*."""
    found = defaultdict(list)
    for code in range(0xC0, 0x180):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii() and base.isalpha():
            found[base].append(chr(code))
    return {base: "".join(letters) for base, letters in found.items()}


def compiled(pattern: str) -> regex.Pattern[str]:
    """A pattern for which case and accents do not count; InputError when it is not a regular expression.

    >>> compiled("secur[ie]te").search("La SÉCURITÉ").span()
    (3, 11)
    """
    try:
        # First as it is: the message then counts in what the user wrote.
        regex.compile(pattern)
        return regex.compile(without_accents(pattern), regex.IGNORECASE)
    except (regex.error, OverflowError, RecursionError, ValueError) as error:
        reason, position = getattr(error, "msg", None) or str(error), getattr(error, "pos", None)
        place = "" if position is None else f" at character {position + 1}"
        raise InputError(
            f"this is not a regular expression: {reason}{place}", hint="write \\ before a sign that is meant itself"
        ) from error


def without_accents(pattern: str) -> str:
    r"""The same pattern with each letter standing for all its accented forms, too.

    >>> without_accents(r"\bk[lw-z]{2}")
    '\\b[kķ][lĺļľw-z]{2}'
    """
    variants, parts, inside, position = _variants(), list[str](), False, 0
    while position < len(pattern):
        end = _copied_to(pattern, position)
        if end > position:
            parts.append(pattern[position:end])
            position = end
            continue
        letter = pattern[position]
        # Two letters that may be written as one: coeur, cœur.
        if not inside and (pair := _pair(pattern, position)):
            parts.append(pair)
            position += 1 if letter in "œæŒÆ" else 2
            continue
        # A bracket that comes first in a set is meant itself.
        opened = pattern[:position].rstrip("^").endswith("[") and inside
        inside = letter == "[" or (inside and (letter != "]" or opened))
        base = unicodedata.normalize("NFD", letter)[0]
        # A range such as a-z keeps its ends: é is not in it, as its author will have meant.
        in_range = inside and "-" in (pattern[position - 1 : position], pattern[position + 1 : position + 2])
        if base in variants and not in_range:
            parts.append(base + variants[base] if inside else f"[{base}{variants[base]}]")
        else:
            parts.append(letter)
        position += 1
    return "".join(parts)


def _pair(pattern: str, position: int) -> str:
    """The pattern for *oe* and *ae*, in one sign or in two; empty where there is neither."""
    letter = pattern[position].lower()
    first = {"œ": "o", "æ": "a"}.get(letter, letter)
    both = letter in "œæ" or (letter in "oa" and pattern[position + 1 : position + 2].lower() == "e")
    counted = pattern[position + 2 : position + 3] in ("?", "*", "+", "{") and letter in "oa"
    if not both or counted:
        return ""
    variants = _variants()
    return f"(?:[{first}{variants[first]}][e{variants['e']}]|{'œ' if first == 'o' else 'æ'})"


def _copied_to(pattern: str, start: int) -> int:
    """Where that ends which begins at `start` and is no letter to be found: an escape, the head of a group, a count."""
    if pattern[start] == "\\":
        end = min(start + 2, len(pattern))
        if pattern[start + 1 : end] in _ESCAPES:
            if pattern[end : end + 1] in ("{", "<"):
                closing = pattern.find("}" if pattern[end] == "{" else ">", end)
                return closing + 1 if closing >= 0 else len(pattern)
            while end < len(pattern) and pattern[end] in "0123456789abcdefABCDEF" and end - start < 10:
                end += 1
        return end
    if pattern.startswith("(?", start):
        # Names and flags: (?P<name>, (?i), (?i:, (?P=name), (?:, (?=, (?<!
        head = _GROUP.match(pattern, start)
        return head.end() if head else start + 2
    if pattern[start] == "{":
        closing = pattern.find("}", start)
        return closing + 1 if closing >= 0 else start
    return start
