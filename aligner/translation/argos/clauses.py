"""Cutting a sentence that is too long for the model where it hurts least.

`clauses` halves the text until every part fits. A cut is made at the strongest boundary near the middle: after a
sentence's end, after ``;`` or ``:``, at a dash or bracket, after a comma, before a conjunction, at a space, and only
in a word without any boundary between two characters. The parts joined are the text: nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from aligner.languages.language import known_languages

_BOUNDARIES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<=[.!?…][ »\"”])|(?<=[.!?…][»\"”] )",
        r"(?<=[;:] )",
        r"(?= [–—(\[«])|(?<=[–—)\]»] )",
        r"(?<=, )",
        rf"(?= (?:{'|'.join(word for language in known_languages() for word in language.conjunctions)})\b)",
        r"(?<= )",
    )
)
_MIDDLE = 0.25, 0.75
"""A cut nearer to an end than this is only made when there is no other."""


Span = tuple[int, int]


def no_spans(text: str) -> Sequence[Span]:  # noqa: ARG001 - what stays together where nothing does
    """Nothing of the text has to stay together."""
    return ()


def clauses(text: str, fits: Callable[[str], bool], together: Callable[[str], Sequence[Span]] = no_spans) -> list[str]:
    """Cut `text` into parts that fit; joined they are the text again.

    What `together` finds in a part (terms, addresses) is not cut through, if there is any other place.

    >>> clauses("Il pleut, il vente, et nous restons ici.", lambda part: len(part) < 25)
    ['Il pleut, il vente, ', 'et nous restons ici.']
    """
    parts, open_parts = [], [text]
    while open_parts:
        part = open_parts.pop()
        # A single character cannot be cut, whatever it measures: one of another script may take many tokens.
        if len(part.strip()) < 2 or fits(part):
            parts.append(part)
        else:
            cut = _best_cut(part, together(part))
            open_parts += [part[cut:], part[:cut]]
    return parts


def _best_cut(text: str, together: Sequence[Span]) -> int:
    """Where to cut: the strongest boundary in the middle, else the one nearest to it, else the middle."""
    low, high = (share * len(text) for share in _MIDDLE)
    middle = len(text) / 2
    fallback = None
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    # Near an end even a strong boundary is a bad one: the other part is nearly as long as the whole.
    for boundary in _BOUNDARIES:
        cuts = [m.start() for m in boundary.finditer(text) if start < m.start() < end]
        cuts = [cut for cut in cuts if not any(first < cut < last for first, last in together)]
        if not cuts:
            continue
        cut = min(cuts, key=lambda c: abs(c - middle))
        if low <= cut <= high:
            return cut
        fallback = cut
    if fallback is not None:
        return fallback
    # In the middle of a word; where that would be inside an address, beside it.
    inside = next(((first, last) for first, last in together if first < middle < last), None)
    beside = [place for place in inside or () if start < place < end]
    return min(beside, key=lambda c: abs(c - middle)) if beside else len(text) // 2
