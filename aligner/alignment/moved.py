"""Moved passages: what stands elsewhere in the other text, which no path through the lattice can pair.

    first alignment ──▶ what is left on both sides ──align──▶ beads that cross the others, round after round

A path goes forward on both sides, so of two passages that have changed places it pairs one at most, and leaves the
other alone or pairs it with strangers. What is left over on both sides is therefore aligned again, as if it were two
texts. Beads found there count when their sides surely correspond and several of them in a row stand together on both
sides, because a single short sentence may well have a likeness somewhere. Start reading at `find_moved`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from aligner.alignment.given import Given
from aligner.model import Bead

ROUNDS = 5
"""Passages that are out of order among themselves need a round each."""
FREE = 0.5
"""Beads whose sides are less probably related than this may be taken apart."""
SURE = 0.8
"""The least probability that the sides of a moved bead correspond."""
LEAST_CHARACTERS = 100
"""A moved passage has at least so many characters on its longer side: about two sentences, or a long one."""
NEAR = 2
"""Two beads are of one passage when at most so many segments lie between them on either side."""


def find_moved(given: Given, beads: Sequence[Bead], align: Callable[[Given], Sequence[Bead]]) -> list[Bead]:
    """Beads that cross those of the first alignment, by their place in the source.

    `align` aligns two texts. What is free to have moved: segments in nulls, and in beads whose sides probably have
    nothing to do with each other.
    """
    free = [bead for bead in beads if bead.is_null or (bead.related is not None and bead.related < FREE)]
    source = [i for bead in free for i in bead.source]
    target = [j for bead in free for j in bead.target]
    moved: list[Bead] = []
    for _ in range(ROUNDS):
        if not source or not target:
            break
        found = [
            bead
            for bead in (_in_place(bead, source, target) for bead in align(_part(given, source, target)))
            if bead is not None and (bead.related or 0.0) >= SURE
        ]
        # Not what the first alignment had already, and doubted.
        known = {(bead.source, bead.target) for bead in free}
        passages = _passages([bead for bead in found if (bead.source, bead.target) not in known])
        kept = [bead for passage in passages for bead in passage if _characters(given, passage) >= LEAST_CHARACTERS]
        if not kept:
            break
        moved += kept
        taken = {i for bead in kept for i in bead.source}, {j for bead in kept for j in bead.target}
        source = [i for i in source if i not in taken[0]]
        target = [j for j in target if j not in taken[1]]
    return sorted(moved, key=lambda bead: bead.source)


def without_moved(beads: Sequence[Bead], moved: Sequence[Bead]) -> list[Bead]:
    """The first alignment, in which moved segments stand alone."""
    gone = {i for bead in moved for i in bead.source}, {j for bead in moved for j in bead.target}
    kept: list[Bead] = []
    for bead in beads:
        if bead.is_null or (gone[0].isdisjoint(bead.source) and gone[1].isdisjoint(bead.target)):
            kept.append(bead)
            continue
        kept += [Bead((i,), (), score=0.0, confidence=bead.confidence) for i in bead.source]
        kept += [Bead((), (j,), score=0.0, confidence=bead.confidence) for j in bead.target]
    return kept


def _part(given: Given, source: Sequence[int], target: Sequence[int]) -> Given:
    """Some of the segments of both texts, with their translations."""
    there, back, numbers = given.translation, given.back_translation, given.paragraphs
    return replace(
        given,
        source=[given.source[i] for i in source],
        target=[given.target[j] for j in target],
        translation=None if there is None else [there[i] for i in source],
        back_translation=None if back is None else [back[j] for j in target],
        paragraphs=(
            [numbers[0][i] for i in source] if numbers[0] else (),
            [numbers[1][j] for j in target] if numbers[1] else (),
        ),
    )


def _in_place(bead: Bead, source: Sequence[int], target: Sequence[int]) -> Bead | None:
    """A bead of the rest, by its segments' numbers in the whole; None where these do not stand together there."""
    sides = tuple(source[i] for i in bead.source), tuple(target[j] for j in bead.target)
    together = all(after == before + 1 for side in sides for before, after in pairwise(side))
    return replace(bead, source=sides[0], target=sides[1]) if all(sides) and together else None


def _passages(beads: Sequence[Bead]) -> list[list[Bead]]:
    """The beads in runs that stand together on both sides."""
    passages: list[list[Bead]] = []
    for bead in beads:
        last = passages[-1][-1] if passages else None
        near = last is not None and all(
            0 < now[0] - before[-1] <= NEAR + 1
            for before, now in ((last.source, bead.source), (last.target, bead.target))
        )
        if near:
            passages[-1].append(bead)
        else:
            passages.append([bead])
    return passages


def _characters(given: Given, passage: Sequence[Bead]) -> int:
    """The length of a passage on its longer side."""
    source = sum(len(given.source[i]) for bead in passage for i in bead.source)
    return max(source, sum(len(given.target[j]) for bead in passage for j in bead.target))
