"""Which beads a proposal is about: those of its document and locator, otherwise those with its source text.

White space makes no difference between two texts. What went out from this corpus is looked for in its own document
alone: the same sentence of another document is not what the person saw. An alternative translation of OmegaT's is about
the repetition that has the same neighbours. Start reading at `BeadIndex.find`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from aligner.corpus.store import Project, read_bitext
from aligner.documents.folder import document_id
from aligner.editing.incoming.proposals import Proposal
from aligner.editing.wordings import even
from aligner.errors import InputError
from aligner.formats.exchange.notation import seg_text
from aligner.formats.exchange.units import AlternativeKey
from aligner.formats.tmx.paragraphs import paragraph_runs
from aligner.model import Bitext, Role

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

    @cached_property
    def _by_paragraph(self) -> dict[str, list[tuple[str, list[int]]]]:
        """The paragraphs of several beads, by their source texts."""
        found: dict[str, list[tuple[str, list[int]]]] = {}
        for name, bitext in self.bitexts.items():
            for run, text in paragraph_runs(bitext):
                if len(run) > 1:
                    found.setdefault(even(seg_text(text)), []).append((name, run))
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
        if proposal.alternative and (document := self._document_of(proposal.alternative)):
            return self._repetition(proposal, proposal.alternative, document), True
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

    def _document_of(self, key: AlternativeKey) -> str | None:
        """The document that an OmegaT project's source file is; None when it is none of the corpus's."""
        try:
            name = document_id(Path(), Path(key.file.replace("\\", "/")))
        except (InputError, ValueError):
            return None
        # An export of ours may have been the source file of the project: bail.fr-en.xlf.
        names = (name, name.removesuffix(f".{self.project.pair}"))
        return next((each for each in names if each in self.documents), None)

    def _repetition(self, proposal: Proposal, key: AlternativeKey, document: str) -> list[Place]:
        """The beads of a document that an alternative translation is about; none where that is not clear."""
        places = [place for place in self._by_source.get(even(proposal.source), []) if place[0] == document]
        named = self._by_locator.get((document, key.id))
        if named is not None and (document, named) in places:
            return [(document, named)]
        wanted = (even(seg_text(key.previous)), even(seg_text(key.following)))
        # How many of the neighbours that are named are the right ones; OmegaT may have cut one of them elsewhere.
        hits = [sum(a == b for a, b in zip(self._neighbours(place), wanted, strict=True) if b) for place in places]
        best = [place for place, hit in zip(places, hits, strict=True) if hit == max(hits)]
        # An id that is not ours is about one of them, and nobody knows which.
        is_any = not any(wanted) and bool(key.id)
        is_sure = len(places) == 1 or (hits and max(hits) == sum(map(bool, wanted)) and not is_any)
        return best if is_sure or (len(best) == 1 and max(hits)) else []

    def _neighbours(self, place: Place) -> tuple[str, str]:
        """The source texts before and after a bead, boilerplate left out."""
        bitext = self.bitexts[place[0]]
        bead, segments = bitext.beads[place[1]], bitext.source.segments
        if not bead.source:
            return "", ""
        before = (s for s in reversed(segments[: bead.source[0]]) if s.role is not Role.BOILERPLATE)
        after = (s for s in segments[bead.source[-1] + 1 :] if s.role is not Role.BOILERPLATE)
        found = [next(side, None) for side in (before, after)]
        return even(seg_text(found[0].text if found[0] else "")), even(seg_text(found[1].text if found[1] else ""))

    def find_run(self, proposal: Proposal) -> tuple[str, list[int]] | None:
        """The document and the beads of the paragraph that a proposal is about; None when there is not exactly one."""
        runs = self._by_paragraph.get(even(proposal.source), [])
        own = [run for run in runs if run[0] == proposal.document]
        # What went out from here belongs nowhere else.
        runs = own if own or proposal.is_ours else runs
        if len(runs) > 1:
            first = (proposal.document, proposal.locator)
            runs = [(name, run) for name, run in runs if name == first[0] and self._by_locator.get(first) == run[0]]
        return runs[0] if len(runs) == 1 else None

    def why_not(self, proposal: Proposal) -> str:
        """Why a proposal is about no bead, and what to do."""
        if proposal.alternative and (document := self._document_of(proposal.alternative)):
            if not any(place[0] == document for place in self._by_source.get(even(proposal.source), [])):
                return f"no pair of '{document}' has exactly this source text"
            return (
                f"the source text is in '{document}' more than once, and none has the neighbours that the file names: "
                f"write it into the pair that it is about (`aligner review {document}`)"
            )
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
        return f"{not_here(self.project, name)}{there}"

    def occurs(self, proposal: Proposal) -> bool:
        """Whether a document of the corpus has the source text of a unit."""
        return even(proposal.source) in self._by_source


def not_here(project: Project, document: str) -> str:
    """A sentence about a document that takes nothing in, for it has no source here, and what to do."""
    back = "put its source back under this name, `aligner run`, and import again"
    if document in project.bitexts():
        return f"the document '{document}' is not in the corpus any more: {back}"
    if document in project.present():
        return f"there are no aligned pairs of '{document}': `aligner run` first, and import again"
    # whether it was once, nothing tells: a prune leaves no trace
    return f"the document '{document}' is not in this corpus: name its own with --corpus; if this is it, {back}"
