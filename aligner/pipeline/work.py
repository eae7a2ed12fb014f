"""Working: one batch stream of segments through the translator, then a bitext and an English file per document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from aligner.clock import now
from aligner.config import Progress
from aligner.editing import Desk
from aligner.files import write_atomically
from aligner.model import Bitext, Match, Provenance, Role, Segment, Side, sha256
from aligner.pairing import Pairing, in_place, pair_renderings, pair_texts, translatable
from aligner.pipeline.plan import Job, current
from aligner.pipeline.recall import signed, unsigned, with_recalled
from aligner.pipeline.report import Done
from aligner.pipeline.tools import Tools
from aligner.reviewed import (
    carry_matches,
    carry_review,
    locked_beads,
    standing_pairs,
    untouched_segments,
    with_borders,
)
from aligner.store import Project, write_bitext
from aligner.text import segment
from aligner.translate import Rendering

_GROUP = 20_000


def groups(jobs: Sequence[Job], size: int = _GROUP) -> Iterator[list[Job]]:
    """Cut the jobs into groups of about `size` segments: large enough for full batches, small enough for memory."""
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


def render(jobs: Sequence[Job], tools: Tools, progress: Progress) -> list[list[Rendering | None]]:
    """Translate the segments of all jobs in one stream; one list per job, None in the place of boilerplate."""
    texts = [text for job in jobs for text in _unknown(job)]
    if not texts:
        return [_in_place(job, iter(())) for job in jobs]
    tools.choice.know({job.segments[i].text: match for job in jobs for i, match in _similar(job)})
    done = iter(tools.translator.translate(texts, progress=lambda n, total: progress("translate", n, total)))
    return [_in_place(job, done) for job in jobs]


def _unknown(job: Job) -> list[str]:
    """The texts that the engine must translate."""
    if not job.recalled:
        return translatable(job.segments)
    unknown = [s for s, found in zip(job.segments, job.recalled, strict=True) if found is None or found.text is None]
    return translatable(unknown)


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


def _similar(job: Job) -> Iterator[tuple[int, Match]]:
    """The segments for which the memories have something similar, by their indices, and what it is."""
    for index, found in enumerate(job.recalled):
        if found is not None and found.text is None and found.match is not None:
            yield index, found.match


def finish(job: Job, renderings: Sequence[Rendering | None], tools: Tools) -> tuple[Job, Bitext, list[Path]]:
    """Make the bitext of one document and write it, with its English text when that is ours to write.

    The document is held only while it is written. What a person did to it since the job was planned is taken into
    account: returned is the job as it was done in the end, with the bitext and the files written.
    """
    made = _made(job, renderings, tools)
    with Desk(tools.project, job.document.id).held():
        latest = current(job, tools)
        if latest is not job:
            made = _made(latest, renderings, tools)
        return latest, made[0], _written(latest, *made, tools)


def _made(job: Job, renderings: Sequence[Rendering | None], tools: Tools) -> tuple[Bitext, str]:
    """The bitext and the English text of a document."""
    pairing = _pair(job, renderings, tools)
    return make_bitext(job, pairing, tools, now=now()), pairing.text


def _written(job: Job, bitext: Bitext, english: str, tools: Tools) -> list[Path]:
    """Write both, the English only if it is ours and new."""
    written = []
    if job.todo is Done.TRANSLATED and english != job.english:
        write_atomically(tools.project.draft_file(job.document.id), sha256(english))
        written.append(tools.project.target_file(job.document.id))
        write_atomically(written[-1], english)
    written.append(tools.project.bitext_file(job.document.id))
    write_bitext(written[-1], bitext)
    return written


def _pair(job: Job, renderings: Sequence[Rendering | None], tools: Tools) -> Pairing:
    if job.todo is Done.TRANSLATED:
        return pair_renderings(job.document.text, job.segments, renderings)
    target = _target_segments(job, tools)
    if job.previous is None:
        return pair_texts(job.segments, job.english, target, renderings)
    same_tools = unsigned(job.previous.provenance.signature) == tools.signature
    return pair_texts(
        job.segments,
        job.english,
        target,
        renderings,
        locked=locked_beads(job.previous, job.segments, target),
        standing=standing_pairs(job.previous, job.segments, target) if same_tools and not job.anew else (),
        untouched=untouched_segments(job.previous, target),
    )


def _target_segments(job: Job, tools: Tools) -> Sequence[Segment]:
    """The segments of the English text: those it had, as long as it and the rules are the same."""
    previous, boilerplate = job.previous, "kept" if tools.keep_boilerplate else "marked"
    same = previous is not None and previous.target.sha256 == sha256(job.english)
    if previous is not None and same:
        rules = f"|srx:{tools.rules.signature}|", f"|boilerplate:{boilerplate}|"
        if all(part in previous.provenance.signature for part in rules):
            return previous.target.segments
    found = segment(job.english, tools.project.target, rules=tools.rules, boilerplate=not tools.keep_boilerplate)
    return with_borders(found, previous, job.english) if previous is not None and same else found


def make_bitext(job: Job, pairing: Pairing, tools: Tools, *, now: str) -> Bitext:
    """Join document, pairing and provenance; dates move only when the content does."""
    project, document = tools.project, job.document
    beads = pairing.beads
    if job.recalled:
        beads = with_recalled(beads, job.recalled)
    elif job.previous:
        beads = carry_matches(beads, job.segments, pairing.segments, job.previous)
    if job.previous:
        beads = carry_review(beads, job.segments, pairing.segments, job.previous, now=now)
    bitext = Bitext(
        document.id,
        Side(project.source, job.segments, project.relative(job.path), document.sha256),
        Side(project.target, pairing.segments, _target_name(project, document.id), sha256(pairing.text)),
        beads,
        document.record,
        Provenance(
            created=now,
            changed=now,
            signature=signed(tools.signature, (bead.match for bead in beads)),
            engine=tools.made_by.engine,
            package=tools.made_by.package,
            fingerprint=tools.made_by.fingerprint,
        ),
    )
    return _dated(bitext, job.previous) if job.previous else bitext


def _target_name(project: Project, document: str) -> str:
    return project.relative(project.target_file(document))


def _dated(bitext: Bitext, previous: Bitext) -> Bitext:
    """The bitext with its first date kept, and its last date too if nothing but the dates differs."""
    old = previous.provenance
    same = replace(bitext, provenance=replace(bitext.provenance, created=old.created, changed=old.changed))
    return (
        same
        if same == previous
        else replace(same, provenance=replace(same.provenance, changed=bitext.provenance.changed))
    )
