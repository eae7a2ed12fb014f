"""Numbers of an English rendering with English separators: ``1 234,5`` becomes ``1,234.5``.

Models write them now this way and now that, or mix both ways. What a number is, is known from the French, where its
writing leaves no doubt: a decimal comma, or thousands set off by spaces or by several full stops. Wherever the same
digits stand in the rendering, in groups or not, they get the separators of English (The Chicago Manual of Style,
17th ed., 9.54 and 9.55). Start reading at `with_english_separators`.
"""

from __future__ import annotations

import re

_SPACE = r"[ \u00a0\u2009\u202f]"
_MONEY = "euros?|dollars?|francs?|livres|roubles?|roupies?|yens?|yuans?"
_FRENCH = re.compile(
    rf"""
    (?<![\w.,/:]) (?<![A-Za-z]-) (?<!\d{_SPACE})                       # not in another number, a date, a symbol
    (?: (?P<spaced>\d{{1,3}}(?:{_SPACE}\d{{3}})+)
      | (?P<dotted>\d{{1,3}}(?:\.\d{{3}})+(?=,\d|{_SPACE}?(?:[€$£¥]|(?:{_MONEY})\b)) | \d{{1,3}}(?:\.\d{{3}}){{2}})
      | (?P<plain>\d+) )
    (?:,(?P<decimals>\d+))?
    (?![\w/] | -[A-Za-z] | [.,:]\d | {_SPACE}?\d)
    """,
    re.VERBOSE,
)
_NO_AMOUNT = re.compile(
    r"""
    (?: \b(?: num[ée]ros? | n[o°]s? | codes? | r[ée]f\.? | r[ée]f[ée]rences? | versions? | v\.
            | siren | siret | rcs | insee | matricules? | comptes? | client | factures?         # what numbers registers
            | articles? | art\. | chapitres? | versets? | pages? | p\. | r[ée]solutions?        # what numbers texts
            | brevets? | pourvois?
            | t[ée]l\.? | fax | appelez | composez | adresse )
      | n° )
    [^\d.;]{0,12}
    (?: [\d\ \u00a0\u202f-]+ (?:(?:et|ou|le|à)\ ){0,2} )?                 # the numbers before it: articles 12 et 13
    \Z
  | \bFR[\ \u00a0]\Z
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What stands before a number that is a name: an article, a page, a telephone number."""
_LOOKED_AT = 40
_LONGEST = 15
"""Digits before the decimal comma; what is longer is no amount."""
_TOGETHER = 4
"""Digits that English often leaves together."""
_ALONE = re.compile(
    rf"""
    (?P<before> (?: [–—•] {_SPACE} )? [(\[]? )
    (?P<sign> [-−–+±≈~<>≤≥]? {_SPACE}? )
    (?P<whole> \d{{1,3}}(?:{_SPACE}\d{{3}})+ | \d{{1,3}}(?:\.\d{{3}})+(?=,\d) | \d+ )
    (?:,(?P<decimals>\d+))?
    (?: {_SPACE}? (?P<unit>[€$£¥%‰°]) )?
    (?P<after> [)\]]? [*†‡.;:]? )
    """,
    re.VERBOSE,
)
_CURRENCIES = "€$£¥"
_SIGN_LAST = re.compile(
    rf"(?<![\w.,{_CURRENCIES}])(?<!\d{_SPACE})(\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?){_SPACE}?([€£¥])(?!\w)"
)
"""An amount with its sign behind it, as French has it and English has not."""


def with_english_separators(source: str, target: str) -> str:
    """Write the French numbers of the source that stand in the target in the English way.

    >>> with_english_separators("12,5 %, soit 1 234 567,80 €", "12,5%, i.e. €1 234 567.80")
    '12.5%, i.e. €1,234,567.80'
    """
    for number in _FRENCH.finditer(source):
        digits = re.sub(r"\D", "", number["spaced"] or number["dotted"] or number["plain"])
        is_amount = not _NO_AMOUNT.search(source[max(0, number.start() - _LOOKED_AT) : number.start()])
        if not is_amount and number["spaced"] and not number["decimals"]:
            # The number of a register: what is written in groups stays so.
            target = _rewritten(target, digits, None, " ")
        elif is_amount and (number["decimals"] or not number["plain"]) and len(digits) <= _LONGEST:
            target = _rewritten(target, digits, number["decimals"])
    return _SIGN_LAST.sub(r"\2\1", target)


def english_amount(text: str) -> str:
    """An amount that stands alone, as in a cell of a table, in English; anything else as it is.

    Digits in groups alone may be a postcode, a register's or a telephone number: they stay.

    >>> [english_amount(each) for each in ("1 234,5", "12,50 €", "- 3,5 %", "(1 234 $)", "75 001", "1,2,3")]
    ['1,234.5', '€12.50', '-3.5%', '($1,234)', '75 001', '1,2,3']
    """
    found = _ALONE.fullmatch(text.strip())
    if not found or not (found["decimals"] or found["unit"]):
        return text
    digits = re.sub(r"\D", "", found["whole"])
    if len(digits) > _LONGEST or (digits.startswith("0") and len(digits) > 1):
        return text
    is_grouped = len(digits) > _TOGETHER or not found["whole"].isdecimal() or bool(found["decimals"])
    number = f"{int(digits):,}" if is_grouped else digits
    number += f".{found['decimals']}" if found["decimals"] else ""
    unit = found["unit"] or ""
    number = f"{unit}{number}" if unit and unit in _CURRENCIES else f"{number}{unit}"
    return f"{found['before']}{found['sign'].strip()}{number}{found['after']}"


def _rewritten(text: str, digits: str, decimals: str | None, separator: str = ",") -> str:
    """The text with one number in groups, but for four digits that stand together: a year, a resolution."""
    # In threes from the right; four digits alone too, as in the French text that groups them.
    first = len(digits) % 3 or 3
    groups = [digits[:first], *(digits[i : i + 3] for i in range(first, len(digits), 3))]
    english = separator.join(groups) + (f".{decimals}" if decimals else "")

    def chosen(found: re.Match[str]) -> str:
        return found[0] if found[0].isdigit() and len(digits) <= _TOGETHER else english

    # The digits with any separators, and not as a part of another number.
    whole = rf"(?:{_SPACE}|[.,'’])?".join(groups)
    end = rf"[.,]{decimals}" if decimals else ""
    pattern = rf"(?<![\w.,])(?<!\d{_SPACE}){whole}{end}(?![\d/]|[.,]\d|{_SPACE}\d{{3}}(?!\d))"
    return re.sub(pattern, chosen, text)
