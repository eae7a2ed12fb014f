"""What checks read and what they find.

A `Pair` is the two texts of a bead; a check is a function from a Pair to `Remark`s; `aligner.checks.check` adds code,
document and locator, which makes a `Finding`. A `Check` is a row of the registry: its function's docstring is its
documentation, the first sentence says what is found, the line ``Example:`` shows one. Start reading at `Finding`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from aligner.languages.pair import LanguagePair, find_pair
from aligner.languages.words import Spans

FRENCH_ENGLISH = find_pair("fr", "en")


class Severity(StrEnum):
    """How sure a check is that something is wrong; the letter that codes begin with."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Pair:
    """The two texts of one bead and where they stand."""

    source: str
    target: str
    document: str = ""
    locator: str = ""
    around: tuple[str, str] = ("", "")
    """The paragraphs that the two texts are of, where these are more: quotations go on from sentence to sentence."""
    languages: LanguagePair = FRENCH_ENGLISH
    """What is known of the two languages."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What a check says about a pair: a message and the stretches concerned."""

    message: str
    source: Spans = ()
    target: Spans = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a bitext that a person should look at."""

    code: str
    """Stable: ``E101``, ``W401`` …; E an error, W a warning."""
    name: str
    """The check's name: ``empty``, ``doubled`` …"""
    severity: Severity
    document: str
    """The document's id."""
    locator: str
    """The bead's locator in the document, as in every export."""
    message: str
    source: Spans = ()
    """The stretches of the bead's source text that are concerned."""
    target: Spans = ()
    """The stretches of its target text."""


PairCheck = Callable[[Pair], Iterator[Remark]]


@dataclass(frozen=True, slots=True)
class Check:
    """A row of the registry."""

    code: str
    name: str
    start: Callable[[], PairCheck]
    """Makes the function that is called with each pair, in order; new for each run, because some checks remember."""
    doc: str
    """Documentation: a sentence, and a line ``Example: …``."""
    any_languages: bool = False
    """Whether it holds for any two languages; otherwise for those that name it in their data."""
    reads_around: bool = False
    """Whether it looks at the paragraphs around a pair, too (`Pair.around`)."""

    def holds_for(self, languages: LanguagePair) -> bool:
        """Whether enough is known of two languages for it."""
        return self.any_languages or self.name in languages.checks

    @property
    def severity(self) -> Severity:
        """Error or warning, as the code's first letter says."""
        return Severity.ERROR if self.code.startswith("E") else Severity.WARNING

    @property
    def summary(self) -> str:
        """What the check finds: the first paragraph of its documentation, on one line."""
        return " ".join(self.doc.split("\n\n", 1)[0].split())

    @property
    def example(self) -> str:
        """What the documentation shows after ``Example:``."""
        return next(line.removeprefix("Example:").strip() for line in self.doc.splitlines() if "Example:" in line)


def plain(code: str, function: PairCheck, *, any_languages: bool = False, reads_around: bool = False) -> Check:
    """A check that looks at one pair at a time; it is called as its function is."""
    doc = inspect.getdoc(function) or ""
    return Check(code, function.__name__, lambda: function, doc, any_languages, reads_around)


def remembering(code: str, start: Callable[[], PairCheck], *, any_languages: bool = False) -> Check:
    """A check that remembers earlier pairs: a class whose instances are called with each pair."""
    return Check(code, start.__name__.lower(), start, inspect.getdoc(start) or "", any_languages)
