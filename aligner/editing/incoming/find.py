"""Which beads a proposal is about: those of its document and locator, otherwise those with its source text.

White space makes no difference between two texts. What went out from this corpus is looked for in its own document
alone: the same sentence of another document is not what the person saw. Start reading at `BeadIndex.find`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from aligner.corpus.store import Project, read_bitext
from aligner.editing.incoming.proposals import Proposal
from aligner.editing.wordings import even
from aligner.formats.exchange.notation import seg_text
from aligner.model import Bitext

Place = tuple[str, int]
"""A document and the index of a bead in it."""


class BeadIndex:
    """The beads of a corpus, by locator and by source text."""

    def __init__(self, project: Project, documents: Sequence[str]) -> None:
        self.project, self.documents = project, documents

    @cached_property
    def bitexts(self) -> Mapping[str, Bitext]:
        """Every bitext by its document."""
        return {name: read_bitext(self.project.bitext_file(name)) for name in self.documents}

    @cached_property
    def _by_locator(self) -> dict[tuple[str, str], int]:
        return {(name, b.locator(bead)): i for name, b in self.bitexts.items() for i, bead in enumerate(b.beads)}

    @cached_property
    def _by_source(self) -> dict[str, list[Place]]:
        found: dict[str, list[Place]] = {}
        for name, bitext in self.bitexts.items():
            for index, bead in enumerate(bitext.beads):
                found.setdefault(even(seg_text(bitext.source_text(bead))), []).append((name, index))
        return found

    def source(self, place: Place) -> str:
        """The source text of a bead, as TMX writes it."""
        bitext = self.bitexts[place[0]]
        return seg_text(bitext.source_text(bitext.beads[place[1]]))

    def target(self, place: Place) -> str:
        """The English text of a bead, as TMX writes it."""
        bitext = self.bitexts[place[0]]
        return seg_text(bitext.target_text(bitext.beads[place[1]]))

    def find(self, proposal: Proposal) -> tuple[list[Place], bool]:
        """The beads that a proposal is about, and whether its document and locator name one.

        Without a locator it is about every repetition of its source text, in its own document if it has some there.
        When one of them says already what it proposes, it is about that one: the others were translated otherwise.
        """
        index = self._by_locator.get((proposal.document, proposal.locator))
        source, target = even(proposal.source), even(proposal.said.text)
        # a locator whose source is another now names another sentence: then the text counts
        if index is not None and even(self.source((proposal.document, index))) == source:
            return [(proposal.document, index)], True
        places = self._by_source.get(source, []) if source else []
        # Repetitions in its own document come first; what went out from here belongs nowhere else.
        own = [place for place in places if place[0] == proposal.document]
        places = own if own or proposal.is_ours else places
        return [place for place in places if even(self.target(place)) == target] or places, False

    def why_not(self, proposal: Proposal) -> str:
        """Why a proposal is about no bead, and what to do."""
        if not proposal.is_ours:
            return "no pair of the corpus has exactly this source text"
        name = proposal.document
        if name in self.documents:
            return (
                f"no pair of '{name}' has exactly this source text any more: "
                f"write the text into the pair that has it now (`aligner review {name}`)"
            )
        # the same sentence elsewhere is not what the person saw, but may be where it went
        others = list(dict.fromkeys(place[0] for place in self._by_source.get(even(proposal.source), [])))
        there = f", or write the text into '{others[0]}', which has this sentence too" if others else ""
        return (
            f"the document '{name}' is not in the corpus any more: "
            f"put its source back under this name, `aligner run`, and import again{there}"
        )
