"""Pruning: what aligner made of documents that are left over is removed, what a person made of them stays.

    exports in tmx/ tei/ review/        removed where they are just as aligner wrote them
    corpus/extracted                    removed with the pairs
    the English text and the pairs      removed where no person had a hand in them; else both stay, with their history
    notes and caches of the document    removed with its pairs
    folders that are empty by that      removed, but not those of sources

Exports of documents that have neither a source nor pairs are removed too. Records (``<id>.toml``) are never touched.
Start reading at `prune`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from aligner.corpus.exported import ExportState
from aligner.corpus.exports import INDEX
from aligner.corpus.outputs import check_outputs
from aligner.corpus.publish import listed, republish
from aligner.corpus.store import Project
from aligner.editing import OpenDocument
from aligner.errors import InputError
from aligner.pipeline.leftover import (
    OTHERS,
    exports_of,
    extracts_of,
    forget,
    is_shared,
    remove,
    why_kept,
)
from aligner.pipeline.renamed import find_renames


@dataclass(frozen=True, slots=True)
class Pruned:
    """What became of one file."""

    document: str
    path: Path
    kept: str = ""
    """Why it stays; empty: it was removed."""


def prune(project: Project, documents: Sequence[str] = (), *, dry_run: bool = False) -> list[Pruned]:
    """Remove what aligner made of these documents that are left over, or of all; every file, with what became of it.

    With `dry_run` nothing is removed, and the result is the same. Pages that led to one that was removed are made
    again. Raises InputError when there is no folder of sources, when a document is not left over, or when the exports
    are another corpus's.
    """
    check_outputs(project)
    heirs = {rename.old: rename.new for rename in find_renames(project)[0]}
    found: list[Pruned] = []
    for document in _chosen(project, documents):
        if document in heirs:
            kept = f"renamed to '{heirs[document]}': `aligner run` carries it over"
            found.append(Pruned(document, project.bitext_file(document), kept))
        else:
            found += _prune(project, document, dry_run=dry_run)
    if dry_run:
        return found
    for each in found:
        if not each.kept:
            project.remove_empty_folders(each.path)
    # the pages beside one that is gone led to it, and so did the list
    gone = {each.document for each in found if not each.kept}
    names = listed(project) if gone else []
    places = {at for document in gone for at in (bisect_left(names, document) - 1, bisect_left(names, document))}
    beside = [names[at] for at in sorted(places) if 0 <= at < len(names)]
    republish(project, beside, index=names)
    return found


def _chosen(project: Project, wanted: Sequence[str]) -> list[str]:
    """The documents that are left over and those of which only exports are there, or those of them that are wanted."""
    folder = project.corpus / project.source
    if not folder.is_dir():
        raise InputError("there is no such folder", where=folder, hint="name the corpus with --corpus")
    present = project.present()
    # exports may outlive their pairs: somebody deletes a bitext by hand; and what was extracted may never have had any
    known = {*project.left_over(), *ExportState(project).documents(), *project.extracted()}.difference(present)
    if present:
        known.discard(INDEX)  # the list of the pages that are there
    for document in wanted:
        if document not in known:
            what = "has a source" if document in present else "is not left over"
            raise InputError(f"'{document}' {what}: there is nothing to prune", where=folder)
    return sorted(set(wanted) or known)


def _prune(project: Project, document: str, *, dry_run: bool) -> list[Pruned]:
    """Remove of one document what may go."""
    with nullcontext() if dry_run else OpenDocument(project, document).held():
        state = ExportState(project)
        exports = [Pruned(document, path, kept) for path, kept in exports_of(project, document, state).items()]
        texts = list(_texts(project, document))
        if dry_run:
            return [*exports, *texts]
        for each in exports:
            if not each.kept:
                remove(each.path)
        for path in state.documents().get(document, []):
            if not path.exists():
                state.forget(path)
        state.close()
        # where the pairs stay, what can be undone in them does too
        if not any(each.kept and each.path == project.bitext_file(document) for each in texts):
            forget(project, document)
        # the pairs come last: as long as they are there, the next call finishes
        for each in texts:
            if not each.kept:
                remove(each.path)
    return [*exports, *texts]


def _texts(project: Project, document: str) -> Iterator[Pruned]:
    """What was extracted of a document, its English text and its pairs, each with why it stays."""
    # they stay or go together: one without the other is of no use
    kept = why_kept(project, document)
    for path, why in extracts_of(project, document).items():
        yield Pruned(document, path, (kept if project.bitext_file(document).exists() else "") or why)
    english, bitext = project.target_file(document), project.bitext_file(document)
    if english.exists():
        yield Pruned(document, english, kept or (OTHERS if is_shared(project, document) else ""))
    if bitext.exists():
        yield Pruned(document, bitext, kept)
