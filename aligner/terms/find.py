"""Finding terms in texts, and saying which of them a translation does not keep.

What counts as the same phrase says `aligner.terms.index`. Where terms overlap the longest wins: in *Charte des Nations
unies* the term *Nations unies* is not found. Linear in the text. Start reading at `Finder.broken`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from aligner.languages.stems import plural
from aligner.languages.words import fold, words_and_signs
from aligner.terms.glossary import Glossary, Term, key
from aligner.terms.index import PhraseIndex, Span


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A term in a text, at ``text[start:end]``."""

    term: Term
    start: int
    end: int
    text: str

    @property
    def is_plural(self) -> bool:
        """Whether it seems to stand in the plural where the term does not."""
        return fold(self.text)[-1:] in "sx" and fold(self.term.source)[-1:] not in "sx"

    @property
    def rendering(self) -> str:
        """What to say for it: the term's best rendering, in the plural or in capitals where this is.

        Empty where there is none.
        """
        best = self.term.allowed[0] if self.term.allowed else ""
        said = plural(best) if best and self.is_plural else best
        in_capitals = self.text.isupper() and not self.term.source.isupper()
        return said.upper() if in_capitals and sum(map(str.isalpha, self.text)) > 1 else said


@dataclass(frozen=True, slots=True)
class Breach:
    """A term that a translation does not keep."""

    match: TermMatch
    forbidden: str = ""
    """What must not stand there; empty when it is the right rendering that is missing."""
    target: Span | None = None
    """Where that stands in the translation."""


class Finder:
    """Looks for the terms of a glossary; make one and keep it."""

    def __init__(self, glossary: Glossary) -> None:
        self.glossary = glossary
        self._source = PhraseIndex([(term.source, term) for term in glossary], glossary.source)
        # A text is looked at several times: for the cache's key, for the search, and for what the search found.
        self.matches = lru_cache(maxsize=4096)(
            lambda text: tuple(TermMatch(term, *span, text[slice(*span)]) for term, span in self._source.find(text))
        )
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

        A term is kept when one of its allowed renderings stands in the translation, in words that are not another
        term's rendering, and none of the forbidden ones does (unless as a part of an allowed one). *Win-win-wining* is
        not *win-win*, though *security-related* has *security*.

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
        missing = set[TermMatch]()
        # Those with the longest renderings first: they have the fewest places to be in.
        for match in sorted(
            terms.values(), key=lambda m: -max((len(words_and_signs(text)) for text in m.term.allowed), default=0)
        ):
            free = (
                (start, end)
                for start, end in self._spans(match.term.allowed, target, tolerant=True)
                if not any(first < end and start < last for first, last in taken)
                and not ("-" in target[start:end] and _goes_on(target, end))
            )
            if span := next(free, None):
                taken.append(span)
            elif match.term.allowed:
                missing.add(match)
        breaches = [Breach(match) for match in terms.values() if match in missing]
        for match in terms.values():
            # Strictly, since what is forbidden is a wording.
            found = self._spans(match.term.forbidden, target, tolerant=False)
            breaches += [
                Breach(match, target[start:end], (start, end))
                for start, end in found
                if not any(first <= start and end <= last for first, last in taken)
            ]
        return breaches

    def surplus(self, source: str, target: str) -> int:
        """How many renderings of a source text's terms its translation has too many, or with a word hung on to them.

        People say a term again for clearness, and hang words on (*UN-led*); of two machine renderings the one that does
        so more often is worse.

        >>> finder = Finder(Glossary((Term("prestataire", ("service provider",)),)))
        >>> finder.surplus("le prestataire", "the service provider named the Service Provider")
        1
        """
        matches = self.matches(source)
        said = tuple(dict.fromkeys(text for match in matches for text in match.term.allowed))
        found = self._spans(said, target, tolerant=True)
        hung_on = sum(_goes_on(target, end) for _, end in found) - sum(_goes_on(source, m.end) for m in matches)
        return max(0, len(found) - len(matches)) + max(0, hung_on)

    def with_capitals(self, source: str, target: str) -> str:
        """A translation in which the source's terms have the glossary's capitals; headings in capitals stay.

        >>> finder = Finder(Glossary((Term("Conseil de sécurité", ("Security Council",)),)))
        >>> finder.with_capitals("au Conseil de sécurité", "in the Security council")
        'in the Security Council'
        """
        forms = {form for match in self.matches(source) for form in match.term.allowed if form.lower() != form}
        for form in sorted(forms, key=len):
            for found in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", target, re.IGNORECASE):
                said = found[0]
                if not said.isupper():
                    # What opens a sentence keeps its capital.
                    right = (said[:1] if said[:1].isupper() else form[:1]) + form[1:]
                    target = target[: found.start()] + right + target[found.end() :]
        return target

    def _spans(self, renderings: tuple[str, ...], target: str, *, tolerant: bool) -> list[Span]:
        if not renderings:
            return []
        return [span for _, span in _renderings(renderings, self.glossary.target, tolerant=tolerant).find(target)]


# The renderings of one term are looked for in every segment that has it, and in each of its candidate renderings.
@lru_cache(maxsize=2**12)
def _renderings(phrases: tuple[str, ...], language: str, *, tolerant: bool) -> PhraseIndex[None]:
    return PhraseIndex([(phrase, None) for phrase in phrases], language, tolerant=tolerant)


def _goes_on(text: str, end: int) -> bool:
    """Whether a hyphen with another word follows."""
    return text[end : end + 1] in ("-", "‑", "‐") and text[end + 1 : end + 2].isalpha()
