"""The concordance behind the search box: pairs of the whole corpus and its memories, whatever documents are served.

====================  ================================================================
q                     what is looked for
match                 ``phrase``, ``words``, ``prefix`` or ``regex``
in                    a language of the corpus, or ``both``
status, stems, limit  as for ``aligner find``; empty: any status, no other forms
====================  ================================================================

Start reading at `Lookup`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from typing import Any

from aligner.corpus.store import Project
from aligner.errors import InputError
from aligner.model import Status
from aligner.search import Matching, Query, find
from aligner.search.data import hits_data
from aligner.search.index import InvalidIndex, SearchIndex
from aligner.search.update import found_in, open_current

SECONDS = 2.0
"""What a search may take: somebody is typing."""
MOST = 200
"""Pairs in an answer at most."""
FRESH = 1.0
"""Seconds for which the index is taken to be up to date; at least as often as looking takes, times `PATIENCE`."""
PATIENCE = 20


class Lookup:
    """Answers questions of browsers; may be asked from several threads."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._lock = threading.Lock()
        self._index: SearchIndex | None = None
        self._fresh_until = 0.0

    def answer(self, asked: Mapping[str, str]) -> dict[str, Any]:
        """The answer to the parameters of a request; InputError when they are none."""
        query = self._query(asked)
        with self._lock:
            try:
                hits = find(self._current(), query, self.project)
            except InvalidIndex:
                self._drop()
                hits = found_in(self.project, query)
        return hits_data(hits, query, (self.project.source, self.project.target))

    def _query(self, asked: Mapping[str, str]) -> Query:
        language, status, limit = asked.get("in") or "both", asked.get("status", ""), asked.get("limit") or "50"
        languages = self.project.source, self.project.target
        if language not in (*languages, "both"):
            raise InputError(f"'in' must be one of {', '.join(languages)}, both")
        if status and status not in [each.value for each in Status]:
            raise InputError("'status' is not a status")
        if asked.get("match", "phrase") not in [each.value for each in Matching]:
            raise InputError("'match' must be phrase, words, prefix or regex")
        return Query(
            asked.get("q", ""),
            Matching(asked.get("match", "phrase")),
            sides=(language in (languages[0], "both"), language in (languages[1], "both")),
            stems=bool(asked.get("stems")),
            statuses=frozenset([status] if status else []),
            limit=min(max(int(limit), 1), MOST) if limit.isdecimal() and len(limit) < 9 else MOST,
            seconds=SECONDS,
        )

    def _current(self) -> SearchIndex:
        """The index, looked after from time to time: a folder of many documents is not read for every letter typed."""
        if self._index is None or time.monotonic() > self._fresh_until:
            self._drop()
            start = time.monotonic()
            self._index = open_current(self.project)
            end = time.monotonic()
            self._fresh_until = end + max(FRESH, PATIENCE * (end - start))
        return self._index

    def _drop(self) -> None:
        if self._index is not None:
            self._index.close()
        self._index = None
