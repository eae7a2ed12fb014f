"""The two files of a document, replaced as one: the bitext and the English text.

    note the step ──▶ replace the English ──▶ replace the bitext ──▶ note that it is done

No file system replaces two files at once. So the journal notes a step before; a program that was killed in between
leaves the note, and whoever comes next finishes the step (`DocumentFiles.recover`). When a disk refuses, all is put
back. Callers hold the document's lock. Start reading at `DocumentFiles.commit`.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from aligner.corpus.journal import (
    Journal,
    Notes,
    State,
    content_of,
)
from aligner.errors import AlignerError, InputError
from aligner.files import write_atomically

FOREIGN = "another program wrote the document since: nothing can be taken back"
LOST = "the earlier version is lost: the folder .aligner was changed"


@dataclass(frozen=True, slots=True)
class DocumentFiles:
    """A document's files and its journal."""

    bitext_file: Path
    english_file: Path
    journal: Journal

    def commit(self, bitext: bytes, english: bytes | None, edits: tuple[str, ...]) -> None:
        """Replace both files; `edits` are the digests of the edits that led to them. None: no English file.

        Raises EnvironmentProblem when the disk refuses; everything is as before then.
        """
        before, present = self.journal.load(), self.present()
        # Another program wrote the files since: what was edited before cannot be taken back any longer.
        if not before.states or not _same(before.states[before.position], present):
            before = self.journal.restart(before, present)
        state = State(self.journal.keep(bitext), self.journal.keep(english), edits)
        notes = self.journal.append(before, state)
        self._go(notes, notes.position - 1, notes.position, before)
        self.journal.clean(notes)

    def step(self, by: int) -> str:
        """Go back or forth along the states; returned is the reason when that is not possible, else nothing."""
        notes, present = self.journal.load(), self.present()
        # What another program wrote since is not ours to take back.
        if notes.states and not _same(notes.states[notes.position], present):
            return FOREIGN
        goal = notes.position + by
        if not 0 <= goal < len(notes.states):
            return f"there is nothing to {'undo' if by < 0 else 'redo'}"
        try:
            self._go(notes, notes.position, goal, notes)
        except (OSError, zlib.error):
            return LOST
        return ""

    def were_just_saved(self, version: str, edits: Sequence[str]) -> bool:
        """Whether the last step made exactly these edits, by their digests, to the bitext of that version."""
        notes = self.journal.load()
        if not notes.position or notes.states[notes.position - 1].bitext != version:
            return False
        return notes.states[notes.position].edits == tuple(edits)

    def recover(self) -> None:
        """Finish a step that was begun, unless another program wrote the files since."""
        notes = self.journal.load()
        if notes.pending is None:
            return
        start, goal, present = notes.states[notes.position], notes.states[notes.pending], self.present()
        # The English is replaced first: only these two states can be half of this step.
        if present.bitext == start.bitext and present.english in (start.english, goal.english):
            with suppress(OSError, zlib.error):  # the goal is lost: the files stay as they are
                self._write(goal)
        done = _same(goal, self.present())
        self.journal.save(replace(notes, position=notes.pending if done else notes.position, pending=None))

    def _go(self, notes: Notes, start: int, goal: int, before: Notes) -> None:
        """Replace the files of one state by those of another; `before` are the notes if that fails."""
        self.journal.save(replace(notes, position=start, pending=goal))
        try:
            self._write(notes.states[goal])
        except (AlignerError, OSError, zlib.error):
            with suppress(AlignerError, OSError, zlib.error):
                self._write(notes.states[start])
                self.journal.save(before)
            raise
        self.journal.save(replace(notes, position=goal, pending=None))

    def _write(self, state: State) -> None:
        """Give both files a state's contents; the English first, for `recover` tells a half step by that."""
        bitext, english = self.journal.content(state.bitext), self.journal.content(state.english)
        if bitext is None:
            raise InputError("the journal names no bitext", where=self.journal.folder)
        if english is None:
            self.english_file.unlink(missing_ok=True)
        elif content_of(self.english_file) != english:
            write_atomically(self.english_file, english)
        if content_of(self.bitext_file) != bitext:
            write_atomically(self.bitext_file, bitext)

    def present(self) -> State:
        """The files as they are, kept in the journal."""
        return State(self.journal.keep(content_of(self.bitext_file)), self.journal.keep(content_of(self.english_file)))


def _same(state: State, other: State) -> bool:
    return (state.bitext, state.english) == (other.bitext, other.english)
