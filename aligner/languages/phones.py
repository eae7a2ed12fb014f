"""Numbers that are dialled or copied, not counted: telephone numbers, bank accounts, registered businesses (SIRET).

They have no value, only digits in order; another grouping is the same number. Start reading at `phones`.
"""

from __future__ import annotations

import re

from aligner.languages.words import Span

_SPACE = "[ \u00a0\u2009\u202f]"
_PHONE = rf"""(?x:
    \d{{2}}(?:{_SPACE}\d{{2}}){{4}} | \d{{2}}(?:[.-]\d{{2}}){{4}}      # 04 72 00 00 00  04.72.00.00.00
  | (?:\+|(?<!\d)00)\d{{1,3}}{_SPACE}?(?:\(0\){_SPACE}?)?           # +33 (0)4 72 …  0033 4 72 …
    \d{{1,4}}(?:[ \u00a0\u2009\u202f.-]\d{{2,4}}){{2,5}}
)"""
_ACCOUNT = rf"[A-Z]{{2}}\d{{2}}(?:{_SPACE}[A-Z0-9]{{4}}){{3,7}}(?:{_SPACE}[A-Z0-9]{{1,3}})?"
_SIRET = rf"\d{{3}}(?:{_SPACE}\d{{3}}){{2}}{_SPACE}\d{{5}}"
PHONE = rf"(?<![\w.,+])(?<!\d{_SPACE})(?:{_PHONE}|{_ACCOUNT}|{_SIRET})(?![.,]?\w|{_SPACE}\d)"
"""A French number in five groups of two, one with the code of a country, an IBAN, or a SIRET."""
_PATTERN = re.compile(PHONE)
_BETWEEN = re.compile(r"(?<=\w)(?:\(0\)|[^\w,;]){1,3}(?=\w)")
_OWN = 9
"""Digits of a French number that stay when it is dialled from abroad."""


def phones(text: str) -> list[Span]:
    """Where the telephone and account numbers of a text stand.

    >>> text = "Tél. 04 72 00 00 00, en 2020 2021."
    >>> [text[span.start : span.end] for span in phones(text)]
    ['04 72 00 00 00']
    """
    return [Span(*match.span()) for match in _PATTERN.finditer(text)] if any(map(str.isdigit, text)) else []


def lost_phones(text: str, other: str) -> list[Span]:
    """Those of the telephone and account numbers of a text that the other one lacks, or has less often.

    >>> lost_phones("04 72 00 00 00", "+33 (0)4.72.00.00.00"), lost_phones("04 72 00 00 00", "04 72 00 0,0 00")
    ([], [Span(start=0, end=14)])
    """
    found = phones(text)
    left = _joined(other) if found else ""
    lost = []
    for span in found:
        digits = _joined(text[span.start : span.end]).lstrip("+")
        # *04 72 …* is *+33 4 72 …* from abroad; an IBAN has letters and is the same everywhere.
        digits = digits[-_OWN:] if digits.isdigit() else digits
        if digits in left:
            # Once said is once found: a number that the text has twice must be there twice.
            left = left.replace(digits, " ", 1)
        else:
            lost.append(span)
    return lost


def _joined(text: str) -> str:
    """A text whose groups of digits and letters stand without anything between them.

    >>> _joined("+33 (0)4 72-00")
    '+3347200'
    """
    return _BETWEEN.sub("", re.sub(r"\(0\)", "", text))
