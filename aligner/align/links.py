"""Links: which source words speak for which target words, and how strongly.

Four kinds of evidence say that two words correspond: they are spelled alike (names, numbers, cognates), a lexicon
gives one as a rendering of the other, a machine translation of the source holds the target word, and the pair's own
first alignment has taught it (`aligner.align.pairs`). Each gives a strength from 0 to 1; the strongest counts. The
result, `Links`, is a sparse table from source vocabulary to target vocabulary. Start reading at `link_words`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.align.lexicon import Entries, Lexicon
from aligner.align.words import STEM_LENGTH, Corpus, number_words, stem, words

RENDERED = "\N{LEFT-POINTING ANGLE BRACKET}"
"""Marks a word of the machine translation in the source vocabulary (no word holds this sign)."""
RELATED = 0.6
"""The share of its letters, from the start, that a word has in common with another form of it."""
FULL = 255
"""Strengths are kept as bytes: this is 1.0."""


@dataclass(frozen=True, slots=True)
class Links:
    """For source word s the target words ``targets[starts[s]:starts[s + 1]]`` with their strengths."""

    starts: NDArray[np.int64]
    targets: NDArray[np.int32]
    strengths: NDArray[np.uint8]


def source_corpus(source: Sequence[str], translation: Sequence[str] | None) -> Corpus:
    """The source words, and after them in each sentence the marked words of its machine translation."""
    if translation is None:
        return number_words(source)
    rendered = ([RENDERED + word for word in words(text)] for text in translation)
    return number_words([words(text) + marked for text, marked in zip(source, rendered, strict=True)])


def link_words(source: Corpus, target: Corpus, lexicon: Lexicon | None, learned: Entries) -> Links:
    """All links between two vocabularies."""
    finder = _Finder(target.vocabulary, lexicon)
    starts, targets, strengths = [0], list[int](), list[float]()
    for word in source.vocabulary:
        found = finder.links(word, lexicon, learned)
        targets.extend(found)
        strengths.extend(found.values())
        starts.append(len(targets))
    bytes_ = np.round(np.array(strengths) * FULL).astype(np.uint8)
    return Links(np.array(starts, dtype=np.int64), np.array(targets, dtype=np.int32), bytes_)


class _Finder:
    """Looks words up among the target's words, by spelling and by stem."""

    def __init__(self, vocabulary: Sequence[str], lexicon: Lexicon | None) -> None:
        self.words = vocabulary
        self.numbers = {word: number for number, word in enumerate(vocabulary)}
        self.stems: dict[str, list[int]] = {}
        for number, word in enumerate(vocabulary):
            if len(word) > STEM_LENGTH:
                self.stems.setdefault(stem(word), []).append(number)
        self.families = lexicon.families() if lexicon is not None else {}

    def links(self, word: str, lexicon: Lexicon | None, learned: Entries) -> dict[int, float]:
        """The target words that a source word speaks for."""
        found: dict[int, float] = {}
        for number, strength in self._all(word, lexicon, learned):
            if strength > found.get(number, 0.0):
                found[number] = strength
        return found

    def _all(self, word: str, lexicon: Lexicon | None, learned: Entries) -> Iterator[tuple[int, float]]:
        if word.startswith(RENDERED):
            yield from self._alike(word[1:], 1.0)
            return
        yield from self._alike(word, _trust_in_spelling(word))
        if lexicon is not None:
            yield from self._rendered(word, lexicon.entries)
        yield from self._exact(learned.get(word, ()))

    def _alike(self, word: str, trust: float) -> Iterator[tuple[int, float]]:
        """The same word, and words that share its beginning."""
        if word in self.numbers:
            yield self.numbers[word], trust
        if len(word) > STEM_LENGTH and not word.isdigit():
            for number in self.stems.get(stem(word), ()):
                other = self.words[number]
                yield number, 0.9 * _shared_letters(word, other) / max(len(word), len(other))

    def _rendered(self, word: str, entries: Entries) -> Iterator[tuple[int, float]]:
        for form, trust in self._forms(word, entries):
            for rendering, weight in entries[form]:
                strength = trust * min(1.0, (weight / 0.3) ** 0.5)
                for number, likeness in self._alike(rendering, 1.0):
                    yield number, strength * likeness

    def _forms(self, word: str, entries: Entries) -> Iterator[tuple[str, float]]:
        """The word itself if the lexicon knows it, otherwise its closest relatives there."""
        if word in entries:
            yield word, 1.0
        elif len(word) > STEM_LENGTH and not word.isdigit():
            for other in self.families.get(stem(word), ()):
                likeness = _shared_letters(word, other) / max(len(word), len(other))
                if likeness >= RELATED:
                    yield other, 0.8 * likeness

    def _exact(self, renderings: Sequence[tuple[str, float]]) -> Iterator[tuple[int, float]]:
        for rendering, strength in renderings:
            yield self.numbers[rendering], strength


def _shared_letters(word: str, other: str) -> int:
    """How many letters two words share from the start."""
    return next((n for n, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))


def _trust_in_spelling(word: str) -> float:
    """How much it means that both texts hold the very same word: short words are often accidents."""
    if word.isdigit():
        return 1.0
    return min(1.0, 0.25 * (len(word) - 0.5))


NO_ENTRIES: Mapping[str, Sequence[tuple[str, float]]] = {}
