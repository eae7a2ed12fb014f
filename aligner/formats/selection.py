"""Which beads of a bitext an export takes, and which bitexts may share a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from aligner.errors import InputError
from aligner.formats.base import Standing, WriteOptions
from aligner.model import REVIEWED, Bead, Bitext, Kind, Origin, Role, Segment, Status

RANK = {Status.REJECTED: 0, Status.DRAFT: 1, Status.ACCEPTED: 2, Status.EDITED: 3}
"""How far each status has been reviewed; higher is further."""


def selected_beads(bitext: Bitext, options: WriteOptions) -> Iterator[Bead]:
    """The beads that pass the options, in order."""
    for bead in bitext.beads:
        # A rejected bead never passes a minimum, not even that of drafts: nobody wants its text.
        reaches = bead.status is not Status.REJECTED and RANK[bead.status] >= RANK[options.min_status or bead.status]
        if (
            (options.min_status is None or reaches)
            and bead.confidence >= options.min_confidence
            # What has no quality is a person's, or nothing is known of it: no reason to leave it out.
            and (bead.quality is None or bead.quality >= options.min_quality)
            and standing(bead) in options.standings
            and (options.keep_boilerplate or not is_boilerplate(bitext, bead))
        ):
            yield bead


def reduced(bitext: Bitext, options: WriteOptions) -> Bitext:
    """The bitext of the beads that pass the options, with the language tags that are to be written."""
    tags = [options.tag(side.language) for side in (bitext.source, bitext.target)]
    sides = replace(bitext.source, language=tags[0]), replace(bitext.target, language=tags[1])
    return rebuilt(replace(bitext, source=sides[0], target=sides[1]), selected_beads(bitext, options))


def rebuilt(bitext: Bitext, beads: Iterable[Bead]) -> Bitext:
    """The bitext of some of its beads, in their order, with the segments that they name."""
    sources: list[Segment] = []
    targets: list[Segment] = []
    kept = []
    # numbered again: indices must be consecutive, and what is left out leaves no gaps
    for bead in beads:
        ends = (len(sources), len(sources) + len(bead.source)), (len(targets), len(targets) + len(bead.target))
        sources += [bitext.source.segments[i] for i in bead.source]
        targets += [bitext.target.segments[j] for j in bead.target]
        kept.append(replace(bead, source=tuple(range(*ends[0])), target=tuple(range(*ends[1]))))
    sides = replace(bitext.source, segments=tuple(sources)), replace(bitext.target, segments=tuple(targets))
    return replace(bitext, source=sides[0], target=sides[1], beads=tuple(kept))


def is_boilerplate(bitext: Bitext, bead: Bead) -> bool:
    """Whether a bead holds nothing but boilerplate."""
    return bead.kind is Kind.EXCLUDED or (
        all(bitext.source.segments[i].role is Role.BOILERPLATE for i in bead.source)
        and all(bitext.target.segments[j].role is Role.BOILERPLATE for j in bead.target)
    )


def standing(bead: Bead) -> Standing:
    """Who stands for a bead's target text.

    >>> standing(Bead((0,), (0,), origin=Origin.MEMORY)), standing(Bead((0,), (0,), status=Status.ACCEPTED))
    (<Standing.MACHINE: 'machine'>, <Standing.REVIEWED: 'reviewed'>)
    """
    if bead.status in REVIEWED:
        return Standing.REVIEWED
    if bead.status is Status.REJECTED:
        return Standing.REJECTED
    # A bead without a target has nobody who stands for it; it goes with what a person left.
    return Standing.MACHINE if bead.origin in (Origin.MACHINE, Origin.MEMORY) else Standing.PERSON


def same_pair(pair: tuple[str, str] | None, bitext: Bitext) -> tuple[str, str]:
    """The languages of a bitext, or InputError when they are not those of the bitexts before it."""
    found = (bitext.source.language, bitext.target.language)
    if pair not in (None, found):
        raise InputError(
            f"this bitext is {'–'.join(found)}, the ones before it {'–'.join(pair)}",
            where=bitext.id,
            hint="write one file per language pair",
        )
    return found
