"""The list of documents as plain records: what a line of it says, and which lines are asked for.

    Summary ──document_row──▶ row (JSON values) ──select──▶ the rows of one view, in the order asked for

A page on disk holds all rows and selects for itself (``scripts/listing.js`` does the same); a served one asks for those
in view, so that a hundred thousand documents are listed like ten. Start reading at `document_row`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from aligner.languages.words import unaccented
from aligner.model import Status
from aligner.pages.markup import page_address, percent
from aligner.pages.summary import Summary

Json = dict[str, Any]

VIEW = 100
"""Documents in one view."""
LOOKED_AT = 3
"""Pairs of a document that are named as those to look at first."""


def document_row(summary: Summary, page: str) -> Json:
    """What the list says of a document whose page is at `page`, as JSON values.

    ``look`` are the pairs to look at first, ``[locator, what is the matter]``: errors that the checks found, then the
    least sure ones.
    """
    look = [[alert.locator, f"{alert.code} {alert.name}"] for alert in summary.alerts]
    named = {locator for locator, _ in look}
    look += [
        [doubt.locator, f"{percent(doubt.certainty.value)} {doubt.certainty.measure}"]
        for doubt in summary.doubts
        if doubt.locator not in named
    ]
    return {
        "id": summary.id,
        "title": summary.title,
        "lang": summary.source_language if summary.record.title or summary.heading else "en",
        "publisher": summary.record.publisher,
        "date": summary.record.date,
        "address": page_address(page),
        "pairs": summary.beads,
        "reviewed": summary.reviewed,
        "statuses": {status.value: count for status, count in summary.statuses if count and status is not Status.DRAFT},
        "languages": [summary.source_language, summary.target_language],
        "words": [summary.source_words, summary.target_words],
        "differing": summary.differing,
        "outdated": summary.outdated,
        "means": [[mean.value, mean.measure] for mean in summary.means],
        "errors": summary.errors,
        "warnings": summary.warnings,
        "look": look[:LOOKED_AT],
    }


FIGURES = ("id", "title", "publisher", "date", "pairs", "reviewed", "words", "differing", "means", "errors", "warnings")
"""The fields of a row that `select` and the totals of the list need: all that is held of documents out of view."""


STATES: dict[str, Callable[[Json], bool]] = {
    "": lambda _: True,
    "open": lambda row: bool(row["reviewed"] < row["pairs"]),
    "untouched": lambda row: bool(row["pairs"] and not row["reviewed"]),
    "done": lambda row: bool(row["reviewed"] == row["pairs"]),
    "errors": lambda row: bool(row["errors"] > 0),
}
"""Which documents are listed."""
ORDERS: dict[str, Callable[[Json], Any]] = {
    "": lambda _: 0,
    "title": lambda row: searchable(row["title"]),
    "newest": lambda row: [-ord(letter) for letter in row["date"].ljust(10)],
    "longest": lambda row: -row["pairs"],
    "progress": lambda row: row["reviewed"] / row["pairs"] if row["pairs"] else 1.0,
    "errors": lambda row: (-row["errors"], -row["warnings"]),
    "quality": lambda row: min((value for value, _ in row["means"]), default=1.0),
}
"""The orders of the list; equals stay as they are."""


def select(rows: Sequence[Json], *, text: str = "", state: str = "", order: str = "", start: int = 0) -> Json:
    """The view of the rows that begins at `start`: those whose title, id, publisher or date has the text.

    An unknown state or order is none. Capitals and accents make no difference.

    >>> rows = [{"id": "a", "title": "Été", "publisher": "", "date": "", "pairs": 2, "reviewed": n} for n in (0, 2)]
    >>> select(rows, text="ete", state="done")["total"]
    1
    """
    wanted, passes = searchable(text).split(), STATES.get(state, STATES[""])
    found = [
        row
        for row in rows
        if passes(row)
        and (not wanted or all(word in searchable(" ".join(row[name] for name in _SEARCHED)) for word in wanted))
    ]
    if order:
        found.sort(key=ORDERS.get(order, ORDERS[""]))
    return {"total": len(found), "start": start, "rows": found[start : start + VIEW]}


_SEARCHED = ("title", "id", "publisher", "date")


def searchable(text: str) -> str:
    """A text for searching: without capitals and accents."""
    return unaccented(text.casefold())
