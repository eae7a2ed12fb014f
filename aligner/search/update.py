"""The index follows the files: what changed since is read again, what is gone is taken out.

    corpus/bitext/*.jsonl, corpus/memory/*.tmx ──size, time──▶ changed? ──SHA-256──▶ really? ──▶ SearchIndex

A run brings the index up to date when it ends; whoever searches does so before. All changes are one transaction: a
program that is killed leaves the index as it was. A damaged index, or one of another version, is made again. Start
reading at `found_in`.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from aligner.alignment.counterparts import learned_words
from aligner.config import Progress, silent
from aligner.corpus.store import Project, parse_bitext
from aligner.errors import AlignerError, EnvironmentProblem, InputError
from aligner.files import explained, read_bytes
from aligner.languages.words import whole_words
from aligner.memory.places import IMPORTED, tmx_files
from aligner.memory.sources import file_units
from aligner.model import Bitext, Kind, Status
from aligner.search.find import Hits, find
from aligner.search.index import (
    DOCUMENT,
    MEMORY,
    FileStamp,
    IndexedFile,
    InvalidIndex,
    PairRow,
    SearchIndex,
)
from aligner.search.query import Query

log = logging.getLogger(__name__)

STAGE = "index"
LESSON = 10_000
"""Pairs at most, evenly spread, from which words are learned."""
FEW = 0.02
"""The share of pairs that may change before words are learned again."""
Name = tuple[str, str]
"""The kind of a file and its name."""


def index_path(project: Project) -> Path:
    """Where the index of a project is."""
    return project.cache / f"search.{project.pair}.sqlite"


def found_in(project: Project, query: Query, progress: Progress = silent) -> Hits:
    """Answer a query from the index of a project, which is brought up to date before.

    Damage that shows only now is mended: the index is made again. Raises InputError as `aligner.search.find` does, and
    EnvironmentProblem where the disk refuses.
    """
    if not project.corpus.is_dir():
        raise InputError("there is no such folder", where=project.corpus, hint="name the corpus with --corpus")
    for again in (False, True):
        index = open_current(project, progress)
        try:
            return find(index, query, project)
        except InvalidIndex as error:
            if again:
                raise EnvironmentProblem(f"the index cannot be read ({error})", where=index.path) from error
            log.info("%s: %s; it is made again", index.path, error)
            _forget(index.path)
        finally:
            index.close()
    raise AssertionError  # the loop returns or raises


def refresh_index(project: Project, progress: Progress = silent) -> None:
    """Bring the index of a project up to date, with what its pairs teach about words."""
    open_current(project, progress, teach=True).close()


def open_current(project: Project, progress: Progress = silent, *, teach: bool = False) -> SearchIndex:
    """Open the index of a project, up to date; with `teach` it learns again which words go together.

    A damaged one, or one of another version, is made again.
    """
    path = index_path(project)
    for again in (False, True):
        try:
            index = _open(path)
            try:
                _follow(index, project, progress, teach=teach)
            except BaseException:
                index.close()
                raise
            return index
        except InvalidIndex as error:
            if again:
                raise EnvironmentProblem(
                    f"the index cannot be made ({error})", where=path, hint="remove it and try again"
                ) from error
            log.info("%s: %s; it is made again", path, error)
            _forget(path)
    raise AssertionError  # the loop returns or raises


def _open(path: Path) -> SearchIndex:
    with explained(path.parent, "make the folder"):
        path.parent.mkdir(parents=True, exist_ok=True)
    # On a disk that cannot be written to, the index answers as it is.
    return SearchIndex(path, writable=os.access(path if path.exists() else path.parent, os.W_OK))


def _forget(path: Path) -> None:
    """Remove an index with what SQLite keeps beside it."""
    for name in (path.name, f"{path.name}-journal"):
        with explained(path, "remove"):
            path.with_name(name).unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class _Behind:
    """What an index has not followed yet."""

    gone: list[IndexedFile]
    changed: dict[Name, FileStamp]
    """Files that are new, or of another size or time."""
    known: dict[Name, IndexedFile]
    files: dict[Name, Path]
    lesson_due: bool

    def __bool__(self) -> bool:
        return bool(self.gone or self.changed or self.lesson_due)


def _present(project: Project) -> tuple[dict[Name, Path], dict[Name, FileStamp]]:
    """The files that are searched, with their sizes and times."""
    # Documents that are left over are not paired, and so not searched; nor are memories outside the corpus.
    files: dict[Name, Path] = {(DOCUMENT, name): project.bitext_file(name) for name in project.paired()}
    memory = project.corpus / IMPORTED
    if memory.is_dir():
        files |= {(MEMORY, f"{IMPORTED}/{name}"): path for name, path in tmx_files(memory)}
    stamps = {}
    for name, path in files.items():
        with explained(path, "read"):
            state = path.stat()
        # As cheap as git's look at a file; its digest is made when it is read.
        stamps[name] = FileStamp(state.st_size, state.st_mtime_ns, "")
    return files, stamps


def _behind(index: SearchIndex, present: tuple[dict[Name, Path], dict[Name, FileStamp]], *, teach: bool) -> _Behind:
    files, stamps = present
    known = index.files()
    gone = [known[name] for name in known.keys() - files.keys()]
    changed = {}
    for name, stamp in stamps.items():
        before = known.get(name)
        if before is None or (before.stamp.size, before.stamp.changed) != (stamp.size, stamp.changed):
            changed[name] = stamp
    return _Behind(gone, changed, known, files, teach and len(index) > 0 and not index.has_learned)


def _follow(index: SearchIndex, project: Project, progress: Progress, *, teach: bool) -> None:
    """Take in what changed since, in one transaction."""
    present = _present(project)
    if not _behind(index, present, teach=teach):
        return
    if not index.writable:
        log.warning("%s cannot be written to: it is searched as it is, without the latest changes", index.path)
        return
    with index.writing():
        # Compared again: another process may have done the same until now.
        behind = _behind(index, present, teach=teach)
        for file in behind.gone:
            index.remove(file)
        moved = sum(file.pairs for file in behind.gone)
        for number, (name, stamp) in enumerate(sorted(behind.changed.items())):
            progress(STAGE, number, len(behind.changed))
            before = behind.known.get(name)
            if _take(index, project, name, behind.files[name], stamp, before):
                moved += max(before.pairs if before else 0, index.pairs_of(*name))
        index.note_changes(moved)
        # a few pairs among many thousand teach nothing new, and a lesson takes seconds
        enough = index.changes > FEW * len(index) or len(index) < LESSON // 4
        if behind.lesson_due or (moved and (teach or not behind.known) and enough):
            index.learn(_lesson(index, project))
    if len(behind.changed) > len(behind.known):
        index.tidy()
    progress(STAGE, len(behind.changed), len(behind.changed))


def _take(
    index: SearchIndex, project: Project, name: Name, path: Path, stamp: FileStamp, known: IndexedFile | None
) -> bool:
    """Take in a file in place of what it was before; whether its content is another. A damaged one is left out."""
    with explained(path, "read"), path.open("rb") as stream:
        stamp = FileStamp(stamp.size, stamp.changed, hashlib.file_digest(stream, "sha256").hexdigest())
    # Saved again as it was, or checked out by git: only its time is noted.
    if known and known.stamp.sha256 == stamp.sha256:
        index.touch(known, stamp)
        return False
    if known:
        index.remove(known)
    kind, called = name
    try:
        if kind == DOCUMENT:
            bitext = parse_bitext(read_bytes(path), path)
            record = bitext.record
            index.add(kind, called, stamp, bitext_rows(bitext), title=record.title, date=record.date)
        else:
            # Read whole before anything is taken in: a file that breaks off is left out as a whole.
            index.add(kind, called, stamp, list(_memory_rows(path, project)))
    except AlignerError as error:
        log.warning("%s (it is not searched)", error)
        index.add(kind, called, stamp, ())
    return True


def bitext_rows(bitext: Bitext) -> Iterator[PairRow]:
    """The pairs of a document that are searched: all but what was set aside as boilerplate."""
    for bead in bitext.beads:
        if bead.kind is not Kind.EXCLUDED:
            texts = _storable(bitext.source_text(bead)), _storable(bitext.target_text(bead))
            yield (bitext.locator(bead), bead.status.value, *texts)


def _memory_rows(path: Path, project: Project) -> Iterator[PairRow]:
    """The units of a memory that it would offer to a translator."""
    left_out: Counter[str] = Counter()
    for _, unit in file_units(path, project.languages, left_out=left_out):
        status = Status.ACCEPTED if unit.reviewed else Status.DRAFT
        yield (_storable(unit.id), status.value, _storable(unit.source), _storable(unit.target))


def _storable(text: str) -> str:
    """A text that SQLite can keep: half a character becomes U+FFFD."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _lesson(index: SearchIndex, project: Project) -> dict[str, dict[str, float]]:
    """What the pairs teach about words."""
    total = len(index)
    every = -(-total // LESSON) or 1
    rows = index.connection.execute(
        "SELECT source, target FROM pair WHERE id % ? = 0 AND source <> '' AND target <> ''", (every,)
    )
    texts = [tuple([word.text for word in whole_words(text)] for text in row) for row in rows]
    return {
        word: dict(row)
        for word, row in learned_words([(a, b) for a, b in texts], languages=(project.source, project.target)).items()
    }
