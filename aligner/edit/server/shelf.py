"""The documents behind the addresses: which there are, what their pages show, and the desk where each is edited.

What is shown of a document is kept as long as its file does not change; programs beside the server may change it at any
time. All of this may be called from several threads. Start reading at `Shelf`.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from aligner.check import Finding
from aligner.check.registry import NO_TERMS
from aligner.corpus.store import Project
from aligner.edit import Desk, Sheet
from aligner.edit.server.findings import Findings
from aligner.errors import AlignerError
from aligner.pages import (
    IndexOptions,
    Link,
    PageOptions,
    Summary,
    page_data,
    render_index,
    render_page,
    summarize,
)
from aligner.terms import Glossary
from aligner.terms.glossaries import find_glossary, own_glossary
from aligner.text import Srx

KEPT = 32
"""Documents whose prepared data is kept at most."""

Stamp = tuple[int, int, int]
_NOTHING: Stamp = (0, 0, 0)


@dataclass(frozen=True)
class Shown:
    """A document in one version, prepared for the browser."""

    sheet: Sheet
    findings: Sequence[Finding]
    server: dict[str, str | bool]
    beside: tuple[str, str] = ("", "")
    """The documents before and after it; empty: there is none."""

    @cached_property
    def data(self) -> bytes:
        """The data object, as JSON."""
        return as_json(page_data(self.sheet.bitext, findings=self.findings, **self._common))

    @cached_property
    def page(self) -> str:
        """The page, as HTML."""
        previous, following = [Link(name, f"/{name}") if name else None for name in self.beside]
        options = PageOptions(index="/", previous=previous, next=following)
        return render_page(self.sheet.bitext, options=options, findings=self.findings, **self._common)

    @property
    def _common(self) -> dict[str, Any]:
        return {"version": self.sheet.version, "server": self.server}


@dataclass(slots=True)
class _Book:
    """What is known of one document."""

    desk: Desk
    findings: Findings = field(default_factory=Findings)
    shown: Shown | None = None
    stamp: Stamp | None = None
    version: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """The documents of the first page: those that can be read, and what is wrong with the others."""

    summaries: tuple[Summary, ...]
    damaged: tuple[str, ...]


class Shelf:
    """The documents of a project that are served: those in `wanted`, or all."""

    def __init__(self, project: Project, *, token: str, wanted: Sequence[str] = (), rules: Srx | None = None) -> None:
        self.project, self.wanted, self.rules = project, frozenset(wanted), rules
        self.server = {"api": "/api", "token": token}
        self._books: OrderedDict[str, _Book] = OrderedDict()
        self._named: tuple[tuple[Stamp, Stamp] | None, list[str]] = (None, [])
        self._summaries: dict[str, tuple[Stamp, Summary]] = {}
        self._glossary: tuple[tuple[Path | None, Stamp], Glossary] = ((None, _NOTHING), NO_TERMS)

    def names(self) -> list[str]:
        """The documents there are now, in order; the folders are read again only when something in them was replaced.

        Those that are left over are among them only if they are wanted by name.
        """
        project = self.project
        stamp = _stamp(project.corpus / "bitext"), _stamp(project.corpus / project.source)
        if stamp != self._named[0]:
            every = project.bitexts() if self.wanted else project.paired()
            self._named = stamp, [name for name in every if not self.wanted or name in self.wanted]
        return self._named[1]

    def __contains__(self, name: str) -> bool:
        """Whether a document is served: a name from outside is only ever looked up, never made a path of."""
        return name in self.names()

    def desk(self, name: str) -> Desk:
        """Where a document is edited."""
        return self._book(name).desk

    def known_version(self, name: str) -> str | None:
        """The present version of a document, at the cost of a look at its file; None when it must be read again."""
        book = self._book(name)
        return book.version if book.stamp == _stamp(book.desk.bitext_file) else None

    def version(self, name: str) -> str:
        """The present version of a document, read from its file."""
        book = self._book(name)
        stamp = _stamp(book.desk.bitext_file)  # before reading: if it is replaced meanwhile, it is read again
        book.version, book.stamp = book.desk.read().version, stamp
        return book.version

    def show(self, name: str, sheet: Sheet | None = None) -> Shown:
        """A document prepared for the browser: as it is in `sheet`, or now. AlignerError when it cannot be read."""
        book = self._book(name)
        sheet, terms = sheet or book.desk.read(), self._terms()
        if book.findings.terms is not terms:
            book.findings, book.shown = Findings(terms), None
        shown, (undo, redo) = book.shown, book.desk.steps()
        server: dict[str, str | bool] = {**self.server, "undo": undo, "redo": redo}
        if shown is None or (shown.sheet.version, shown.server) != (sheet.version, server):
            findings = book.findings.of(sheet.bitext)
            shown = book.shown = Shown(sheet, findings, server, self._beside(name))
        return shown

    def index(self) -> str:
        """The page that lists the documents; those that cannot be read are named with the reason."""
        listed = self.listed()
        pages = {summary.id: f"/{summary.id}" for summary in listed.summaries}
        return render_index(listed.summaries, options=IndexOptions(pages=pages))

    def listed(self) -> Listed:
        """What the first page lists."""
        summaries, damaged = [], []
        for name in self.names():
            try:
                summaries.append(self._summary(name))
            except AlignerError as error:
                damaged.append(f"{name}: {error}")
        return Listed(tuple(summaries), tuple(damaged))

    def _beside(self, name: str) -> tuple[str, str]:
        names = self.names()
        if name not in names:
            return "", ""
        at = names.index(name)
        return "".join(names[max(at - 1, 0) : at]), "".join(names[at + 1 : at + 2])

    def _terms(self) -> Glossary:
        """The corpus's glossary, as for the static page; it is read again only when its file was replaced."""
        project = self.project
        path = find_glossary(project.corpus, source=project.source, target=project.target)
        state = path, _stamp(path) if path else _NOTHING
        if state != self._glossary[0]:
            self._glossary = state, own_glossary(project.corpus, source=project.source, target=project.target)
        return self._glossary[1]

    def _summary(self, name: str) -> Summary:
        desk = Desk(self.project, name)
        stamp = _stamp(desk.bitext_file)
        known = self._summaries.get(name)
        if known is None or known[0] != stamp:
            known = self._summaries[name] = (stamp, summarize(desk.read().bitext))
        return known[1]

    def _book(self, name: str) -> _Book:
        book = self._books.get(name)
        if book is None:
            book = self._books[name] = _Book(Desk(self.project, name, rules=self.rules))
            book.desk.recover()
            while len(self._books) > KEPT:
                self._books.popitem(last=False)
        else:
            with suppress(KeyError):  # another thread may just have given it up
                self._books.move_to_end(name)
        return book


def as_json(value: object) -> bytes:
    """JSON in UTF-8; a lone surrogate becomes the escape that JSON reads back."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")


def _stamp(path: Path) -> Stamp:
    """What changes whenever a file is replaced."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return _NOTHING
    return (found.st_mtime_ns, found.st_size, found.st_ino)
