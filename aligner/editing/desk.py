"""The desk: one document in the corpus, edited, saved at once, taken back and done again.

    edits ──apply_edits──▶ new bitext, new English ──journal──▶ both files replaced, the step noted

Several programs may use a document at the same time: each step is done under its lock, on the files as they are then.
A step replaces the English text first and the bitext after it. The journal notes it beforehand: when a program is
killed in between, `Desk.recover` finishes the step, whoever comes next. Start reading at `Desk.apply`.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace

from aligner.clock import now
from aligner.editing.apply import Conflict, apply_edits
from aligner.editing.journal import Journal, Notes, State, content_of, digest
from aligner.editing.lock import document_lock, state_folder
from aligner.editing.records import Edit, Merge, Move, Split
from aligner.errors import AlignerError, InputError
from aligner.files import write_atomically
from aligner.formats import FORMATS, WriteOptions
from aligner.ingest import read_text
from aligner.model import Bitext, sha256
from aligner.store import Project, parse_bitext
from aligner.text import Srx

STALE = "the document was changed in the meantime: look at it again"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document as it lies in the store."""

    bitext: Bitext
    version: str
    """SHA-256 of the bitext file."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a request to change a document."""

    sheet: Sheet
    """The document afterwards."""
    conflicts: tuple[Conflict, ...] = ()
    refused: str = ""
    """Why nothing was done, in a sentence; empty when it was done."""
    edits: tuple[Edit, ...] = ()
    """The edits that changed something."""


class Desk:
    """One document of a project, to be edited. Threads and programs may share it: every step takes the lock."""

    def __init__(
        self, project: Project, document: str, *, rules: Srx | None = None, clock: Callable[[], str] = now
    ) -> None:
        self.project, self.document, self.rules, self.clock = project, document, rules, clock
        self.bitext_file = project.bitext_file(document)
        self.english_file = project.target_file(document)
        self.journal = Journal(state_folder(project) / "edits" / f"{document}.{project.pair}")
        self._latest: Sheet | None = None

    def read(self) -> Sheet:
        """The document as it is; InputError when it is missing or damaged."""
        data = content_of(self.bitext_file)
        if data is None:
            raise InputError("there are no aligned pairs", where=self.bitext_file, hint="run `aligner run` first")
        version, latest = digest(data), self._latest
        if latest is None or latest.version != version:
            latest = self._latest = Sheet(parse_bitext(data, self.bitext_file), version)
        return latest

    def apply(self, edits: Sequence[Edit], *, by: str, version: str | None = None) -> Outcome:
        """Apply edits, all of them or, when one is a conflict, none.

        With `version`, edits of the beads' borders are refused when the document is no longer that one; the other
        edits are judged by what the person saw of their bead. Edits that were just saved, but whose sender did not hear
        of it and sends them again, are not applied twice.
        """
        with self._working() as sheet:
            if version not in (None, sheet.version) and self._were_just_saved(edits, version):
                return Outcome(sheet)
            if version not in (None, sheet.version) and any(isinstance(e, Merge | Split | Move) for e in edits):
                return Outcome(sheet, refused=STALE)
            made = self._applied(sheet, edits, by)
            return replace(made, refused=made.conflicts[0].reason) if made.conflicts else made

    def take(self, edits: Sequence[Edit], *, by: str, dry_run: bool = False) -> Outcome:
        """Apply the edits of a file as far as they go: those that were taken before are passed over."""
        with self._working() as sheet:
            seen = self.journal.load().seen()
            fresh = [edit for edit in edits if not edit.at or edit.digest not in seen]
            return self._applied(sheet, fresh, by, imported=True, dry_run=dry_run)

    def put(self, before: Bitext, after: Bitext, english: str | None) -> bool:
        """Replace the document by another state of it (None: the same English), so that it can be undone too.

        Returns whether that was possible: it is not when the document is no longer as it was `before`.
        """
        with self._working() as sheet:
            fits = sheet.bitext == before and (english is None or self._english(sheet) is not None)
            if fits:
                self._commit(after, english, ())
            return fits

    def undo(self, *, version: str) -> Outcome:
        """Take the last edit back, if `version` is the present one and no other program has written since."""
        return self._step(-1, version)

    def redo(self, *, version: str) -> Outcome:
        """Do again what was taken back last."""
        return self._step(1, version)

    def recover(self) -> None:
        """Finish the step that a killed program left half done, if there is one."""
        if self.journal.load().pending is not None:
            with self.held():
                pass

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the document's lock, with its two files whole: for programs that write them in their own way."""
        with document_lock(self.project, self.document):
            self._recover()
            yield

    @contextmanager
    def _working(self) -> Iterator[Sheet]:
        with self.held():
            yield self.read()

    def _applied(
        self, sheet: Sheet, edits: Sequence[Edit], by: str, *, imported: bool = False, dry_run: bool = False
    ) -> Outcome:
        moment = self.clock()
        made = apply_edits(sheet.bitext, self._english(sheet), edits, by=by, now=moment, rules=self.rules)
        if made.conflicts and not imported:
            return Outcome(sheet, made.conflicts)
        if dry_run or made.bitext == sheet.bitext:
            return Outcome(sheet, made.conflicts, edits=made.edits)
        bitext = replace(made.bitext, provenance=replace(made.bitext.provenance, changed=moment))
        failed = [conflict.edit for conflict in made.conflicts]
        taken = tuple(edit.digest for edit in edits if edit.at and edit not in failed)
        return Outcome(self._commit(bitext, made.english, taken), made.conflicts, edits=made.edits)

    def _were_just_saved(self, edits: Sequence[Edit], version: str | None) -> bool:
        """Whether the last step made exactly these edits to that version."""
        notes = self.journal.load()
        if not notes.position or notes.states[notes.position - 1].bitext != version:
            return False
        return notes.states[notes.position].edits == tuple(edit.digest for edit in edits)

    def _english(self, sheet: Sheet) -> str | None:
        """The English text, None when it is not the one that the bitext is about."""
        if not sheet.bitext.target.segments and not self.english_file.exists():
            return ""
        text = read_text(self.english_file)[0] if self.english_file.exists() else ""
        return text if sha256(text) == sheet.bitext.target.sha256 else None

    def _commit(self, bitext: Bitext, english: str | None, edits: tuple[str, ...]) -> Sheet:
        """Write a new state: note it, replace the files, note that it is done."""
        stream = io.BytesIO()
        FORMATS["jsonl"].write([bitext], stream, WriteOptions(keep_boilerplate=True))
        present = self._present()
        text = content_of(self.english_file)
        if english is not None and bitext.target.sha256 != self.read().bitext.target.sha256:
            text = english.encode("utf-8")
        state = State(self.journal.keep(stream.getvalue()), self.journal.keep(text), edits)
        before = self._followed(present)
        notes = self.journal.append(before, state)
        self._go(notes, notes.position, before)
        self.journal.clean(notes)
        self._latest = Sheet(bitext, state.bitext)
        return self._latest

    def _present(self) -> State:
        """The two files as a state, kept in the journal."""
        return State(self.journal.keep(content_of(self.bitext_file)), self.journal.keep(content_of(self.english_file)))

    def _followed(self, present: State) -> Notes:
        """The notes, begun anew when another program wrote the files since."""
        notes = self.journal.load()
        if notes.states and _same(notes.states[notes.position], present):
            return notes
        return self.journal.restart(notes, present)

    def _step(self, by: int, version: str) -> Outcome:
        with self._working() as sheet:
            if version != sheet.version:
                return Outcome(sheet, refused=STALE)
            notes, present = self.journal.load(), self._present()
            if notes.states and not _same(notes.states[notes.position], present):
                return Outcome(sheet, refused="another program wrote the document since: nothing can be taken back")
            goal = notes.position + by
            if not 0 <= goal < len(notes.states):
                return Outcome(sheet, refused=f"there is nothing to {'undo' if by < 0 else 'redo'}")
            try:
                self._go(notes, goal, notes)
            except (OSError, zlib.error):
                return Outcome(sheet, refused="the earlier version is lost: the folder .aligner was changed")
            return Outcome(self.read())

    def _go(self, notes: Notes, goal: int, before: Notes) -> None:
        """Replace the files by those of a state, so that whoever comes after a crash can finish it.

        When the files cannot be written, they and the notes are as `before`, whose position is the present state.
        """
        present = before.states[before.position]
        start = next((k for k, state in enumerate(notes.states) if k != goal and _same(state, present)), goal)
        self.journal.save(replace(notes, position=start, pending=goal))
        try:
            self._write(notes.states[goal])
        except (AlignerError, OSError, zlib.error):
            with suppress(AlignerError, OSError, zlib.error):
                self._write(present)
                self.journal.save(replace(before, pending=None))
            raise
        self.journal.save(replace(notes, position=goal, pending=None))

    def _write(self, state: State) -> None:
        bitext, english = self.journal.content(state.bitext), self.journal.content(state.english)
        if bitext is None:
            raise InputError("the journal names no bitext", where=self.journal.folder)
        if english is None:
            self.english_file.unlink(missing_ok=True)
        elif content_of(self.english_file) != english:
            write_atomically(self.english_file, english)
        if content_of(self.bitext_file) != bitext:
            write_atomically(self.bitext_file, bitext)

    def _recover(self) -> None:
        """Finish a step that was begun, unless another program wrote the files since."""
        notes = self.journal.load()
        if notes.pending is None:
            return
        start, goal, present = notes.states[notes.position], notes.states[notes.pending], self._present()
        expected = present.bitext in (start.bitext, goal.bitext) and present.english in (start.english, goal.english)
        if expected and present.bitext == start.bitext:
            self._write(goal)
        done = expected or _same(present, goal)
        self.journal.save(replace(notes, position=notes.pending if done else notes.position, pending=None))


def _same(state: State, present: State) -> bool:
    return (state.bitext, state.english) == (present.bitext, present.english)
