"""Which documents have a source that changed since the last run: what their pairs say is of the former text.

    source ──stamp──▶ as the last run left it? ──digest of its text──▶ really another?

The stamps are those of the state file (`aligner.corpus.state`), so a source that did not change is not read; one that
was copied or touched has another stamp and the same text. Start reading at `changed_sources`.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path

from aligner.corpus.state import CorpusState, stamp_of
from aligner.corpus.store import Project, read_bitext
from aligner.documents import read_text
from aligner.errors import AlignerError, counted
from aligner.model import sha256

_NAMED = 5
"""Documents that the sentence names; of more it names the first."""


def changed_sources(project: Project, documents: Sequence[str]) -> list[str]:
    """Those of the documents whose source has another text than their pairs; none where no run has left its state."""
    # asking must not make the file: the folder may be somebody else's
    if not (project.cache / "state.sqlite").is_file():
        return []
    state, sources = CorpusState(project), project.present()
    with closing(state):
        rows = state.rows("SELECT id, stamps FROM document WHERE pair = ?", project.pair)
    # the source's stamp comes first (`aligner.pipeline.unchanged`)
    known = {document: _size_and_time(stamps.split("\n", 1)[0]) for document, stamps in rows}
    return [
        document
        for document in documents
        if document in sources
        and document in known
        and _size_and_time(stamp_of(sources[document])) != known[document]
        and _is_another(project, document, sources[document])
    ]


def _size_and_time(stamp: str) -> list[str]:
    # its place on the disk is another one after every move: a large corpus would be read for nothing
    return stamp.split()[:2]


def _is_another(project: Project, document: str, source: Path) -> bool:
    # what cannot be read is for the command itself to say, or for the next run
    with suppress(AlignerError):
        return sha256(read_text(source)[0]) != read_bitext(project.bitext_file(document)).source.sha256
    return False


def describe_changed(documents: Sequence[str]) -> str:
    """A sentence that names documents whose sources changed.

    >>> describe_changed(["brics"])
    'the source of 1 document changed since it was aligned (brics): `aligner run` first'
    """
    names = ", ".join([*documents[:_NAMED], *(["…"] if len(documents) > _NAMED else [])])
    many = f"the sources of {counted(len(documents), 'document')} changed since they were aligned ({names})"
    one = f"the source of 1 document changed since it was aligned ({names})"
    return f"{one if len(documents) == 1 else many}: `aligner run` first"
