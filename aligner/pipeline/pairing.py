"""Pairing: segments, renderings and an English text become a bitext.

Two ways lead to the beads. `pair_renderings` knows them by construction (rendering i belongs to segment i) and lays out
an English text in the paragraphs of the source. `pair_texts` has an English text already and asks the aligner.
Boilerplate takes part in neither: `with_boilerplate` puts it back as excluded null beads, in its place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aligner.model import Bead, Kind, Origin, Role, Segment
from aligner.pipeline.belonging import doubted
from aligner.text.paragraphs import gap
from aligner.translation import Rendering

if TYPE_CHECKING:
    from aligner.alignment import AlignOptions


@dataclass(frozen=True, slots=True)
class Pairing:
    """The target side and the beads of a document, ready to become a bitext."""

    text: str
    segments: tuple[Segment, ...]
    beads: tuple[Bead, ...]
    encoder: str = ""
    """The encoder whose sentence embeddings took part; empty where none did."""


def pair_renderings(
    text: str, segments: Sequence[Segment], renderings: Sequence[Rendering | None], *, maker: str = ""
) -> Pairing:
    """Lay out renderings as an English text and pair each with its segment; None marks boilerplate.

    Paragraphs stay paragraphs, cells of a table cells; a blank line between two paragraphs stays one. `maker` is what
    made them.
    """
    parts: list[str] = []
    target: list[Segment] = []
    beads: list[Bead] = []
    # offsets count characters of the English text as it is laid out
    position = 0
    previous: Segment | None = None
    for index, (segment, rendering) in enumerate(zip(segments, renderings, strict=True)):
        if rendering is None:
            beads.append(Bead((index,), (), kind=Kind.EXCLUDED, origin=Origin.NONE))
            continue
        # the engine may answer with nothing: the sentence is there, without English
        if not rendering.text:
            beads.append(rendered(Bead((index,), (), kind=Kind.CONSTRUCTED), [rendering], maker))
            continue
        between = gap(text, previous, segment)
        start = position + len(between)
        position = start + len(rendering.text)
        parts += [between, rendering.text]
        last = target[-1] if target else None
        paragraph, number = last.paragraph if last else 0, last.number if last else 0
        same = previous is not None and "\n" not in between
        paragraph, number = (paragraph, number + 1) if same else (paragraph + 1, 1)
        # what takes part in spite of looking like boilerplate (--keep-boilerplate) is plain text in English
        role = segment.role if segment.role is not Role.BOILERPLATE else Role.TEXT
        target.append(Segment(rendering.text, start, position, paragraph, number, role))
        beads.append(rendered(Bead((index,), (len(target) - 1,), kind=Kind.CONSTRUCTED), [rendering], maker))
        previous = segment
    return Pairing("".join(parts) + "\n", tuple(target), tuple(beads))


def translatable(segments: Sequence[Segment]) -> list[str]:
    """The texts to translate, in order: all but boilerplate."""
    return [segment.text for segment in segments if segment.role is not Role.BOILERPLATE]


def in_place(segments: Sequence[Segment], renderings: Iterator[Rendering]) -> list[Rendering | None]:
    """A rendering for each segment, taken from `renderings` in order; None in the place of boilerplate."""
    return [None if segment.role is Role.BOILERPLATE else next(renderings) for segment in segments]


def rendered(bead: Bead, renderings: Sequence[Rendering], maker: str) -> Bead:
    """The bead as the machine's: its text is to be these renderings of its source segments, made by `maker`."""
    sure = [rendering.confidence for rendering in renderings if rendering.confidence is not None]
    return replace(
        bead,
        origin=Origin.MACHINE if bead.target else Origin.NONE,
        machine=joined(renderings),
        machine_score=_mean_score(renderings),
        # half a confidence is none: a bead of two sentences is as sure as both
        quality=round(sum(sure) / len(sure), 4) if sure and len(sure) == len(renderings) else None,
        maker=maker,
        flags=tuple(dict.fromkeys(flag for rendering in renderings for flag in rendering.flags)),
    )


def joined(renderings: Sequence[Rendering]) -> str:
    """The text of renderings, one after the other."""
    return " ".join(rendering.text for rendering in renderings if rendering.text)


def _mean_score(renderings: Sequence[Rendering]) -> float | None:
    """The mean of the engine's scores; None when it did not score them all."""
    scores = [rendering.score for rendering in renderings if rendering.score is not None]
    return round(sum(scores) / len(scores), 4) if scores and len(scores) == len(renderings) else None


def pair_texts(  # noqa: PLR0913 - what align takes, and the renderings
    source: Sequence[Segment],
    text: str,
    target: Sequence[Segment],
    renderings: Sequence[Rendering | None],
    *,
    options: AlignOptions | None = None,
    boundaries: Sequence[tuple[int, int]] = (),
    paragraphs: bool = True,
    locked: Sequence[Bead] = (),
    standing: Sequence[Bead] = (),
    back_translation: Sequence[str] | None = None,
    languages: tuple[str, str] | None = None,
) -> Pairing:
    """Align a source with an English text that is already there.

    `renderings` are the machine's versions of the source segments (None where there is none); they help the aligner
    and stay on the beads, so that a reader sees what the machine would have said. A `back_translation` of the target
    segments helps too, and so do sentence embeddings where the options want them (`aligner.embeddings`), by default
    where nothing else does. No bead crosses the
    `boundaries` (pairs of positions); `locked` beads are kept as they are, `standing` ones too, but they are not
    marked as locked. With `paragraphs`, beads avoid to cross from one paragraph to the next. Where the `languages`
    are given, beads in which nothing corresponds are not sure (`aligner.pipeline.belonging`). The English counts as a
    person's; what aligner wrote of it, `aligner.pipeline.authors` knows.
    """
    from aligner.alignment import AlignOptions, align  # here: what only lays out renderings needs no numpy
    from aligner.alignment.front import parted
    from aligner.embeddings import encoders_for

    options = options or AlignOptions()
    kept, others = _kept(source), _kept(target)
    # half a translation is none: the aligner compares whole sides
    machine = [rendering.text for i in kept if (rendering := renderings[i]) is not None]
    found = align(
        [source[i].text for i in kept],
        [target[j].text for j in others],
        translation=machine if machine and len(machine) == len(kept) else None,
        back_translation=None if back_translation is None else [back_translation[j] for j in others],
        options=options,
        boundaries=[(bisect_left(kept, i), bisect_left(others, j)) for i, j in boundaries],
        paragraphs=(
            ([source[i].paragraph for i in kept], [target[j].paragraph for j in others]) if paragraphs else ((), ())
        ),
        locked=[
            replace(bead, source=_among(kept, bead.source), target=_among(others, bead.target))
            for bead in (*locked, *standing)
        ],
        encoders=encoders_for(options.embeddings),
    )
    beads = [
        replace(bead, source=_spread(kept, bead.source), target=_spread(others, bead.target)) for bead in found.beads
    ]
    if languages and options.lexicon == "auto":
        beads = parted(doubted(beads, source, target, languages), options.drop_unrelated)
    if found.moved:
        links = [([kept[i] for i in bead.source], [others[j] for j in bead.target]) for bead in found.moved]
        beads = _point_to_moved(beads, links, source, target)
    # a pair that stands went through the aligner as a locked one: it gets its own kind and confidence back
    stood = {(bead.source, bead.target): bead for bead in standing}
    beads = [stood.get((bead.source, bead.target), bead) for bead in beads]
    described = [_described(bead, renderings) for bead in with_boilerplate(beads, source, target)]
    return Pairing(text, tuple(target), tuple(described), found.encoder)


def _point_to_moved(
    beads: Sequence[Bead],
    links: Sequence[tuple[Sequence[int], Sequence[int]]],
    source: Sequence[Segment],
    target: Sequence[Segment],
) -> list[Bead]:
    """The beads; the nulls of segments that stand elsewhere name their counterparts."""
    of_source = {i: tuple(target[j].locator for j in there) for here, there in links for i in here}
    of_target = {j: tuple(source[i].locator for i in here) for here, there in links for j in there}
    return [
        replace(bead, moved=of_source.get(bead.source[0], ()) if bead.source else of_target.get(bead.target[0], ()))
        if bead.is_null
        else bead
        for bead in beads
    ]


def _kept(segments: Sequence[Segment]) -> list[int]:
    return [i for i, segment in enumerate(segments) if segment.role is not Role.BOILERPLATE]


def _spread(kept: Sequence[int], indices: tuple[int, ...]) -> tuple[int, ...]:
    """Indices among the kept segments as indices among all; boilerplate in the middle of a bead joins the bead."""
    return tuple(range(kept[indices[0]], kept[indices[-1]] + 1)) if indices else ()


def _among(kept: Sequence[int], indices: tuple[int, ...]) -> tuple[int, ...]:
    """The positions of indices in `kept`, of those that are there."""
    return tuple(range(bisect_left(kept, indices[0]), bisect_right(kept, indices[-1]))) if indices else ()


def with_boilerplate(beads: Sequence[Bead], source: Sequence[Segment], target: Sequence[Segment]) -> list[Bead]:
    """Add an excluded null bead for every segment that no bead covers, in its place."""
    complete: list[Bead] = []
    s = t = 0
    for bead in [*beads, None]:
        # a bead without source segments stands where the last one ended
        s_end = len(source) if bead is None else bead.source[0] if bead.source else s
        t_end = len(target) if bead is None else bead.target[0] if bead.target else t
        complete += [Bead((i,), (), kind=Kind.EXCLUDED, origin=Origin.NONE) for i in range(s, s_end)]
        complete += [Bead((), (j,), kind=Kind.EXCLUDED) for j in range(t, t_end)]
        s, t = s_end, t_end
        if bead is not None:
            complete.append(bead)
            s, t = s + len(bead.source), t + len(bead.target)
    return complete


def _described(bead: Bead, renderings: Sequence[Rendering | None]) -> Bead:
    """The bead with what the machine says of its source side, beside a person's text or none."""
    bead = replace(bead, origin=Origin.HUMAN if bead.target else Origin.NONE)
    machine = [rendering for i in bead.source if (rendering := renderings[i]) is not None]
    return replace(bead, machine=joined(machine), machine_score=_mean_score(machine)) if machine else bead
