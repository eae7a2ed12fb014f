"""Renamed documents: the work done for a source goes with it when it gets another name.

    corpus/fr/old.txt ──renamed by hand──▶ corpus/fr/new.txt
    bitext/old.… · en/old.txt · history ──carry_over──▶ bitext/new.… · en/new.txt · history

A source without pairs that is, to the letter, the text of one document that is left over is that document. Where there
are several candidates, nothing is assumed. All that is new is written before anything old is removed, and no file is
written over, so a run that is killed in between loses nothing, and the next one finishes. Start reading at
`carry_over`.
"""

from __future__ import annotations

import zlib
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from aligner.corpus.exported import ExportState
from aligner.corpus.journal import content_of
from aligner.corpus.store import Project, parse_bitext, read_bitext, stored_form
from aligner.documents import read_text
from aligner.editing import OpenDocument
from aligner.errors import AlignerError, InputError, counted
from aligner.files import explained, write_atomically
from aligner.model import REVIEWED, Bitext, sha256
from aligner.pipeline.flat import flat_texts, take_flat
from aligner.pipeline.leftover import (
    exports_of,
    extracts_of,
    forget,
    is_shared,
    remove,
)


@dataclass(frozen=True, slots=True)
class Rename:
    """A document that has another name now."""

    old: str
    new: str
    source: Path
    """The source under its new name."""


@dataclass(slots=True)
class Carried:
    """What was carried over."""

    remarks: list[str] = field(default_factory=list)
    """A sentence for each document that was renamed, or may have been."""
    written: list[Path] = field(default_factory=list)
    failed: dict[str, AlignerError] = field(default_factory=dict)
    """The errors by new id: such a document must not be worked on before its work is there."""


def carry_over(project: Project) -> Carried:
    """Give the documents that were renamed their pairs and their English text back, under the new names."""
    done = Carried()
    renames, done.remarks = find_renames(project)
    for rename in renames:
        try:
            # both names are locked, always in the same order, so that two programs do not wait for each other
            first, second = sorted((rename.old, rename.new))
            with OpenDocument(project, first).held(), OpenDocument(project, second).held():
                # another program may have done it meanwhile
                former = project.bitext_file(rename.old).exists()
                if former and _is_open(project, rename.old, rename.new, rename.source):
                    done.remarks.append(DocumentMove(project, rename, done.written).all())
        except AlignerError as error:
            done.failed[rename.new] = error
    present = project.present()
    for document, source in present.items():
        english = project.english_of(document, source)
        if english.exists() or not project.bitext_file(document).exists():
            continue
        try:
            _follow(project, Rename(document, document, source), english, done)
        except AlignerError as error:
            done.failed[document] = error
    for document, flat, place in flat_texts(project, present):
        try:
            if said := take_flat(project, document, flat, place):
                done.remarks.append(said)
                done.written.append(place)
        except AlignerError as error:
            done.failed[document] = error
    return done


def find_renames(project: Project) -> tuple[list[Rename], list[str]]:
    """The documents that were renamed, and a sentence for each that may have been."""
    former: dict[str, list[str]] = {}
    for document in project.left_over():
        with suppress(AlignerError):  # damaged: nothing can be carried over
            if text := read_bitext(project.bitext_file(document)).source.sha256:
                former.setdefault(text, []).append(document)
    present: dict[str, dict[str, Path]] = {}
    # sources are read only where something is left over: in most runs nothing is
    for name, path in project.present().items() if former else ():
        with suppress(AlignerError):  # the run will say it
            present.setdefault(sha256(read_text(path)[0]), {})[name] = path
    renames, doubts = [], []
    for text, left in former.items():
        same = present.get(text, {})
        fresh = [name for name, path in same.items() if _is_open(project, left[0], name, path)]
        # one left over, one fresh: any other number would be a guess, and put a review under the wrong text
        if len(left) == len(fresh) == 1:
            renames.append(Rename(left[0], fresh[0], same[fresh[0]]))
        elif same:
            ours, theirs = (" and ".join(f"'{name}'" for name in names) for names in (left, fresh or same))
            said = f"{ours} {'is' if len(left) == 1 else 'are'} left over, with the text of {theirs}"
            if fresh:
                why = f"{said}: which of them was renamed is not known, so nothing was carried over"
            else:
                why = f"{said}, which {'has' if len(same) == 1 else 'have'} pairs already: nothing was carried over"
            doubts.append(why)
    return renames, doubts


def _is_open(project: Project, old: str, new: str, source: Path) -> bool:
    """Whether a source has no pairs, or only those that a run had begun to carry over when it was stopped."""
    file = project.bitext_file(new)
    if not file.exists():
        return True
    with suppress(AlignerError):
        return read_bitext(file) == renamed(project, read_bitext(project.bitext_file(old)), Rename(old, new, source))
    return False


def renamed(project: Project, bitext: Bitext, rename: Rename) -> Bitext:
    """A bitext under its new id, with the new names of its files."""
    english = project.english_of(rename.new, rename.source)
    return replace(
        bitext,
        id=rename.new,
        source=replace(bitext.source, file=project.relative(rename.source)),
        target=replace(bitext.target, file=project.relative(english)),
    )


class DocumentMove:
    """One document on its way to its new name. Callers hold the locks of both."""

    def __init__(self, project: Project, rename: Rename, written: list[Path]) -> None:
        self.project, self.rename, self.written = project, rename, written
        self.former_bitext_file = project.bitext_file(rename.old)
        self.former_english_file = project.target_file(rename.old)
        self.bitext_file, self.english_file = project.bitext_file(rename.new), project.target_file(rename.new)
        self.former = read_bitext(self.former_bitext_file)
        self.bitext = renamed(project, self.former, rename)
        self.stayed: list[Path] = []

    def all(self) -> str:
        """Do all steps, in an order in which each may be the last; returned is what happened, in a sentence."""
        former, present = content_of(self.former_english_file), content_of(self.english_file)
        # somebody translated the text under its new name already: neither of the two is thrown away
        if former is not None and present not in (None, former):
            return (
                f"'{self.rename.old}' has the text of '{self.rename.new}' and was not carried over: "
                f"{self.project.relative(self.english_file)} is another English text"
            )
        # all that is new before anything old goes, the bitext last: while it is there, the next run finishes
        for step in (
            self.write_note,
            self.write_english,
            self.write_bitext,
            self.write_history,
            self.remove_exports,
            self.remove_notes,
            self.remove_english,
            self.remove_bitext,
        ):
            step()

        count = sum(bead.status in REVIEWED for bead in self.bitext.beads)
        pairs = counted(count, "reviewed pair") if count else "aligned pairs"
        said = [f"'{self.rename.old}' was renamed to '{self.rename.new}': its {pairs} went with it"]
        record = self.rename.source.with_name(Path(self.former.source.file).name).with_suffix(".toml")
        # a record is a person's file: it is named, not moved
        if record.exists() and not self.rename.source.with_suffix(".toml").exists():
            said.append(f"its record is still {self.project.relative(record)}: rename it too")
        if self.stayed:
            names = ", ".join(str(path) for path in self.stayed)
            said.append(f"still there, because somebody changed it or it may belong to another language pair: {names}")
        return "; ".join(said)

    def write_note(self) -> None:
        """Note for the new name, too, what aligner wrote as the English text."""
        note = content_of(self.project.draft_file(self.rename.old))
        if note is not None:
            write_atomically(self.project.draft_file(self.rename.new), note)

    def write_english(self) -> None:
        """Write the English text under its new name."""
        former = content_of(self.former_english_file)
        if former is not None and not self.english_file.exists():
            write_atomically(self.english_file, former)
            self.written.append(self.english_file)

    def write_bitext(self) -> None:
        """Write the bitext under its new name."""
        write_atomically(self.bitext_file, stored_form(self.bitext))
        self.written.append(self.bitext_file)

    def write_history(self) -> None:
        """Carry over what can be undone."""
        carry_history(self.project, self.rename)

    def remove_exports(self) -> None:
        """Remove the exports of the old name; those that somebody changed stay."""
        state = ExportState(self.project)
        exports = exports_of(self.project, self.rename.old, state)
        self.stayed = [path for path, why in exports.items() if why]
        for path in exports:
            if path not in self.stayed:
                remove(path)
                self.project.remove_empty_folders(path)
                state.forget(path)
        state.close()

    def remove_notes(self) -> None:
        """Remove what was extracted under the old name, and what is kept of it beside the corpus."""
        for path, why in extracts_of(self.project, self.rename.old).items():
            if not why:
                remove(path)
                self.project.remove_empty_folders(path)
        forget(self.project, self.rename.old)

    def remove_english(self) -> None:
        """Remove the English text of the old name, now that it is there under the new one."""
        # a file that another language pair uses too is not ours to remove
        same = content_of(self.former_english_file) == content_of(self.english_file)
        if same and not is_shared(self.project, self.rename.old):
            _replace(self.former_english_file, self.english_file)
            self.project.remove_empty_folders(self.former_english_file)

    def remove_bitext(self) -> None:
        """Remove the bitext of the old name."""
        _replace(self.former_bitext_file, self.bitext_file)
        self.project.remove_empty_folders(self.former_bitext_file)


def _follow(project: Project, rename: Rename, english: Path, done: Carried) -> None:
    """Rename the English text of a document whose source has another file name now, but the same id."""
    former = project.former_target_file(rename.new)
    if not former.exists():
        return
    with OpenDocument(project, rename.new).held():
        with explained(former, "rename"):
            english.parent.mkdir(parents=True, exist_ok=True)
            former.rename(english)
        project.remove_empty_folders(former)
        bitext = renamed(project, read_bitext(project.bitext_file(rename.new)), rename)
        write_atomically(project.bitext_file(rename.new), stored_form(bitext))
        carry_history(project, rename)
    done.written.append(english)
    done.remarks.append(f"{project.relative(former)} is now called {english.name}, as its source")


def carry_history(project: Project, rename: Rename) -> None:
    """Carry over what can be undone: the same states, each under the new name. What is damaged is given up."""
    former, journal = OpenDocument(project, rename.old).journal, OpenDocument(project, rename.new).journal
    notes = former.load()
    if not notes.states:
        return

    def kept(name: str) -> str:
        content = former.content(name)
        if content is None:
            raise InputError("the journal names no bitext", where=former.folder)
        return journal.keep(stored_form(renamed(project, parse_bitext(content, former.folder), rename)))

    with suppress(AlignerError, OSError, zlib.error):
        states = [
            replace(state, bitext=kept(state.bitext), english=journal.keep(former.content(state.english)))
            for state in notes.states
        ]
        journal.save(replace(notes, states=tuple(states)))
        journal.clean(journal.load())


def _replace(former: Path, present: Path) -> None:
    """Remove a file that is there under another name; only its name changes where both are the same to the disk."""
    with explained(former, "remove"):
        # a disk that ignores capitals has one file under both names
        if former.exists() and present.exists() and former.samefile(present):
            former.rename(present)
        else:
            former.unlink(missing_ok=True)
