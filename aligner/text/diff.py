"""What changed between two versions of a sentence, word by word.

    old  The pays must defend a vision.        new  Countries must defend one vision.

    -The pays-  +Countries+  must defend  -a-  +one+  vision.

The idea in four steps:

1. Cut both texts into tokens: words, numbers, single other characters (`tokens`). White space is never matched by
   itself, so two unrelated words do not "agree" on the space between them.
2. Match a longest common subsequence of the tokens (`aligner.text.subsequence`).
3. Everything between two matches is a *hunk*: a stretch of the old text replaced by a stretch of the new one.
4. Join hunks that only a short agreement separates: five changes around four little words are harder to read than one
   (the semantic clean-up of Fraser, "Diff Strategies", 2006).

The law: the equal and deleted parts joined are the old text, the equal and inserted parts the new one, to the
character. Start reading at `diff`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from aligner.text.subsequence import matches

_WORD = r"(?:[^\W_][\u0300-\u036f]*)+"
_TOKEN = re.compile(rf"\d+(?:[.,:]\d+)+(?!\w)|{_WORD}(?:['’]{_WORD})*|\S")


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
    pairs = matches([old[a:b] for a, b in old_spans], [new[a:b] for a, b in new_spans])
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
