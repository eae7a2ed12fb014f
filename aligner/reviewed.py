"""What a reviewer said survives: it is carried to the new beads when a document is paired again.

`locked_beads` finds the beads that a person accepted or edited in the new segments, so that the aligner keeps them;
`carry_review` gives beads with unchanged texts their status, note, date and name back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from aligner.model import Bead, Bitext, Kind, Origin, Role, Segment, Status


def locked_beads(previous: Bitext, source: Sequence[Segment], target: Sequence[Segment]) -> list[Bead]:
    """The reviewed beads of a bitext, as beads of new segments that hold the same texts in the same order.

    A bead whose texts are no longer there is left out; so is one that stands before an earlier bead now.
    """
    locked: list[Bead] = []
    s = t = 0
    for bead in previous.beads:
        if bead.is_null or not _is_reviewed(bead):
            continue
        sources = _find([previous.source.segments[i].text for i in bead.source], source, s)
        targets = _find([previous.target.segments[j].text for j in bead.target], target, t)
        if sources and targets:
            locked.append(Bead(sources, targets, kind=Kind.LOCKED))
            s, t = sources[-1] + 1, targets[-1] + 1
    return locked


def _is_reviewed(bead: Bead) -> bool:
    return bead.status in {Status.ACCEPTED, Status.EDITED} and bool(bead.by)


def _find(texts: Sequence[str], segments: Sequence[Segment], start: int) -> tuple[int, ...]:
    """The first place, at or after `start`, where these texts follow one another; empty when there is none."""
    for first in range(start, len(segments) - len(texts) + 1):
        window = segments[first : first + len(texts)]
        if all(s.text == text and s.role is not Role.BOILERPLATE for s, text in zip(window, texts, strict=True)):
            return tuple(range(first, first + len(texts)))
    return ()


def carry_review(
    beads: Sequence[Bead], source: Sequence[Segment], target: Sequence[Segment], previous: Bitext, *, now: str
) -> tuple[Bead, ...]:
    """Give beads what a reviewer said of the same pair of texts before, and mark what a person changed since.

    A pair whose two texts are unchanged keeps its status, note, date and name. A pair whose source segments
    had machine renderings as their English before and have another English now becomes ``edited``.
    """
    seen = {(previous.source_text(b), previous.target_text(b)): b for b in previous.beads}
    machine = {previous.source.segments[i].text for b in previous.beads if _was_machine(b) for i in b.source}

    def reviewed(bead: Bead) -> Bead:
        source_text = " ".join(source[i].text for i in bead.source)
        old = seen.get((source_text, " ".join(target[j].text for j in bead.target)))
        if old is not None:
            return replace(bead, status=old.status, note=old.note, changed=old.changed, by=old.by)
        if bead.origin is Origin.HUMAN and bead.source and all(source[i].text in machine for i in bead.source):
            return replace(bead, status=Status.EDITED, changed=now)
        return bead

    return tuple(reviewed(bead) for bead in beads)


def _was_machine(bead: Bead) -> bool:
    return bead.origin is Origin.MACHINE or bead.status is Status.EDITED
