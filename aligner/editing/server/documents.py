"""The documents behind the addresses: which there are, what their pages show, and each opened to be edited.

What is shown of a document is kept as long as its file does not change; programs beside the server may change it at any
time. All of this may be called from several threads. Start reading at `Documents`.
"""

from __future__ import annotations

import json
import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from aligner.checks import Finding
from aligner.checks.registry import NO_TERMS
from aligner.corpus.store import Project
from aligner.editing import OpenDocument, StoredBitext
from aligner.editing.server.findings import Findings
from aligner.errors import AlignerError
from aligner.pages import (
    IndexOptions,
    Link,
    PageOptions,
    SearchBox,
    Summary,
    page_data,
    render_index,
    render_page,
    summarize,
)
from aligner.pages.data import Json
from aligner.pages.listing import document_row, select
from aligner.terms import Glossary
from aligner.terms.glossaries import find_glossary, own_glossary
from aligner.text import Srx

KEPT = 32
"""Documents whose prepared data is kept at most."""

PATIENCE = 20
"""How many times as long as looking through all documents takes, what was found counts as the present."""
VERSIONS = 4
"""Versions of a document that are remembered for pages that have one of them."""

Stamp = tuple[int, int, int]
_NOTHING: Stamp = (0, 0, 0)


@dataclass(frozen=True)
class Shown:
    """A document in one version, prepared for the browser."""

    stored: StoredBitext
    findings: Sequence[Finding]
    server: dict[str, str | bool]
    beside: tuple[str, str] = ("", "")
    """The documents before and after it; empty: there is none."""

    @cached_property
    def _values(self) -> Json:
        version = self.stored.version
        return page_data(self.stored.bitext, findings=self.findings, version=version, server=self.server)

    @cached_property
    def data(self) -> bytes:
        """The data object, as JSON."""
        return as_json(self._values)

    @cached_property
    def rows(self) -> list[bytes]:
        """Each bead with its segments, as JSON."""
        sides = {"source": "s", "target": "t"}
        segments = {side: self._values[side] for side in sides}
        return [
            as_json(
                {name: value for name, value in bead.items() if name not in sides.values()}
                | {side: [segments[side][index] for index in bead[key]] for side, key in sides.items()}
            )
            for bead in self._values["beads"]
        ]

    def since(self, old: list[bytes]) -> bytes:
        """What is new since these rows, as JSON: in the place of the old beads `from` to `to` stand the given ones."""
        new = self.rows
        shorter = min(len(old), len(new))
        first = next((n for n in range(shorter) if old[n] != new[n]), shorter)
        last = next((n for n in range(shorter - first) if old[-1 - n] != new[-1 - n]), shorter - first)
        head = {name: value for name, value in self._values.items() if name not in ("source", "target", "beads")}
        head |= {"from": first, "to": len(old) - last}
        return as_json(head)[:-1] + b',"beads":[' + b",".join(new[first : len(new) - last]) + b"]}"

    @cached_property
    def page(self) -> str:
        """The page, as HTML."""
        previous, following = [Link(name, f"/{name}") if name else None for name in self.beside]
        options = PageOptions(index="/", previous=previous, next=following)
        bitext, version = self.stored.bitext, self.stored.version
        return render_page(bitext, options=options, findings=self.findings, version=version, server=self.server)


@dataclass(slots=True)
class _Entry:
    """What is known of one document."""

    opened: OpenDocument
    findings: Findings = field(default_factory=Findings)
    shown: Shown | None = None
    stamp: Stamp | None = None
    version: str = ""
    rows: OrderedDict[str, list[bytes]] = field(default_factory=OrderedDict)
    """The rows of the latest versions: what a page has is not sent to it again."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The documents of the first page: those that can be read, and what is wrong with the others."""

    summaries: tuple[Summary, ...]
    damaged: tuple[str, ...]


class Documents:
    """The documents of a project that are served: those in `wanted`, or all."""

    def __init__(
        self,
        project: Project,
        *,
        token: str,
        wanted: Sequence[str] = (),
        rules: Srx | None = None,
        by: str = "",
        named: bool = True,
    ) -> None:
        self.project, self.wanted, self.rules = project, frozenset(wanted), rules
        self.token = token
        self.server: dict[str, str | bool] = {"api": "/api", "token": token, "by": by, "named": named}
        self._entries: OrderedDict[str, _Entry] = OrderedDict()
        self._named: tuple[tuple[tuple[int, ...], Stamp] | None, dict[str, Path] | None, list[str]] = (None, None, [])
        self._listed: tuple[float, tuple[int, ...], Listed] = (0.0, (), Listed((), ()))
        self._summaries: dict[str, tuple[Stamp, Summary]] = {}
        self._glossary: tuple[tuple[Path | None, Stamp], Glossary] = ((None, _NOTHING), NO_TERMS)

    def names(self) -> list[str]:
        """The documents there are now, in order; the folders are read again only when something in them was replaced.

        Those that are left over are among them only if they are wanted by name.
        """
        project = self.project
        stamp, sources = (project.state(), _stamp(project.corpus / project.source)), project.present()
        # as long as no folder changes, it is the same object
        if stamp != self._named[0] or sources is not self._named[1]:
            every = project.bitexts() if self.wanted else project.paired()
            self._named = stamp, sources, [name for name in every if not self.wanted or name in self.wanted]
        return self._named[2]

    def __contains__(self, name: str) -> bool:
        """Whether a document is served: a name from outside is only ever looked up, never made a path of."""
        return name in self.names()

    def opened(self, name: str) -> OpenDocument:
        """Where a document is edited."""
        return self._entry(name).opened

    def known_version(self, name: str) -> str | None:
        """The present version of a document, at the cost of a look at its file; None when it must be read again."""
        entry = self._entry(name)
        return entry.version if entry.stamp == _stamp(entry.opened.bitext_file) else None

    def version(self, name: str) -> str:
        """The present version of a document, read from its file."""
        entry = self._entry(name)
        stamp = _stamp(entry.opened.bitext_file)  # before reading: if it is replaced meanwhile, it is read again
        entry.version, entry.stamp = entry.opened.read().version, stamp
        return entry.version

    def show(self, name: str, stored: StoredBitext | None = None) -> Shown:
        """A document prepared for the browser: as it is in `stored`, or now. AlignerError when it cannot be read."""
        entry = self._entry(name)
        stored, terms = stored or entry.opened.read(), self.glossary()
        # the very object: it is a new one exactly when its file was read again
        if entry.findings.terms is not terms:
            entry.findings, entry.shown = Findings(terms), None
        shown, (undo, redo) = entry.shown, entry.opened.steps()
        server: dict[str, str | bool] = {**self.server, "undo": undo, "redo": redo}
        if shown is None or (shown.stored.version, shown.server) != (stored.version, server):
            findings, names = entry.findings.of(stored.bitext), self.names()
            # a document that was just left over may still be open in a browser: nothing is beside it
            at = names.index(name) if name in names else len(names) + 1
            beside = "".join(names[max(at - 1, 0) : at]), "".join(names[at + 1 : at + 2])
            shown = entry.shown = Shown(stored, findings, server, beside)
        return shown

    def news(self, name: str, since: str, stored: StoredBitext | None = None) -> bytes:
        """What a page that has the version `since` lacks, as JSON: only the beads that are new, or all the data.

        One answer so carries what changed, and not a whole document after each edit.
        """
        shown = self.show(name, stored)
        old = self._entry(name).rows.get(since)
        self._remember(name, shown)
        return shown.data if old is None else shown.since(old)

    def page(self, name: str) -> str:
        """The page of a document as it is now."""
        shown = self.show(name)
        self._remember(name, shown)
        return shown.page

    def _remember(self, name: str, shown: Shown) -> None:
        rows = self._entry(name).rows
        rows[shown.stored.version] = shown.rows
        while len(rows) > VERSIONS:
            with suppress(KeyError):  # another thread may just have done it
                rows.popitem(last=False)

    def index(self) -> str:
        """The page that lists the documents; those that cannot be read are named with the reason."""
        listed = self.listed()
        pages = {summary.id: f"/{summary.id}" for summary in listed.summaries}
        box = SearchBox((self.project.source, self.project.target), server=self.server)
        options = IndexOptions(pages=pages, search=box, server=self.server)
        return render_index(listed.summaries, options=options)

    def rows(self, asked: Mapping[str, str]) -> Json:
        """A view of the list of documents (see `aligner.pages.listing.select`)."""
        start = asked.get("start", "")
        rows = [document_row(summary, f"/{summary.id}") for summary in self.listed().summaries]
        return select(
            rows,
            text=asked.get("text", ""),
            state=asked.get("state", ""),
            order=asked.get("order", ""),
            start=int(start) if start.isdecimal() and len(start) < 9 else 0,
        )

    def listed(self) -> Listed:
        """What the first page lists.

        Whoever turns its leaves asks again and again: for a moment what was found stays, unless a file was replaced.
        """
        stamp = self.project.state()
        until, known_stamp, known = self._listed
        if time.monotonic() < until and stamp == known_stamp:
            return known
        start = time.monotonic()
        found = self._looked_through()
        end = time.monotonic()
        self._listed = end + PATIENCE * (end - start), stamp, found
        return found

    def _looked_through(self) -> Listed:
        summaries, damaged = [], []
        for name in self.names():
            opened = OpenDocument(self.project, name)
            stamp = _stamp(opened.bitext_file)
            known = self._summaries.get(name)
            try:
                if known is None or known[0] != stamp:
                    known = self._summaries[name] = (stamp, summarize(opened.read().bitext))
                summaries.append(known[1])
            except AlignerError as error:
                damaged.append(f"{name}: {error}")
        return Listed(tuple(summaries), tuple(damaged))

    def glossary(self) -> Glossary:
        """The corpus's glossary, as for the static page; it is read again only when its file was replaced."""
        project = self.project
        path = find_glossary(project.corpus, project.languages)
        state = path, _stamp(path) if path else _NOTHING
        if state != self._glossary[0]:
            self._glossary = state, own_glossary(project.corpus, project.languages)
        return self._glossary[1]

    def _entry(self, name: str) -> _Entry:
        """What is known of a document, now the latest that was asked for; the one longest not asked for is given up."""
        entry = self._entries.get(name)
        if entry is None:
            entry = self._entries[name] = _Entry(OpenDocument(self.project, name, rules=self.rules))
            entry.opened.recover()
            # a page holds its texts twice, as rows and as data: many of them would fill the memory
            while len(self._entries) > KEPT:
                self._entries.popitem(last=False)
        else:
            with suppress(KeyError):  # another thread may just have given it up
                self._entries.move_to_end(name)
        return entry


def as_json(value: object) -> bytes:
    """JSON in UTF-8; a lone surrogate becomes the escape that JSON reads back."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")


def _stamp(path: Path) -> Stamp:
    """What changes whenever a file is replaced."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return _NOTHING
    # a file is replaced, never written into: its number on the disk changes even within one tick of the clock
    return (found.st_mtime_ns, found.st_size, found.st_ino)
