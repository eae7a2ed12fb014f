"""The documents behind the addresses: which there are, what their pages show, and each opened to be edited.

What is shown of a document is kept as long as its file does not change; programs beside the server may change it at any
time. All of this may be called from several threads. Start reading at `Documents`.
"""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from aligner.checks import Finding
from aligner.corpus.store import Project
from aligner.documents import Layout
from aligner.documents.extract import read_map
from aligner.editing import OpenDocument, StoredBitext
from aligner.editing.server.findings import Findings
from aligner.pages import Link, PageOptions, page_data, render_page
from aligner.pages.data import Json
from aligner.terms.glossaries import find_glossary, own_glossary
from aligner.terms.glossary import NO_TERMS, Glossary
from aligner.text import Srx

KEPT = 32
"""Documents whose prepared data is kept at most."""

FIRST = 200
"""Rows that the page of a long document comes with."""
PART = 500
"""Rows in one of the answers that bring it the others."""
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
    layout: Layout | None = None
    """The map of its source to the original, where that has tables."""

    @cached_property
    def _values(self) -> Json:
        version = self.stored.version
        return page_data(self.stored.bitext, findings=self.findings, version=version, server=self.server)

    @cached_property
    def data(self) -> bytes:
        """The data object, as JSON."""
        return as_json(self._values)

    @property
    def findings_by_locator(self) -> dict[str, Json]:
        """The findings as the page has them, of the beads that have some."""
        bitext = self.stored.bitext
        every = zip(bitext.beads, self._values["beads"], strict=True)
        return {bitext.locator(bead): row["findings"] for bead, row in every if row["findings"]}

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
        return render_page(
            bitext,
            options=options,
            findings=self.findings,
            version=version,
            server=self.server,
            layout=self.layout,
            first=FIRST if len(bitext.beads) > 2 * FIRST else 0,
        )


@dataclass(slots=True)
class _Entry:
    """What is known of one document."""

    opened: OpenDocument
    findings: Findings = field(default_factory=Findings)
    checking: threading.Lock = field(default_factory=threading.Lock)
    """One check at a time: whoever waits for it has little left to check."""
    shown: Shown | None = None
    stamp: Stamp | None = None
    version: str = ""
    rows: OrderedDict[str, list[bytes]] = field(default_factory=OrderedDict)
    """The rows of the latest versions: what a page has is not sent to it again."""


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
        self._glossary: tuple[tuple[Path | None, Stamp], Glossary] = ((None, _NOTHING), NO_TERMS)

    def names(self) -> list[str]:
        """The documents there are now, in order; the folders are read again only when something in them was replaced.

        Those that are left over are among them only if they are wanted by name.
        """
        project = self.project
        stamp, sources = (project.state(), file_stamp(project.corpus / project.source)), project.present()
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
        return entry.version if entry.stamp == file_stamp(entry.opened.bitext_file) else None

    def version(self, name: str) -> str:
        """The present version of a document, read from its file."""
        entry = self._entry(name)
        stamp = file_stamp(entry.opened.bitext_file)  # before reading: if it is replaced meanwhile, it is read again
        entry.version, entry.stamp = entry.opened.read().version, stamp
        return entry.version

    def show(self, name: str, stored: StoredBitext | None = None, *, at_once: bool = False) -> Shown:
        """A document prepared for the browser: as it is in `stored`, or now. AlignerError when it cannot be read.

        `at_once`: a long document that was not checked yet comes without findings, and says so (``checking``).
        """
        entry = self._entry(name)
        stored, terms = stored or entry.opened.read(), self.glossary()
        # the very object: it is a new one exactly when its file was read again
        if entry.findings.terms is not terms:
            entry.findings, entry.shown = Findings(terms), None
        shown, (undo, redo) = entry.shown, entry.opened.steps()
        server: dict[str, str | bool] = {**self.server, "undo": undo, "redo": redo}
        if shown is None or (shown.stored.version, shown.server) != (stored.version, server):
            later = at_once and len(stored.bitext.beads) > 2 * FIRST and not entry.findings.knows(stored.bitext)
            with entry.checking if not later else nullcontext():
                findings, names = [] if later else entry.findings.of(stored.bitext), self.names()
            # a document that was just left over may still be open in a browser: nothing is beside it
            at = names.index(name) if name in names else len(names) + 1
            beside = "".join(names[max(at - 1, 0) : at]), "".join(names[at + 1 : at + 2])
            layout = read_map(self.project.extract_files(name)[1], stored.bitext.source.sha256)
            shown = Shown(stored, findings, {**server, "checking": True} if later else server, beside, layout)
            if not later:
                entry.shown = shown
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
        shown = self.show(name, at_once=True)
        self._remember(name, shown)
        return shown.page

    def part(self, name: str, version: str, start: int) -> bytes | None:
        """Some rows of a version that a page has, as JSON; None where that version is no longer known."""
        rows = self._entry(name).rows.get(version)
        return None if rows is None else b'{"beads":[' + b",".join(rows[start : start + PART]) + b"]}"

    def findings(self, name: str, version: str, stopped: Callable[[], bool]) -> bytes | None:
        """What the checks found in a version that came without it, by locators, as JSON; None where it is gone."""
        entry = self._entry(name)
        # Of a long document it takes a while, for which nobody who ends the review should wait.
        with entry.checking:
            entry.findings.of(entry.opened.read().bitext, stopped=stopped)
        shown = self.show(name)
        if shown.stored.version != version:
            return None
        self._remember(name, shown)
        return as_json({"findings": shown.findings_by_locator})

    def _remember(self, name: str, shown: Shown) -> None:
        rows = self._entry(name).rows
        rows[shown.stored.version] = shown.rows
        while len(rows) > VERSIONS:
            with suppress(KeyError):  # another thread may just have done it
                rows.popitem(last=False)

    def glossary(self) -> Glossary:
        """The corpus's glossary, as for the static page; it is read again only when its file was replaced."""
        project = self.project
        path = find_glossary(project.corpus, project.languages)
        state = path, file_stamp(path) if path else _NOTHING
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


def file_stamp(path: Path) -> Stamp:
    """What changes whenever a file is replaced."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return _NOTHING
    # a file is replaced, never written into: its number on the disk changes even within one tick of the clock
    return (found.st_mtime_ns, found.st_size, found.st_ino)
