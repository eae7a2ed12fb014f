"""The list of documents that are served, from what the state of the corpus knows of them.

    state ──known_figures──▶ figures of every document ──select──▶ ids in view ──facts_of──▶ rows

No bitext is read of which the state knows the present file, so that a hundred thousand documents are listed in a second
or two. All of this may be called from several threads. Start reading at `DocumentList`.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from aligner.corpus.facts import facts_of, known_figures
from aligner.corpus.state import CorpusState, stamp_of
from aligner.editing.server.documents import Documents
from aligner.errors import AlignerError
from aligner.pages import IndexOptions, SearchBox, Totals, render_served_index
from aligner.pages.data import Json
from aligner.pages.listing import document_row, select

PATIENCE = 20
"""How many times as long as looking through all documents takes, what was found counts as the present."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What was found: the figures of those that can be read, and what is wrong with the others."""

    figures: Sequence[Json] = ()
    damaged: tuple[str, ...] = ()


class DocumentList:
    """The list of the documents that are served."""

    def __init__(self, documents: Documents) -> None:
        self.documents, self.project = documents, documents.project
        self._known: tuple[float, tuple[int, ...], Listed] = (0.0, (), Listed())

    def page(self) -> str:
        """The page that lists the documents, with the rows of its first view."""
        project, server, figures = self.project, self.documents.server, self.listed().figures
        box = SearchBox((project.source, project.target), server=server)
        options = IndexOptions(search=box, server=server)
        totals = Totals.of(figures, (each["signature"] for each in figures))
        return render_served_index(self._rows(select(figures)["rows"]), totals, options=options)

    def view(self, asked: Mapping[str, str]) -> Json:
        """A view of the list (see `aligner.pages.listing.select`)."""
        start = asked.get("start", "")
        found = select(
            self.listed().figures,
            text=asked.get("text", ""),
            state=asked.get("state", ""),
            order=asked.get("order", ""),
            start=int(start) if start.isdecimal() and len(start) < 9 else 0,
        )
        return found | {"rows": self._rows(found["rows"])}

    def _rows(self, figures: Sequence[Json]) -> list[Json]:
        """The whole rows of some documents; one that was damaged a moment ago is left out."""
        state, rows = CorpusState(self.project), []
        for each in figures:
            with suppress(AlignerError):
                rows.append(document_row(facts_of(self.project, each["id"], state).summary, f"/{each['id']}"))
        state.close()
        return rows

    def listed(self) -> Listed:
        """What is listed.

        Whoever turns its leaves asks again and again: for a moment what was found stays, unless a file was replaced.
        """
        stamp = self.project.state()
        until, known_stamp, known = self._known
        if time.monotonic() < until and stamp == known_stamp:
            return known
        start = time.monotonic()
        found = self._looked_through()
        end = time.monotonic()
        self._known = end + PATIENCE * (end - start), stamp, found
        return found

    def _looked_through(self) -> Listed:
        state, figures, damaged = CorpusState(self.project), [], []
        known = known_figures(self.project, state)
        for name in self.documents.names():
            stamp, row = known.get(name, ("", {}))
            # What the state does not know, or knows of another file, is read: once, for the state remembers it.
            if not stamp or stamp != stamp_of(self.project.bitext_file(name)):
                try:
                    facts_of(self.project, name, state)
                except AlignerError as error:
                    damaged.append(f"{name}: {error}")
                    continue
                _, row = known_figures(self.project, state, name)[name]
            figures.append(row)
        state.close()
        return Listed(figures, tuple(damaged))
