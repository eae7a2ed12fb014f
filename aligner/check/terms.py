"""A given list of terms is kept: the user says what a term must become. Start reading at `Term`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from aligner.check.records import Pair, PairCheck, Remark, Span
from aligner.check.words import fold


@dataclass(frozen=True, slots=True)
class Term:
    """A line of a glossary: a term of the source and the target terms that are allowed for it."""

    source: str
    targets: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.source.strip() or not all(target.strip() for target in self.targets) or not self.targets:
            raise ValueError("a term needs words on both sides")


def glossary(terms: Sequence[Term]) -> Callable[[], PairCheck]:
    """Make the check of a list of terms; case, accents and regular plurals do not count.

    >>> check = glossary([Term("bead", ("perle",))])()
    >>> [remark.message for remark in check(Pair("Two beads.", "Deux grains."))]
    ['“beads” should be “perle”']
    """
    patterns = [(_pattern([term.source]), _pattern(term.targets), term) for term in terms]

    def check(pair: Pair) -> Iterator[Remark]:
        source, target = fold(pair.source), fold(pair.target)
        for wanted, allowed, term in patterns:
            match = wanted.search(source)
            if match and not allowed.search(target):
                exact = len(source) == len(pair.source)
                text = pair.source[match.start() : match.end()] if exact else term.source
                message = f"“{text}” should be “{'” or “'.join(term.targets)}”"
                yield Remark(message, source=(Span(*match.span()),) if exact else ())

    return lambda: check


def _pattern(phrases: Sequence[str]) -> re.Pattern[str]:
    """A pattern of any of some phrases, each word in the singular or in a regular plural."""
    either = "|".join(r"\s+".join(_word(word) for word in fold(phrase).split()) for phrase in phrases)
    return re.compile(rf"\b(?:{either})\b")


def _word(word: str) -> str:
    return rf"{re.escape(word[:-1])}(?:y|ies)" if word.endswith("y") else rf"{re.escape(word)}(?:s|x|es)?"
