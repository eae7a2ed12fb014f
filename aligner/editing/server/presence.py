"""Who has a document open, and where: two tabs, or two people at one machine, see each other.

A page says with every request for changes who it is and where its reader stands; what it says is kept as long as it
goes on asking, and in memory only. Start reading at `Presence`.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from aligner.editing.reviewer import printable

STAYS = 25.0
"""Seconds after which a page that says nothing more is taken to be closed."""
MOST = 50
"""Pages of one document that are remembered at most: a page can say any name."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """A page that is open somewhere."""

    name: str
    place: str
    """The locator of the pair where its reader stands; empty: nowhere yet."""
    writing: bool
    """Whether a text or a note is being written there."""


class Presence:
    """The open pages of all documents; may be asked from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: defaultdict[str, dict[str, tuple[float, Visitor]]] = defaultdict(dict)

    def note(self, document: str, asked: Mapping[str, str]) -> str:
        """Take in what a page says of itself; its own name for itself, empty where it says none."""
        page = asked.get("page", "")[:40]
        if not page:
            return ""
        with self._lock:
            pages = self._seen[document]
            if asked.get("gone"):
                pages.pop(page, None)
            elif page in pages or len(pages) < MOST:
                visitor = Visitor(
                    printable(asked.get("name", "")[:80]), asked.get("at", "")[:40], bool(asked.get("writing"))
                )
                pages[page] = time.monotonic(), visitor
        return page

    def others(self, document: str, page: str) -> list[Visitor]:
        """The other pages of a document, in a fixed order."""
        now = time.monotonic()
        with self._lock:
            pages = self._seen[document]
            for closed in [each for each, (moment, _) in pages.items() if now - moment > STAYS]:
                del pages[closed]
            return [visitor for each, (_, visitor) in sorted(pages.items()) if each != page]
