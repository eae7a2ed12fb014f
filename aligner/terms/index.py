"""Phrases by their stems, to be found in texts whatever their case, accents, inflection or apostrophes.

1. Phrases of several words are found by the stems of their words (`aligner.languages.stems`).
2. A single French word is found as it is written or in its regular plural: its stem would find other words as well.
3. Phrases that are different but have the same stems are found as they are written, accents aside, or in the plural.
4. An acronym is one only in capitals. The longest phrase wins, then the one whose words are closest to the text's.
5. Signs in a phrase are a part of it (*n°*, *C++*, *et/ou*); signs in a text part phrases that have none there.

Start reading at `PhraseIndex.find`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

from aligner.languages.forms import SINGULAR, Closeness, closeness, plurals_of
from aligner.languages.stems import stemmer
from aligner.languages.tags import base_language
from aligner.languages.words import JOINTS, Word, fold, words_and_signs

_BETWEEN = re.compile(rf"[{JOINTS}]*")
"""What may stand between two words of a phrase."""
_ROWS = frozenset("+#*&§$€£%@=~^<>|/\\")
"""Signs that make another sign when they stand in a row: *C+* is not in *C++*."""
_LONGEST_ACRONYM = 6

Span = tuple[int, int]
Phrase = tuple[str, ...]
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class _Entry(Generic[Value]):
    """A phrase, what it stands for, and how close a text's words must be to its own."""

    words: Phrase
    value: Value
    limit: Closeness


class PhraseIndex(Generic[Value]):
    """Looks for phrases of a language; a `tolerant` one finds single French words by their stems, too.

    >>> index = PhraseIndex([("arrêt", "judgment"), ("arrêté", "order")], "fr")
    >>> [value for value, _ in index.find("Les arrêtés, un arrêt, il arrêta, UN ARRETE.")]
    ['order', 'judgment', 'order']
    """

    def __init__(self, phrases: Iterable[tuple[str, Value]], language: str, *, tolerant: bool = False) -> None:
        self._language = language
        self._french = base_language(language) == "fr"
        self._stem = stemmer(language)
        self._by_first: dict[str, list[_Entry[Value]]] = {}
        by_stems: dict[Phrase, list[tuple[Phrase, Value]]] = {}
        for phrase, value in phrases:
            texts = tuple(token.text for token in words_and_signs(phrase))
            if texts:
                by_stems.setdefault(tuple(map(self._stem, texts)), []).append((texts, value))
        for alike in by_stems.values():
            clash = len({tuple(map(fold, texts)) for texts, _ in alike}) > 1
            for texts, value in alike:
                limit = Closeness.ACCENTS if clash and not tolerant else Closeness.STEM
                # By its stem *commun* would find *commune*, which is another word (rule 2).
                if self._french and sum(text[0].isalnum() for text in texts) == 1 and not tolerant:
                    limit = Closeness.PLURAL
                # Under the stems of the plurals, too: *journaux* has another one than *journal*.
                for stem in dict.fromkeys(map(self._stem, (texts[0], *plurals_of(texts[0], language)))):
                    self._by_first.setdefault(stem, []).append(_Entry(texts, value, limit))
        # The longest first, so that the search can stop at the first length that fits. Sorting is stable: of equal ones
        # the first that was given stays first.
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry.words))

    def find(self, text: str) -> Iterator[tuple[Value, Span]]:
        """The phrases in a text from left to right, apart, the longest first."""
        found = words_and_signs(text)
        position = 0
        while position < len(found):
            entry = self._best(text, found, position)
            if entry is None:
                position += 1
                continue
            last = position + len(entry.words) - 1
            yield entry.value, (found[position].start, found[last].end)
            position = last + 1

    def _best(self, text: str, found: Sequence[Word], position: int) -> _Entry[Value] | None:
        """The phrase at a word: the longest, of several the closest, of these the first that was given."""
        best, least = None, Closeness.OTHER
        for entry in self._by_first.get(self._stem(found[position].text), ()):
            if best and len(entry.words) < len(best.words):
                break
            how = self._closeness(text, found, position, entry)
            if how <= entry.limit and how < least:
                best, least = entry, how
        return best

    def _closeness(self, text: str, found: Sequence[Word], position: int, entry: _Entry[Value]) -> Closeness:
        """How close the words at a place are to a phrase: as close as the one that is farthest."""
        stretch = found[position : position + len(entry.words)]
        if len(stretch) < len(entry.words) or not _is_one(text, stretch, entry.words):
            return Closeness.OTHER
        how = max(
            closeness(word.text, wanted, self._language) for word, wanted in zip(stretch, entry.words, strict=True)
        )
        # *Un cours* and *au cours de* are not about a *cour*: the singular word before it says so.
        alone = self._french and len(stretch) == 1 and how is Closeness.PLURAL
        if alone and position and fold(found[position - 1].text) in SINGULAR:
            return Closeness.STEM
        return how


def _is_one(text: str, stretch: Sequence[Word], phrase: Phrase) -> bool:
    """Whether words stand together like a phrase, and alone: acronyms in capitals, signs not as a part of others."""
    for word, wanted, following in zip(stretch, phrase, (*phrase[1:], ""), strict=True):
        # A capital with a full stop is an abbreviation, as *M.*: it must not be found in *5 m.*
        acronym = 1 < len(wanted) <= _LONGEST_ACRONYM or (len(wanted) == 1 and following == ".")
        if wanted.isupper() and acronym and not word.text.isupper():
            return False
    first, last = stretch[0], stretch[-1]
    before, after = text[first.start - 1 : first.start], text[last.end : last.end + 1]
    if (first.text in _ROWS and before == first.text) or (last.text in _ROWS and after == last.text):
        return False
    return all(_BETWEEN.fullmatch(text, one.end, next_one.start) for one, next_one in pairwise(stretch))
