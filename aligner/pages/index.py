"""The index page: every document of a corpus with its figures, and where to look first.

Start reading at `render_index`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from aligner.model import Bitext
from aligner.pages.data import safe_json
from aligner.pages.listing import VIEW, document_row
from aligner.pages.markup import page_address
from aligner.pages.render import render
from aligner.pages.summary import Summary, summarize

HELD = 2_000
"""Rows that a page holds itself where it can ask for others."""


@dataclass(frozen=True, slots=True)
class SearchBox:
    """The search box of the index page: who answers it, a server or a file."""

    languages: tuple[str, str]
    server: Mapping[str, str | bool] | None = None
    """Where questions are sent (``api``, ``token``)."""
    file: str = ""
    """The file with the pairs, beside the page (`aligner.pages.found.search_file`)."""
    unable: str = ""
    """Why neither is there, as a sentence for the reader."""

    def data(self, pages: Mapping[str, str]) -> Markup:
        """What the script needs to know."""
        addresses = {document: page_address(page) for document, page in pages.items()}
        server = dict(self.server) if self.server else None
        return safe_json({"languages": self.languages, "server": server, "pages": addresses, "unable": self.unable})


@dataclass(frozen=True, slots=True)
class IndexOptions:
    """How the index page is made."""

    title: str = "Review"
    pages: Mapping[str, str] = field(default_factory=dict)
    """Where the page of each document id is, relative to the index; ``<id>.html`` where nothing is said."""
    search: SearchBox | None = None
    """The search box; None: there is none."""
    server: Mapping[str, str | bool] | None = None
    """Where the rows are asked for (``api``, ``token``) when there are more than `HELD` of them."""


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
    summaries: list[Summary] = [item if isinstance(item, Summary) else summarize(item) for item in documents]
    pages = {summary.id: options.pages.get(summary.id, f"{summary.id}.html") for summary in summaries}
    box = options.search
    rows = [document_row(summary, pages[summary.id]) for summary in summaries]
    server = dict(options.server) if options.server and len(rows) > HELD else None
    listing = {"rows": None if server else rows, "server": server, "total": len(rows), "view": VIEW}
    return render(
        "index.html",
        styles=("base.css", "index.css", "find.css", "print.css"),
        scripts=("dom.js", *(("found.js", "lookup.js", "find.js") if box else ()), "listing.js"),
        served=options.server is not None or (box is not None and box.server is not None),
        beside=box is not None and bool(box.file),
        find=box and {"languages": box.languages, "file": box.file, "data": box.data(pages)},
        options=options,
        rows=rows[:VIEW] if server else rows,
        listing=safe_json(listing),
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
