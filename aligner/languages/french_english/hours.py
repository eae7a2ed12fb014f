"""Hours the way models read them: *9 h 30* becomes *9:30*, *à 9 h* becomes *à 9:00*, *35 h par semaine* has *heures*.

The sign *h* is rare in what a model has read, and it writes anything for it. A duration (*2 h 09 min*, *une durée de
12 h*) is no time of the day: hours without minutes are one only after a word that times have before them, and nothing
is beside a word of measure.
"""

from __future__ import annotations

import re

_HOUR = r"(?<![\d.,:/])([01]?\d|2[0-3])\ ?h"
_OF = r"(?:min|mn|par|en|de(?!\ l'après-midi|\ la\ nuit))\b|d'"
_TIME = re.compile(
    rf"""
    {_HOUR}\ ?([0-5]\d) (?![\d,.]\d|\w|/|\ ?%) (?!\ ?(?:{_OF}|sec|s\b))   # 9 h 30, but not 2 h 09 min
  | {_HOUR} (?![\w/²]|\ ?\d|\ (?:{_OF}))                                  # 9 h, but not 35 h par semaine
    """,
    re.IGNORECASE | re.VERBOSE,
)
_DURATION = re.compile(
    r"""
    \b(?:
        dur[ée]\w* | pendant | durant | total | moyenne | m(?:ax|in)imum | temps | trajet | volume     # measures
      | moins | plus | environ | quelque | tou(?:te)?s\ les
      | port[ée]\w* | limit\w* | r[ée]dui\w* | [ée]ga\w* | (?:sup|inf)[ée]rieur\w*                     # changes of one
      | heures? | pr[ée]avis | d[ée]lai\w* | p[ée]riode
      | en | sur | sous | ces | les | des                                                            # en 24 h, les 35 h
    )
    (?:\ (?:de|d'|à|entre))?
    (?:\ \d[\d\ h:]*(?:à|et|ou))?        # the first hour of two: entre 12 h et 24 h
    \ ?\Z
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What stands before a duration."""
_CUE = re.compile(r"\b(?:à|dès|vers|avant|après|depuis|jusqu'à) ?\Z", re.IGNORECASE)
_FROM = re.compile(r"\b(?:de|entre) ?\Z", re.IGNORECASE)
_RANGE = re.compile(r"(?:de|entre) \d\d?(?: ?h ?|:)(?:\d\d)? (?:à|et) ?\Z|\d:\d\d ?[-–—à] ?\Z", re.IGNORECASE)
_TO = re.compile(r" (?:à|et) \d\d? ?h(?! (?:par|de|d')\b)", re.IGNORECASE)
_TO_MINUTES = re.compile(r" ?[-–—] ?\d\d? ?h ?[0-5]\d(?!\w| min)", re.IGNORECASE)
_HOURS = re.compile(
    r"""
    (?<![\w.,:/-]) (\d+(?:,\d+)?)\ ?h
    (?:\ ?([0-5]\d) (?:\ ?(?:min|mn)\b)? (?!\d|[.,]\d|\ ?%) )?     # 2 h 09 min; in 3 h 20 % the 20 are no minutes
    (?=[ .,;:!?)]|$)
    """,
    re.VERBOSE,
)
_PART_OF_DAY = re.compile(r" (?:du (?:matin|soir)|de l'après-midi|de la nuit)\b", re.IGNORECASE)
_OVERLONG = re.compile(r"\b(\d\d?:\d\d)0+\b")
_LOOKED_AT = 40


def with_times(text: str) -> str:
    """A folded French text whose times of the day have a colon, and whose other hours are spelled out.

    >>> with_times("Ouvert de 9 h à 12 h 30 et dès 14h.")
    'Ouvert de 9:00 à 12:30 et dès 14:00.'
    >>> with_times("Il court 2 h 09 min, travaille 35 h par semaine et attend une durée de 12 h.")
    'Il court 2 heures 09 minutes, travaille 35 heures par semaine et attend une durée de 12 heures.'
    """
    if "h" not in text and "H" not in text:
        return text
    timed = _TIME.sub(lambda match: _colon(match, text), text)

    def spelled_out(match: re.Match[str]) -> str:
        hours = f"{match[1]} heure{'' if match[1] in ('0', '1') else 's'}"
        return f"{hours} {match[2]} minutes" if match[2] else hours

    return _HOURS.sub(spelled_out, timed)


def with_exact_times(source: str, output: str) -> str:
    """An output without the zeros that a model adds to the times of its source.

    >>> with_exact_times("de 9:00 à 17:00", "from 9:000 to 17:00")
    'from 9:00 to 17:00'
    """
    return _OVERLONG.sub(lambda match: match[1] if match[1] in source else match[0], output)


def _colon(match: re.Match[str], text: str) -> str:
    """A time of the day with a colon; hours that are a duration, or may be one, as they are."""
    before = text[max(0, match.start() - _LOOKED_AT) : match.start()]
    if _DURATION.search(before):
        return match[0]
    if match[2]:
        return f"{match[1]}:{match[2]}"
    # Hours without minutes are a time only where something says so; *9 h* alone may be a duration.
    begins = (_FROM.search(before) and _TO.match(text, match.end())) or _TO_MINUTES.match(text, match.end())
    begins = begins or _PART_OF_DAY.match(text, match.end())
    return f"{match[3]}:00" if begins or _CUE.search(before) or _RANGE.search(before) else match[0]
