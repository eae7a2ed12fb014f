"""Percent signs and currencies of the source arrive in the target, as a sign, a code or a word.

Start reading at `amounts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.check.findings import Pair, Remark, Span

_PERCENT = "per cent"
_FRENCH = {
    _PERCENT: r"\d\s?%|\bpour cent\b|\bp\. ?100\b",
    "euro": r"€|\bEUR\b|(?<!zone )\beuros?\b",
    "dollar": r"\$|\bUSD\b|\bdollars?\b",
    "pound": r"£|\bGBP\b|\blivres? sterling\b",
    "yen": r"¥|\bJPY\b|\byens?\b",
    "rouble": r"\bRUB\b|\broubles?\b",
    "yuan": r"\bCNY\b|\byuans?\b",
    "franc": r"\bCHF\b|\bfrancs? suisses?\b",
}
_ENGLISH = {
    _PERCENT: r"%|\bper ?cent|\bpercentages?\b|\bpct?\b|\bpoints?\b",
    "euro": r"€|\bEUR|\beuro",
    "dollar": r"\$|\bUSD\b|\bdollars?\b|\bbucks?\b",
    "pound": r"£|\bGBP\b|\bpounds?\b|\bsterling\b|\bquid\b",
    "yen": r"¥|\bJPY\b|\byen\b",
    "rouble": r"\bRUB\b|\br(?:o?u)bles?\b",
    "yuan": r"\bCNY\b|\byuan\b|\brenminbi\b",
    "franc": r"\bCHF\b|\bfrancs?\b",
}
FRENCH = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _FRENCH.items()}
ENGLISH = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _ENGLISH.items()}


def amounts(pair: Pair) -> Iterator[Remark]:
    """A per cent sign or a currency of the source is not in the target.

    Example: 12 millions d'euros → 12 million dollars
    """
    for name, pattern in FRENCH.items():
        match = pattern.search(pair.source)
        if match and not ENGLISH[name].search(pair.target):
            yield Remark(f"“{match.group().strip()}” is missing ({name})", source=(Span(*match.span()),))
