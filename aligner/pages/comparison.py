"""The report on two versions of a translation: one HTML file with a summary and every sentence, most changed first.

    Report ──render_report──▶ HTML          (the records: aligner.pages.comparison_data; nothing here computes scores)

Each sentence is written with both texts whole; the script marks what changed between them, with the same diff as the
review page. Sentences carry their ranks in every order, so that the page can be read in any of them. How the report
looks is in ``templates/report.html`` and ``styles/report.css``, what it does in ``scripts/report.js``. Start reading at
`render_report`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from aligner.pages.comparison_data import ComparisonReport, ReportRow, SentenceOutcome
from aligner.pages.render import render

Order = Literal["change", "edits", "document"]
ORDERS: dict[Order, str] = {
    "change": "most changed first",
    "edits": "most edits first",
    "document": "as in the documents",
}
"""The orders of the sentences, in the words of the page."""


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


def render_report(report: ComparisonReport, *, options: ReportOptions = ReportOptions()) -> str:
    """Render a report as one self-contained HTML document (no network, no outside file).

    The bytes depend on the arguments alone.
    """
    # False sorts first: what changed before what did not. Where TER sees no difference (letter case, spaces), chrF
    # does.
    still = [row.outcome is SentenceOutcome.UNCHANGED for row in report.rows]
    by_change = [(same, -row.ter, -row.edits, row.chrf) for same, row in zip(still, report.rows, strict=True)]
    by_edits = [(same, -row.edits, -row.ter, row.chrf) for same, row in zip(still, report.rows, strict=True)]
    ranks = {"change": _ranks(by_change), "edits": _ranks(by_edits), "document": range(len(report.rows))}
    # All rows are ranked, also those that are left out, so that a rank means the same in every report.
    sentences = [
        Sentence(number, {order: ranks[order][number] for order in ORDERS}, row)
        for number, row in enumerate(report.rows)
        if options.unchanged or not still[number]
    ]
    return render(
        "report.html",
        styles=("base.css", "print.css", "report.css"),
        scripts=("dom.js", "diff.js", "gradually.js", "report.js"),
        report=report,
        options=options,
        orders=ORDERS,
        outcomes=tuple(outcome.value for outcome in SentenceOutcome),
        sentences=sorted(sentences, key=lambda sentence: sentence.ranks[options.order]),
        hidden=len(report.rows) - len(sentences),
    )


def _ranks(keys: Sequence[tuple[float, ...]]) -> list[int]:
    """The place of each row when they are sorted by their keys; equals stay as they stand."""
    order = sorted(range(len(keys)), key=keys.__getitem__)
    ranks = [0] * len(keys)
    for rank, number in enumerate(order):
        ranks[number] = rank
    return ranks
