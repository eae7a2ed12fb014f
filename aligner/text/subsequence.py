"""Which tokens of two texts are the same ones: a longest common subsequence, nearly linear for long texts.

What both texts begin and end with matches at once. The middle goes through a table of bits (Hyyrö 2004, as in
rapidfuzz): exact, and quick up to some ten thousand words a side. A longer middle is first cut at tokens that occur
exactly once in each text and stand in the same order (Cohen's patience diff), and each stretch is treated in the same
way; where there is no such token the stretch counts as rewritten. So time stays close to linear and memory bounded
whatever a document contains. Start reading at `matches`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import LCSseq

Pairs = list[tuple[int, int]]
"""Indices of matching tokens, rising on both sides."""

TABLE_LIMIT = 100_000_000
"""Cells of one table: 10,000 words against 10,000, 12 MB of bits."""
DEPTH_LIMIT = 16
"""How often a stretch is cut again."""


_WORD = r"(?:[^\W_][\u0300-\u036f]*)+"
_TOKEN = re.compile(rf"\d+(?:[.,:]\d+)+(?!\w)|{_WORD}(?:['’]{_WORD})*|\S")


def tokens(text: str) -> list[str]:
    """List the words, numbers and other visible characters of a text, without the white space between them.

    The pages cut texts in the same way to mark changes (``pages/scripts/diff.js``).

    >>> tokens("Don't pay 1,234.50 € (now)!")
    ["Don't", 'pay', '1,234.50', '€', '(', 'now', ')', '!']
    """
    return _TOKEN.findall(text)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """``old[a0:a1]`` against ``new[b0:b1]``, after `depth` cuts."""

    a0: int
    a1: int
    b0: int
    b1: int
    depth: int = 0


def matches(old: Sequence[str], new: Sequence[str]) -> Pairs:
    """Pair the tokens that both texts share, in order.

    >>> matches("a b c d".split(), "b x d".split())
    [(1, 0), (3, 2)]
    """
    numbers: dict[str, int] = {}
    a, b = ([numbers.setdefault(token, len(numbers)) for token in text] for text in (old, new))
    found: Pairs = []
    stretches = [_Stretch(0, len(a), 0, len(b))]
    while stretches:
        middle = _trim(a, b, stretches.pop(), found)
        left, right = a[middle.a0 : middle.a1], b[middle.b0 : middle.b1]
        shared: Pairs = []
        if len(left) * len(right) <= TABLE_LIMIT:
            for step in LCSseq.opcodes(left, right):
                if step.tag == "equal":
                    there = range(step.dest_start, step.dest_end)
                    shared += zip(range(step.src_start, step.src_end), there, strict=True)
        # a text made to be hostile could be cut without end
        elif middle.depth < DEPTH_LIMIT:
            shared = _anchors(left, right)
            # without an anchor nothing is between them: the stretch counts as rewritten
            corners = [(-1, -1), *shared, (len(left), len(right))] if shared else []
            for (i, j), (k, m) in pairwise(corners):
                a0, b0, depth = middle.a0, middle.b0, middle.depth + 1
                stretches.append(_Stretch(a0 + i + 1, a0 + k, b0 + j + 1, b0 + m, depth))
        found += [(middle.a0 + i, middle.b0 + j) for i, j in shared]
    return sorted(found)


def _trim(a: Sequence[int], b: Sequence[int], stretch: _Stretch, found: Pairs) -> _Stretch:
    """Match what a stretch begins and ends with; the rest is left."""
    a0, a1, b0, b1 = stretch.a0, stretch.a1, stretch.b0, stretch.b1
    while a0 < a1 and b0 < b1 and a[a0] == b[b0]:
        found.append((a0, b0))
        a0, b0 = a0 + 1, b0 + 1
    while a0 < a1 and b0 < b1 and a[a1 - 1] == b[b1 - 1]:
        a1, b1 = a1 - 1, b1 - 1
        found.append((a1, b1))
    return _Stretch(a0, a1, b0, b1, stretch.depth)


def _anchors(a: Sequence[int], b: Sequence[int]) -> Pairs:
    """Match tokens that occur exactly once in each text, as many as stand in the same order in both."""
    once_a, once_b = ({token for token, count in Counter(text).items() if count == 1} for text in (a, b))
    where = {token: j for j, token in enumerate(b) if token in once_b}
    return longest_rising([(i, where[token]) for i, token in enumerate(a) if token in once_a and token in where])


def longest_rising(pairs: Pairs) -> Pairs:
    """Return a longest run of pairs whose second numbers rise (patience sorting)."""
    tops: list[int] = []
    top_indices: list[int] = []
    previous: list[int] = []
    for index, (_, second) in enumerate(pairs):
        pile = bisect_left(tops, second)
        previous.append(top_indices[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [second]
        top_indices[pile : pile + 1] = [index]
    chain: Pairs = []
    index = top_indices[-1] if top_indices else -1
    while index >= 0:
        chain.append(pairs[index])
        index = previous[index]
    return chain[::-1]
