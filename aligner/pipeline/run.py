"""The run: plan every document, translate and pair what changed, bring the exports up to date.

One bad document does not stop the others: its error is kept in its outcome. Every file is written whole, so a run may
be stopped at any moment; the next one goes on from what is there (finished translations are in the cache).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from pathlib import Path

from aligner.config import Progress, RunOptions, silent
from aligner.errors import AlignerError
from aligner.formats import WriteOptions
from aligner.model import Bitext, Kind, Role
from aligner.pipeline.plan import Job, plan
from aligner.pipeline.publish import Publisher
from aligner.pipeline.report import Done, Outcome, Report
from aligner.pipeline.tools import Tools
from aligner.pipeline.work import finish, groups, render
from aligner.store import Project, read_bitext

log = logging.getLogger(__name__)


def run(project: Project, options: RunOptions, progress: Progress = silent) -> Report:
    """Do the whole job for a project.

    Raises InputError when there are no documents, EnvironmentProblem when there is no translation model for the pair.
    Errors of single documents are in the report.
    """
    start = time.monotonic()
    sources, refused = project.scan()
    tools = Tools(project, options)
    session = _Session(tools, progress)
    try:
        session.work(session.plan_all(sources, force=options.force))
        session.publisher.publish_index(session.readable())
    finally:
        session.publisher.close()
    for name, error in refused.items():
        session.fail(name, error)
    outcomes = tuple(session.outcomes[name] for name in (*sources, *refused))
    return Report(
        outcomes,
        tuple(session.written + session.publisher.written),
        session.translated,
        tools.translator.fresh,
        time.monotonic() - start,
    )


class _Session:
    """The state of one run."""

    def __init__(self, tools: Tools, progress: Progress) -> None:
        self.tools, self.progress = tools, progress
        self.publisher = Publisher(tools.project, WriteOptions(keep_boilerplate=tools.keep_boilerplate))
        self.outcomes: dict[str, Outcome] = {}
        self.written: list[Path] = []
        self.translated = 0

    def plan_all(self, sources: dict[str, Path], *, force: bool) -> list[Job]:
        """Plan every document; publish the unchanged ones at once and return the others."""
        jobs = []
        _ = self.tools.signature  # a missing model stops the run here, before any work
        for number, (document, path) in enumerate(sources.items()):
            self.progress("plan", number, len(sources))
            try:
                job = plan(self.tools.project, path, self.tools, force=force)
                if job.todo is not Done.UNCHANGED:
                    jobs.append(job)
                elif job.previous is not None:
                    self.publisher.publish(document, job.previous)
                    self.outcomes[document] = _outcome(job, job.previous)
            except AlignerError as error:
                self.fail(document, error)
        self.progress("plan", len(sources), len(sources))
        return jobs

    def work(self, jobs: Sequence[Job]) -> None:
        """Translate, pair and publish, group by group."""
        for group in groups(jobs):
            everything = render(group, self.tools, self.progress)
            for number, (job, renderings) in enumerate(zip(group, everything, strict=True)):
                self.progress("write", number, len(group))
                self.translated += sum(rendering is not None for rendering in renderings)
                try:
                    bitext, written = finish(job, renderings, self.tools)
                    self.written += written
                    self.publisher.publish(job.document.id, bitext)
                    self.outcomes[job.document.id] = _outcome(job, bitext)
                except AlignerError as error:
                    self.fail(job.document.id, error)
            self.progress("write", len(group), len(group))

    def readable(self) -> list[str]:
        """The documents whose pairs can be read, in order."""
        documents = []
        for document in self.tools.project.bitexts():
            outcome = self.outcomes.get(document)
            if outcome and (outcome.error is None or self._has_pairs(document)):
                documents.append(document)
        return documents

    def _has_pairs(self, document: str) -> bool:
        try:
            read_bitext(self.tools.project.bitext_file(document))
        except AlignerError:
            return False
        return True

    def fail(self, document: str, error: AlignerError) -> None:
        """Keep the error of one document."""
        log.info("%s failed: %s", document, error)
        self.outcomes[document] = Outcome(document, Done.FAILED, error=error)


def _outcome(job: Job, bitext: Bitext) -> Outcome:
    kept = [s for s in bitext.source.segments if s.role is not Role.BOILERPLATE]
    words = sum(len(segment.text.split()) for segment in kept)
    beads = sum(bead.kind is not Kind.EXCLUDED for bead in bitext.beads)
    return Outcome(job.document.id, job.todo, len(kept), beads, words, (*job.notes, *_lonely(job, bitext)))


def _lonely(job: Job, bitext: Bitext) -> list[str]:
    """A note if an English text of the user's own leaves something untranslated."""
    alone = [b for b in bitext.beads if not b.target and b.kind is not Kind.EXCLUDED]
    if job.todo is not Done.ALIGNED or not alone:
        return []
    places = ", ".join(bitext.locator(bead) for bead in alone[:5]) + (" …" if len(alone) > 5 else "")
    return [f"your English has nothing for {len(alone)} of its segments ({places})"]
