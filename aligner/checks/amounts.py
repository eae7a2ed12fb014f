"""Percent signs and currencies of the source arrive in the target, as a sign, a code or a word.

Start reading at `amounts`.
"""

from __future__ import annotations

from collections.abc import Iterator

from aligner.checks.findings import Pair, Remark
from aligner.languages.words import Span


def amounts(pair: Pair) -> Iterator[Remark]:
    """A per cent sign or a currency of the source is not in the target.

    Example: 12 millions d'euros → 12 million dollars
    """
    for name, pattern in pair.languages.source.amounts.items():
        # One of each is enough: how often a currency is named differs from language to language.
        match = pattern.search(pair.source)
        if match and not pair.languages.target.amounts[name].search(pair.target):
            yield Remark(f"“{match.group().strip()}” is missing ({name})", source=(Span(*match.span()),))
