"""Exports follow the edits: TMX, TEI and the static page are made again when a document has been quiet for a while.

Not after every edit: of a long document that would be seconds of work for each. What is still to be done when the
server stops is done then, with the index of all documents. Start reading at `Publishing`.
"""

from __future__ import annotations

import logging
import threading
import time

from aligner.corpus.publish import due, exports_expected, forget_exports, listed, republish
from aligner.corpus.store import Project
from aligner.errors import AlignerError

log = logging.getLogger(__name__)

QUIET = 3.0
"""Seconds without an edit after which a document's exports are made."""


class Publishing:
    """A thread that brings the exports of edited documents up to date."""

    def __init__(self, project: Project, *, quiet: float = QUIET) -> None:
        self.project, self.quiet = project, quiet
        self.documents: set[str] = set()
        """All that were edited."""
        self._due: dict[str, float] = {}
        self._noted: set[str] = set()
        """Documents of which it is noted on the disk that their exports are to follow."""
        self._change = threading.Condition()
        self._closing = False
        # a daemon: a second Ctrl-C need not wait for exports
        self._thread = threading.Thread(target=self._work, name="exports", daemon=True)
        self._thread.start()
        # what a server that was killed had still to do
        for document in due(project):
            self.touch(document)

    def expect(self, document: str) -> None:
        """Say that a document is about to be edited: should we be killed, whoever comes next makes its exports."""
        if document not in self._noted:
            with exports_expected(self.project, document):
                self._noted.add(document)

    def touch(self, document: str) -> None:
        """Say that a document was edited."""
        # a further edit puts it off: while somebody types, every export would be out of date at once
        with self._change:
            self._due[document] = time.monotonic() + self.quiet
            self.documents.add(document)
            self._change.notify()

    def close(self) -> None:
        """Make what is still to be made, and the index if anything was edited."""
        with self._change:
            self._closing = True
            self._change.notify()
        # No lock is held here: the thread may need it to finish what it is writing.
        self._thread.join()
        # of refused edits: nothing changed
        for document in self._noted - self.documents:
            forget_exports(self.project, document)
        if self.documents:
            self._publish(sorted(self.documents), last=True)

    def _work(self) -> None:
        while True:
            with self._change:
                due = min(self._due.values(), default=None)
                if self._closing:
                    return
                if due is None or due > time.monotonic():
                    self._change.wait(None if due is None else due - time.monotonic())
                    continue
                ready = [name for name, moment in self._due.items() if moment <= time.monotonic()]
                for name in ready:
                    del self._due[name]
            self._publish(ready)

    def _publish(self, documents: list[str], *, last: bool = False) -> None:
        """Make the exports of documents; of the last ones the index follows."""
        for number, document in enumerate(documents, 1):
            self._noted.discard(document)  # first: an edit that comes now is noted again
            try:
                index = listed(self.project) if last and number == len(documents) else []
                republish(self.project, [document], index=index)
            except (AlignerError, OSError) as error:
                # an export that fails must not stop the review: the edit itself is saved
                log.warning("the exports of %s are not up to date: %s", document, error)
