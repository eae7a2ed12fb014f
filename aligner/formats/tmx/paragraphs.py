"""Paragraphs as translation units, for CAT tools that do not cut texts into sentences.

    beads of sentences   3.1 = 2.1    3.2 3.3 = 2.2    4.1 = 3.1 3.2
    beads of paragraphs  3.1 = 2.1                     4.1 = 3.1

A bead of paragraphs joins all beads that share a paragraph on either side; a paragraph stands in it as one segment,
with the number of its first sentence. It is as good as the worst of its beads. Start reading at `by_paragraph`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from aligner.formats.selection import RANK, is_boilerplate, rebuilt
from aligner.model import Bead, Bitext, Kind, Origin, Role, Segment

_LEAST_OWN = (Origin.MACHINE, Origin.MEMORY, Origin.HUMAN, Origin.NONE)
"""Which origin the whole has of parts of several: what a person did not write all of is not called a person's."""


def by_paragraph(bitext: Bitext) -> Bitext:
    """The bitext with a bead for every paragraph, or for several that cannot be parted; boilerplate is left out.

    Segments of a paragraph are joined with a space, or with nothing where they adjoin in their text.
    """
    text = rebuilt(bitext, [bead for bead in bitext.beads if not is_boilerplate(bitext, bead)])
    sources: list[Segment] = []
    targets: list[Segment] = []
    beads = []
    for group in _groups(text):
        first = len(sources), len(targets)
        sources += _paragraphs([text.source.segments[i] for bead in group for i in bead.source])
        targets += _paragraphs([text.target.segments[j] for bead in group for j in bead.target])
        ends = tuple(range(first[0], len(sources))), tuple(range(first[1], len(targets)))
        beads.append(_joined(group, *ends))
    sides = replace(text.source, segments=tuple(sources)), replace(text.target, segments=tuple(targets))
    return replace(text, source=sides[0], target=sides[1], beads=tuple(beads))


def paragraph_runs(bitext: Bitext) -> Iterator[tuple[list[int], str]]:
    """For every bead of paragraphs the beads of sentences that it joins, by their indices, and its source text."""
    kept = [index for index, bead in enumerate(bitext.beads) if not is_boilerplate(bitext, bead)]
    groups = _groups(rebuilt(bitext, [bitext.beads[index] for index in kept]))
    whole = by_paragraph(bitext)
    first = 0
    for group, bead in zip(groups, whole.beads, strict=True):
        yield kept[first : first + len(group)], whole.source_text(bead)
        first += len(group)


def _groups(bitext: Bitext) -> Iterator[list[Bead]]:
    """The beads, parted where no paragraph of either side goes on."""
    places = [
        (
            [bitext.source.segments[i].paragraph for i in bead.source],
            [bitext.target.segments[j].paragraph for j in bead.target],
        )
        for bead in bitext.beads
    ]
    # From behind: after a bead of one side, the other side may go on with its paragraph only several beads later.
    ahead, following = [0, 0], []
    for sides in reversed(places):
        following.append(tuple(ahead))
        ahead = [numbers[0] if numbers else next_one for numbers, next_one in zip(sides, ahead, strict=True)]
    group: list[Bead] = []
    last = [0, 0]
    for bead, sides, after in zip(bitext.beads, places, reversed(following), strict=True):
        group.append(bead)
        last = [numbers[-1] if numbers else before for numbers, before in zip(sides, last, strict=True)]
        # Paragraphs count from 1: a 0 says that there is none.
        if not any(before and before == coming for before, coming in zip(last, after, strict=True)):
            yield group
            group = []


def _paragraphs(segments: Sequence[Segment]) -> Iterator[Segment]:
    for _, group in groupby(segments, key=lambda segment: segment.paragraph):
        parts = list(group)
        # Sentences of Chinese or Japanese adjoin; a space between them would be one more character to match.
        gaps = ["" if before.end == after.start else " " for before, after in pairwise(parts)]
        text = "".join(part.text + gap for part, gap in zip(parts, [*gaps, ""], strict=True))
        roles = {part.role for part in parts}
        yield replace(parts[0], text=text, end=parts[-1].end, role=roles.pop() if len(roles) == 1 else Role.TEXT)


def _joined(group: Sequence[Bead], source: tuple[int, ...], target: tuple[int, ...]) -> Bead:
    """One bead for several: what the worst of them is; a person's text is only what a person wrote from end to end."""
    if len(group) == 1:
        return replace(group[0], source=source, target=target)
    written = [bead for bead in group if bead.target] or group
    machines = [bead.machine for bead in written if bead.machine is not None]
    scores = [bead.machine_score for bead in written if bead.machine_score is not None]
    makers, kinds = {bead.maker for bead in written}, {bead.kind for bead in group}
    # Dates are ISO 8601 in UTC: as texts they sort by time.
    last = max(group, key=lambda bead: bead.changed)
    return Bead(
        source,
        target,
        score=min(bead.score for bead in group),
        confidence=min(bead.confidence for bead in group),
        quality=min((bead.quality for bead in written if bead.quality is not None), default=None),
        kind=kinds.pop() if len(kinds) == 1 else Kind.ALIGNED,
        origin=min((bead.origin for bead in written), key=_LEAST_OWN.index),
        status=min((bead.status for bead in group), key=RANK.__getitem__),
        machine=" ".join(machines) if len(machines) == len(written) else None,
        machine_score=min(scores) if len(scores) == len(written) else None,
        maker=makers.pop() if len(makers) == 1 else "",
        flags=tuple(dict.fromkeys(flag for bead in group for flag in bead.flags)),
        note="\n".join(bead.note for bead in group if bead.note),
        changed=last.changed,
        by=last.by,
    )
