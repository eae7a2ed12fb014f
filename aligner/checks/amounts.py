"""Percent signs and currencies of the source arrive in the target, as a sign, a code or a word.

Start reading at `amounts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.checks.findings import Pair, Remark
from aligner.languages.figures import Writing, find_figures
from aligner.languages.words import Span

_PER_CENT = re.compile(r"[ \u00a0\u202f]?(?:%|pour[ -]?cent\b)", re.IGNORECASE)
_SAID = re.compile(
    r"""
    (?: ,?\s?(?:to|and|or|-|–|,|/)\s? (?:\d[\d.,]*|[a-z]+) ){0,4}        # 36, 20 and 15 %
    [\s-]? (?: % | per\s?cent | pct?\b | percentage | points? | p\.c\. )
    """,
    re.IGNORECASE | re.VERBOSE,
)


def amounts(pair: Pair) -> Iterator[Remark]:
    """A per cent sign or a currency of the source is not in the target, or a percentage is a plain number there.

    Example: 12 millions d'euros → 12 million dollars
    """
    yield from _plain_percentages(pair)
    for name, pattern in pair.languages.source.amounts.items():
        # One of each is enough: how often a currency is named differs from language to language.
        match = pattern.search(pair.source)
        if match and not pair.languages.target.amounts[name].search(pair.target):
            yield Remark(f"“{match.group().strip()}” is missing ({name})", source=(Span(*match.span()),))


def _plain_percentages(pair: Pair) -> Iterator[Remark]:
    """The percentages whose number the target has, but not as one, although it has others."""
    if len(_PER_CENT.findall(pair.source)) < 2:
        return
    here, there = pair.languages.source, pair.languages.target
    target = [each for each in find_figures(pair.target, there) if each.writing is Writing.DIGITS]
    for figure in find_figures(pair.source, here):
        match = _PER_CENT.match(pair.source, figure.span.end) if figure.writing is Writing.DIGITS else None
        same = [each for each in target if each.readings & figure.readings] if match else []
        if match and same and not any(_SAID.match(pair.target, each.span.end) for each in same):
            text = f"{figure.span.of(pair.source)}{match[0]}"
            yield Remark(f"{text} became a plain number", (Span(*match.span()),), (same[0].span,))
