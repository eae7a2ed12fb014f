"""The work of one run: what there is to do, in which order, and what came of it.

    survey   every document: unchanged (told by the disk), planned now, or new and planned when its turn comes
    work     aligned documents first; then drafts, group by group: planned, recalled, translated, written, published

Of a new document nothing is known before its turn, so the memory that a run takes does not grow with the corpus.
Start reading at `Session.work`.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from aligner.config import Progress
from aligner.corpus.facts import Facts
from aligner.corpus.publish import Publisher
from aligner.corpus.store import read_bitext
from aligner.documents.extract import map_of
from aligner.editing import OpenDocument
from aligner.errors import AlignerError, counted
from aligner.files import read_bytes, write_atomically
from aligner.formats import WriteOptions
from aligner.model import REVIEWED, Bitext, Kind, Origin, Role
from aligner.pipeline.belonging import question
from aligner.pipeline.plan import Job, plan
from aligner.pipeline.recall import Recall
from aligner.pipeline.rendering import groups, make_renderings, rendered_groups
from aligner.pipeline.report import Done, Finished, Outcome, WrittenFiles
from aligner.pipeline.tools import Tools
from aligner.pipeline.unchanged import Unchanged
from aligner.pipeline.work import DocumentAtWork, answer, finish
from aligner.translation.interface import ASKING, Flag

log = logging.getLogger(__name__)

_HELD = 100_000
"""Segments of planned documents that are kept until their turn comes; what is more is planned again then."""
Source = tuple[str, Path]
"""The id of a document and its file."""


class Session:
    """The state of one run."""

    def __init__(self, tools: Tools, progress: Progress, finished: Finished) -> None:
        self.tools, self.progress, self._finished = tools, progress, finished
        options = WriteOptions(keep_boilerplate=tools.keep_boilerplate)
        self.publisher = Publisher(tools.project, options, terms=tools.own_terms)
        self.recall = Recall(tools, self.publisher.corpus_state, progress)
        self.unchanged = Unchanged(tools.project, self.publisher.corpus_state, tools.signature)
        self.outcomes: dict[str, Outcome] = {}
        self.others: set[str] = set()
        """Documents that this run leaves alone."""
        self.written = WrittenFiles()
        self.translated = self.recalled = 0
        self._jobs: deque[Job | Source] = deque()
        """What there is to do, in order; a source is planned when its turn comes."""
        self._unasked: dict[str, tuple[Path, str]] = {}
        """Unchanged documents that memories may concern: their files, and what memories said to them last."""
        self._done = self._total = 0

    def survey(self, sources: dict[str, Path]) -> None:
        """Find what there is to do, and publish the documents that did not change at once."""
        new: list[Source] = []
        held = 0
        for number, (document, path) in enumerate(sources.items()):
            self.progress("plan", number, len(sources))
            try:
                stamps = self.unchanged.stamps(document, path)
                if not self.tools.options.force and (known := self.unchanged.find(document, stamps)):
                    self._pass_over(known, path)
                elif self._is_new(document):
                    new.append((document, path))
                elif (job := self._planned(document, path)) is not None:
                    self._collect(job)
                    held += len(job.segments)
                    keep = job.todo is Done.ALIGNED or held < _HELD
                    self._jobs.append(job if keep else (document, path))
            except AlignerError as error:
                self.fail(document, error)
        self._jobs += new
        self._total += len(self._jobs)
        self.progress("plan", len(sources), len(sources))

    def work(self) -> None:
        """Do what there is to do."""
        jobs = [job for job in self._jobs if isinstance(job, Job)]
        # persons' translations first: what is aligned in them is a memory for the drafts
        aligned = [job for job in jobs if job.todo is Done.ALIGNED]
        self._work_on(aligned)
        # what persons wrote in drafts counts for all drafts, whatever the order of their names
        self._learn([job for job in jobs if job.todo is Done.RENEWED and job.is_moved])
        self._jobs = deque(each for each in self._jobs if not (isinstance(each, Job) and each.todo is Done.ALIGNED))
        del jobs, aligned
        _ = self.recall.memories  # a memory that cannot be used stops the run, not a document
        self._work_on(self._drafts())

    def _is_new(self, document: str) -> bool:
        """Whether nothing is there of a document but its source: what it says to memories is nothing."""
        project = self.tools.project
        files = project.bitext_file(document), project.target_file(document), project.draft_file(document)
        return not any(file.exists() for file in files)

    def _planned(self, document: str, path: Path, *, force: bool = False) -> Job | None:
        """The job of a document; None for one that did not change, which is published at once."""
        stamps = self.unchanged.stamps(document, path)
        with OpenDocument(self.tools.project, document).held():
            job = plan(self.tools.project, path, self.tools, force=force or self.tools.options.force)
        job = replace(job, stamps=stamps)
        self._keep_extract(job)
        if job.todo is not Done.UNCHANGED or job.previous is None:
            return job
        outcome = outcome_of(job, job.previous)
        self.unchanged.note(outcome, stamps)
        self._pass_over(outcome, path)
        return None

    def _pass_over(self, outcome: Outcome, path: Path) -> None:
        """Publish a document that did not change; those that memories may concern are remembered for later."""
        facts = self._publish(outcome.id)
        self.outcomes[outcome.id] = outcome
        self.recall.collect_units(outcome.id, *facts.units)
        if facts.basis == Origin.MACHINE:
            self._unasked[outcome.id] = path, facts.memory

    def _publish(self, document: str) -> Facts:
        """Bring the exports of a document up to date."""
        facts = self.publisher.publish(document)
        self.written.add(self.publisher.written)
        self.publisher.written.clear()
        return facts

    def _collect(self, job: Job) -> None:
        """Take in what persons wrote in a document that is to be done."""
        if job.previous is not None:
            # of a document that is drafted again only sentences that are still there are a memory
            drafted = job.todo in {Done.TRANSLATED, Done.RENEWED}
            self.recall.collect(job.previous, {s.text for s in job.segments} if drafted else None)

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
                self.written.add([path])

    def _learn(self, jobs: Sequence[Job]) -> None:
        """Take in what persons wrote since the last run, and where it is now: it may be a memory for all drafts."""
        for group in groups(jobs):
            everything = make_renderings(group, self.tools, self.progress)
            for job, renderings in zip(group, everything, strict=True):
                try:
                    self.recall.collect(DocumentAtWork(job, renderings, self.tools).made[0])
                except AlignerError as error:  # it will be said when the document is done
                    log.info("%s: %s", job.document.id, error)

    def _drafts(self) -> Iterator[Job]:
        """The jobs with what the memories say to them, and the unchanged documents to which they say something new."""
        # documents that did not change wait too: a memory may say something new to them
        waiting = deque[Job | Source | str](self._jobs)
        waiting.extend(self._unasked)
        self._jobs.clear()
        while waiting:
            each = waiting.popleft()
            document = each.document.id if isinstance(each, Job) else each if isinstance(each, str) else each[0]
            try:
                job = self._reconsidered(each) if isinstance(each, str) else each
                if isinstance(job, tuple):
                    job = self._planned(*job)
                if job is None:
                    continue
                if job.todo is not Done.ALIGNED:  # not if a person has just replaced the English
                    job = replace(job, recalled=self.recall.ask(document, job.segments, job.previous))
                yield job
            except AlignerError as error:
                self.fail(document, error)

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
        self._total += 1
        return self._planned(document, path, force=True)

    def _work_on(self, jobs: Iterable[Job]) -> None:
        """Translate, pair and publish, group by group."""
        for group, everything in rendered_groups(groups(jobs), self.tools, self.progress):
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
        self.written.add(written)
        if job.todo is Done.ALIGNED:
            self.recall.collect(bitext)
        else:
            self.recalled += sum(found is not None and found.text is not None for found in job.recalled)
            self.recall.settle(job.document.id, bitext.provenance.memory)
        self._publish(job.document.id)
        outcome = outcome_of(job, bitext)
        # what was said while it was done is said once
        if not job.notes:
            self.unchanged.note_later(
                outcome_of(replace(job, todo=Done.UNCHANGED), bitext), job.path, job.stamps, bitext
            )
        self._end(outcome)

    def publish_index(self) -> None:
        """Bring the list of the documents whose pairs can be read up to date."""
        project = self.tools.project
        # the run failed, but earlier pairs may still be good to look at
        wanted = [document for document in project.bitexts() if document in self.outcomes or document in self.others]
        self.publisher.publish_index(self.publisher.readable(wanted))
        self.written.add(self.publisher.written)

    def fail(self, document: str, error: AlignerError) -> None:
        """Keep the error of one document."""
        log.info("%s failed: %s", document, error)
        self._end(Outcome(document, Done.FAILED, error=error))

    def _end(self, outcome: Outcome) -> None:
        self.outcomes[outcome.id] = outcome
        self._done += 1
        self._finished(outcome, self._done, max(self._total, self._done))

    def close(self) -> None:
        """Write down what is remembered."""
        self.tools.close()
        self.unchanged.close()
        self.publisher.close()


def outcome_of(job: Job, bitext: Bitext) -> Outcome:
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
    flagged = [bead.flags for bead in bitext.beads if bead.status not in REVIEWED and ASKING & {*bead.flags}]
    if flagged and job.todo is not Done.UNCHANGED:
        # what the translation loop alone doubts is no finding of the checks
        found = any(Flag.CHECKS in flags for flags in flagged)
        where = f"`aligner check {job.document.id}` and " if found else ""
        looked = f"{len(flagged):,} of {counted(beads, 'pair')} to look at"
        notes.append(f"{looked}: see {where}the flags in the review page")
    return Outcome(job.document.id, job.todo, len(kept), beads, words, tuple(notes))
