"""Publishing: exports follow their bitexts.

The state file (`aligner.corpus.exported`) remembers, for every export, from what it was made (the bitext's bytes, the
options, the version). An export is made again when that changes, or when the file is gone or is no longer what we
wrote. Documents that are left over have no exports.

Who changes a document and exports it afterwards says so before (`exports_expected`): should the program be killed in
between, a note is left (``.aligner/due``), and the next one that publishes knows what is still `due`.
"""

from __future__ import annotations

import hashlib
import logging
import posixpath
import secrets
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import aligner
from aligner.checks import Finding, check
from aligner.corpus.exported import ExportState
from aligner.corpus.exports import (
    EXPORTS,
    INDEX,
    PAGE,
    SEARCHED,
    Export,
    Neighbours,
    index_files,
    page_file,
)
from aligner.corpus.facts import Facts, facts_from, facts_of
from aligner.corpus.findings import note_findings
from aligner.corpus.journal import content_of
from aligner.corpus.outputs import claim_outputs
from aligner.corpus.places import hidden
from aligner.corpus.state import CorpusState
from aligner.corpus.store import Project, parse_bitext, read_bitext
from aligner.documents.extract import read_map
from aligner.errors import AlignerError
from aligner.files import read_bytes, write_atomically
from aligner.formats import WriteOptions
from aligner.model import Bitext
from aligner.terms import Glossary
from aligner.terms.glossaries import own_glossary

log = logging.getLogger(__name__)


class Publisher:
    """Brings the exports of a project up to date and remembers what they were made from.

    `terms` is the corpus's own glossary where that has been read; without it, it is read when a page needs it.
    """

    def __init__(
        self,
        project: Project,
        options: WriteOptions,
        *,
        terms: Glossary | None = None,
        documents: Sequence[str] | None = None,
    ) -> None:
        """`documents` are all of the corpus, in order; without them they are looked for."""
        self.project, self.options, self._terms, self._known = project, options, terms, documents
        self.corpus_state = CorpusState(project)
        self.state = ExportState(project, self.corpus_state)
        self.written: list[Path] = []
        self._claimed = False
        # what is noted later is found up to date by whoever looks at it
        self._may_be_due = (project.cache / "due").is_dir()
        self._published: dict[str, str] = {}
        """The SHA-256 of the bitexts whose exports were made or looked at."""
        self._done: dict[Path, bytes] = {}
        """Notes of exports that were due and have been made."""
        self._pages: dict[str, str] = {}
        self._checked: tuple[str, Sequence[Finding]] = "", ()
        """The SHA-256 of the bitext that was checked last, and what was found."""

    def publish(self, document: str) -> Facts:
        """Write those exports of one document that are missing or out of date; returned is what its pairs are.

        All are made from the bytes of its file that the state remembers: an editor may replace the file at any time.
        """
        note = _due_file(self.project, document) if self._may_be_due else Path()
        expected = content_of(note) if self._may_be_due else None
        facts = self._facts(document)
        files = {self._file(document, export): export for export in EXPORTS.values()}
        keys = self._keys(document, facts.sha256)
        due = [path for path, export in files.items() if not self.state.is_current(path, keys[export.name == PAGE])]
        # read only when something is out of date: in most runs nothing is
        if not due:
            self._end(document, facts, note, expected)
            return facts
        source = self.project.bitext_file(document)
        stored = read_bytes(source)
        digest = hashlib.sha256(stored).hexdigest()
        bitext = parse_bitext(stored, source)
        if digest != facts.sha256:
            facts, keys = facts_from(bitext, digest, self._findings), self._keys(document, digest)
        for path in due:
            if files[path].name == PAGE:
                layout = read_map(self.project.extract_files(document)[1], bitext.source.sha256)
                found, beside = self._findings(bitext, digest), self._beside(document)
                data = page_file(bitext, beside=beside, findings=found, terms=self._glossary, layout=layout)
            else:
                data = files[path].render(bitext, self.options)
            self._save(path, data, keys[files[path].name == PAGE])
        self._end(document, facts, note, expected)
        return facts

    def _end(self, document: str, facts: Facts, note: Path, expected: bytes | None) -> None:
        """Take note that the exports of a document are up to date."""
        self._published[document] = facts.sha256
        if expected is not None:
            self._done[note] = expected

    def _keys(self, document: str, digest: str) -> tuple[str, str]:
        """What the exports of a bitext with this SHA-256 are made from, and what its page is.

        A page names its neighbours and shows the glossary's findings: it depends on more than the bitext.
        """
        beside = self._beside(document)
        return self._key(digest), self._key(digest, *map(repr, beside.addresses), self._glossary_digest)

    def _beside(self, document: str) -> Neighbours:
        """The pages that the page of a document leads to."""
        names, here = self._documents, posixpath.dirname(self._page(document))
        at = bisect_left(names, document)
        before, after = (next(iter(each), None) for each in (names[max(at - 1, 0) : at], names[at + 1 : at + 2]))

        def seen(page: str) -> str:
            folder, _, name = page.rpartition("/")
            # the usual case first: the other takes long
            return name if folder == here else posixpath.relpath(page, here or ".")

        return Neighbours(
            (before, seen(self._page(before))) if before else None,
            (after, seen(self._page(after))) if after else None,
            seen(f"{INDEX}.html"),
        )

    def _file(self, document: str, export: Export) -> Path:
        """The file of a document in an export; where its page is has been found already for those beside it."""
        known = self._pages.get(document) if export.name == PAGE else None
        if known is None:
            return self.project.export_file(document, export)
        return Path(f"{self.project.output}/{export.folder}/{known}")

    def _page(self, document: str) -> str:
        """Where the page of a document is, as seen from the list of documents."""
        if document not in self._pages:
            name = self.state.name(self.project.export_file(document, EXPORTS[PAGE]))
            self._pages[document] = name.removeprefix(f"{EXPORTS[PAGE].folder}/")
        return self._pages[document]

    def _findings(self, bitext: Bitext, digest: str) -> Sequence[Finding]:
        """What the checks find in the bitext with this SHA-256: its page, its figures and `aligner check` want it."""
        if self._checked[0] != digest:
            found = list(check([bitext], terms=self._glossary))
            self._checked = digest, found
            note_findings(self.project, bitext, digest, found, terms=self._glossary, state=self.corpus_state)
        return self._checked[1]

    def publish_index(self, documents: Sequence[str]) -> None:
        """Write the index page of the review folder, and the file that it searches, if anything in them has changed."""
        folder = self.project.output / EXPORTS["html"].folder
        page, searched = folder / f"{INDEX}.html", folder / SEARCHED
        digests = [self._published.get(each) or self._facts(each).sha256 for each in documents]
        key = self._key("with a search box", *digests, *(self._page(each) for each in documents))
        # Of a large corpus there is no file to search, and nothing remembered of one.
        if self.state.is_current(page, key) and (
            self.state.is_current(searched, key) or not self.state.knows(searched)
        ):
            return
        summaries = [self._facts(document).summary for document in documents]
        made = index_files(summaries, self.project.bitext, {each: self._page(each) for each in documents})
        # The page last: a file to search that could not be written is then written by the next run.
        for name in sorted(made, key=lambda name: name == page.name):
            self._save(folder / name, made[name], key)
        if SEARCHED not in made and self.state.is_as_written(searched):
            searched.unlink()
        if SEARCHED not in made:
            self.state.forget(searched)

    def readable(self, documents: Iterable[str]) -> list[str]:
        """Those of some documents whose pairs can be read."""
        project, state = self.project, self.corpus_state
        return [each for each in documents if each in self._published or readable(project, [each], state)]

    def _facts(self, document: str) -> Facts:
        return facts_of(self.project, document, self.corpus_state, findings=self._findings)

    def close(self) -> None:
        """Let go of the state file, and note whose exports these are."""
        if self.state:
            claim_outputs(self.project)
        self.state.close()
        for note, expected in self._done.items():
            # another edit may have come meanwhile, with a note of its own
            if content_of(note) == expected:
                note.unlink(missing_ok=True)

    @cached_property
    def _glossary(self) -> Glossary:
        """The corpus's glossary."""
        if self._terms is not None:
            return self._terms
        return own_glossary(self.project.corpus, self.project.languages)

    @cached_property
    def _glossary_digest(self) -> str:
        # once: a glossary may be long, and the documents many
        return hashlib.sha256(f"{self._glossary}".encode()).hexdigest()

    @cached_property
    def _documents(self) -> Sequence[str]:
        """All documents of the corpus, in order: those that have pairs and those that will."""
        if self._known is not None:
            return self._known
        return sorted({*self.project.paired(), *self.project.present()})

    def _save(self, path: Path, data: bytes, key: str) -> None:
        if not path.exists() or read_bytes(path) != data:
            # before the first file: a run that is killed has already said whose they are
            if not self._claimed:
                claim_outputs(self.project)
                self._claimed = True
            write_atomically(path, data)
            self.written.append(path)
        self.state.note(path, data, key)

    def _key(self, *parts: str) -> str:
        return hashlib.sha256("\n".join((self._made_by, *parts)).encode()).hexdigest()

    @cached_property
    def _made_by(self) -> str:
        return f"{aligner.__version__} {self.options!r}"


@dataclass(slots=True)
class Expected:
    """What a document's exports wait for."""

    happened: bool = True
    """Whether the document did change."""


@contextmanager
def exports_expected(project: Project, document: str, *, unless: bool = False) -> Iterator[Expected]:
    """Note that the exports of a document are to follow what the block changes; `unless` nothing is to be noted.

    The note goes again where nothing changed and none was there before.
    """
    note, expected = _due_file(project, document), Expected()
    before = content_of(note)
    if not unless:
        # each note is another one: who made the exports knows whether they are those that were expected
        write_atomically(note, secrets.token_hex(8))
    yield expected
    if not unless and before is None and not expected.happened:
        note.unlink(missing_ok=True)


def forget_exports(project: Project, document: str) -> None:
    """Take such a note back: nothing changed."""
    _due_file(project, document).unlink(missing_ok=True)


def due(project: Project) -> list[str]:
    """The documents whose exports were to follow and did not, in order."""
    ending = f".{project.pair}"
    folder = project.cache / "due"
    found = [path for place in (folder, *folder.glob("??")) for path in place.glob(f"*{ending}")]
    return sorted({path.name.removesuffix(ending) for path in found}.intersection(project.paired()))


def _due_file(project: Project, document: str) -> Path:
    return hidden(f"{project.cache}/due", document, f"{document}.{project.pair}")


def republish(project: Project, documents: Sequence[str], *, index: Sequence[str] = ()) -> list[Path]:
    """Bring the exports of documents that changed up to date, and the index of those in `index`, if any.

    Boilerplate is treated as it was when they were run; documents that are left over are passed over. Returns the files
    written.
    """
    written: list[Path] = []
    publisher: Publisher | None = None
    left = set(project.left_over())
    documents = [document for document in documents if document not in left]
    for document in documents:
        bitext = read_bitext(project.bitext_file(document))
        kept = bitext.provenance.boilerplate == "kept"
        # documents may have been run with and without --keep-boilerplate: each keeps its own way
        if publisher is None or publisher.options.keep_boilerplate != kept:
            written += _closed(publisher)
            publisher = Publisher(project, WriteOptions(keep_boilerplate=kept))
        publisher.publish(document)
        # the index last, and once: it shows figures of every document
        if index and document == documents[-1]:
            publisher.publish_index(index)
    return written + _closed(publisher)


def page_alone(project: Project, bitext: Bitext) -> bytes:
    """The review page of a document without links to others, with the corpus's glossary and the original's tables."""
    layout = read_map(project.extract_files(bitext.id)[1], bitext.source.sha256)
    return page_file(bitext, terms=own_glossary(project.corpus, project.languages), layout=layout)


def listed(project: Project) -> list[str]:
    """The documents of the index page: those that are not left over and whose pairs can be read, in order."""
    state = CorpusState(project)
    found = readable(project, project.paired(), state)
    state.close()
    return found


def readable(project: Project, documents: Iterable[str], state: CorpusState) -> list[str]:
    """Those of some documents whose pairs can be read."""
    found = []
    for document in documents:
        try:
            facts_of(project, document, state)
        except AlignerError as error:
            log.info("%s is not listed: %s", document, error)
        else:
            found.append(document)
    return found


def _closed(publisher: Publisher | None) -> list[Path]:
    if publisher is None:
        return []
    publisher.close()
    return publisher.written
