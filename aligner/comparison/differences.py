"""The records of a comparison.

    Version ── VersionText (a document in that version) ── ComparedUnit (a segment, or what a bead holds)
    Comparison ── ComparedDocument ── Scored ── ComparedPair (units of the old version and units of the new one)

Start reading at `Comparison`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from aligner.comparison.sentences import SentenceCounts
from aligner.model import Languages
from aligner.pages.comparison_data import SentenceOutcome, Words


class Matched(StrEnum):
    """By what the two sides of a pair were found to belong together."""

    LOCATOR = "locator"
    """Both have the same id and, as far as known, the same source text."""
    LINE = "line"
    """The same line of two files with equally many."""
    SOURCE = "source"
    """The same source text."""
    REPETITION = "repetition"
    """The same source text, of which a translation memory keeps one unit only."""
    TEXT = "text"
    """The same text at the same place of the sequence."""
    PLACE = "place"
    """They stand between the same neighbours, or the aligner paired them."""
    NONE = "none"
    """Nothing corresponds."""


@dataclass(frozen=True, slots=True)
class ComparedUnit:
    """A piece of one version that is compared as a whole: the target side of a bead, or a line."""

    locator: str
    """Where it stands in its document: ``3.2``, or the number of a line."""
    text: str
    """The text that is compared; never empty."""
    source: str = ""
    """What it translates; empty where that is not known."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Segments of a document that take no part in the comparison, and why."""

    document: str
    reason: str
    locators: tuple[str, ...]


UNKNOWN = Languages("", "")
"""Of texts that do not say their languages, such as plain ones."""


@dataclass(frozen=True, slots=True)
class VersionText:
    """One document in one version."""

    id: str
    units: tuple[ComparedUnit, ...]
    title: str = ""
    languages: Languages = UNKNOWN
    """Of source and target; empty where unknown."""
    page: Path | None = None
    """Its review page, if there is one; its anchors are the locators."""
    lines: int = 0
    """How many lines the file has of which the locators are the numbers; 0: locators are ids."""
    post_edited: bool = False
    """New version only: whether it was made by correcting the old one."""
    outdated: frozenset[str] = frozenset()
    """New version only: locators of what a person accepted or edited and of which the old one, the machine, now says
    something else (`aligner.pages.beads`)."""
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """One of the two versions."""

    name: str
    """What it is called in the report."""
    texts: tuple[VersionText, ...]
    exact: bool = True
    """Whether texts are kept to the character. XML formats keep them in Unicode NFC, without characters that XML
    forbids and without outer white space: against one of these, both versions are compared in that form."""
    memory: bool = False
    """Whether repeated source texts stand in it once only, as in a TMX."""


# Without slots: matching and scoring ask for the joined texts many times, and what is cached needs a place.
@dataclass(frozen=True)
class ComparedPair:
    """Units of the old version and the units of the new one that stand in their place; one side may be empty."""

    old: tuple[ComparedUnit, ...]
    new: tuple[ComparedUnit, ...]
    matched: Matched

    @cached_property
    def old_text(self) -> str:
        """The old text, units joined with a space."""
        return " ".join(unit.text for unit in self.old)

    @cached_property
    def new_text(self) -> str:
        """The new text, units joined with a space."""
        return " ".join(unit.text for unit in self.new)

    @property
    def source(self) -> str:
        """The source text, as the new version has it if it has one."""
        sides = (" ".join(unit.source for unit in side).strip() for side in (self.new, self.old))
        return next(filter(None, sides), "")

    @property
    def outcome(self) -> SentenceOutcome:
        """What happened to the text."""
        if not self.new:
            return SentenceOutcome.REMOVED
        if not self.old:
            return SentenceOutcome.ADDED
        return SentenceOutcome.UNCHANGED if self.old_text == self.new_text else SentenceOutcome.CHANGED


@dataclass(frozen=True, slots=True)
class Scored:
    """A pair and its figures."""

    pair: ComparedPair
    counts: SentenceCounts
    words: Words


@dataclass(frozen=True, slots=True)
class ComparedDocument:
    """What became of one document."""

    id: str
    old: VersionText | None
    """None: only the new version has it."""
    new: VersionText | None
    """None: only the old version has it."""
    sentences: tuple[Scored, ...]
    """In the order of the new version; what was removed stands where it stood."""

    @property
    def outdated(self) -> tuple[str, ...]:
        """Where a person accepted or edited the text and the machine now says something else, in order."""
        known = self.new.outdated if self.new else frozenset()
        return tuple(unit.locator for each in self.sentences for unit in each.pair.new if unit.locator in known)

    @property
    def shown(self) -> VersionText:
        """The text that names the document: the new one, if there is one."""
        text = self.new or self.old
        assert text is not None  # noqa: S101 - a document comes from a version
        return text


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions, document by document."""

    old: Version
    new: Version
    documents: tuple[ComparedDocument, ...]
