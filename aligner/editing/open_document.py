"""One document of the corpus, opened to be edited: saved at once, taken back and done again.

    edits ──apply_edits──▶ new bitext, new English ──DocumentFiles──▶ both files replaced, the step noted

Several programs may use a document at the same time: each step is done under its lock, on the files as they are then;
how two files are replaced as one is in `aligner.corpus.two_files`. Start reading at `OpenDocument.apply`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from aligner.corpus.journal import Journal, content_of, version_of
from aligner.corpus.lock import document_lock, history_folder
from aligner.corpus.store import Project, parse_bitext, stored_form, write_bitext
from aligner.corpus.two_files import DocumentFiles
from aligner.documents import read_text
from aligner.editing.apply import FOREIGN, Applied, RefusedEdit, apply_edits
from aligner.editing.edits import (
    Edit,
    Merge,
    Move,
    SetText,
    Split,
    TakeOver,
)
from aligner.errors import AlignerError, InputError
from aligner.model import Bitext, sha256
from aligner.signature import now
from aligner.text import Srx

STALE = "the document was changed in the meantime: look at it again"


@dataclass(frozen=True, slots=True)
class StoredBitext:
    """A document as it lies in the store."""

    bitext: Bitext
    version: str
    """SHA-256 of the bitext file."""


@dataclass(frozen=True, slots=True)
class EditResult:
    """What became of a request to change a document."""

    stored: StoredBitext
    """The document afterwards."""
    conflicts: tuple[RefusedEdit, ...] = ()
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


class OpenDocument:
    """One document of a project, to be edited. Threads and programs may share it: every step takes the lock."""

    def __init__(
        self, project: Project, document: str, *, rules: Srx | None = None, clock: Callable[[], str] = now
    ) -> None:
        self.project, self.document, self.rules, self.clock = project, document, rules, clock
        self.bitext_file = project.bitext_file(document)
        self.english_file = project.target_file(document)
        self.journal = Journal(history_folder(project, document))
        self._files = DocumentFiles(self.bitext_file, self.english_file, self.journal)
        self._latest: StoredBitext | None = None

    def read(self) -> StoredBitext:
        """The document as it is; InputError when it is missing or damaged."""
        data = content_of(self.bitext_file)
        if data is None:
            raise InputError("there are no aligned pairs", where=self.bitext_file, hint="run `aligner run` first")
        version, latest = version_of(data), self._latest
        if latest is None or latest.version != version:
            # parsing takes long: the same bytes are parsed once
            latest = self._latest = StoredBitext(parse_bitext(data, self.bitext_file), version)
        return latest

    def apply(self, edits: Sequence[Edit], *, by: str, version: str | None = None) -> EditResult:
        """Apply edits, all of them or, when one is a conflict, none.

        With `version`, edits of the beads' borders are refused when the document is no longer that one; the other
        edits are judged by what the person saw of their bead. Edits that were just saved, but whose sender did not hear
        of it and sends them again, are not applied twice.
        """
        with self._working() as stored:
            if version is not None and version != stored.version:
                # The answer to a request may get lost on its way; the page then sends the edits again.
                if self._files.were_just_saved(version, [edit.digest for edit in edits]):
                    return EditResult(stored)
                # their meaning depends on the neighbours (decision 16)
                if any(isinstance(edit, Merge | Split | Move) for edit in edits):
                    return EditResult(stored, refused=STALE)
            made = self._made(stored, edits, by)
            if made.conflicts:
                return EditResult(stored, made.conflicts, made.conflicts[0].reason)
            return self._saved(stored, made, edits)

    def take(self, edits: Sequence[Edit], *, by: str, dry_run: bool = False, together: bool = False) -> EditResult:
        """Apply the edits of a file as far as they go: those that were taken before are passed over.

        `together`: none is applied where one of them needs the English text and another program changed that.
        """
        with self._working() as stored:
            seen = self.journal.load().seen()
            # Undated edits have no identity of their own; applied twice they change nothing anyway.
            fresh = [edit for edit in edits if not edit.at or edit.digest not in seen]
            made = self._made(stored, fresh, by)
            if together and any(conflict.reason == FOREIGN for conflict in made.conflicts):
                return EditResult(stored, made.conflicts, refused=FOREIGN)
            if dry_run:
                return EditResult(stored, made.conflicts, edits=made.edits, rewrites=made.rewrites)
            return self._saved(stored, made, fresh)

    def replace(self, bitext: Bitext, english: str | None) -> list[Path]:
        """Replace the document by what a run made of it (None: the same English), both files as one; the files written.

        The caller holds the document. What was edited before cannot be taken back any longer.
        """
        present = content_of(self.english_file)
        known = read_text(self.english_file)[0] if present is not None else None
        text = present if english is None or english == known else english.encode("utf-8", "surrogatepass")
        # Only the bitext is new: edits made before can still be taken back.
        if text == present:
            write_bitext(self.bitext_file, bitext)
            return [self.bitext_file]
        self._files.commit(stored_form(bitext), text, ())
        self.journal.save(self.journal.restart(self.journal.load(), self._files.present()))
        return [self.english_file, self.bitext_file]

    def undo(self, *, version: str) -> EditResult:
        """Take the last edit back, if `version` is the present one and no other program has written since."""
        return self._step(-1, version)

    def redo(self, *, version: str) -> EditResult:
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
            self._files.recover()
            yield

    @contextmanager
    def _working(self) -> Iterator[StoredBitext]:
        with self.held():
            yield self.read()

    def _step(self, by: int, version: str) -> EditResult:
        with self._working() as stored:
            if version != stored.version:
                return EditResult(stored, refused=STALE)
            return EditResult(stored, refused=refused) if (refused := self._files.step(by)) else EditResult(self.read())

    def _made(self, stored: StoredBitext, edits: Sequence[Edit], by: str) -> Applied:
        """What edits make of the document; nothing is written."""
        # only new texts ask for the source: how its paragraphs are divided
        texts = any(isinstance(edit, SetText | TakeOver) for edit in edits)
        source = source_text(self.project, stored.bitext) if texts else None
        return apply_edits(
            stored.bitext, self._english(stored), edits, by=by, now=self.clock(), source=source, rules=self.rules
        )

    def _saved(self, stored: StoredBitext, made: Applied, edits: Sequence[Edit]) -> EditResult:
        """Write what edits made, if anything changed; all but the conflicts are noted as done."""
        # nothing is written, not even a date: what changes nothing is no step to undo
        if made.bitext == stored.bitext:
            return EditResult(stored, made.conflicts)
        bitext = replace(made.bitext, provenance=replace(made.bitext.provenance, changed=self.clock()))
        # conflicts are not noted as done: the same file may be imported again when they are solved
        refused = [conflict.edit for conflict in made.conflicts]
        digests = tuple(edit.digest for edit in edits if edit.at and edit not in refused)
        content, text = stored_form(bitext), content_of(self.english_file)
        # English that stays the same keeps its very bytes, line ends and byte order mark included
        if made.english is not None and bitext.target.sha256 != stored.bitext.target.sha256:
            text = made.english.encode("utf-8")
        self._files.commit(content, text, digests)
        self._latest = StoredBitext(bitext, version_of(content))
        return EditResult(self._latest, made.conflicts, edits=made.edits, rewrites=made.rewrites)

    def _english(self, stored: StoredBitext) -> str | None:
        """The English text, None when it is not the one that the bitext is about."""
        # A document without a translation has no English file yet, and may be given one.
        if not stored.bitext.target.segments and not self.english_file.exists():
            return ""
        text = read_text(self.english_file)[0] if self.english_file.exists() else ""
        return text if sha256(text) == stored.bitext.target.sha256 else None
