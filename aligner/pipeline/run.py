"""The run: plan every document, translate and pair what changed, bring the exports up to date.

    carry_over ──▶ the work done for documents that were renamed goes with them
    plan ──▶ documents with an English text of a person's: aligned first, for what is reviewed in them is a memory
         ──▶ documents with drafts of ours: the memories are asked, the engine translates the rest

One bad document does not stop the others: its error is kept in its outcome. Every file is written whole, so a run may
be stopped at any moment; the next one goes on from what is there (finished translations are in the cache).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from aligner.config import Progress, RunOptions, silent
from aligner.corpus.outputs import check_outputs
from aligner.corpus.publish import Publisher
from aligner.corpus.store import Project, read_bitext
from aligner.documents import FolderChoice, FolderFiles, counted_reasons
from aligner.documents.extract import map_of
from aligner.editing import OpenDocument
from aligner.errors import AlignerError, InputError, counted
from aligner.files import read_bytes, write_atomically
from aligner.formats import WriteOptions
from aligner.model import REVIEWED, Bitext, Kind, Origin, Role
from aligner.pipeline import leftover
from aligner.pipeline.belonging import question
from aligner.pipeline.plan import Job, plan
from aligner.pipeline.recall import Recall
from aligner.pipeline.renamed import carry_over
from aligner.pipeline.rendering import groups, make_renderings
from aligner.pipeline.report import Done, Outcome, Report
from aligner.pipeline.tools import Tools
from aligner.pipeline.work import DocumentAtWork, answer, finish
from aligner.search import refresh_index
from aligner.translation.interface import ASKING

log = logging.getLogger(__name__)


def run(project: Project, options: RunOptions, progress: Progress = silent) -> Report:
    """Do the whole job for a project.

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
    session = _Session(tools, progress)
    session.others = set(found.documents) - set(sources)
    try:
        jobs = session.plan_all({n: p for n, p in sources.items() if n not in carried.failed}, force=options.force)
        for bitext in leftover.still_known(project):
            session.recall.collect(bitext)
        # persons' translations first: what is aligned in them is a memory for the drafts
        session.work([job for job in jobs if job.todo is Done.ALIGNED])
        drafted = [job for job in jobs if job.todo is not Done.ALIGNED]
        # what persons wrote in drafts counts for all drafts, whatever the order of their names
        session.learn([job for job in drafted if job.todo is Done.RENEWED and job.is_moved])
        session.work(session.recall_all(drafted))
        session.publisher.publish_index(session.readable())
        _index(project, progress)
    finally:
        # also when the run is stopped: what is written is remembered, or all would be made again
        session.publisher.close()
        session.recall.close()
    failed = {name: error for name, error in carried.failed.items() if name in sources}
    for name, error in {**refused, **failed}.items():
        session.fail(name, error)
    outcomes = tuple(session.outcomes[name] for name in (*sources, *refused))
    return Report(
        outcomes,
        tuple(carried.written + session.written + session.publisher.written),
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


class _Session:
    """The state of one run."""

    def __init__(self, tools: Tools, progress: Progress) -> None:
        self.tools, self.progress = tools, progress
        self.recall = Recall(tools, progress)
        options = WriteOptions(keep_boilerplate=tools.keep_boilerplate)
        self.publisher = Publisher(tools.project, options, terms=tools.own_terms)
        self.outcomes: dict[str, Outcome] = {}
        self.others: set[str] = set()
        """Documents that this run leaves alone."""
        self.written: list[Path] = []
        self.translated = self.recalled = 0
        self._unasked: dict[str, tuple[Path, str]] = {}
        """Unchanged documents that memories may concern: their files, and what memories said to them last."""

    def plan_all(self, sources: dict[str, Path], *, force: bool) -> list[Job]:
        """Plan every document; publish the unchanged ones at once and return the others.

        Those among the unchanged ones that memories may concern are remembered for `recall_all`.
        """
        jobs = []
        for number, (document, path) in enumerate(sources.items()):
            self.progress("plan", number, len(sources))
            try:
                with OpenDocument(self.tools.project, document).held():
                    job = plan(self.tools.project, path, self.tools, force=force)
                self._keep_extract(job)
                if job.todo is not Done.UNCHANGED:
                    jobs.append(job)
                elif job.previous is not None:
                    self.publisher.publish(document)
                    ours = job.previous.provenance.basis == Origin.MACHINE
                    self.outcomes[document] = _outcome(job, job.previous)
                    if ours:
                        self._unasked[document] = path, job.previous.provenance.memory
                if job.previous is not None:
                    # of a document that is drafted again only sentences that are still there are a memory
                    drafted = job.todo in {Done.TRANSLATED, Done.RENEWED}
                    self.recall.collect(job.previous, {s.text for s in job.segments} if drafted else None)
            except AlignerError as error:
                self.fail(document, error)
        self.progress("plan", len(sources), len(sources))
        return jobs

    def _keep_extract(self, job: Job) -> None:
        """Write what was read from a source that is not plain text, and the map to it, where they changed."""
        if job.layout is None:
            return
        project, document = self.tools.project, job.document
        text, mapped = project.extract_files(document.id)
        contents = document.text.encode(), map_of(document.text, job.layout, job.path, project.relative(job.path))
        for path, content in zip((text, mapped), contents, strict=True):
            if not path.exists() or read_bytes(path) != content:
                write_atomically(path, content)
                self.written.append(path)

    def learn(self, jobs: Sequence[Job]) -> None:
        """Take in what persons wrote since the last run, and where it is now: it may be a memory for all drafts."""
        for group in groups(jobs):
            everything = make_renderings(group, self.tools, self.progress)
            for job, renderings in zip(group, everything, strict=True):
                try:
                    self.recall.collect(DocumentAtWork(job, renderings, self.tools).made[0])
                except AlignerError as error:  # it will be said when the document is done
                    log.info("%s: %s", job.document.id, error)

    def recall_all(self, jobs: Sequence[Job]) -> list[Job]:
        """The jobs with what the memories say to them, and the unchanged documents to which they say something new."""
        asked = []
        _ = self.recall.memories  # a memory that cannot be used stops the run, not a document
        waiting: list[Job | str] = [*jobs, *self._unasked]
        total = len(waiting)
        # documents that did not change wait too: a memory may say something new to them
        for number, job in enumerate(waiting):
            self.progress("recall", number, total)
            name = job if isinstance(job, str) else job.document.id
            try:
                made = self._reconsidered(job) if isinstance(job, str) else job
                if made is not None and made.todo is not Done.ALIGNED:  # not if a person has just replaced the English
                    made = replace(made, recalled=self.recall.ask(name, made.segments, made.previous))
                asked += [made] if made is not None else []
            except AlignerError as error:
                self.fail(name, error)
        self.progress("recall", total, total)
        return asked

    def _reconsidered(self, document: str) -> Job | None:
        """The job of an unchanged document to which the memories say something new; None when they do not."""
        path, said = self._unasked[document]
        # nothing changed on either side since it asked: the bitext need not be read
        if self.recall.is_settled(document, said):
            return None
        project = self.tools.project
        previous = read_bitext(project.bitext_file(document))
        if answer(previous, self.recall.ask(document, previous.source.segments, previous)) == said:
            self.recall.settle(document, said)
            return None
        return plan(project, path, self.tools, force=True)

    def work(self, jobs: Sequence[Job]) -> None:
        """Translate, pair and publish, group by group."""
        for group in groups(jobs):
            everything = make_renderings(group, self.tools, self.progress)
            for number, (job, renderings) in enumerate(zip(group, everything, strict=True)):
                self.progress("write", number, len(group))
                self.translated += sum(rendering is not None for rendering in renderings)
                try:
                    self._finish(DocumentAtWork(job, renderings, self.tools))
                except AlignerError as error:
                    self.fail(job.document.id, error)
            self.progress("write", len(group), len(group))

    def _finish(self, work: DocumentAtWork) -> None:
        """Write one document and its exports, and take note of what it means for memories."""
        work, written = finish(work)
        job, (bitext, _) = work.job, work.made
        self.written += written
        if job.todo is Done.ALIGNED:
            self.recall.collect(bitext)
        else:
            self.recalled += sum(found is not None and found.text is not None for found in job.recalled)
            self.recall.settle(job.document.id, bitext.provenance.memory)
        self.publisher.publish(job.document.id)
        self.outcomes[job.document.id] = _outcome(job, bitext)

    def readable(self) -> list[str]:
        """The documents whose pairs can be read, in order."""
        found = []
        for document in self.tools.project.bitexts():
            outcome = self.outcomes.get(document)
            if outcome is not None and outcome.error is not None:
                # the run failed, but earlier pairs may still be good to look at
                with suppress(AlignerError):
                    read_bitext(self.tools.project.bitext_file(document))
                    found.append(document)
            elif outcome is not None or document in self.others:
                found.append(document)
        return found

    def fail(self, document: str, error: AlignerError) -> None:
        """Keep the error of one document."""
        log.info("%s failed: %s", document, error)
        self.outcomes[document] = Outcome(document, Done.FAILED, error=error)


def _outcome(job: Job, bitext: Bitext) -> Outcome:
    """What a run says of a document: its size without boilerplate, and what a person should know."""
    kept = [s for s in bitext.source.segments if s.role is not Role.BOILERPLATE]
    words = sum(len(segment.text.split()) for segment in kept)
    beads = sum(bead.kind is not Kind.EXCLUDED for bead in bitext.beads)
    notes = list(job.notes)
    # a person's translation is never completed: every run names the gap until a reviewer fills or accepts it
    alone = [bead for bead in bitext.beads if bead.status not in REVIEWED and bead.machine and not bead.target]
    if alone:
        places = ", ".join(bitext.locator(bead) for bead in alone[:5]) + (" …" if len(alone) > 5 else "")
        notes.append(
            f"your English has nothing for {len(alone)} of its segments ({places}): "
            "in `aligner review`, `e` and *Machine text* puts the machine's there, `a` accepts the gap"
        )
    # of a translation of its own the machine knows what belongs to what
    if bitext.provenance.basis == Origin.HUMAN and (asked := question(bitext.beads)):
        notes.append(asked)
    flagged = sum(not ASKING.isdisjoint(bead.flags) for bead in bitext.beads if bead.status not in REVIEWED)
    if flagged and job.todo is not Done.UNCHANGED:
        notes.append(
            f"{flagged:,} of {counted(beads, 'pair')} to look at: "
            f"see `aligner check {job.document.id}` and the flags in the review page"
        )
    return Outcome(job.document.id, job.todo, len(kept), beads, words, tuple(notes))
