"""Merging, splitting and moving: neighbouring beads share their segments out again.

    beads ──merge · split · move──▶ Change (which beads, into which shapes) ──regrouped──▶ beads

No text changes and no segment is lost: the same segments stand in the same order, only the borders between the beads
are others. What was known of the old beads goes to the new ones as far as it still holds. Start reading at `regrouped`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from aligner.editing.authorship import Byline, is_ours, remembered
from aligner.editing.edits import (
    End,
    Merge,
    Move,
    Neighbour,
    Split,
)
from aligner.errors import counted
from aligner.model import Bead, Bitext, Kind, Origin, Status, wording
from aligner.text import Srx, segment

Indices = tuple[int, ...]
Shape = tuple[Indices, Indices]
"""The source and the target segments of a bead."""


class Refused(Exception):  # noqa: N818 - it is an answer, not a fault
    """Why an edit cannot be applied to the beads as they are, in a sentence."""


@dataclass(frozen=True, slots=True)
class Reshape:
    """``beads[start:end]`` are to have other shapes."""

    start: int
    end: int
    shapes: tuple[Shape, ...]


def shaped(beads: Sequence[Bead], index: int, edit: Merge | Split | Move) -> Reshape:
    """What an edit makes of the bead at `index` and its neighbour; Refused when it cannot be."""
    match edit:
        case Merge():
            change = _merged(beads, index)
        case Split():
            change = _split(beads, index, edit.source, edit.target)
        case Move():
            change = _moved(beads, index, edit.side, edit.to)
    # its segment would become text without anybody having said so
    if any(bead.kind is Kind.EXCLUDED for bead in beads[change.start : change.end]):
        raise Refused("a sentence set aside as boilerplate is not merged, split or moved")
    return change


def _merged(beads: Sequence[Bead], index: int) -> Reshape:
    """One bead of the one at `index` and the next."""
    if index + 1 >= len(beads):
        raise Refused("nothing follows this pair")
    this, following = beads[index], beads[index + 1]
    shape = (this.source + following.source, this.target + following.target)
    return Reshape(index, index + 2, (shape,))


def _split(beads: Sequence[Bead], index: int, source: int, target: int) -> Reshape:
    """Two beads, the first with so many segments of each side."""
    bead = beads[index]
    if source > len(bead.source) or target > len(bead.target):
        sides = counted(len(bead.source), "source segment"), counted(len(bead.target), "target segment")
        raise Refused(f"this pair has only {' and '.join(sides)}")
    shapes = (bead.source[:source], bead.target[:target]), (bead.source[source:], bead.target[target:])
    if not all(any(shape) for shape in shapes):
        raise Refused("one of the two parts would be empty")
    return Reshape(index, index + 1, shapes)


def _moved(beads: Sequence[Bead], index: int, side: End, to: Neighbour) -> Reshape:
    """The bead and its neighbour, with one segment of one side given to that; a bead that is left empty goes."""
    first = index - 1 if to is Neighbour.PREVIOUS else index
    if first < 0 or first + 2 > len(beads):
        raise Refused("there is no pair on that side")
    if not getattr(beads[index], side):
        raise Refused(f"this pair has no {side} segment")
    upper, lower = ({end: getattr(bead, end) for end in End} for bead in beads[first : first + 2])
    both = upper[side] + lower[side]
    # One segment crosses the border, up or down.
    border = len(upper[side]) + (1 if to is Neighbour.PREVIOUS else -1)
    upper[side], lower[side] = both[:border], both[border:]
    shapes = [(part[End.SOURCE], part[End.TARGET]) for part in (upper, lower)]
    return Reshape(first, first + 2, tuple(shape for shape in shapes if any(shape)))


def regrouped(
    bitext: Bitext, beads: Sequence[Bead], change: Reshape, byline: Byline, *, rules: Srx | None
) -> list[Bead]:
    """The beads that come in the place of ``beads[change.start:change.end]``.

    They are locked: a person has said which segments belong together, and the aligner keeps to it. The machine's
    rendering is shared out where it has a sentence for every source segment, and is given up otherwise.
    """
    old = beads[change.start : change.end]
    machine = _machine(bitext, old, rules)
    made = []
    for number, (source, target) in enumerate(change.shapes):
        parts = [bead for bead in old if set(bead.source) & set(source) or set(bead.target) & set(target)]
        # reviewed parts make a reviewed whole; where they differ otherwise, it is to be looked at again
        statuses = {part.status for part in parts}
        status = Status.EDITED if statuses == {Status.ACCEPTED, Status.EDITED} else Status.DRAFT
        scores = [bead.machine_score for bead in parts if bead.machine_score is not None]
        # one source segment without rendering, and the whole has none
        pieces = [machine.get(i) for i in source]
        known = bool(pieces) and None not in pieces
        # no remark is lost: those of beads that go up in the last one are put together
        last = number == len(change.shapes) - 1
        notes = [bead.note for bead in (old[number:] if last else old[number : number + 1])]
        bead = Bead(
            source,
            target,
            kind=Kind.LOCKED,
            status=next(iter(statuses)) if len(statuses) == 1 else status,
            machine=" ".join(filter(None, pieces)) if known else None,
            machine_score=round(sum(scores) / len(scores), 4) if known and scores else None,
            written=remembered(*(part.written for part in parts)),
            flags=tuple(dict.fromkeys(flag for part in parts for flag in part.flags)),
            note="\n".join(filter(None, notes)),
            changed=byline.at,
            by=byline.by,
        )
        made.append(_with_author(bitext, bead, parts))
    return made


def _with_author(bitext: Bitext, bead: Bead, parts: Sequence[Bead]) -> Bead:
    """A new bead made of parts of old ones, with what is known of who wrote its target text.

    A person's part makes the whole a person's, unless the text is known to be ours. How good a machine's text is, is
    known where the bead has the whole texts of its parts: as good as the worst of them.
    """
    text = bitext.target_text(bead)
    origins = [part.origin for part in parts if set(part.target) & set(bead.target)]
    if not bead.target:
        origin = Origin.NONE
    # two halves, one a person's: a whole that aligner once wrote is still ours
    elif Origin.HUMAN in origins:
        origin = Origin.MACHINE if is_ours(bead, text) else Origin.HUMAN
    else:
        origin = next((known for known in (Origin.MEMORY, Origin.MACHINE) if known in origins), Origin.HUMAN)
    if origin not in {Origin.MACHINE, Origin.MEMORY}:
        return replace(bead, origin=origin)
    ours = [part for part in parts if part.target]
    qualities = [part.quality for part in ours if part.quality is not None and set(part.target) <= set(bead.target)]
    return replace(
        bead,
        origin=origin,
        # "edited" is a person's text; this one is the machine's
        status=Status.ACCEPTED if bead.status is Status.EDITED else bead.status,
        maker="; ".join(dict.fromkeys(part.maker for part in ours if part.maker)),
        quality=min(qualities) if len(qualities) == len(ours) else None,
        written=remembered(bead.written, (wording(text),)),
    )


def unlocked(bead: Bead) -> Bead:
    """The bead free for the aligner again, if it was locked."""
    return replace(bead, kind=Kind.ALIGNED) if bead.kind is Kind.LOCKED else bead


def _machine(bitext: Bitext, beads: Sequence[Bead], rules: Srx | None) -> dict[int, str]:
    """The machine's rendering of each source segment, as far as it can be told."""
    found: dict[int, str] = {}
    for bead in beads:
        if bead.machine is None:
            continue
        pieces = [bead.machine]
        if len(bead.source) != 1:
            language = bitext.target.language
            pieces = [piece.text for piece in segment(bead.machine, language, rules=rules, boilerplate=False)]
        if len(pieces) == len(bead.source):
            found.update(zip(bead.source, pieces, strict=True))
    return found
