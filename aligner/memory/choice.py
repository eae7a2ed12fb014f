"""What a memory makes of the engine's n best renderings: the one nearest to a similar text's translation.

A fuzzy match is not a translation, but its wording is a person's. Where there is one, the engine is asked for several
renderings, and likeness to the match's target counts besides probability. Start reading at `MemoryChoice`.
"""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz.distance import Indel

from aligner.memory.index.fold import EXACT, key_tokens, search_key
from aligner.model import Match

REVISION = 2
"""Raised whenever the same match may lead to another choice than before."""
WEIGHT = 2.0
"""What full likeness to the target of a match of 100 % is worth, in units of the mean log probability. (Of 0, 0.5, 1
and 2 the best in the measurement of docs/memory.md, in words better than in characters.)"""


class MemoryChoice:
    """Prefers, for texts with a fuzzy match, renderings like the translation that was found.

    Follows the protocol `aligner.translation.Preference`.
    """

    signature = ""
    """None of its own: which matches took part is said text by text, in the key here and in the bitext."""

    def __init__(self) -> None:
        self._matches: dict[str, Match] = {}

    def know(self, matches: Mapping[str, Match]) -> None:
        """Take matches in, by the texts for which they were found; those that it knew before are forgotten.

        So what is known does not grow with a stream: it is for the texts that are translated next.
        """
        self._matches = {search_key(text): match for text, match in matches.items() if match.score < EXACT}

    def key(self, source: str) -> str:
        """The match that counts for a text; empty when there is none."""
        match = self._matches.get(search_key(source))
        return f"memory-choice:{REVISION} {match.score} {match.target}" if match else ""

    def worth(self, source: str, candidate: str) -> float:
        """How like the match's target a rendering is, word by word, 0 to `WEIGHT`, times how good the match is."""
        match = self._matches.get(search_key(source))
        if match is None:
            return 0.0
        likeness = Indel.normalized_similarity(key_tokens(search_key(candidate)), key_tokens(search_key(match.target)))
        return WEIGHT * match.score / EXACT * likeness
