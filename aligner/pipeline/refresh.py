"""Refreshing: the machine's drafts of a document are written again around a person's work.

    Bitext, English ──is_draft──▶ beads that nobody wrote or accepted ──refreshed──▶ the same with today's renderings

What a person wrote, accepted or struck out stays where it is, with the layout of the text. A source sentence that is
new gets a draft, too. Start reading at `refreshed`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from aligner.editing.rewrite import rewrite
from aligner.model import Bead, Bitext, Kind, Origin, Status
from aligner.pipeline.authors import OURS
from aligner.pipeline.carry import is_persons
from aligner.pipeline.pairing import joined, rendered
from aligner.pipeline.recall import Recalled, recalled_for
from aligner.translation import Rendering


@dataclass(frozen=True, slots=True)
class Today:
    """What the machine and the memories say to the source segments of a document today."""

    renderings: Sequence[Rendering | None]
    """The text to take for each source segment; None for boilerplate."""
    recalled: Sequence[Recalled | None]
    """What the memories say to each; empty where they are not asked."""
    maker: str
    """What made the renderings (`Provenance.maker`)."""

    def text(self, bead: Bead) -> str:
        """The text for a bead's source side; empty where there is none."""
        return joined(self._of(bead))

    def draft(self, bead: Bead) -> Bead:
        """The bead as the draft that has this text."""
        return recalled_for(rendered(bead, self._of(bead), self.maker), self.recalled)

    def _of(self, bead: Bead) -> list[Rendering]:
        return [found for i in bead.source if (found := self.renderings[i]) is not None]


def is_draft(bead: Bead) -> bool:
    """Whether aligner wrote a bead's text and nobody has accepted it: it follows the machine."""
    return bead.origin in OURS and not is_persons(bead)


def refreshed(
    bitext: Bitext, english: str, today: Today, *, former: Collection[str], source: str
) -> tuple[Bitext, str]:
    """The bitext and its English text with today's texts for its drafts, and for source text that is new.

    `former` are the source segments that the document had before: where a person left one of them without English, it
    stays so. `source` is the text of the source side, which says how new paragraphs are divided.
    """
    beads, texts = list(bitext.beads), {}
    for index, bead in enumerate(bitext.beads):
        text = today.text(bead)
        if text and is_draft(bead):
            beads[index] = today.draft(bead)
            if text != bitext.target_text(bead):
                texts[index] = text
                # what was rejected was the former text
                beads[index] = replace(beads[index], status=Status.DRAFT)
    bitext, english = rewrite(bitext, english, beads, texts, source=source, whole=True)

    gaps = []
    for bead in bitext.beads:
        new = any(bitext.source.segments[i].text not in former for i in bead.source)
        empty = bead.origin is Origin.NONE and bead.kind is not Kind.EXCLUDED and not is_persons(bead)
        if new and empty and today.text(bead):
            gaps.append(bitext.locator(bead))
    # one by one: where English comes, the lines around it count; and by locator, for the beads are others each time
    for locator in gaps:
        [index] = [k for k, bead in enumerate(bitext.beads) if bitext.locator(bead) == locator]
        beads, text = list(bitext.beads), today.text(bitext.beads[index])
        made = today.draft(replace(beads[index], kind=Kind.CONSTRUCTED, score=1.0, confidence=1.0))
        # the draft of a bead without target has no author yet: its text comes with the rewriting
        beads[index] = replace(made, origin=Origin.MACHINE if made.origin is Origin.NONE else made.origin)
        bitext, english = rewrite(bitext, english, beads, {index: text}, source=source, whole=True)
    return bitext, english
