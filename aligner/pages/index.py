"""The index page: every document of a corpus with its figures, and where to look first.

Start reading at `render_index`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from aligner.model import Bitext
from aligner.pages.render import render
from aligner.pages.summary import Summary, summarize


@dataclass(frozen=True, slots=True)
class IndexOptions:
    """How the index page is made."""

    title: str = "Review"
    pages: Mapping[str, str] = field(default_factory=dict)
    """Where the page of each document id is, relative to the index; ``<id>.html`` where nothing is said."""


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures of all documents together."""

    documents: int
    beads: int
    reviewed: int
    source_words: int
    target_words: int
    differing: int


def render_index(
    documents: Iterable[Bitext | Summary],
    *,
    options: IndexOptions = IndexOptions(),
) -> str:
    """Render the index page of `documents`, in the order given, as one self-contained HTML document.

    Pass summaries (`aligner.pages.summarize`) to list a corpus without holding it in memory.
    """
    # one bitext at a time is held: a corpus may have thousands
    summaries = [item if isinstance(item, Summary) else summarize(item) for item in documents]
    return render(
        "index.html",
        styles=("base.css", "index.css", "print.css"),
        scripts=(),
        options=options,
        summaries=summaries,
        pages={summary.id: options.pages.get(summary.id, f"{summary.id}.html") for summary in summaries},
        totals=Totals(
            documents=len(summaries),
            beads=sum(summary.beads for summary in summaries),
            reviewed=sum(summary.reviewed for summary in summaries),
            source_words=sum(summary.source_words for summary in summaries),
            target_words=sum(summary.target_words for summary in summaries),
            differing=sum(summary.differing for summary in summaries),
        ),
        # One where the whole corpus was made alike; several show at once that a part of it was not made again.
        signatures=list(dict.fromkeys(item.provenance.signature for item in summaries if item.provenance.signature)),
    )
