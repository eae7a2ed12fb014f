"""What is wanted of a rendering besides being probable: preferences among the n best, and terms to be kept.

Both are asked text by text, so that a text of which nothing is wanted is rendered, and kept in the cache, as if there
were neither. Start reading at `Required`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from aligner.terms import Finder
from aligner.translation.argos.faults import Fault
from aligner.translation.interface import Preference

_REVISION = 3
"""Raised whenever the same terms may lead to another rendering than before."""
_SURPLUS = 1.0
"""What a term costs that a rendering says more often than the source does, in units of the mean log probability."""
_ELIDED = re.compile(r"(?<=\b[LlDd])['’]\Z")
"""An article or *de* without its vowel, at the end: *l'* becomes *le* again where the next word is English."""


@dataclass(frozen=True, slots=True)
class Required:
    """Those who have something to say about renderings."""

    preferences: tuple[Preference, ...] = ()
    finder: Finder | None = None
    """Finds the terms of a glossary."""

    @property
    def signatures(self) -> list[str]:
        """The signatures of all that have one."""
        return [
            *(each.signature for each in self.preferences if each.signature),
            *([self.finder.signature] if self.finder else []),
        ]

    def key(self, source: str) -> str:
        """All that is wanted for a text, as a part of the cache's key; empty when it is nothing."""
        # The revision is there only where terms are: raising it leaves all other texts in the cache.
        terms = self.finder.key(source) if self.finder else ""
        keys = [each.key(source) for each in self.preferences] + [f"{_REVISION} {terms}" if terms else ""]
        return "\0".join(keys) if any(keys) else ""

    def of(self, source: str) -> Required:
        """Only those who want something of this text."""
        finder = self.finder if self.finder and self.finder.key(source) else None
        return Required(tuple(each for each in self.preferences if each.key(source)), finder)

    def worth(self, source: str, text: str) -> float:
        """What the preferences together find a rendering worth, less for terms that it says too often."""
        # A rendering that says a term twice loses against one that says it once.
        preferred = sum(each.worth(source, text) for each in self.preferences if each.key(source))
        return preferred - (_SURPLUS * self.finder.surplus(source, text) if self.finder else 0.0)

    def together(self, source: str) -> list[tuple[int, int]]:
        """Stretches of a text, its terms, that are best translated in one piece."""
        return [(match.start, match.end) for match in self.finder.matches(source)] if self.finder else []

    def switched(self, source: str, output: str) -> str:
        """The source with the right renderings in it of the terms that an output does not keep, wherever they stand."""
        if self.finder is None:
            return source
        # A model copies phrases in its target language and builds the sentence around them (decision 34).
        missing = {breach.match.term for breach in self.finder.broken(source, output)}
        # From the end, so that the places of the others stay right.
        for match in reversed(self.finder.matches(source)):
            if match.term in missing and (rendering := match.rendering):
                opens = match.start == 0 and source[:1].isupper()
                there = rendering[:1].upper() + rendering[1:] if opens else rendering
                source = _joined(_ELIDED.sub("e ", source[: match.start]), there, source[match.end :])
        return source

    def with_capitals(self, source: str, text: str) -> str:
        """A rendering whose terms have the glossary's capitals: a model writes *Ring of lamps* for *Ring of Lamps*."""
        return self.finder.with_capitals(source, text) if self.finder else text

    def faults(self, source: str, text: str) -> list[Fault]:
        """One fault for each term that a rendering does not keep."""
        return [Fault.TERM] * len(self.finder.broken(source, text)) if self.finder else []


def _joined(before: str, rendering: str, after: str) -> str:
    """A rendering between what stands before and after its term, apart from words that touched a sign of the term.

    >>> _joined("le ", "No.", "7"), _joined("12", "million euros", " en 2024"), _joined("en ", "C++", "11")
    ('le No. 7', '12 million euros en 2024', 'en C++11')
    """
    first = " " if before[-1:].isalnum() and rendering[:1].isalnum() else ""
    last = " " if after[:1].isalnum() and (rendering[-1:].isalnum() or rendering.endswith(".")) else ""
    return before + first + rendering + last + after


NOTHING = Required()
