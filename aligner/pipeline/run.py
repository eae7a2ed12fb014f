"""The run: find what changed, translate and pair it, bring the exports up to date.

    carry_over ──▶ the work done for documents that were renamed goes with them
    survey ──▶ documents with an English text of a person's: aligned first, for what is reviewed in them is a memory
           ──▶ documents with drafts of ours: the memories are asked, the engine translates the rest

One bad document does not stop the others: its error is kept in its outcome. Each document is finished, with its
exports, as soon as the group in which it is translated is; every file is written whole. So a run may be stopped at any
moment; the next one goes on from what is there. `aligner.pipeline.session` does the work.
"""

from __future__ import annotations

import logging
import time
from pathlib import Path

from aligner.config import Progress, RunOptions, silent
from aligner.corpus.outputs import check_outputs
from aligner.corpus.store import Project
from aligner.documents import FolderChoice, FolderFiles, counted_reasons
from aligner.errors import AlignerError, InputError
from aligner.pipeline import leftover
from aligner.pipeline.renamed import carry_over
from aligner.pipeline.report import Finished, Report, unnoticed
from aligner.pipeline.session import Session
from aligner.pipeline.tools import Tools
from aligner.search import refresh_index

log = logging.getLogger(__name__)


def run(project: Project, options: RunOptions, progress: Progress = silent, finished: Finished = unnoticed) -> Report:
    """Do the whole job for a project; `finished` is told of each document on which there was work, when it is done.

    Raises InputError when there are no documents or the exports there are another corpus's, EnvironmentProblem when
    there is no translation model for the pair.
    Errors of single documents are in the report.
    """
    start = time.monotonic()
    found = project.found()
    sources, refused = _chosen(project, found, options)
    check_outputs(project)
    tools = Tools(project, options)
    _ = tools.signature, tools.memories  # a missing model or memory stops the run before any work
    carried = carry_over(project)
    session = Session(tools, progress, finished)
    session.others = set(found.documents) - set(sources)
    session.written.add(carried.written)
    try:
        session.survey({n: p for n, p in sources.items() if n not in carried.failed})
        for bitext in leftover.still_known(project):
            session.recall.collect(bitext)
        session.work()
        failed = {name: error for name, error in carried.failed.items() if name in sources}
        for name, error in {**refused, **failed}.items():
            session.fail(name, error)
        # those that failed are on it, too, as far as they have pairs
        session.publish_index()
        _index(project, progress)
    finally:
        # also when the run is stopped: what is written is remembered, or all would be made again
        session.close()
    outcomes = tuple(session.outcomes[name] for name in (*sources, *refused))
    return Report(
        outcomes,
        session.written,
        session.translated,
        tools.translator.fresh,
        time.monotonic() - start,
        session.recalled,
        (*carried.remarks, *leftover.remarks(project), *filter(None, [counted_reasons(found.skipped)])),
    )


def _index(project: Project, progress: Progress) -> None:
    """Bring the index that is searched up to date. Where that cannot be, the run has done its work all the same."""
    try:
        refresh_index(project, progress)
    except AlignerError as error:
        log.warning("%s", error)


def _chosen(project: Project, found: FolderFiles, options: RunOptions) -> tuple[dict[str, Path], dict[str, InputError]]:
    """The documents that the run is asked to do, and the files that cannot be documents because of their names.

    Raises InputError when no document is among those asked for, or a listed one does not exist.
    """
    choice = FolderChoice(options.include, options.exclude, options.listed)
    if choice == FolderChoice():
        return found.documents, found.refused
    folder = project.corpus / project.source
    names = {document: path.relative_to(folder).as_posix() for document, path in found.documents.items()}
    for wanted in sorted(options.listed or ()):
        if not any(FolderChoice(listed=frozenset((wanted,))).takes(*each) for each in names.items()):
            raise InputError(f"the list names '{wanted}', not a document", where=folder, hint="correct the list")
    chosen = {document: found.documents[document] for document, name in names.items() if choice.takes(document, name)}
    if not chosen:
        raise InputError("no document fits the patterns", where=folder, hint="see `aligner run --help`")
    return chosen, {name: error for name, error in found.refused.items() if choice.takes(name, name)}
