"""The front door: from two lists of sentences to an `Alignment`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from aligner.alignment.given import UNKNOWN, Given, Paragraphs
from aligner.alignment.meanings import Encoder
from aligner.alignment.moved import find_moved, without_moved
from aligner.alignment.options import AlignOptions
from aligner.alignment.related import relatedness
from aligner.alignment.result import Alignment
from aligner.alignment.search import Found, nodes, search
from aligner.errors import InputError
from aligner.model import Bead, Kind

DEFAULT = AlignOptions()
Node = tuple[int, int]


def align(  # noqa: PLR0913 - two texts, and whatever is known about them
    source: Sequence[str],
    target: Sequence[str],
    *,
    translation: Sequence[str] | None = None,
    back_translation: Sequence[str] | None = None,
    options: AlignOptions = DEFAULT,
    boundaries: Sequence[Node] = (),
    locked: Sequence[Bead] = (),
    paragraphs: Paragraphs = UNKNOWN,
    encoders: Sequence[Encoder] = (),
) -> Alignment:
    """Find which source sentences correspond to which target sentences.

    `translation` is a machine rendering of the source, sentence by sentence, in the target's language,
    `back_translation` one of the target in the source's language; each helps, both help most. `boundaries` are
    pairs (source position, target position) that no bead may cross: chapter marks, headings. `locked` beads are kept
    as they are. `paragraphs` holds, for both sides, the number of each sentence's paragraph: beads that cross a border
    of paragraphs are then unlikely, not forbidden. `encoders` make sentence embeddings (`aligner.embeddings`), used as
    `options` say. Every sentence is in one bead; time and memory grow linearly.
    InputError when the inputs do not fit together.

    >>> beads = align(["Le chat dort.", "Il a faim."], ["The cat is asleep.", "It is hungry."]).beads
    >>> [(bead.source, bead.target) for bead in beads]
    [((0,), (0,)), ((1,), (1,))]
    """
    given = Given(source, target, translation, back_translation, paragraphs, encoders)
    found = locate(given, options, boundaries, locked)
    beads, moved = _keep(judged_beads(found), locked), list[Bead]()
    if options.moved:
        lonely = [bead for bead in locked if bead.is_null]
        moved = find_moved(given, [bead for bead in beads if bead not in lonely], lambda rest: _rest(rest, options))
        beads = without_moved(beads, moved)
    if options.drop_unrelated:
        beads = parted(beads, options.drop_unrelated)
    used = found.pair.meanings.encoder if found.pair.meanings else ""
    return Alignment(tuple(beads), len(source), len(target), tuple(moved), used)


def _rest(given: Given, options: AlignOptions) -> list[Bead]:
    """The beads of what an alignment has left over."""
    return judged_beads(search(given, options))


def locate(given: Given, options: AlignOptions, boundaries: Sequence[Node], locked: Sequence[Bead]) -> Found:
    """Check what the user has fixed, and search."""
    fixed = [bead for bead in locked if not bead.is_null]
    # A locked null is not a wall: its segment stays alone, wherever the path passes it.
    alone = (
        [index for bead in locked if bead.is_null for index in bead.source],
        [index for bead in locked if bead.is_null for index in bead.target],
    )
    for side, indices, length in zip(("source", "target"), alone, given.size, strict=True):
        if any(index >= length for index in indices):
            raise InputError(f"a locked bead names a {side} segment that does not exist")
    return search(given, options, _walls(boundaries, fixed, given.size), alone)


def judged_beads(found: Found) -> list[Bead]:
    """The beads of the path, with a confidence that sees whether their sides correspond at all."""
    beads = beads_at(found, found.path, nodes(found.path))
    related = relatedness(found, np.array([bead.confidence for bead in beads])).tolist()
    # That a bead is right is the chance that its sides correspond, times the chance that it is right if they do. The
    # lattice's probability is lower than the second, because it doubts the first as well; its root fits best, measured
    # on clean and on loosely parallel texts (`docs/measurements.md`).
    return [
        bead
        if bead.is_null
        else replace(bead, confidence=round(bead.confidence**0.5 * chance, 4), related=round(chance, 4))
        for bead, chance in zip(beads, related, strict=True)
    ]


def parted(beads: Iterable[Bead], least: float) -> list[Bead]:
    """The beads, and the nulls of the segments of those whose sides are related with less than this probability."""
    kept: list[Bead] = []
    for bead in beads:
        if bead.related is None or bead.related >= least or bead.kind is Kind.LOCKED:
            kept.append(bead)
            continue
        sides = [((i,), ()) for i in bead.source] + [((), (j,)) for j in bead.target]
        confidence = round(1 - bead.related, 4)
        kept += [Bead(source, target, score=0.0, confidence=confidence) for source, target in sides]
    return kept


def beads_at(found: Found, shapes: Sequence[Node], ends: Sequence[Node]) -> list[Bead]:
    """The beads of these shapes that end at these nodes, with their scores and probabilities."""
    kinds, at = np.array(shapes, dtype=np.int64).reshape(-1, 2), np.array(ends, dtype=np.int64).reshape(-1, 2)
    scores, confidences = np.zeros(len(at)), np.zeros(len(at))
    # Shape by shape, because each shape has its own row in the lattice: a text has thousands of beads and few shapes.
    for shape in set(shapes):
        these = (kinds == shape).all(axis=1)
        i, j = at[these].T
        scores[these] = found.posterior.scores(i, j, shape)
        confidences[these] = found.posterior.probabilities(i, j, shape)
    return [
        Bead(tuple(range(i - a, i)), tuple(range(j - b, j)), score=round(score, 4), confidence=round(confidence, 4))
        for (a, b), (i, j), score, confidence in zip(shapes, ends, scores.tolist(), confidences.tolist(), strict=True)
    ]


def _walls(boundaries: Sequence[Node], fixed: Sequence[Bead], size: Node) -> list[Node]:
    """The nodes that every path must visit: boundaries and both ends of locked beads."""
    walls = {(int(i), int(j)) for i, j in boundaries}
    walls |= {(bead.source[0], bead.target[0]) for bead in fixed}
    walls |= {(bead.source[-1] + 1, bead.target[-1] + 1) for bead in fixed}
    # Sorted by source position, walls that cross show as two neighbours of which the target goes back.
    ordered = sorted(walls)
    for (i, j), (k, m) in zip([(0, 0), *ordered], [*ordered, size], strict=True):
        if not (i <= k and j <= m):
            raise InputError(f"the boundaries {(i, j)} and {(k, m)} cross, or lie outside the texts")
    place = {wall: number for number, wall in enumerate(ordered)}
    for bead in fixed:
        start, end = (bead.source[0], bead.target[0]), (bead.source[-1] + 1, bead.target[-1] + 1)
        if place[end] != place[start] + 1:
            raise InputError(f"a boundary or another locked bead cuts the locked bead {bead.source}:{bead.target}")
    return ordered


def _keep(beads: Sequence[Bead], locked: Sequence[Bead]) -> list[Bead]:
    """Put the locked beads in the place of what was found there."""
    held = {index: bead for bead in locked for index in bead.source}
    held_target = {index: bead for bead in locked for index in bead.target}
    kept: list[Bead] = []
    for bead in beads:
        lock = held.get(bead.source[0]) if bead.source else held_target.get(bead.target[0])
        if lock is None:
            kept.append(bead)
        # Beads inside a lock are found one by one, and the lock takes the place of the first.
        elif not kept or (kept[-1].source, kept[-1].target) != (lock.source, lock.target):
            kept.append(replace(lock, kind=Kind.LOCKED, confidence=1.0))
    return kept
