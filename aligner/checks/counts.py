"""A number that stands twice in the source stands twice in the target.

The same numbers may be there and yet one of them be lost (*3 hommes et 3 femmes* → *3 men and women*), or said again
and again by a model that lost its way. People repeat a number for clearness, seldom more than once; so the target may
have one more than the source, not two, and none less. Start reading at `often`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from aligner.checks.findings import Pair, Remark
from aligner.errors import counted
from aligner.languages.dates import dates_and_times
from aligner.languages.figures import Figure, Writing, find_figures
from aligner.languages.language import Language
from aligner.languages.phones import phones
from aligner.languages.words import Spans

LABEL = re.compile(r"\W{0,2}(?:\d{1,3}|[IVXL]{1,5})\s?[.)]\s")
"""What numbers a paragraph."""
_MORE = 2
"""So many more in the target are too many."""
_AROUND_THE_CLOCK = re.compile(r"\b(\d+) \w+ sur \1\b")
"""*24 heures sur 24, 7 jours sur 7*: English says it once."""

_Counted = dict[frozenset[Decimal], list[Figure]]


def often(pair: Pair) -> Iterator[Remark]:
    """A number in digits that both texts have stands in the target less often, or much more often.

    >>> [remark.message for remark in often(Pair("3 hommes et 3 femmes", "3 men and women"))]
    ['3 stands 2 times in the source, 1 time in the target']
    """
    here, there = pair.languages.source, pair.languages.target
    source, target = _repeated(pair.source, here), _repeated(pair.target, there)
    for readings in [*source, *(readings for readings in target if readings not in source)]:
        ours, theirs = _those(pair.source, here, readings), _those(pair.target, there, readings)
        is_less = len(theirs) < len(source.get(readings, ()))
        if ours and theirs and (is_less or len(target.get(readings, ())) >= len(ours) + _MORE):
            times = [counted(len(spans), "time") for spans in (ours, theirs)]
            message = f"{ours[0].of(pair.source)} stands {times[0]} in the source, {times[1]} in the target"
            yield Remark(message, ours, theirs)


def _repeated(text: str, language: Language) -> _Counted:
    """The numbers that stand in a text twice or more, as words of their own."""
    own = [each for each in find_figures(text, language) if each.writing is Writing.DIGITS]
    if len(own) < 2:
        return {}
    covered = [*phones(text), *(each.span for each in dates_and_times(text, language))]
    covered_places = {place for span in covered for place in range(span.start, span.end)}
    # A paragraph's own number may stand in its text by chance.
    label = LABEL.match(text)
    idioms = {match[1] for match in _AROUND_THE_CLOCK.finditer(text)}
    found: _Counted = {}
    for figure in own:
        start, end = figure.span.start, figure.span.end
        # A part of a word or a fraction (*B-3*, *1/3*) is not said again as a number.
        around = text[max(0, start - 1) : start] + text[end : end + 1]
        is_counted = start >= (label.end() if label else 0) and start not in covered_places
        if is_counted and "/" not in around and not any(map(str.isalnum, around)) and text[start:end] not in idioms:
            found.setdefault(figure.readings, []).append(figure)
    return {readings: those for readings, those in found.items() if len(those) > 1}


def _those(text: str, language: Language, readings: frozenset[Decimal]) -> Spans:
    """Where a number stands in a text, however it is written."""
    return tuple(each.span for each in find_figures(text, language) if each.readings & readings)
