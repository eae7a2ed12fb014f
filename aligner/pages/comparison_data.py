"""What a report on two versions of a translation says: figures, documents, sentences.

The records are filled by whoever compares (`aligner.comparison.report`); `aligner.pages.comparison` renders them.
Start reading at `ComparisonReport`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from aligner.model import Languages


class SentenceOutcome(StrEnum):
    """What became of a sentence."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Words:
    """Words of two texts and those that stayed where they were (a longest common subsequence); punctuation is none."""

    old: int = 0
    new: int = 0
    kept: int = 0

    @property
    def deleted(self) -> int:
        """Words that only the old text has."""
        return self.old - self.kept

    @property
    def inserted(self) -> int:
        """Words that only the new text has."""
        return self.new - self.kept

    def __add__(self, other: Words) -> Words:
        return Words(self.old + other.old, self.new + other.new, self.kept + other.kept)


@dataclass(frozen=True, slots=True)
class ChangeBand:
    """The sentences that both versions have, by how much of them changed."""

    name: str
    segments: int
    words: int
    """Their words in the new version."""


@dataclass(frozen=True, slots=True)
class Figures:
    """A document, or everything, in figures."""

    unchanged: int
    changed: int
    added: int
    removed: int
    words: Words
    edits: int
    """Edits (insertions, deletions, substitutions, shifts of words) in sentences that both versions have."""
    length: int
    """Words of the new version in these sentences, as TER counts them."""
    ter: float | None
    """100 × edits / length; None where no sentence is in both versions."""
    chrf: float | None
    """chrF2 of these sentences, 0 to 100."""
    ter_in_all: float | None
    """TER where sentences that were added or removed count too; None where it would be the same."""
    bands: tuple[ChangeBand, ...]

    @property
    def segments(self) -> int:
        """All sentences, those of one version only included."""
        return self.unchanged + self.changed + self.added + self.removed

    @property
    def parts(self) -> tuple[tuple[SentenceOutcome, int], ...]:
        """How many sentences had each outcome."""
        return tuple((outcome, getattr(self, outcome.value)) for outcome in SentenceOutcome)


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """One document of the report."""

    id: str
    title: str
    languages: Languages
    """Of source and target; empty where unknown."""
    figures: Figures
    metric: str
    """``HTER`` where the new version was made by correcting the old one, else ``TER``."""
    only: str = ""
    """The name of the version that alone has it; empty: both do."""
    address: str = ""
    """Where its review page is, relative to the report; empty: nowhere."""
    outdated: tuple[str, ...] = ()
    """Where a person accepted or edited the text and the machine, the old version, now says something else."""
    left_out: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """What takes no part: the reason, and where it stands."""


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One sentence of the report."""

    document: int
    """Index of its document."""
    place: str
    """Its locator; two of them where they are not the same."""
    address: str
    """Its review page, relative to the report; empty: there is none."""
    anchor: str
    """Its place in that page."""
    outcome: SentenceOutcome
    matched: str
    """By what its two sides were found, where that is worth saying."""
    source: str
    old: str
    new: str
    ter: float
    edits: int
    chrf: float
    band: int
    """Index of its band in the figures; -1 where it is in one version only."""
    bounded: bool = False
    """Whether its edits were counted without shifts, which may be more than TER."""
    outdated: bool = False
    """Whether a person accepted or edited it and the machine, the old version, now says something else."""


@dataclass(frozen=True, slots=True)
class ComparisonReport:
    """Two versions of a translation and what is to be said of them."""

    old: str
    new: str
    """The names of the versions."""
    metric: str
    figures: Figures
    documents: tuple[ReportDocument, ...]
    rows: tuple[ReportRow, ...]
    """In the order of the documents."""
    signatures: tuple[tuple[str, str], ...]
    """sacreBLEU's signature of each metric."""
