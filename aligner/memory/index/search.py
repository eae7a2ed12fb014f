"""A memory that is looked up: the same text, or the texts most like it, among a million units in milliseconds.

    text ──key──▶ entry ──▶ units                                              exact
    text ──tokens──▶ elements ──candidates──▶ entries ──Levenshtein──▶ best    fuzzy

The file is read where it lies (`aligner.memory.index.sections`); `aligner.memory.index.build` tells what its arrays
hold. Start reading at `MemoryIndex`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Indel, Levenshtein
from rapidfuzz.process import cdist

from aligner.errors import InputError
from aligner.memory.index.build import (
    LAYOUT,
    digest,
    elements,
    stretches,
)
from aligner.memory.index.candidates import candidates
from aligner.memory.index.fold import (
    EXACT,
    LONGEST,
    key_tokens,
    search_key,
)
from aligner.memory.index.sections import (
    Array,
    checked,
    damaged,
    open_sections,
)
from aligner.memory.index.units import MemoryUnit

_AT_ONCE = 4096
"""Entries compared in one go."""
_TIES = 200
"""Entries of one score that are put in order by their letters, at most."""


class MemoryIndex:
    """One memory's index, open for reading; for one thread at a time."""

    def __init__(self, path: Path) -> None:
        """Open a file that `aligner.memory.index.build` wrote; InputError when it is damaged or of another layout."""
        self._path, self._sections = path, open_sections(path)
        if self._sections.facts.get("layout") != LAYOUT:
            raise InputError("the index of a memory is of another version", where=path, hint="remove it")
        self.facts = self._sections.facts
        self._codes = np.zeros(len(self._sections["element"]), dtype=np.uint16)

    def __len__(self) -> int:
        """How many units there are."""
        return int(self.facts["units"])

    @property
    def size(self) -> int:
        """The size of the file in bytes."""
        return self._sections.size

    @property
    def sources(self) -> int:
        """How many different source texts there are."""
        return len(self._sections["key"])

    def unit(self, number: int) -> MemoryUnit:
        """A unit by its number, in the order in which they were built; InputError when its text is damaged."""
        ends = self._sections["unit_text"]
        data = self._sections["texts"][int(ends[number]) : int(ends[number + 1])].tobytes()
        if checked(data) != self._sections["unit_check"][number]:
            raise damaged(self._path)
        return MemoryUnit(*json.loads(data.decode("utf-8", "surrogatepass")))

    def exact(self, text: str) -> list[MemoryUnit]:
        """The units whose source has the text's key, in their order."""
        wanted = search_key(text)
        marks = self._sections["key"]
        mark = np.uint64(digest(wanted))
        at = int(np.searchsorted(marks, mark))
        if at == len(marks) or marks[at] != mark:
            return []
        units = self.units(int(self._sections["key_entry"][at]))
        # Two keys may share a digest.
        return [unit for unit in units if search_key(unit.source) == wanted]

    def units(self, entry: int) -> list[MemoryUnit]:
        """The units of an entry, in their order."""
        starts = self._sections["entry_unit"]
        return [self.unit(int(n)) for n in self._sections["unit"][int(starts[entry]) : int(starts[entry + 1])]]

    def fuzzy(self, text: str, *, minimum: int = 75, limit: int = 5) -> list[tuple[int, int]]:
        """The entries most like a text, best first, as scores and entry numbers; those with the same key among them.

        Scores are from `minimum`, which is at least 1, to 99 (100 for the same key). Entries of one score are put in
        order by their letters (Indel distance, relative), then by their numbers.
        """
        plain = search_key(text)
        words = key_tokens(plain)
        if not words or len(words) > LONGEST:
            return []
        entries, scores = self._scored(words, minimum)
        if not len(entries):
            return []
        order = np.lexsort((entries, -scores))
        # All entries with the last score that may be among the best, because letters decide between these.
        bound = scores[order[min(limit, len(order)) - 1]]
        starts, units = self._sections["entry_unit"], self._sections["unit"]
        ranked = []
        for n in order[: int(np.count_nonzero(scores >= bound))][: limit + _TIES].tolist():
            score, entry = int(scores[n]), int(entries[n])
            other = search_key(self.unit(int(units[int(starts[entry])])).source)
            ranked.append((-EXACT if other == plain else -score, Indel.normalized_distance(plain, other), entry))
        ranked.sort()
        return [(-score, entry) for score, _, entry in ranked[:limit]]

    def _scored(self, words: Sequence[str], minimum: int) -> tuple[Array, Array]:
        """The entries that have the score wanted, and their scores."""
        entries = candidates(self._sections, self._known(elements(words))[0], len(words), minimum)
        # Each different word of the text becomes a letter, and each word of an entry its letter or, where the text does
        # not have it, a null: so a string comparison in C does for sequences of words.
        letters = {word: number for number, word in enumerate(dict.fromkeys(words), 1)}
        coded = "".join(chr(letters[word]) for word in words)
        places, which = self._known(list(letters))
        self._codes[places] = which + 1
        # By the thousand, or a search for a common text would lay out half of the memory at once.
        parts = [
            self._compared(coded, entries[start : start + _AT_ONCE], minimum)
            for start in range(0, len(entries), _AT_ONCE)
        ]
        # Put back rather than made again: it has a place for every element of the memory.
        self._codes[places] = 0
        scores = np.concatenate(parts) if parts else np.zeros(0, np.int64)
        kept = np.flatnonzero(scores >= minimum)
        return entries[kept], scores[kept]

    def _known(self, names: Sequence[str]) -> tuple[Array, Array]:
        """The numbers of those elements that occur in the memory, and which of `names` they are."""
        all_marks = self._sections["element"]
        marks = np.array([digest(name) for name in names], dtype=np.uint64)
        places = np.minimum(np.searchsorted(all_marks, marks), max(0, len(all_marks) - 1))
        kept = np.flatnonzero(all_marks[places] == marks) if len(all_marks) else places[:0]
        return places[kept], kept

    def _compared(self, coded: str, entries: Array, minimum: int) -> Array:
        """The scores of entries for a text of which each token is a letter; below `minimum` they may be too low."""
        starts = self._sections["entry_element"]
        lengths = starts[entries + 1].astype(np.int64) - starts[entries]
        found = self._sections["entry_elements"][stretches(starts[entries].astype(np.int64), lengths)]
        letters = self._codes[self._sections["element_base"][found]].astype("<u2").tobytes().decode("utf-16-le")
        ends = np.cumsum(lengths).tolist()
        others = [letters[start:end] for start, end in zip([0, *ends], ends, strict=False)]
        longer = np.maximum(lengths, len(coded))
        # Beyond this distance none of them has the score wanted, and the comparison may stop early.
        most = int((100 - minimum) * int(longer.max()) // 100)
        distances = cdist([coded], others, scorer=Levenshtein.distance, score_cutoff=most, dtype=np.int64)[0]
        scores: Array = np.minimum(EXACT - 1, 100 * (longer - distances) // longer)
        return scores
