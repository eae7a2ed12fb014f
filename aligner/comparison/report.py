"""From a comparison to what is said of it: the records of the HTML report, and the figures as JSON.

Start reading at `report_of`.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import Any

from aligner.comparison.differences import (
    ComparedDocument,
    ComparedUnit,
    Comparison,
    Matched,
    Scored,
    VersionText,
)
from aligner.comparison.figures import band, score_figures
from aligner.comparison.sentences import chrf, sentence_signatures, ter
from aligner.pages.comparison_data import (
    ComparisonReport,
    Figures,
    ReportDocument,
    ReportRow,
)

_EXPECTED = frozenset((Matched.LOCATOR, Matched.LINE, Matched.NONE))
"""Ways of matching that need no word."""


def report_of(comparison: Comparison, *, beside: Path = Path("diff.html")) -> ComparisonReport:
    """Fill the records of a report; links to review pages are relative to `beside`, the file it is to be."""
    rows = (
        _row(number, document, sentence, beside)
        for number, document in enumerate(comparison.documents)
        for sentence in document.sentences
    )
    sentences = list(chain.from_iterable(document.sentences for document in comparison.documents))
    documents = tuple(_document(document, comparison, beside) for document in comparison.documents)
    # One independent translation among them, and the sum is a distance from a reference, not an effort.
    return ComparisonReport(
        old=comparison.old.name,
        new=comparison.new.name,
        metric="HTER" if all(document.metric == "HTER" for document in documents) else "TER",
        figures=score_figures(sentences),
        documents=documents,
        rows=tuple(rows),
        signatures=tuple(sentence_signatures().items()),
    )


def report_json(report: ComparisonReport) -> dict[str, Any]:
    """Return the figures as plain JSON values: in all, by document, by sentence (in the order of the documents)."""
    return {
        "old": report.old,
        "new": report.new,
        "metric": report.metric,
        "signatures": dict(report.signatures),
        **_figures(report.figures),
        "documents": [
            {
                "id": document.id,
                "title": document.title,
                "only": document.only,
                "metric": document.metric,
                **_figures(document.figures),
                "machine_says_else": list(document.outdated),
                "left_out": [{"reason": reason, "locators": list(places)} for reason, places in document.left_out],
            }
            for document in report.documents
        ],
        "sentences": [
            {
                "document": report.documents[row.document].id,
                **{name: getattr(row, name) for name in ("place", "outcome", "matched", "edits")},
                "ter": _rounded(row.ter),
                "without_shifts": row.bounded,
                "chrf2": _rounded(row.chrf),
                "machine_says_else": row.outdated,
                **{name: getattr(row, name) for name in ("source", "old", "new")},
            }
            for row in report.rows
        ],
    }


def _figures(counted: Figures) -> dict[str, Any]:
    return {
        "segments": {"all": counted.segments, **{outcome.value: number for outcome, number in counted.parts}},
        "words": {
            **asdict(counted.words), "deleted": counted.words.deleted, "inserted": counted.words.inserted,
        },
        "edits": counted.edits,
        "reference_words": counted.length,
        "ter": _rounded(counted.ter),
        # Always there, also where it is the same: a program that reads this should not have to know when.
        "ter_with_added_and_removed": _rounded(counted.ter if counted.ter_in_all is None else counted.ter_in_all),
        "chrf2": _rounded(counted.chrf),
        "bands": [asdict(each) for each in counted.bands],
    }  # fmt: skip


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 2)


def _document(document: ComparedDocument, comparison: Comparison, beside: Path) -> ReportDocument:
    left_out = [(each.reason, each.locators) for text in (document.old, document.new) if text for each in text.left_out]
    alone = comparison.old.name if document.new is None else comparison.new.name if document.old is None else ""
    return ReportDocument(
        id=document.id,
        title=document.shown.title,
        languages=document.shown.languages,
        figures=score_figures(document.sentences),
        metric="HTER" if document.new and document.new.post_edited else "TER",
        only=alone,
        address=_address(document.shown, beside),
        outdated=document.outdated,
        # Two versions of one corpus set the same boilerplate aside: it is said once.
        left_out=tuple(dict.fromkeys(left_out)),
    )


def _row(number: int, document: ComparedDocument, sentence: Scored, beside: Path) -> ReportRow:
    pair = sentence.pair
    text = document.new if pair.new else document.old
    first = (pair.new or pair.old)[0]
    # Where a pair stands, in both versions where that differs.
    before, now = _span(pair.old), _span(pair.new)
    place = now or before if before == now or not (before and now) else f"{before} → {now}"
    return ReportRow(
        document=number,
        place=place,
        address=_address(text, beside) if text else "",
        anchor=first.locator,
        outcome=pair.outcome,
        matched="" if pair.matched in _EXPECTED else pair.matched.value,
        source=pair.source,
        old=pair.old_text,
        new=pair.new_text,
        ter=ter([sentence.counts]),
        edits=sentence.counts.edits,
        chrf=chrf([sentence.counts]),
        band=band(sentence),
        bounded=not sentence.counts.shifted,
        outdated=any(unit.locator in document.outdated for unit in pair.new),
    )


def _span(units: Sequence[ComparedUnit]) -> str:
    if not units:
        return ""
    return units[0].locator if len(units) == 1 else f"{units[0].locator}–{units[-1].locator}"


def _address(text: VersionText, beside: Path) -> str:
    """The way from the report to a review page; empty when there is none."""
    if text.page is None:
        return ""
    try:
        return Path(os.path.relpath(text.page.resolve(), beside.resolve().parent)).as_posix()
    except ValueError:  # on another drive
        return ""
