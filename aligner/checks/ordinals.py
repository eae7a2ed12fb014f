"""Ordinals of the source arrive in the target: in digits, in Roman numerals and in words.

Those in digits and Roman numerals are compared by `aligner.checks.numbers`; here come those in words, which people say
otherwise more often (*troisième âge*), so that only one that became another is a finding, and those that became a plain
number (*4e trimestre*, *4 quarter*). Start reading at `ordinals`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from aligner.checks.findings import Pair, Remark
from aligner.checks.numbers import ordinals_in_figures
from aligner.languages.figures import Figure, Writing, find_figures, values
from aligner.languages.language import Language
from aligner.languages.words import right_before

_LEAST = 4
"""The first, the second and a third are also said for other things."""
_LARGE = 20
_NAMED = re.compile(r"[A-Z]\w*[ \u00a0]\Z")
_NOUN = re.compile(r"\s([a-z]{3,})\b")


def ordinals(pair: Pair) -> Iterator[Remark]:
    """An ordinal or a century is missing from the target, was added to it, or became another or a plain number.

    Example: au XIXe siècle → in the 18th century
    """
    yield from ordinals_in_figures(pair)
    here, there = pair.languages.source, pair.languages.target
    lost = _without(pair.source, here, pair.target, there)
    added = _without(pair.target, there, pair.source, here) if lost else []
    for before, after in zip(lost, added, strict=False):
        message = f"{before.span.of(pair.source)} became {after.span.of(pair.target)}"
        yield Remark(message, source=(before.span,), target=(after.span,))
    for before in lost[len(added) :]:
        # *un centième* and small ones may be said otherwise.
        if min(before.readings) > _LARGE and min(before.readings) % 100:
            yield Remark(f"{before.span.of(pair.source)} is missing", source=(before.span,))
    # English has *Article 1* for *article 1er*.
    numbered = [each for each in find_figures(pair.source, here) if each.writing is Writing.ORDINAL]
    theirs: dict[Decimal, list[Figure]] = {}
    for other in find_figures(pair.target, there) if numbered else ():
        for reading in other.readings:
            theirs.setdefault(reading, []).append(other)
    for figure in numbered:
        same = [each for reading in figure.readings for each in theirs.get(reading, ())]
        if figure.readings != {1} and same and all(_is_plain(pair, each) for each in same):
            message = f"{figure.span.of(pair.source)} became a plain number"
            yield Remark(message, (figure.span,), tuple(each.span for each in same))


def _without(text: str, language: Language, other: str, other_language: Language) -> list[Figure]:
    """The ordinals in words of a text whose value the other text does not have."""
    found = [each for each in find_figures(text, language) if each.writing is Writing.ORDINAL_WORDS]
    present = values(other, other_language) if found else frozenset()
    return [each for each in found if min(each.readings) >= _LEAST and not each.readings & present]


def _is_plain(pair: Pair, figure: Figure) -> bool:
    """Whether a number in digits of the target counts what follows; *Council 37 officials* does not."""
    text = pair.target
    noun = _NOUN.match(text, figure.span.end) if figure.writing is Writing.DIGITS else None
    is_named = _NAMED.search(right_before(text, figure.span.start))
    return bool(noun and noun[1] not in pair.languages.target_words) and not is_named
