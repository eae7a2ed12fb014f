"""From units to the file of an index.

    units ──▶ entries (texts with one key) ──▶ tokens ──▶ elements ──▶ postings

An *entry* stands for all units whose source has the same key. An *element* is a token with its place among the equal
ones of its text (the first "de", the second "de"): so that two texts share as many elements as they share tokens,
repeated ones counted. Entries are numbered by their length in tokens; the *posting* of an element lists the entries
that have it, in that order, so that the entries of some lengths are one stretch of it. The postings of all elements
follow one another in one long array, with an array of where each begins; so do the elements of all entries.

Units are spooled to the disk as they come: memory holds numbers and the different tokens, no texts.
Start reading at `build`.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from aligner.files import writing
from aligner.memory.index.fold import LONGEST, key_tokens, search_key
from aligner.memory.index.sections import Array, checked, write_sections
from aligner.memory.index.units import MemoryUnit

LAYOUT = 2
"""Raised whenever the same units would give another file, or its arrays mean something else."""


def build(path: Path, units: Iterable[MemoryUnit], facts: dict[str, Any]) -> int:
    """Write the index of these units to `path`, whole or not at all; returns how many there are.

    The same units in the same order, with the same facts, give the same bytes.
    """
    with tempfile.TemporaryFile() as spool:
        collected = _Collected()
        for unit in units:
            spool.write(collected.add(unit))
        arrays = collected.arrays()
        spool.flush()
        arrays["texts"] = np.memmap(spool, np.uint8, "r") if spool.tell() else np.zeros(0, np.uint8)
        count = len(collected.entry_of_unit)
        with writing(path, private=True) as stream:
            write_sections(stream, {**facts, "layout": LAYOUT, "units": count}, arrays, without_check=["texts"])
    return count


def digest(text: str) -> int:
    """64 bits that stand for a text, the same on every machine."""
    data = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(data, "little")


def elements(words: Sequence[str]) -> list[str]:
    """The tokens of a text, the second and later equal ones told apart.

    >>> elements(["de", "la", "de"])
    ['de', 'la', 'de 2']
    """
    seen: dict[str, int] = {}
    found = []
    for word in words:
        count = seen[word] = seen.get(word, 0) + 1
        found.append(word if count == 1 else f"{word} {count}")
    return found


class _Collected:
    """What is known of the units taken so far."""

    # Arrays of machine numbers, not lists: a memory may have a million units.
    def __init__(self) -> None:
        self.entry_of_unit = array("I")
        self._ends = array("Q")
        self._checks = array("I")
        self._entries: dict[int, int] = {}
        self._lengths = array("I")
        self._elements = array("I")
        self._numbers: dict[str, int] = {}

    def add(self, unit: MemoryUnit) -> bytes:
        """Take a unit; returns what is to be kept of its texts."""
        plain = search_key(unit.source)
        mark = digest(plain)
        entry = self._entries.get(mark)
        if entry is None:
            entry = self._entries[mark] = len(self._entries)
            words = key_tokens(plain)
            # A text that is too long gets an entry without elements: it is found exactly, and by no fuzzy search.
            found = elements(words) if len(words) <= LONGEST else []
            self._elements.extend([self._numbers.setdefault(each, len(self._numbers)) for each in found])
            self._lengths.append(len(found))
        self.entry_of_unit.append(entry)
        line = json.dumps(
            [unit.source, unit.target, unit.id, unit.changed, unit.by, unit.reviewed], ensure_ascii=False
        ).encode("utf-8", "surrogatepass")
        self._ends.append((self._ends[-1] if self._ends else 0) + len(line))
        self._checks.append(checked(line))
        return line

    def arrays(self) -> dict[str, Array]:
        """The arrays of the file, but for the texts."""
        # Stable sorting throughout: the same units give the same bytes, on every machine.
        lengths = np.frombuffer(self._lengths, dtype=np.uint32) if self._lengths else np.zeros(0, np.uint32)
        order = np.argsort(lengths, kind="stable")
        place = np.empty_like(order)
        place[order] = np.arange(len(order))
        marks = np.fromiter(self._entries, dtype=np.uint64, count=len(self._entries))
        by_mark = np.argsort(marks, kind="stable")
        names = np.fromiter(map(digest, self._numbers), dtype=np.uint64, count=len(self._numbers))
        by_name = np.argsort(names, kind="stable")
        # From here on an element is its place in the order of names, which a search finds by bisecting.
        rank = np.empty(len(by_name), dtype=np.uint32)
        rank[by_name] = np.arange(len(by_name), dtype=np.uint32)
        flat = rank[np.frombuffer(self._elements, dtype=np.uint32)] if self._elements else np.zeros(0, np.uint32)
        starts = np.cumsum(lengths, dtype=np.int64) - lengths
        # For every element that of the first token equal to its own ("de" for "de 2"): comparing needs tokens.
        first = (self._numbers[name.partition(" ")[0]] for name in self._numbers)
        bases = rank[np.fromiter(first, dtype=np.uint32, count=len(by_name))]
        return {
            "key": marks[by_mark],
            "key_entry": place[by_mark].astype(np.uint32),
            **self._units(place),
            "element": names[by_name],
            **_postings(flat[stretches(starts[order], lengths[order])], lengths[order], len(names)),
            "element_base": bases[by_name],
        }

    def _units(self, place: Array) -> dict[str, Array]:
        """Which units belong to which entry, where their texts end, and the checks of these."""
        entry = place[np.frombuffer(self.entry_of_unit, dtype=np.uint32)] if self.entry_of_unit else place[:0]
        starts = np.zeros(len(place) + 1, dtype=np.uint32)
        np.cumsum(np.bincount(entry, minlength=len(place)), out=starts[1:])
        ends = np.zeros(len(self._ends) + 1, dtype=np.uint64)
        ends[1:] = self._ends
        return {
            "entry_unit": starts,
            "unit": np.argsort(entry, kind="stable").astype(np.uint32),
            "unit_text": ends,
            "unit_check": np.array(self._checks, dtype=np.uint32),
        }


def stretches(starts: Array, lengths: Array) -> Array:
    """The indices of several stretches of an array, one after the other.

    >>> stretches(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    sizes = lengths.astype(np.int64)
    offsets = np.repeat(starts.astype(np.int64) - (np.cumsum(sizes) - sizes), sizes)
    return offsets + np.arange(len(offsets))


def _postings(flat: Array, lengths: Array, names: int) -> dict[str, Array]:
    """The elements by entry, and the entries by element."""
    starts = np.zeros(len(lengths) + 1, dtype=np.uint32)
    np.cumsum(lengths, out=starts[1:])
    entries = np.repeat(np.arange(len(lengths), dtype=np.uint32), lengths)
    by_length = np.zeros(int(lengths[-1]) + 2 if len(lengths) else 1, dtype=np.uint32)
    np.cumsum(np.bincount(lengths), out=by_length[1:])
    begins = np.zeros(names + 1, dtype=np.uint32)
    np.cumsum(np.bincount(flat, minlength=names), out=begins[1:])
    return {
        "entry_length": by_length,
        "entry_element": starts,
        "entry_elements": flat,
        "element_posting": begins,
        "postings": entries[np.argsort(flat, kind="stable")],
    }
