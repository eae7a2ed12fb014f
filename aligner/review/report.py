"""The report on two versions of a translation: one HTML file with a summary and every sentence, most changed first.

    Report ──render_report──▶ HTML          (the records are filled by whoever compares; nothing here computes scores)

Sentences carry their ranks in every order, so that the page can be read in any of them. How the report looks is in
``templates/report.html`` and ``styles/report.css``, what it does in ``scripts/report.js``. Start reading at
`render_report`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from aligner.review.diff import Change, ChangeKind, diff, similarity
from aligner.review.render import render

Order = Literal["change", "edits", "document"]
ORDERS: dict[Order, str] = {
    "change": "most changed first",
    "edits": "most edits first",
    "document": "as in the documents",
}
"""The orders of the sentences, in the words of the page."""
REWRITTEN_BELOW = 0.35
"""Two texts less similar than this (0 to 1) stand one under the other: marks would be in nearly every word."""


class Outcome(StrEnum):
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
class Band:
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
    bands: tuple[Band, ...]

    @property
    def segments(self) -> int:
        """All sentences, those of one version only included."""
        return self.unchanged + self.changed + self.added + self.removed

    @property
    def parts(self) -> tuple[tuple[Outcome, int], ...]:
        """How many sentences had each outcome."""
        return tuple((outcome, getattr(self, outcome.value)) for outcome in Outcome)


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """One document of the report."""

    id: str
    title: str
    languages: tuple[str, str]
    """Of source and target; empty where unknown."""
    figures: Figures
    metric: str
    """``HTER`` where the new version was made by correcting the old one, else ``TER``."""
    only: str = ""
    """The name of the version that alone has it; empty: both do."""
    address: str = ""
    """Where its review page is, relative to the report; empty: nowhere."""
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
    outcome: Outcome
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


@dataclass(frozen=True, slots=True)
class Report:
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


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """How a report is made."""

    title: str = "What changed"
    order: Order = "change"
    """The order in which the page opens; a reader can change it."""
    unchanged: bool = True
    """Whether sentences that did not change are in the page; they are counted in any case."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A row with what the template needs of it."""

    number: int
    """Its place in the documents, from 0."""
    ranks: dict[Order, int]
    row: ReportRow
    changes: tuple[Change, ...]
    apart: bool
    """Whether the two texts stand one under the other, without marks."""


def render_report(report: Report, *, options: ReportOptions = ReportOptions()) -> str:
    """Render a report as one self-contained HTML document (no network, no outside file).

    The bytes depend on the arguments alone.
    """
    sentences = _sentences(report.rows, unchanged=options.unchanged)
    return render(
        "report.html",
        styles=("base.css", "print.css", "report.css"),
        scripts=("report.js",),
        report=report,
        options=options,
        orders=ORDERS,
        outcomes=tuple(outcome.value for outcome in Outcome),
        sentences=sorted(sentences, key=lambda sentence: sentence.ranks[options.order]),
        hidden=len(report.rows) - len(sentences),
    )


def _sentences(rows: Sequence[ReportRow], *, unchanged: bool) -> list[Sentence]:
    orders = {"change": _ranks(rows, _by_change), "edits": _ranks(rows, _by_edits), "document": range(len(rows))}
    return [
        Sentence(number, {order: orders[order][number] for order in ORDERS}, row, *_shown(row))
        for number, row in enumerate(rows)
        if unchanged or row.outcome is not Outcome.UNCHANGED
    ]


def _ranks(rows: Sequence[ReportRow], key: Callable[[ReportRow], tuple[float, ...]]) -> list[int]:
    """The place of each row when they are sorted; equals stay as they stand."""
    order = sorted(range(len(rows)), key=lambda number: key(rows[number]))
    ranks = [0] * len(rows)
    for rank, number in enumerate(order):
        ranks[number] = rank
    return ranks


def _by_change(row: ReportRow) -> tuple[float, ...]:
    """The share of the sentence that changed; where TER sees no difference (letter case, spaces), chrF does."""
    return row.outcome is Outcome.UNCHANGED, -row.ter, -row.edits, row.chrf


def _by_edits(row: ReportRow) -> tuple[float, ...]:
    return row.outcome is Outcome.UNCHANGED, -row.edits, -row.ter, row.chrf


def _shown(row: ReportRow) -> tuple[tuple[Change, ...], bool]:
    """The texts as changes, and whether they are too different to be marked."""
    if row.outcome is not Outcome.CHANGED:
        kinds = {Outcome.ADDED: ChangeKind.INSERT, Outcome.REMOVED: ChangeKind.DELETE}
        return (Change(kinds.get(row.outcome, ChangeKind.EQUAL), row.new or row.old),), False
    changes = diff(row.old, row.new)
    return changes, similarity(changes) < REWRITTEN_BELOW
