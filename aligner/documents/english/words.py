"""Which words of two languages may render each other: the aligner's lexicon, and spelling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

from aligner.alignment.lexicon import find_lexicon
from aligner.alignment.words import folded_words
from aligner.documents.english.styles import Renders
from aligner.model import Bitext

_ALIKE = 0.88
_LEAST = 0.04
"""Renderings that are rarer are not believed."""


def renders_of(bitext: Bitext) -> Renders:
    """Whether words of the bitext's two languages may render each other."""
    sides = [[w for s in side.segments for w in folded_words(s.text)] for side in (bitext.source, bitext.target)]
    lexicon = find_lexicon(*(sorted(set(side)) for side in sides))
    entries: Mapping[str, Sequence[tuple[str, float]]] = lexicon.entries if lexicon else {}

    @lru_cache(maxsize=100_000)
    def renders(word: str, other: str) -> bool:
        if word == other:
            return True
        parts = [part for part in word.replace("’", "'").split("'") if part]
        if len(parts) > 1:
            return renders(parts[-1], other)
        if other.endswith(("'s", "’s")):
            return renders(word, other[:-2])
        if any(found == other and weight >= _LEAST for found, weight in entries.get(word, ())):
            return True
        return min(len(word), len(other)) >= 4 and JaroWinkler.similarity(word, other) >= _ALIKE

    return renders
