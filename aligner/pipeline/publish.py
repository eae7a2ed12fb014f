"""Publishing: exports follow their bitexts.

A small state file remembers, for every export, from what it was made (the bitext's bytes, the options, the version).
An export is made again when that changes, or when the file is gone or is no longer what we wrote. Deleting the state
file only costs the time to export again.
"""

from __future__ import annotations

import hashlib
import json
import logging
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path

import aligner
from aligner.errors import AlignerError, InputError
from aligner.exports import EXPORTS, INDEX, PAGE, render_index, render_page
from aligner.files import read_bytes, write_atomically
from aligner.formats import WriteOptions
from aligner.glossaries import own_glossary
from aligner.model import Bitext
from aligner.pipeline.outputs import claim_outputs
from aligner.store import Project, parse_bitext, read_bitext
from aligner.terms import Glossary

log = logging.getLogger(__name__)


class Publisher:
    """Brings the exports of a project up to date and remembers what they were made from.

    `terms` is the corpus's own glossary where that has been read; without it, it is read when a page needs it.
    """

    def __init__(self, project: Project, options: WriteOptions, *, terms: Glossary | None = None) -> None:
        self.project, self.options, self._terms = project, options, terms
        self.state_file = project.cache / "exports.json"
        self.state = self._load()
        self.written: list[Path] = []

    def publish(self, document: str) -> None:
        """Write those exports of one document that are missing or out of date.

        All are made from the bytes of its file that the state remembers: an editor may replace the file at any time.
        """
        source = self.project.bitext_file(document)
        stored = read_bytes(source)
        beside = self._beside(document)
        bitext: Bitext | None = None
        page_key = self._key(stored, f"{beside} {self._glossary}".encode())
        for export in EXPORTS.values():
            path = self.project.export_file(document, export)
            key = page_key if export.name == PAGE else self._key(stored)
            if self._is_current(path, key):
                continue
            bitext = bitext or parse_bitext(stored, source)
            if export.name == PAGE:
                data = render_page(bitext, previous=beside[0], following=beside[1], terms=self._glossary)
            else:
                data = export.render(bitext, self.options)
            self._save(path, data, key)

    def publish_index(self, documents: Sequence[str]) -> None:
        """Write the index page of the review folder, if anything it shows has changed."""
        path = self.project.output / EXPORTS["html"].folder / f"{INDEX}.html"
        files = [self.project.bitext_file(document) for document in documents]
        contents = [read_bytes(file) for file in files]
        key = self._key(*contents)
        if not self._is_current(path, key):
            bitexts = [parse_bitext(data, file) for data, file in zip(contents, files, strict=True)]
            self._save(path, render_index(bitexts), key)

    def close(self) -> None:
        """Write the state file, and whose exports these are."""
        if self.state:
            claim_outputs(self.project)
        write_atomically(self.state_file, json.dumps(self.state, indent=0, sort_keys=True) + "\n")

    @cached_property
    def _glossary(self) -> Glossary:
        """The corpus's glossary."""
        if self._terms is not None:
            return self._terms
        return own_glossary(self.project.corpus, source=self.project.source, target=self.project.target)

    @cached_property
    def _documents(self) -> list[str]:
        """All documents of the corpus, in order: those that have pairs and those that will."""
        sources: Iterable[str] = ()
        with suppress(InputError):
            sources = self.project.sources()
        return sorted({*self.project.bitexts(), *sources})

    def _beside(self, document: str) -> tuple[str, str]:
        """The documents before and after one; empty: there is none."""
        at = bisect_left(self._documents, document)
        previous, following = self._documents[max(at - 1, 0) : at], self._documents[at + 1 : at + 2]
        return "".join(previous), "".join(following)

    def _save(self, path: Path, data: bytes, key: str) -> None:
        if not path.exists() or read_bytes(path) != data:
            if not self.written:
                claim_outputs(self.project)
            write_atomically(path, data)
            self.written.append(path)
        self.state[self._name(path)] = f"{key} {self._key(data)}"

    def _is_current(self, path: Path, key: str) -> bool:
        return path.exists() and self.state.get(self._name(path)) == f"{key} {self._key(read_bytes(path))}"

    def _name(self, path: Path) -> str:
        return path.relative_to(self.project.output).as_posix()

    def _key(self, *contents: bytes) -> str:
        digest = hashlib.sha256(f"{aligner.__version__} {self.options!r}".encode())
        for content in contents:
            digest.update(hashlib.sha256(content).digest())
        return digest.hexdigest()

    def _load(self) -> dict[str, str]:
        with suppress(OSError, ValueError):
            state = json.loads(self.state_file.read_text(encoding="utf-8"))
            if isinstance(state, dict):
                return {str(name): str(key) for name, key in state.items()}
        return {}


def republish(project: Project, documents: Sequence[str], *, index: Sequence[str] = ()) -> list[Path]:
    """Bring the exports of documents that changed up to date, and the index of those in `index`, if any.

    Boilerplate is treated as it was when they were run. Returns the files written.
    """
    written: list[Path] = []
    publisher: Publisher | None = None
    for document in documents:
        bitext = read_bitext(project.bitext_file(document))
        kept = bitext.provenance.boilerplate == "kept"
        if publisher is None or publisher.options.keep_boilerplate != kept:
            written += _closed(publisher)
            publisher = Publisher(project, WriteOptions(keep_boilerplate=kept))
        publisher.publish(document)
        if index and document == documents[-1]:
            publisher.publish_index(index)
    return written + _closed(publisher)


def listed(project: Project) -> list[str]:
    """The documents of the index page: those that have a source and whose pairs can be read, in order."""
    sources, found = project.sources(), []
    for document in project.bitexts():
        try:
            read_bitext(project.bitext_file(document))
        except AlignerError as error:
            log.info("%s is not listed: %s", document, error)
        else:
            found += [document] if document in sources else []
    return found


def _closed(publisher: Publisher | None) -> list[Path]:
    if publisher is None:
        return []
    publisher.close()
    return publisher.written
