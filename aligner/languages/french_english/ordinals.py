"""Large ordinals in words: *soixante-dix-neuvième* is *seventy-ninth*, which a small model counts out as *sixty-ninth*.

The value is known from the French. Where it is missing in the rendering, and something there looks like such an ordinal
and is none of the French ones (*sixty-tixth*), the right one takes its place. Start reading at `with_ordinals`.
"""

from __future__ import annotations

import re

from aligner.languages.figures import Writing, find_figures, values
from aligner.languages.language import language_of
from aligner.languages.spelled import english_ordinal

_SIGN = re.compile(r"ième", re.IGNORECASE)
_LIKE_ONE = re.compile(
    r"""
    \b(?:
        (?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)
        (?: y-\w*(?:th|st|nd|rd)                            # sixty-tixth
          | (?:y-)?ieth
          | y\ and\ (?:an?\ )?\w*(?:th|first|second|third) )
      | four-?vingt\w*(?:-\w+)*                            # half in French
      | four-?\w*(?:th|st|nd|rd)
    )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What a model writes for a large ordinal, right or wrong."""


_REPEATED = re.compile(r"(?<![\w.,-])(\d{1,4}) ?(bis|ter|quater)\b")


def with_repeated_numbers(source: str, target: str) -> str:
    """Put back *bis* and *ter* behind the number of a house or an article that a French source has once.

    >>> with_repeated_numbers("au 8 bis, rue Basse", "at €8, Rue Basse"), with_repeated_numbers("le 12 ter", "the 12nd")
    ('at 8 bis, Rue Basse', 'the 12 ter')
    """
    for found in _REPEATED.finditer(source):
        number, word = found.groups()
        if len(re.findall(rf"(?<!\d){number}(?!\d)", source)) == 1 and not re.search(rf"{number} ?{word}\b", target):
            said = rf"€?(?<![\w.,]){number}(?:st|nd|rd|th|[a-d])?(?![\w€%]|[.,]\d)"
            if len(re.findall(said, target)) == 1:
                target = re.sub(said, f"{number} {word}", target)
    return target


def with_ordinals(source: str, target: str) -> str:
    """Put the large ordinals of a French source right in its English rendering.

    >>> with_ordinals("À sa soixante-dix-neuvième session", "At its sixty-ninth session")
    'At its seventy-ninth session'
    """
    if not _SIGN.search(source):
        return target
    french, english = language_of("fr"), language_of("en")
    here, there = values(source, french), values(target, english)
    ordinals = [each for each in find_figures(source, french) if each.writing is Writing.ORDINAL_WORDS]
    ordinals.sort(key=lambda figure: figure.span.start)
    large = [value for each in ordinals for value in each.readings if 20 <= value < 100]
    lost = [value for value in large if value not in there]
    wrong = [match for match in _LIKE_ONE.finditer(target) if not values(match[0], english) & here]
    # Which is which is known only where there are as many of both: they are in the same order.
    if len(lost) != len(wrong):
        return target
    for match, value in reversed(list(zip(wrong, lost, strict=True))):
        word = english_ordinal(int(value))
        word = word.capitalize() if match[0][0].isupper() else word
        target = target[: match.start()] + word + target[match.end() :]
    return target
