"""Publishing: exports follow their bitexts.

A small state file (`aligner.corpus.exported`) remembers, for every export, from what it was made (the bitext's bytes,
the options, the version). An export is made again when that changes, or when the file is gone or is no longer what we
wrote. Documents that are left over have no exports.

Who changes a document and exports it afterwards says so before (`exports_expected`): should the program be killed in
between, a note is left (``.aligner/due``), and the next one that publishes knows what is still `due`.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import aligner
from aligner.corpus.exported import ExportState
from aligner.corpus.exports import (
    EXPORTS,
    INDEX,
    PAGE,
    SEARCHED,
    index_files,
    page_file,
)
from aligner.corpus.journal import content_of
from aligner.corpus.outputs import claim_outputs
from aligner.corpus.store import Project, parse_bitext, read_bitext
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

    def __init__(self, project: Project, options: WriteOptions, *, terms: Glossary | None = None) -> None:
        self.project, self.options, self._terms = project, options, terms
        self.state = ExportState(project)
        self.written: list[Path] = []
        self._done: dict[Path, bytes] = {}
        """Notes of exports that were due and have been made."""

    def publish(self, document: str) -> None:
        """Write those exports of one document that are missing or out of date.

        All are made from the bytes of its file that the state remembers: an editor may replace the file at any time.
        """
        source, note = self.project.bitext_file(document), _due_file(self.project, document)
        expected = content_of(note)
        stored = read_bytes(source)
        names = self._documents
        at = bisect_left(names, document)
        # the documents before and after this one; empty: there is none
        beside = "".join(names[max(at - 1, 0) : at]), "".join(names[at + 1 : at + 2])
        bitext: Bitext | None = None
        # A page names its neighbours and shows the glossary's findings: it depends on more than the bitext.
        page_key = self._key(stored, f"{beside} {self._glossary}".encode())
        for export in EXPORTS.values():
            path = self.project.export_file(document, export)
            key = page_key if export.name == PAGE else self._key(stored)
            if self.state.is_current(path, key):
                continue
            # read only when something is out of date: in most runs nothing is
            bitext = bitext or parse_bitext(stored, source)
            if export.name == PAGE:
                data = page_file(bitext, previous=beside[0], following=beside[1], terms=self._glossary)
            else:
                data = export.render(bitext, self.options)
            self._save(path, data, key)
        if expected is not None:
            self._done[note] = expected

    def publish_index(self, documents: Sequence[str]) -> None:
        """Write the index page of the review folder, and the file that it searches, if anything in them has changed."""
        folder = self.project.output / EXPORTS["html"].folder
        page, searched = folder / f"{INDEX}.html", folder / SEARCHED
        files = [self.project.bitext_file(document) for document in documents]
        contents = [read_bytes(file) for file in files]
        key = self._key(b"with a search box", *contents)
        # Of a large corpus there is no file to search, and nothing remembered of one.
        if self.state.is_current(page, key) and (
            self.state.is_current(searched, key) or not self.state.knows(searched)
        ):
            return
        bitexts = [parse_bitext(data, file) for data, file in zip(contents, files, strict=True)]
        made = index_files(bitexts)
        for name, data in made.items():
            self._save(folder / name, data, key)
        if SEARCHED not in made and self.state.is_as_written(searched):
            searched.unlink()
        if SEARCHED not in made:
            self.state.forget(searched)

    def close(self) -> None:
        """Write the state file, and whose exports these are."""
        if self.state:
            claim_outputs(self.project)
        self.state.save()
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
    def _documents(self) -> list[str]:
        """All documents of the corpus, in order: those that have pairs and those that will."""
        return sorted({*self.project.paired(), *self.project.present()})

    def _save(self, path: Path, data: bytes, key: str) -> None:
        if not path.exists() or read_bytes(path) != data:
            # before the first file: a run that is killed has already said whose they are
            if not self.written:
                claim_outputs(self.project)
            write_atomically(path, data)
            self.written.append(path)
        self.state.note(path, data, key)

    def _key(self, *contents: bytes) -> str:
        digest = hashlib.sha256(f"{aligner.__version__} {self.options!r}".encode())
        for content in contents:
            digest.update(hashlib.sha256(content).digest())
        return digest.hexdigest()


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
    found = (project.cache / "due").glob(f"*{ending}")
    return sorted({path.name.removesuffix(ending) for path in found}.intersection(project.paired()))


def _due_file(project: Project, document: str) -> Path:
    return project.cache / "due" / f"{document}.{project.pair}"


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


def listed(project: Project) -> list[str]:
    """The documents of the index page: those that are not left over and whose pairs can be read, in order."""
    found = []
    for document in project.paired():
        try:
            read_bitext(project.bitext_file(document))
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
