"""What changed between two versions of a sentence, word by word.

    old  The pays must defend a vision.        new  Countries must defend one vision.

    -The pays-  +Countries+  must defend  -a-  +one+  vision.

The idea in four steps:

1. Cut both texts into tokens: words, numbers, single other characters (`tokens`). White space is never matched by
   itself, so two unrelated words do not "agree" on the space between them.
2. Find a longest common subsequence of the tokens (bit-parallel, Hyyrö 2004, as in rapidfuzz) after trimming what both
   texts begin and end with. Texts too long for one table are first cut at words that occur once in each (Cohen's
   patience diff), so time stays close to linear and memory bounded.
3. Everything between two matches is a *hunk*: a stretch of the old text replaced by a stretch of the new one.
4. Join hunks that only a short agreement separates: five changes around four little words are harder to read than one
   (the semantic clean-up of Fraser, "Diff Strategies", 2006).

The law: the equal and deleted parts joined are the old text, the equal and inserted parts the new one, to the
character. Start reading at `diff`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from rapidfuzz.distance import LCSseq

_WORD = r"(?:[^\W_][\u0300-\u036f]*)+"
_TOKEN = re.compile(rf"\d+(?:[.,:]\d+)+(?!\w)|{_WORD}(?:['’]{_WORD})*|\S")
_TABLE_LIMIT = 100_000_000
"""Cells of one subsequence table: 10,000 words against 10,000, 12 MB of bits."""
_DEPTH_LIMIT = 16
"""How often a text is cut again at words that occur once; beyond that the stretch counts as rewritten."""


class ChangeKind(StrEnum):
    """What happened to a stretch of text."""

    EQUAL = "equal"
    DELETE = "delete"
    INSERT = "insert"


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of text that both versions share, or that only one of them has. Never empty."""

    kind: ChangeKind
    text: str


@dataclass(frozen=True, slots=True)
class _Hunk:
    """``old[old_start:old_end]`` became ``new[new_start:new_end]``."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int

    @property
    def size(self) -> int:
        return max(self.old_end - self.old_start, self.new_end - self.new_start)


def diff(old: str, new: str) -> tuple[Change, ...]:
    """Return the changes that turn `old` into `new`, in reading order, a deletion before what replaces it.

    >>> [f"{change.kind} {change.text!r}" for change in diff("the big striped cat", "the striped dog")]
    ["equal 'the '", "delete 'big '", "equal 'striped '", "delete 'cat'", "insert 'dog'"]
    """
    hunks = _joined(_hunks(old, new), old)
    changes: list[Change] = []
    position = 0
    for hunk in hunks:
        changes += [
            Change(ChangeKind.EQUAL, old[position : hunk.old_start]),
            Change(ChangeKind.DELETE, old[hunk.old_start : hunk.old_end]),
            Change(ChangeKind.INSERT, new[hunk.new_start : hunk.new_end]),
        ]
        position = hunk.old_end
    changes.append(Change(ChangeKind.EQUAL, old[position:]))
    return tuple(change for change in changes if change.text)


def similarity(changes: Iterable[Change]) -> float:
    """Return the share of both texts' characters that stayed, 0 to 1 (two empty texts: 1).

    >>> similarity(diff("a b c d", "a b c e"))
    0.8571428571428571
    """
    lengths: Counter[ChangeKind] = Counter()
    for change in changes:
        lengths[change.kind] += len(change.text)
    kept = 2 * lengths[ChangeKind.EQUAL]
    total = kept + lengths[ChangeKind.DELETE] + lengths[ChangeKind.INSERT]
    return kept / total if total else 1.0


def tokens(text: str) -> list[str]:
    """List the words, numbers and other visible characters of a text, without the white space between them.

    >>> tokens("Don't pay 1,234.50 € (now)!")
    ["Don't", 'pay', '1,234.50', '€', '(', 'now', ')', '!']
    """
    return _TOKEN.findall(text)


def _hunks(old: str, new: str) -> Iterator[_Hunk]:
    """Yield the stretches between matched tokens where the two texts are not the same."""
    old_spans, new_spans = ([match.span() for match in _TOKEN.finditer(text)] for text in (old, new))
    pairs = _matches([old[a:b] for a, b in old_spans], [new[a:b] for a, b in new_spans])
    ends = [(*old_spans[i], *new_spans[j]) for i, j in pairs]
    ends.append((len(old), len(old), len(new), len(new)))
    old_at = new_at = 0
    for old_start, old_end, new_start, new_end in ends:
        if old[old_at:old_start] != new[new_at:new_start]:
            yield _trimmed(_Hunk(old_at, old_start, new_at, new_start), old, new)
        old_at, new_at = old_end, new_end


def _trimmed(hunk: _Hunk, old: str, new: str) -> _Hunk:
    """Leave the white space that both sides begin or end with out of the hunk."""
    a, b, c, d = hunk.old_start, hunk.old_end, hunk.new_start, hunk.new_end
    while a < b and c < d and old[a] == new[c] and old[a].isspace():
        a, c = a + 1, c + 1
    while a < b and c < d and old[b - 1] == new[d - 1] and old[b - 1].isspace():
        b, d = b - 1, d - 1
    return _Hunk(a, b, c, d)


def _joined(hunks: Iterable[_Hunk], old: str) -> list[_Hunk]:
    """Join neighbours when the agreement between them is no longer than either."""
    stack: list[_Hunk] = []
    for hunk in hunks:
        last = hunk
        while stack and len(old[stack[-1].old_end : last.old_start].strip()) <= min(stack[-1].size, last.size):
            first = stack.pop()
            last = _Hunk(first.old_start, last.old_end, first.new_start, last.new_end)
        stack.append(last)
    return stack


def _matches(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Index pairs of equal tokens, increasing on both sides: a longest common subsequence, or nearly in long texts."""
    numbers: dict[str, int] = {}
    a, b = ([numbers.setdefault(token, len(numbers)) for token in text] for text in (old, new))
    found: list[tuple[int, int]] = []
    stretches = [(0, len(a), 0, len(b), 0)]
    while stretches:
        a0, a1, b0, b1, depth = stretches.pop()
        while a0 < a1 and b0 < b1 and a[a0] == b[b0]:
            found.append((a0, b0))
            a0, b0 = a0 + 1, b0 + 1
        while a0 < a1 and b0 < b1 and a[a1 - 1] == b[b1 - 1]:
            a1, b1 = a1 - 1, b1 - 1
            found.append((a1, b1))
        if (a1 - a0) * (b1 - b0) <= _TABLE_LIMIT:
            found += [(a0 + i, b0 + j) for i, j in _common_subsequence(a[a0:a1], b[b0:b1])]
        elif depth < _DEPTH_LIMIT and (anchors := _anchors(a[a0:a1], b[b0:b1])):
            corners = [(-1, -1), *anchors, (a1 - a0, b1 - b0)]
            found += [(a0 + i, b0 + j) for i, j in anchors]
            stretches += [(a0 + i + 1, a0 + k, b0 + j + 1, b0 + m, depth + 1) for (i, j), (k, m) in pairwise(corners)]
    return sorted(found)


def _common_subsequence(a: Sequence[int], b: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Index pairs of a longest common subsequence."""
    for step in LCSseq.opcodes(a, b):
        if step.tag == "equal":
            yield from zip(range(step.src_start, step.src_end), range(step.dest_start, step.dest_end), strict=True)


def _anchors(a: Sequence[int], b: Sequence[int]) -> list[tuple[int, int]]:
    """Tokens that occur exactly once in each text, as many as stand in the same order in both."""
    once_a, once_b = ({token for token, count in Counter(text).items() if count == 1} for text in (a, b))
    where = {token: j for j, token in enumerate(b) if token in once_b}
    return _longest_increasing([(i, where[token]) for i, token in enumerate(a) if token in once_a and token in where])


def _longest_increasing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a longest run of pairs whose second numbers rise (patience sorting)."""
    tops: list[int] = []
    top_indices: list[int] = []
    previous: list[int] = []
    for index, (_, second) in enumerate(pairs):
        pile = bisect_left(tops, second)
        previous.append(top_indices[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [second]
        top_indices[pile : pile + 1] = [index]
    chain: list[tuple[int, int]] = []
    index = top_indices[-1] if top_indices else -1
    while index >= 0:
        chain.append(pairs[index])
        index = previous[index]
    return chain[::-1]
