"""Links: which source words speak for which target words, and how strongly.

Four kinds of evidence say that two words correspond: they are spelled alike (names, numbers, cognates), a lexicon
gives one as a rendering of the other, a machine translation of one side holds the other's word, and the pair's own
first alignment has taught it (`aligner.alignment.pairs`). Each gives a strength from 0 to 1; the strongest counts. The
result, `Links`, is a sparse table from source vocabulary to target vocabulary. Start reading at `link_words`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.lexicon import Entries, Lexicon
from aligner.alignment.words import STEM_LENGTH, Corpus, number_words, split_words, stem

RENDERED = "\N{LEFT-POINTING ANGLE BRACKET}"
"""Marks a word of a machine translation in the vocabulary of the side that was translated (no word holds this sign)."""
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

    def linked(self, target_words: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Which source words, and which of the `target_words` target words, have any link."""
        targets = np.zeros(target_words, dtype=np.bool_)
        targets[self.targets] = True
        return np.diff(self.starts) > 0, targets


def rendered_corpus(sentences: Sequence[str], translation: Sequence[str] | None) -> Corpus:
    """The words of one side, and after them in each sentence the marked words of its machine translation."""
    own = split_words(sentences)
    if translation is None:
        return number_words(own)
    rendered = split_words(translation)
    # A word of the translation counts once: weak models repeat themselves.
    marked = (
        [*words, *(RENDERED + word for word in dict.fromkeys(more))] for words, more in zip(own, rendered, strict=True)
    )
    return number_words(marked)


def are_rendered(side: Corpus) -> NDArray[np.bool_]:
    """Which words of a vocabulary come from a machine translation."""
    return np.array([word.startswith(RENDERED) for word in side.vocabulary], dtype=np.bool_)


def link_words(source: Corpus, target: Corpus, lexicon: Lexicon | None) -> Links:
    """All links between two vocabularies."""
    finder = _Finder(target.vocabulary, lexicon)
    return _table([finder.links(word) for word in source.vocabulary])


def add_links(links: Links, learned: Mapping[int, Mapping[int, float]]) -> Links:
    """The links and, for source words of a pair's own lexicon, its renderings."""
    rows = list[dict[int, float]]()
    for word, (first, last) in enumerate(zip(links.starts.tolist(), links.starts[1:].tolist(), strict=False)):
        row = dict(zip(links.targets[first:last].tolist(), (links.strengths[first:last] / FULL).tolist(), strict=True))
        for number, strength in learned.get(word, {}).items():
            row[number] = max(row.get(number, 0.0), strength)
        rows.append(row)
    return _table(rows)


def _table(rows: Sequence[Mapping[int, float]]) -> Links:
    starts = np.concatenate([[0], np.cumsum([len(row) for row in rows], dtype=np.int64)])
    targets = np.array([number for row in rows for number in row], dtype=np.int32)
    strengths = np.array([strength for row in rows for strength in row.values()])
    return Links(starts.astype(np.int64), targets, np.round(strengths * FULL).astype(np.uint8))


class _Spellings:
    """Looks words up by spelling and by stem; what was asked once is remembered (a lexicon repeats its renderings)."""

    def __init__(self, words: Iterable[tuple[int, str]]) -> None:
        self.numbers: dict[str, int] = {}
        self.stems: dict[str, list[tuple[int, str]]] = {}
        self._alike: dict[str, list[tuple[int, float]]] = {}
        for number, word in words:
            self.numbers[word] = number
            if len(word) > STEM_LENGTH:
                self.stems.setdefault(stem(word), []).append((number, word))

    def alike(self, word: str) -> list[tuple[int, float]]:
        """The same word, and words that share its beginning, with how much they are alike (Simard et al. 1992)."""
        if (known := self._alike.get(word)) is not None:
            return known
        found = [(self.numbers[word], 1.0)] if word in self.numbers else []
        if len(word) > STEM_LENGTH and not word.isdigit():
            found += [
                (number, 0.9 * _shared_letters(word, other) / max(len(word), len(other)))
                for number, other in self.stems.get(stem(word), ())
            ]
        self._alike[word] = found
        return found


class _Finder:
    """Looks words up among the target's words and the words of its machine translation."""

    def __init__(self, vocabulary: Sequence[str], lexicon: Lexicon | None) -> None:
        self.entries: Entries = lexicon.entries if lexicon is not None else {}
        self.families = lexicon.families if lexicon is not None else {}
        self.own = _Spellings((n, word) for n, word in enumerate(vocabulary) if not word.startswith(RENDERED))
        self.rendered = _Spellings((n, word[1:]) for n, word in enumerate(vocabulary) if word.startswith(RENDERED))

    def links(self, word: str) -> dict[int, float]:
        """The target words that a source word speaks for; of several reasons the strongest counts."""
        found: dict[int, float] = {}
        for number, strength in self._reasons(word):
            if strength > found.get(number, 0.0):
                found[number] = strength
        return found

    def _reasons(self, word: str) -> Iterator[tuple[int, float]]:
        # A rendered word is in the target's language already. It meets the target's own words only: two machine
        # translations that agree say nothing about the texts.
        if word.startswith(RENDERED):
            yield from self.own.alike(word[1:])
            return
        # That both texts hold the very same word means little for short words: they are often accidents.
        trust = 1.0 if word.isdigit() else min(1.0, 0.25 * (len(word) - 0.5))
        yield from ((number, trust * likeness) for number, likeness in self.own.alike(word))
        yield from self.rendered.alike(word)
        for form, trust in self._forms(word):
            for rendering, weight in self.entries[form]:
                # A word with three good renderings gives each a third of its weight: that is trusted fully.
                strength = trust * min(1.0, (weight / 0.3) ** 0.5)
                yield from ((number, strength * likeness) for number, likeness in self.own.alike(rendering))

    def _forms(self, word: str) -> Iterator[tuple[str, float]]:
        """The word itself if the lexicon knows it, otherwise its closest relatives there."""
        if word in self.entries:
            yield word, 1.0
        elif len(word) > STEM_LENGTH and not word.isdigit():
            for other in self.families.get(stem(word), ()):
                likeness = _shared_letters(word, other) / max(len(word), len(other))
                if likeness >= RELATED:
                    yield other, 0.8 * likeness


def _shared_letters(word: str, other: str) -> int:
    """How many letters two words of one stem share from the start."""
    shared = min(len(word), len(other))
    for n in range(STEM_LENGTH, shared):
        if word[n] != other[n]:
            return n
    return shared
