"""Which entries can be like a text at all: found from its rarest elements, none missed.

Two texts with a score of `minimum` or more share at least ``minimum %`` of the elements of the longer one, since every
step of the Levenshtein distance can undo one shared element only. So a text of n elements need not be looked up by all
of them: an entry that is like it has at least one of any ``n − needed + 1``, and the rarest ones are looked up
(the prefix filter: Chaudhuri, Ganti and Kaushik 2006, "A primitive operator for similarity joins"; Bayardo, Ma and
Srikant 2007, "Scaling up all pairs similarity search"). Looking up a few more raises how many an entry must have
(Wang, Li and Feng 2012, "Can we beat the prefix filtering?"), which spares most of the comparing.

Start reading at `candidates`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aligner.memory.index.sections import Array, Sections

_ENOUGH = 60_000
"""Postings read beyond the necessary ones, at most."""


@dataclass(frozen=True, slots=True)
class Query:
    """A text that is looked for."""

    elements: Array
    """The numbers of its elements that the index knows."""
    length: int
    """Of all its elements, known or not."""
    minimum: int
    """The least score wanted, 1 to 99."""

    @property
    def needed(self) -> int:
        """Elements that an entry must share, at least."""
        return -(-self.minimum * self.length // 100)


def candidates(index: Sections, query: Query) -> tuple[Array, Array]:
    """The entries that may have the score wanted, in their order, and how many elements each can share at most.

    Entries with a score below the one wanted may be among them.
    """
    first, last = _range(index, query)
    spans = _spans(index, query.elements, first, last)
    read = _how_many(spans, query)
    if not read:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    postings = index["postings"]
    hits = np.concatenate([postings[begin:end] for begin, end in spans[:read]])
    counts = np.bincount(hits - np.uint32(first), minlength=last - first)
    unread = len(spans) - read
    found = np.flatnonzero(counts >= max(1, query.needed - unread))
    return _possible(index, query, found + first, counts[found] + unread)


def _range(index: Sections, query: Query) -> tuple[int, int]:
    """The entries of the lengths that are possible: a stretch, because entries are numbered by length."""
    starts = index["entry_length"]
    shortest, longest = query.needed, 100 * query.length // query.minimum
    top = len(starts) - 1
    return int(starts[min(shortest, top)]), int(starts[min(longest + 1, top)])


def _spans(index: Sections, elements: Array, first: int, last: int) -> list[tuple[int, int]]:
    """For every element the stretch of its posting between two entries, the shortest first."""
    begins, postings = index["element_posting"], index["postings"]
    spans = []
    for element in elements.tolist():
        begin, end = int(begins[element]), int(begins[element + 1])
        low, high = np.searchsorted(postings[begin:end], np.array([first, last], dtype=np.uint32))
        spans.append((begin + int(low), begin + int(high)))
    return sorted(spans, key=lambda span: (span[1] - span[0], span))


def _how_many(spans: list[tuple[int, int]], query: Query) -> int:
    """How many of the spans to read: the necessary ones, and more while they are short."""
    unknown = query.length - len(spans)
    necessary = query.length - query.needed + 1 - unknown
    if necessary <= 0 or necessary > len(spans):
        return 0
    read, size = necessary, 0
    while read < len(spans) and (size := size + spans[read][1] - spans[read][0]) <= _ENOUGH:
        read += 1
    return read


def _possible(index: Sections, query: Query, entries: Array, most: Array) -> tuple[Array, Array]:
    """Those of the entries that can share enough elements for their own length too."""
    starts = index["entry_element"]
    lengths = (starts[entries + 1] - starts[entries]).astype(np.int64)
    kept = np.flatnonzero(100 * most >= query.minimum * np.maximum(lengths, query.length))
    return entries[kept], most[kept]
