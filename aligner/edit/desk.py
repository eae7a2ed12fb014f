"""The desk: one document in the corpus, edited, saved at once, taken back and done again.

    edits ──apply_edits──▶ new bitext, new English ──Stored──▶ both files replaced, the step noted

Several programs may use a document at the same time: each step is done under its lock, on the files as they are then;
how two files are replaced as one is in `aligner.corpus.two_files`. Start reading at `Desk.apply`.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from aligner.corpus.journal import Journal, content_of, digest
from aligner.corpus.lock import document_lock, state_folder
from aligner.corpus.store import Project, parse_bitext, write_bitext
from aligner.corpus.two_files import Stored
from aligner.documents import read_text
from aligner.edit.apply import FOREIGN, Applied, Conflict, apply_edits
from aligner.edit.edits import (
    Edit,
    Merge,
    Move,
    SetText,
    Split,
    TakeOver,
)
from aligner.errors import AlignerError, InputError
from aligner.formats import FORMATS, WriteOptions
from aligner.model import Bitext, sha256
from aligner.signature import now
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
    rewrites: tuple[Edit, ...] = ()
    """Those among them by which a bead got a text of a person's."""


def source_text(project: Project, bitext: Bitext) -> str | None:
    """The source text of a bitext; None when it is not at hand as it was when the bitext was made."""
    with suppress(AlignerError):
        path = project.sources().get(bitext.id)
        text = read_text(path)[0] if path else ""
        return text if sha256(text) == bitext.source.sha256 else None
    return None


class Desk:
    """One document of a project, to be edited. Threads and programs may share it: every step takes the lock."""

    def __init__(
        self, project: Project, document: str, *, rules: Srx | None = None, clock: Callable[[], str] = now
    ) -> None:
        self.project, self.document, self.rules, self.clock = project, document, rules, clock
        self.bitext_file = project.bitext_file(document)
        self.english_file = project.target_file(document)
        self.journal = Journal(state_folder(project) / "edits" / f"{document}.{project.pair}")
        self._stored = Stored(self.bitext_file, self.english_file, self.journal)
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
            if version is not None and version != sheet.version:
                if self._stored.were_just_saved(version, [edit.digest for edit in edits]):
                    return Outcome(sheet)
                if any(isinstance(edit, Merge | Split | Move) for edit in edits):
                    return Outcome(sheet, refused=STALE)
            made = self._made(sheet, edits, by)
            if made.conflicts:
                return Outcome(sheet, made.conflicts, made.conflicts[0].reason)
            return self._saved(sheet, made, edits)

    def take(self, edits: Sequence[Edit], *, by: str, dry_run: bool = False, together: bool = False) -> Outcome:
        """Apply the edits of a file as far as they go: those that were taken before are passed over.

        `together`: none is applied where one of them needs the English text and another program changed that.
        """
        with self._working() as sheet:
            seen = self.journal.load().seen()
            fresh = [edit for edit in edits if not edit.at or edit.digest not in seen]
            made = self._made(sheet, fresh, by)
            if together and any(conflict.reason == FOREIGN for conflict in made.conflicts):
                return Outcome(sheet, made.conflicts, refused=FOREIGN)
            if dry_run:
                return Outcome(sheet, made.conflicts, edits=made.edits, rewrites=made.rewrites)
            return self._saved(sheet, made, fresh)

    def replace(self, bitext: Bitext, english: str | None) -> list[Path]:
        """Replace the document by what a run made of it (None: the same English), both files as one; the files written.

        The caller holds the document. What was edited before cannot be taken back any longer.
        """
        present = content_of(self.english_file)
        known = read_text(self.english_file)[0] if present is not None else None
        text = present if english is None or english == known else english.encode("utf-8", "surrogatepass")
        if text == present:
            write_bitext(self.bitext_file, bitext)
            return [self.bitext_file]
        self._stored.commit(_content(bitext), text, ())
        self.journal.save(self.journal.restart(self.journal.load(), self._stored.present()))
        return [self.english_file, self.bitext_file]

    def undo(self, *, version: str) -> Outcome:
        """Take the last edit back, if `version` is the present one and no other program has written since."""
        return self._step(-1, version)

    def redo(self, *, version: str) -> Outcome:
        """Do again what was taken back last."""
        return self._step(1, version)

    def steps(self) -> tuple[bool, bool]:
        """Whether there is something to undo, and something to do again."""
        notes = self.journal.load()
        return notes.position > 0, notes.position + 1 < len(notes.states)

    def recover(self) -> None:
        """Finish the step that a killed program left half done, if there is one."""
        if self.journal.load().pending is not None:
            with self.held():
                pass

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the document's lock, with its two files whole: for programs that write them in their own way."""
        with document_lock(self.project, self.document):
            self._stored.recover()
            yield

    @contextmanager
    def _working(self) -> Iterator[Sheet]:
        with self.held():
            yield self.read()

    def _step(self, by: int, version: str) -> Outcome:
        with self._working() as sheet:
            if version != sheet.version:
                return Outcome(sheet, refused=STALE)
            return Outcome(sheet, refused=refused) if (refused := self._stored.step(by)) else Outcome(self.read())

    def _made(self, sheet: Sheet, edits: Sequence[Edit], by: str) -> Applied:
        source = (
            source_text(self.project, sheet.bitext)
            if any(isinstance(edit, SetText | TakeOver) for edit in edits)
            else None
        )
        return apply_edits(
            sheet.bitext, self._english(sheet), edits, by=by, now=self.clock(), source=source, rules=self.rules
        )

    def _saved(self, sheet: Sheet, made: Applied, edits: Sequence[Edit]) -> Outcome:
        """Write what edits made, if anything changed; all but the conflicts are noted as done."""
        if made.bitext == sheet.bitext:
            return Outcome(sheet, made.conflicts)
        bitext = replace(made.bitext, provenance=replace(made.bitext.provenance, changed=self.clock()))
        refused = [conflict.edit for conflict in made.conflicts]
        digests = tuple(edit.digest for edit in edits if edit.at and edit not in refused)
        after = self._commit(sheet, bitext, made.english, digests)
        return Outcome(after, made.conflicts, edits=made.edits, rewrites=made.rewrites)

    def _english(self, sheet: Sheet) -> str | None:
        """The English text, None when it is not the one that the bitext is about."""
        if not sheet.bitext.target.segments and not self.english_file.exists():
            return ""
        text = read_text(self.english_file)[0] if self.english_file.exists() else ""
        return text if sha256(text) == sheet.bitext.target.sha256 else None

    def _commit(self, sheet: Sheet, bitext: Bitext, english: str | None, edits: tuple[str, ...]) -> Sheet:
        content, text = _content(bitext), content_of(self.english_file)
        if english is not None and bitext.target.sha256 != sheet.bitext.target.sha256:
            text = english.encode("utf-8")
        self._stored.commit(content, text, edits)
        self._latest = Sheet(bitext, digest(content))
        return self._latest


def _content(bitext: Bitext) -> bytes:
    """A bitext as its file holds it."""
    stream = io.BytesIO()
    FORMATS["jsonl"].write([bitext], stream, WriteOptions(keep_boilerplate=True))
    return stream.getvalue()
