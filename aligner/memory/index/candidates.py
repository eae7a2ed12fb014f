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

import numpy as np

from aligner.memory.index.sections import Array, Sections

_ENOUGH = 60_000
"""Postings read beyond the necessary ones, at most."""


def candidates(index: Sections, elements: Array, length: int, minimum: int) -> Array:
    """The entries that may have a score of `minimum` (1 to 99), in their order; some with a lower one are among them.

    `elements` are the numbers of those elements of a text that the index knows, `length` counts all.
    """
    needed = -(-minimum * length // 100)
    # Entries are numbered by length, so those of a possible length are one stretch: `first` to `last`.
    by_length = index["entry_length"]
    longest, top = 100 * length // minimum, len(by_length) - 1
    first, last = int(by_length[min(needed, top)]), int(by_length[min(longest + 1, top)])
    spans = _spans(index, elements, first, last)
    # Elements that no entry has cannot be shared: what is needed must be among the others.
    read, size = len(spans) - needed + 1, 0
    if read <= 0:
        return np.zeros(0, np.int64)
    while read < len(spans) and (size := size + spans[read][1] - spans[read][0]) <= _ENOUGH:
        read += 1
    postings = index["postings"]
    hits = np.concatenate([postings[begin:end] for begin, end in spans[:read]])
    counts = np.bincount(hits - np.uint32(first), minlength=last - first)
    # An entry may have all the elements that were not read; what it lacks of the others it lacks.
    unread = len(spans) - read
    found = np.flatnonzero(counts >= max(1, needed - unread))
    entries, most = found + first, counts[found] + unread
    # Once more with the entry's own length, which may be the longer one.
    starts = index["entry_element"]
    lengths = (starts[entries + 1] - starts[entries]).astype(np.int64)
    possible: Array = entries[100 * most >= minimum * np.maximum(lengths, length)]
    return possible


def _spans(index: Sections, elements: Array, first: int, last: int) -> list[tuple[int, int]]:
    """For every element the stretch of its posting between two entries, the shortest first."""
    begins, postings = index["element_posting"], index["postings"]
    spans = []
    for element in elements.tolist():
        begin, end = int(begins[element]), int(begins[element + 1])
        low, high = np.searchsorted(postings[begin:end], np.array([first, last], dtype=np.uint32))
        spans.append((begin + int(low), begin + int(high)))
    return sorted(spans, key=lambda span: (span[1] - span[0], span))
