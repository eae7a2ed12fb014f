"""The index page: every document of a corpus with its figures, and where to look first.

A page on disk has all its rows; a served one asks for those in view. Start reading at `render_index`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from aligner.model import Bitext
from aligner.pages.data import Json, safe_json
from aligner.pages.listing import VIEW, document_row
from aligner.pages.markup import page_address
from aligner.pages.render import render
from aligner.pages.summary import Summary, summarize


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
    """Where the rows are asked for (``api``, ``token``); None: the page has all of them itself."""


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures of all documents together."""

    documents: int
    beads: int
    reviewed: int
    source_words: int
    target_words: int
    differing: int
    signatures: tuple[str, ...]
    """One where the whole corpus was made alike; several show at once that a part of it was not made again."""

    @staticmethod
    def of(rows: Sequence[Json], signatures: Iterable[str]) -> Totals:
        """Those of rows with the fields of `aligner.pages.listing.FIGURES`, and of their signatures."""
        return Totals(
            documents=len(rows),
            beads=sum(row["pairs"] for row in rows),
            reviewed=sum(row["reviewed"] for row in rows),
            source_words=sum(row["words"][0] for row in rows),
            target_words=sum(row["words"][1] for row in rows),
            differing=sum(row["differing"] for row in rows),
            signatures=tuple(filter(None, dict.fromkeys(signatures))),
        )


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
    rows = [document_row(summary, pages[summary.id]) for summary in summaries]
    signatures = (summary.provenance.signature for summary in summaries)
    return _rendered(rows, Totals.of(rows, signatures), options, pages=pages)


def render_served_index(first: Sequence[Json], totals: Totals, *, options: IndexOptions) -> str:
    """Render an index page that has the rows of the `first` view only and asks its server for all others."""
    return _rendered(first, totals, options, pages={})


def _rendered(rows: Sequence[Json], totals: Totals, options: IndexOptions, *, pages: Mapping[str, str]) -> str:
    server, box = dict(options.server) if options.server else None, options.search
    listing = {"rows": None if server else rows, "server": server, "total": totals.documents, "view": VIEW}
    return render(
        "index.html",
        styles=("base.css", "index.css", "find.css", "print.css"),
        scripts=("dom.js", *(("found.js", "lookup.js", "find.js") if box else ()), "listing.js"),
        served=server is not None or (box is not None and box.server is not None),
        beside=box is not None and bool(box.file),
        find=box and {"languages": box.languages, "file": box.file, "data": box.data(pages)},
        options=options,
        rows=rows,
        listing=safe_json(listing),
        totals=totals,
    )
