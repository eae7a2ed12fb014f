"""One document at work: from a job and what the machine says to the two files of the corpus.

    translated   renderings ──pair_renderings──▶ a laid-out English text and its pairs
    aligned      renderings, English ──pair_texts──▶ pairs of a person's translation
    renewed      the same, then authors and review are carried over and the drafts ──refreshed──▶ today's

Start reading at `finish`, then at `DocumentAtWork.made`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from aligner.corpus.store import write_bitext
from aligner.editing import OpenDocument
from aligner.files import write_atomically
from aligner.model import Bead, Bitext, Match, Origin, Segment, Side, sha256
from aligner.pipeline.authors import OURS, recognised, with_authors, with_history
from aligner.pipeline.carry import (
    carry_matches,
    carry_review,
    is_another_text,
    locked_beads,
    standing_pairs,
    with_borders,
)
from aligner.pipeline.pairing import Pairing, pair_renderings, pair_texts
from aligner.pipeline.plan import Job, current
from aligner.pipeline.recall import Recalled, recalled_for, said
from aligner.pipeline.refresh import Today, is_draft, refreshed
from aligner.pipeline.report import Done
from aligner.pipeline.tools import Tools
from aligner.signature import now
from aligner.translation import Rendering


def finish(work: DocumentAtWork) -> tuple[DocumentAtWork, list[Path]]:
    """Make the bitext of one document and write it, with its English text where that is ours to write.

    The document is held only while it is written. What a person did to it since the job was planned is taken into
    account: returned is the document as it was done in the end, and the files written.
    """
    _ = work.made  # before the document is held: making takes longer than writing
    desk = OpenDocument(work.tools.project, work.job.document.id)
    with desk.held():
        latest = current(work.job, work.tools)
        if latest is not work.job:
            work = DocumentAtWork(latest, work.renderings, work.tools)
        return work, work.write(desk)


@dataclass(frozen=True)
class DocumentAtWork:
    """A document, what the machine and the memories say to its segments, and what becomes of it."""

    job: Job
    renderings: Sequence[Rendering | None]
    """A rendering for each segment; None for boilerplate."""
    tools: Tools

    @cached_property
    def made(self) -> tuple[Bitext, str]:
        """The bitext and the English text; dates move only when the content does."""
        previous, moment = self.job.previous, now()
        bitext, english = self._paired
        memory = said(bead.match for bead in bitext.beads)
        bitext = replace(
            bitext,
            beads=with_history(bitext.beads, bitext, previous),
            provenance=replace(bitext.provenance, created=moment, changed=moment, memory=memory),
        )
        if previous is not None:
            old, new = previous.provenance, bitext.provenance
            undated = replace(bitext, provenance=replace(new, created=old.created, changed=old.changed))
            # a run that changes nothing leaves the very bytes; else only the first date stays
            bitext = undated if undated == previous else replace(bitext, provenance=replace(new, created=old.created))
        return bitext, english

    def write(self, desk: OpenDocument) -> list[Path]:
        """Write both files, the English only if it is ours and new; the document is held by the caller."""
        bitext, english = self.made
        # where a person had a hand in it, both files change as one
        if self.job.todo is not Done.TRANSLATED:
            lost = not desk.english_file.exists()
            return desk.replace(bitext, english if lost or self.job.todo is Done.RENEWED else None)
        written = []
        if english != self.job.english:
            # the note first: a run that is stopped between the two files must know the English for its own
            write_atomically(desk.project.draft_file(self.job.document.id), sha256(english))
            written.append(desk.english_file)
            write_atomically(written[-1], english)
        write_bitext(desk.bitext_file, bitext)
        return [*written, desk.bitext_file]

    @property
    def _paired(self) -> tuple[Bitext, str]:
        """The bitext, without dates, and the English text."""
        job, maker = self.job, self.tools.provenance.maker
        if job.todo is Done.TRANSLATED:
            laid_out = pair_renderings(job.document.text, job.segments, self.renderings, maker=maker)
            beads = tuple(recalled_for(bead, job.recalled) if bead.target else bead for bead in laid_out.beads)
            return self._bitext(laid_out, beads, Origin.MACHINE), laid_out.text
        pairing = self._aligned()
        if job.previous is None:
            beads = recognised(pairing.beads, pairing.segments, maker)
            ours = any(bead.origin in OURS for bead in beads)
            return self._bitext(pairing, beads, Origin.MACHINE if ours else Origin.HUMAN), pairing.text
        basis = Origin(job.previous.provenance.basis or Origin.HUMAN)
        # another translation in the place of our draft is a person's altogether, and is never completed
        if job.is_edited and is_another_text(job.previous, pairing.segments):
            basis = Origin.HUMAN
        # first the authors: whether a text is a person's decides whether it counts as edited
        source, target, previous = job.segments, pairing.segments, job.previous
        beads = carry_matches(with_authors(pairing.beads, source, target, previous), source, previous)
        bitext = self._bitext(pairing, carry_review(beads, source, target, previous, now=now()), basis)
        # a person's translation gets no drafts, not even for sentences that are new (decision 9)
        if basis is Origin.HUMAN:
            return bitext, pairing.text
        # a sentence that the document had before, and that has no English, was left out on purpose
        former = {segment.text for segment in job.previous.source.segments}
        today = Today(self.renderings, job.recalled, maker)
        return refreshed(bitext, pairing.text, today, former=former, source=job.document.text)

    def _aligned(self) -> Pairing:
        """The source aligned with the English text that is there; what is known of its pairs stays."""
        job, previous = self.job, self.job.previous
        target = self._target_segments()
        if previous is None:
            return pair_texts(job.segments, job.english, target, self.renderings, languages=self._languages)
        # with other tools what the aligner found is looked for again; what a person stands for stays
        same_tools = previous.provenance.signature == self.tools.signature and not job.forced
        return pair_texts(
            job.segments,
            job.english,
            target,
            self.renderings,
            locked=locked_beads(previous, job.segments, target),
            standing=standing_pairs(previous, job.segments, target, found_too=same_tools),
            languages=self._languages,
        )

    @property
    def _languages(self) -> tuple[str, str]:
        return self.tools.project.source, self.tools.project.target

    def _target_segments(self) -> Sequence[Segment]:
        """The segments of the English text: those it had, as long as it and the rules are the same."""
        job, previous, tools = self.job, self.job.previous, self.tools
        same = previous is not None and not job.is_edited
        if previous is not None and same:
            # cut again, two sentences without a full stop that somebody parted would become one
            then, today = previous.provenance, tools.provenance
            chosen = tools.options.wrapped is not None or "|wrapped:" in then.signature
            if not chosen and (then.rules, then.boilerplate) == (today.rules, today.boilerplate):
                return previous.target.segments
        found = tools.segment(job.english, tools.project.target)
        return with_borders(found, previous, job.english) if previous is not None and same else found

    def _bitext(self, pairing: Pairing, beads: tuple[Bead, ...], basis: Origin) -> Bitext:
        project, document = self.tools.project, self.job.document
        target = project.relative(project.target_file(document.id))
        return Bitext(
            document.id,
            Side(project.source, self.job.segments, project.relative(self.job.path), document.sha256),
            Side(project.target, pairing.segments, target, sha256(pairing.text)),
            beads,
            document.record,
            replace(self.tools.provenance, basis=basis.value),
        )


def answer(bitext: Bitext, known: Sequence[Recalled | None]) -> str:
    """What a bitext would say of the memories (`Provenance.memory`), if they said this to its source segments."""

    def match(bead: Bead) -> Match | None:
        if not (is_draft(bead) and len(bead.source) == 1):
            return bead.match
        found = known[bead.source[0]]
        return found.match if found else None

    return said(match(bead) for bead in bitext.beads)
