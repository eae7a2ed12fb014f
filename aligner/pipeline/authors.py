"""Who wrote which text of a document: the one place that says so.

    the English as it is now ──┐
    what aligner wrote last ───┴─with_authors──▶ each bead: machine, memory or human

An English text is compared, sentence by sentence, with what aligner last wrote for it, which the bitext keeps: the text
itself, and the fingerprints of all texts before it (`Bead.written`). What is still there has the author that it had;
only what differs is a person's. What the machine says today makes no difference. Start reading at `with_authors`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from aligner.editing.authorship import as_persons, remembered
from aligner.model import Bead, Bitext, Kind, Origin, Segment, wording
from aligner.pipeline.carry import Moved, is_another_text

MOST, FEW = 0.8, 4
"""The share of its words, and the number of its pairs, from which a text that the machine says too is the machine's."""
OURS = frozenset((Origin.MACHINE, Origin.MEMORY))
"""The origins of texts that aligner put there."""


def with_authors(
    beads: Sequence[Bead], source: Sequence[Segment], target: Sequence[Segment], previous: Bitext
) -> tuple[Bead, ...]:
    """Beads of a text that was aligned again, each with the author that `previous` knows of its target side.

    Another translation in the place of the former one is a person's altogether (`is_another_text`).
    """
    if is_another_text(previous, target):
        return tuple(as_persons(bead, Origin.HUMAN if bead.target else Origin.NONE) for bead in beads)
    moved = Moved(previous.target.segments, target)
    owners = {j: bead for bead in previous.beads for j in bead.target}
    history = History(previous)

    def told(bead: Bead) -> Bead:
        if not bead.target or bead.kind is Kind.EXCLUDED:
            return bead
        # all words and nothing else: one that was put in makes the sentence a person's
        there = moved.origins(bead.target)
        if there is not None:
            former = list(dict.fromkeys(owners[j] for j in there))
            text = " ".join(source[i].text for i in bead.source)
            return _inherited(bead, former, same={text} == {previous.source_text(b) for b in former})
        text = " ".join(target[j].text for j in bead.target)
        # a text that aligner wrote earlier comes back, from an old copy or by undoing in an editor
        if wording(text) in history.of(source[i].text for i in bead.source):
            return replace(bead, origin=Origin.MACHINE)
        return as_persons(bead, Origin.HUMAN)

    return tuple(map(told, beads))


def recognised(beads: Sequence[Bead], target: Sequence[Segment], maker: str) -> tuple[Bead, ...]:
    """Beads of an English text of which no bitext is left: the machine's where nearly all of it is what it says.

    `maker` is the machine. In a person's translation a heading or a plain sentence may read the same; that is theirs.
    """
    texts = {bead: " ".join(target[j].text for j in bead.target) for bead in beads if bead.target and bead.source}
    same = {bead for bead, text in texts.items() if bead.machine and wording(text) == wording(bead.machine)}
    words = sum(len(text.split()) for text in texts.values())
    # few pairs prove nothing: a title and a date read the same in every translation
    if len(same) < FEW or sum(len(texts[bead].split()) for bead in same) < MOST * words:
        return tuple(beads)
    return tuple(replace(bead, origin=Origin.MACHINE, maker=maker) if bead in same else bead for bead in beads)


def with_history(beads: Iterable[Bead], bitext: Bitext, previous: Bitext | None) -> tuple[Bead, ...]:
    """The beads of a new bitext with the fingerprints of all that aligner ever wrote for their source sides."""
    history = History(previous) if previous is not None else None

    def told(bead: Bead) -> Bead:
        if not bead.source or bead.kind is Kind.EXCLUDED:
            return bead
        known = history.of(bitext.source.segments[i].text for i in bead.source) if history else ()
        written = (*bead.written, *known)
        if bead.origin in OURS:
            written = remembered(written, (wording(bitext.target_text(bead)),))
        if written and bead.machine:  # a reviewer may take it over: known again, but not the last text written here
            written = (wording(bead.machine), *written)
        return replace(bead, written=remembered(written))

    return tuple(map(told, beads))


class History:
    """What aligner wrote in a bitext, by the source texts for which it did."""

    def __init__(self, bitext: Bitext) -> None:
        self._written: dict[tuple[str, ...], tuple[str, ...]] = {}
        for bead in bitext.beads:
            texts = tuple(bitext.source.segments[i].text for i in bead.source)
            # the present text goes last: that is where `Bead.written` keeps what was written last
            own = (wording(bitext.target_text(bead)),) if bead.origin in OURS else ()
            known = (*self._written.get(texts, ()), *bead.written)
            if texts and (known or own):
                self._written[texts] = remembered(known, own)

    def of(self, source: Iterable[str]) -> tuple[str, ...]:
        """The fingerprints of the texts written for these source segments together; of one among them where none is."""
        texts = tuple(source)
        together = self._written.get(texts)
        if together is not None:
            return together
        return tuple(each for text in texts for each in self._written.get((text,), ()))


def _inherited(bead: Bead, former: Sequence[Bead], *, same: bool) -> Bead:
    """The bead with the author of the former beads whose text it has; `same`: its source side is theirs, too."""
    origins = {old.origin for old in former}
    if origins - OURS:
        return as_persons(bead, Origin.HUMAN)
    made = replace(bead, origin=Origin.MEMORY if Origin.MEMORY in origins else Origin.MACHINE)
    # several sentences made into one: none of their qualities is that of the whole
    if len(former) > 1:
        return made
    [old] = former
    made = replace(made, quality=old.quality, maker=old.maker, flags=old.flags)
    # known by construction only while both sides are what they were
    constructed = same and old.kind is Kind.CONSTRUCTED and bead.type == old.type == "1-1"
    return replace(made, kind=Kind.CONSTRUCTED, score=1.0, confidence=1.0) if constructed else made
