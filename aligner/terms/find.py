"""Finding terms in texts, and saying which of them a translation does not keep.

Texts and terms are compared word by word by their stems (`aligner.terms.words`): case, accents, plural, feminine and
apostrophes do not count; an acronym, however, is one only in capitals. Where terms overlap the longest wins: in
*Charte des Nations unies* the term *Nations unies* is not found. Linear in the text. Start reading at `Finder.broken`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from aligner.terms.records import Glossary, Term, key
from aligner.terms.words import APOSTROPHES, Stemmer, Word, fold, stemmer, words

_BETWEEN = re.compile(rf"[\s{APOSTROPHES}‑‐-]*")
"""What may stand between two words of a term."""
_LONGEST_ACRONYM = 6

Span = tuple[int, int]
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A term in a text, at ``text[start:end]``."""

    term: Term
    start: int
    end: int
    text: str

    @property
    def is_plural(self) -> bool:
        """Whether it seems to stand in the plural where the term does not."""
        return fold(self.text)[-1:] in "sx" and fold(self.term.source)[-1:] not in "sx"


@dataclass(frozen=True, slots=True)
class Breach:
    """A term that a translation does not keep."""

    match: Match
    forbidden: str = ""
    """What must not stand there; empty when it is the right rendering that is missing."""
    target: Span | None = None
    """Where that stands in the translation."""


class Finder:
    """Looks for the terms of a glossary; make one and keep it."""

    def __init__(self, glossary: Glossary) -> None:
        self.glossary = glossary
        self._source = _Phrases(stemmer(glossary.source))
        self._target = stemmer(glossary.target)
        for term in glossary:
            self._source.add(term.source, term)
        self.matches = lru_cache(maxsize=4096)(self._matches)
        """The terms in a text of the source, in order and apart: ``matches(text)``."""

    @property
    def signature(self) -> str:
        """The glossary on one line."""
        return self.glossary.signature

    def key(self, source: str) -> str:
        """The terms in a text and what is said of them, on one line; empty when there are none."""
        return " ".join(dict.fromkeys(key(match.term) for match in self.matches(source)))

    def broken(self, source: str, target: str) -> list[Breach]:
        """The terms of a source text that its translation does not keep, each once.

        A term is kept when one of its allowed renderings stands in the translation, in words that are no other term's
        rendering, and none of the forbidden ones does (unless as a part of an allowed one).

        >>> finder = Finder(Glossary((Term("Conseil de sécurité", ("Security Council",)),)))
        >>> [breach.match.text for breach in finder.broken("au Conseil de Sécurité", "in the Council")]
        ['Conseil de Sécurité']
        >>> finder.broken("au Conseil de Sécurité", "in the security council")
        []
        """
        terms = {match.term: match for match in self.matches(source)}
        if not terms:
            return []
        taken: list[Span] = []
        missing = {match for match in self._by_length(terms.values()) if not self._take(match.term, target, taken)}
        breaches = [Breach(match) for match in terms.values() if match in missing]
        for match in terms.values():
            found = self._spans(match.term.forbidden, target)
            breaches += [
                Breach(match, target[start:end], (start, end))
                for start, end in found
                if not any(_covers(t, (start, end)) for t in taken)
            ]
        return breaches

    def _matches(self, text: str) -> tuple[Match, ...]:
        return tuple(
            Match(term, start, end, text[start:end])
            for term, (start, end) in self._source.find(text)
            if term is not None
        )

    def _by_length(self, matches: Iterable[Match]) -> list[Match]:
        """Those with the longest renderings first: they leave the fewest places."""
        return sorted(matches, key=lambda m: -max((len(words(text)) for text in m.term.allowed), default=0))

    def _take(self, term: Term, target: str, taken: list[Span]) -> bool:
        """Whether a rendering stands in free words of the translation, which are then taken."""
        for span in self._spans(term.allowed, target):
            if not any(start < span[1] and span[0] < end for start, end in taken):
                taken.append(span)
                return True
        return not term.allowed

    def _spans(self, renderings: Sequence[str], target: str) -> list[Span]:
        if not renderings:
            return []
        phrases = _cached_phrases(tuple(renderings), self._target)
        return [span for _, span in phrases.find(target)]


class _Phrases:
    """Phrases by their stems, the longest of those that begin alike first."""

    def __init__(self, stem: Stemmer) -> None:
        self._stem = stem
        self._by_first: dict[str, list[tuple[Phrase, Phrase, Term | None]]] = {}

    def add(self, phrase: str, term: Term | None = None) -> None:
        """Add a phrase."""
        texts = tuple(word.text for word in words(phrase))
        if texts:
            stems = tuple(map(self._stem, texts))
            others = self._by_first.setdefault(stems[0], [])
            others.append((stems, texts, term))
            others.sort(key=lambda entry: -len(entry[0]))

    def find(self, text: str) -> Iterator[tuple[Term | None, Span]]:
        """The phrases in a text from left to right, apart, the longest first."""
        found = words(text)
        stems = [self._stem(word.text) for word in found]
        position = 0
        while position < len(found):
            for phrase, texts, term in self._by_first.get(stems[position], ()):
                stretch = found[position : position + len(phrase)]
                if tuple(stems[position : position + len(phrase)]) == phrase and _is_one(text, stretch, texts):
                    yield term, (stretch[0].start, stretch[-1].end)
                    position += len(phrase) - 1
                    break
            position += 1


@lru_cache(maxsize=2**12)
def _cached_phrases(renderings: Phrase, stem: Stemmer) -> _Phrases:
    phrases = _Phrases(stem)
    for rendering in renderings:
        phrases.add(rendering)
    return phrases


def _is_one(text: str, stretch: Sequence[Word], phrase: Phrase) -> bool:
    """Whether words stand together like a phrase, and acronyms are in capitals."""
    for word, wanted in zip(stretch, phrase, strict=True):
        if wanted.isupper() and 1 < len(wanted) <= _LONGEST_ACRONYM and not word.text.isupper():
            return False
    return all(_BETWEEN.fullmatch(text, before.end, after.start) for before, after in pairwise(stretch))


def _covers(outer: Span, inner: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
