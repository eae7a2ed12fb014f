"""Which documents are as the last run left them, told without reading one of their files.

    source, record, extract, English, pairs, journal ──stamps──▶ the same tools, the same stamps? ──▶ nothing to do

What is noted of a document is true only if nobody wrote one of its files while the run was at it. So a document that
was just finished is noted a moment later: its stamps first, then its files are compared with what the run wrote.
Start reading at `Unchanged`.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections import deque
from dataclasses import dataclass, replace
from pathlib import Path

from aligner.corpus.lock import history_folder
from aligner.corpus.state import CorpusState, is_settled, stamp_of
from aligner.corpus.store import Project, stored_form
from aligner.documents import read_text
from aligner.errors import AlignerError
from aligner.files import read_bytes
from aligner.model import Bitext
from aligner.pipeline.report import Done, Outcome

_WAIT = 0.04
"""Seconds until another change of a file that was just written would show in its stamp."""
Stamps = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Finished:
    """A document that was just written."""

    outcome: Outcome
    path: Path
    before: Stamps
    """The stamps of its source and its record before they were read."""
    bitext_sha256: str
    english_sha256: str
    """Of its text."""
    at: float


class Unchanged:
    """What the state file says of whole documents; `tools` is the signature of those that would do them now."""

    def __init__(self, project: Project, state: CorpusState, tools: str) -> None:
        self._project, self._state, self._tools = project, state, tools
        self._waiting: deque[_Finished] = deque()

    def stamps(self, document: str, path: Path) -> Stamps:
        """The stamps of all files on which it depends whether there is work to do: the source's and the record's first.

        Take them before the files are read.
        """
        project = self._project
        name, suffix = str(path), path.suffix
        # of a plain text nothing is extracted
        extracts = () if suffix == ".txt" else project.extract_files(document)
        files: tuple[Path | str, ...] = (
            name,
            f"{name.removesuffix(suffix)}.toml",
            project.bitext_file(document),
            project.target_file(document),
        )
        # a step that was begun and not finished is noted there
        journal = f"{history_folder(project, document)}/journal.json"
        return (*map(stamp_of, files), *(map(stamp_of, extracts) if extracts else ("", "")), stamp_of(journal))

    def find(self, document: str, stamps: Stamps) -> Outcome | None:
        """The outcome of a document with which nothing need be done; None where that is not known."""
        sql = "SELECT tools, stamps, outcome FROM document WHERE pair = ? AND id = ?"
        for tools, known, outcome in self._state.rows(sql, self._project.pair, document):
            if (tools, known) == (self._tools, "\n".join(stamps)):
                segments, beads, words, notes = json.loads(outcome)
                return Outcome(document, Done.UNCHANGED, segments, beads, words, tuple(notes))
        return None

    def note(self, outcome: Outcome, stamps: Stamps) -> None:
        """Note that a document whose files had these stamps before they were read has nothing to be done."""
        if all(map(is_settled, stamps)):
            said = json.dumps([outcome.segments, outcome.beads, outcome.words, outcome.notes])
            row = (self._project.pair, outcome.id, self._tools, "\n".join(stamps), said)
            self._state.write("INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?, ?)", row)

    def note_later(self, outcome: Outcome, path: Path, before: Stamps, bitext: Bitext) -> None:
        """Note a document that was just written: its source and record had the stamps `before` they were read."""
        written = hashlib.sha256(stored_form(bitext)).hexdigest()
        unchanged = replace(outcome, done=Done.UNCHANGED)
        self._waiting.append(_Finished(unchanged, path, before[:2], written, bitext.target.sha256, time.monotonic()))
        self._note_waiting()

    def close(self) -> None:
        """Note what still waits."""
        if self._waiting:
            time.sleep(_WAIT)
            self._note_waiting()

    def _note_waiting(self) -> None:
        while self._waiting and time.monotonic() - self._waiting[0].at >= _WAIT:
            each = self._waiting.popleft()
            document = each.outcome.id
            stamps = self.stamps(document, each.path)
            if stamps[:2] == each.before and self._is_as_written(each):
                self.note(each.outcome, stamps)

    def _is_as_written(self, each: _Finished) -> bool:
        project, document = self._project, each.outcome.id
        try:
            bitext, english = read_bytes(project.bitext_file(document)), project.target_file(document)
            if hashlib.sha256(bitext).hexdigest() != each.bitext_sha256:
                return False
            text = read_bytes(english)
            # a person's file may be in another encoding: then its text is compared
            same = hashlib.sha256(text).hexdigest() == each.english_sha256
            return same or hashlib.sha256(read_text(english)[0].encode()).hexdigest() == each.english_sha256
        except AlignerError:
            return False
