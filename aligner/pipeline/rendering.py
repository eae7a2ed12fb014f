"""Rendering: the segments of many documents through the engine in one stream.

    jobs ──groups──▶ some 1,500 segments ──render──▶ a list for each document: what the machine or a memory says

Start reading at `make_renderings`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from aligner.config import Progress
from aligner.model import Match, Role
from aligner.pipeline.cluster import Sent, check_engine
from aligner.pipeline.pairing import in_place, translatable
from aligner.pipeline.plan import Job
from aligner.pipeline.tools import Tools
from aligner.translation import Rendering

GROUP = 1_500
"""Segments that are translated together; then their documents are finished. From 1,200 on the engine's batches are
full, and the speed is that of 20,000 (with 600 it is 91 %, docs/measurements.md)."""


def groups(jobs: Iterable[Job], size: int = GROUP) -> Iterator[list[Job]]:
    """Cut the jobs into groups of about `size` segments; each is asked for when the one before is done."""
    group: list[Job] = []
    count = 0
    for job in jobs:
        group.append(job)
        count += len(job.segments)
        if count >= size:
            yield group
            group, count = [], 0
    if group:
        yield group


Rendered = tuple[list[Job], list[list[Rendering | None]]]
"""A group, and for each of its jobs what the machine or a memory says."""


def rendered_groups(waiting: Iterable[list[Job]], tools: Tools, progress: Progress) -> Iterator[Rendered]:
    """Each group with its renderings (`make_renderings`), as they are made, here or on a cluster.

    A cluster has several groups under way; the one that is done first comes first.
    """
    if tools.options.cluster is None:
        for group in waiting:
            yield group, make_renderings(group, tools, progress)
        return
    engine = check_engine(tools.translator)

    def sent(group: list[Job]) -> Sent:
        texts, similar = _asked(group)
        tools.choice.know(similar)
        return Sent(group, engine.missing(texts), similar)

    for done in tools.cluster.rendered(map(sent, waiting)):
        tools.choice.know(done.similar)
        engine.keep(done.renderings)
        yield done.owner, make_renderings(done.owner, tools, progress)


def _asked(jobs: Sequence[Job]) -> tuple[list[str], dict[str, Match]]:
    """The texts that are to be translated, and what memories have like some of them."""
    texts: list[str] = []
    similar = {}
    for job in jobs:
        # without memories there is nothing recalled: every segment is asked for
        known = job.recalled or [None] * len(job.segments)
        open_ones = [s for s, found in zip(job.segments, known, strict=True) if found is None or found.text is None]
        texts += translatable(open_ones)
        for segment, found in zip(job.segments, known, strict=True):
            if found is not None and found.text is None and found.match is not None:
                similar[segment.text] = found.match
    return texts, similar


def make_renderings(jobs: Sequence[Job], tools: Tools, progress: Progress) -> list[list[Rendering | None]]:
    """Translate the segments of all jobs in one stream; one list per job, None in the place of boilerplate.

    What a memory has word for word is not translated; what it has of similar sentences helps to choose.
    """
    texts, similar = _asked(jobs)
    # nothing to translate: the model need not be loaded, which takes seconds
    if not texts:
        return [_in_place(job, iter(())) for job in jobs]
    # the renderings that are kept are chosen with the most similar text at hand
    tools.choice.know(similar)
    done = iter(tools.translator.translate(texts, progress=lambda n, total: progress("translate", n, total)))
    return [_in_place(job, done) for job in jobs]


def _in_place(job: Job, done: Iterator[Rendering]) -> list[Rendering | None]:
    """A rendering for each segment, recalled or taken from `done`; None in the place of boilerplate."""
    if not job.recalled:
        return in_place(job.segments, done)
    return [
        None if segment.role is Role.BOILERPLATE
        else next(done) if found is None or found.text is None
        else Rendering(found.text, 1.0)
        for segment, found in zip(job.segments, job.recalled, strict=True)
    ]  # fmt: skip
