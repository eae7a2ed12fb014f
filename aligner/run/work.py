"""Working: one batch stream of segments through the translator, then a bitext and an English file per document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from aligner.config import Progress
from aligner.corpus.store import Project, write_bitext
from aligner.edit import OpenDocument
from aligner.files import write_atomically
from aligner.model import Bead, Bitext, Match, Origin, Role, Segment, Side, sha256
from aligner.run.authors import (
    OURS,
    recognised,
    remembering,
    with_authors,
)
from aligner.run.carry import (
    carry_matches,
    carry_review,
    is_another_text,
    locked_beads,
    standing_pairs,
    with_borders,
)
from aligner.run.pairing import (
    Pairing,
    in_place,
    pair_renderings,
    pair_texts,
    translatable,
)
from aligner.run.plan import Job, current
from aligner.run.recall import Recalled, recalled_for, said
from aligner.run.refresh import Today, is_draft, refreshed
from aligner.run.report import Done
from aligner.run.tools import Tools
from aligner.signature import now
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
    """Make the bitext of one document and write it, with its English text where that is ours to write.

    The document is held only while it is written. What a person did to it since the job was planned is taken into
    account: returned is the job as it was done in the end, with the bitext and the files written.
    """
    made = make(job, renderings, tools)
    desk = OpenDocument(tools.project, job.document.id)
    with desk.held():
        latest = current(job, tools)
        if latest is not job:
            made = make(latest, renderings, tools)
        return latest, made[0], _written(latest, *made, desk)


def make(job: Job, renderings: Sequence[Rendering | None], tools: Tools) -> tuple[Bitext, str]:
    """The bitext and the English text of a document; dates move only when the content does."""
    bitext, english = _made(job, renderings, tools)
    bitext = replace(bitext, beads=remembering(bitext.beads, bitext, job.previous))
    moment = now()
    memory = said(bead.match for bead in bitext.beads)
    provenance = replace(bitext.provenance, created=moment, changed=moment, memory=memory)
    bitext = replace(bitext, provenance=provenance)
    return (_dated(bitext, job.previous) if job.previous else bitext), english


def _made(job: Job, renderings: Sequence[Rendering | None], tools: Tools) -> tuple[Bitext, str]:
    maker = tools.provenance.maker
    if job.todo is Done.TRANSLATED:
        pairing = pair_renderings(job.document.text, job.segments, renderings, maker=maker)
        beads = tuple(recalled_for(bead, job.recalled) if bead.target else bead for bead in pairing.beads)
        return _bitext(job, pairing, beads, Origin.MACHINE, tools), pairing.text
    pairing = _aligned(job, renderings, tools)
    if job.previous is None:
        beads = recognised(pairing.beads, pairing.segments, maker)
        ours = any(bead.origin in OURS for bead in beads)
        return _bitext(job, pairing, beads, Origin.MACHINE if ours else Origin.HUMAN, tools), pairing.text
    beads = _carried(job, pairing, job.previous)
    basis = job.previous.provenance.basis
    if job.is_edited and is_another_text(job.previous, pairing.segments):
        basis = Origin.HUMAN.value
    bitext = _bitext(job, pairing, beads, Origin(basis or Origin.HUMAN), tools)
    if basis != Origin.MACHINE:
        return bitext, pairing.text
    former = {segment.text for segment in job.previous.source.segments}
    today = Today(renderings, job.recalled, maker)
    return refreshed(bitext, pairing.text, today, former=former, source=job.document.text)


def answer(bitext: Bitext, known: Sequence[Recalled | None]) -> str:
    """What a bitext would say of the memories (`Provenance.memory`), if they said this to its source segments."""

    def match(bead: Bead) -> Match | None:
        if not (is_draft(bead) and len(bead.source) == 1):
            return bead.match
        found = known[bead.source[0]]
        return found.match if found else None

    return said(match(bead) for bead in bitext.beads)


def _aligned(job: Job, renderings: Sequence[Rendering | None], tools: Tools) -> Pairing:
    """The source aligned with the English text that is there."""
    target = _target_segments(job, tools)
    if job.previous is None:
        return pair_texts(job.segments, job.english, target, renderings)
    same_tools = job.previous.provenance.signature == tools.signature and not job.anew
    return pair_texts(
        job.segments,
        job.english,
        target,
        renderings,
        locked=locked_beads(job.previous, job.segments, target),
        standing=standing_pairs(job.previous, job.segments, target, found_too=same_tools),
    )


def _carried(job: Job, pairing: Pairing, previous: Bitext) -> tuple[Bead, ...]:
    """The beads with what is known of them: their authors, what memories had, and what reviewers said."""
    source, target = job.segments, pairing.segments
    beads = with_authors(pairing.beads, source, target, previous)
    beads = carry_matches(beads, source, previous)
    return carry_review(beads, source, target, previous, now=now())


def _target_segments(job: Job, tools: Tools) -> Sequence[Segment]:
    """The segments of the English text: those it had, as long as it and the rules are the same."""
    previous = job.previous
    same = previous is not None and not job.is_edited
    if previous is not None and same:
        made, today = previous.provenance, tools.provenance
        if (made.rules, made.boilerplate) == (today.rules, today.boilerplate):
            return previous.target.segments
    found = segment(job.english, tools.project.target, rules=tools.rules, boilerplate=not tools.keep_boilerplate)
    return with_borders(found, previous, job.english) if previous is not None and same else found


def _bitext(job: Job, pairing: Pairing, beads: tuple[Bead, ...], basis: Origin, tools: Tools) -> Bitext:
    project, document = tools.project, job.document
    return Bitext(
        document.id,
        Side(project.source, job.segments, project.relative(job.path), document.sha256),
        Side(project.target, pairing.segments, _target_name(project, document.id), sha256(pairing.text)),
        beads,
        document.record,
        replace(tools.provenance, basis=basis.value),
    )


def _written(job: Job, bitext: Bitext, english: str, desk: OpenDocument) -> list[Path]:
    """Write both files, the English only if it is ours and new."""
    if job.todo is Done.TRANSLATED:
        written = []
        if english != job.english:
            write_atomically(desk.project.draft_file(job.document.id), sha256(english))
            written.append(desk.english_file)
            write_atomically(written[-1], english)
        write_bitext(desk.bitext_file, bitext)
        return [*written, desk.bitext_file]
    return desk.replace(bitext, english if job.todo is Done.RENEWED else None)


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
