"""How sure a bead is: two figures from 0 to 1 for two questions, each from its own field.

    alignment     do exactly these segments belong together?   `Bead.confidence`: a probability
    translation   how good is the machine's text?              `Bead.quality`: what to expect of it, not a probability

Where the pair is known by construction there is no first question, where a person wrote the text no second: a bead has
two figures, one or none. It is as sure as the lower of them. Start reading at `certainties`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from aligner.model import Bead, Kind

ALIGNMENT, TRANSLATION = "alignment", "translation"


@dataclass(frozen=True, slots=True)
class Certainty:
    """A figure from 0 to 1 and what it measures: `ALIGNMENT` or `TRANSLATION`."""

    value: float
    measure: str


def certainties(bead: Bead) -> tuple[Certainty, ...]:
    """The figures of a bead, as far as there are questions, the alignment's first.

    >>> certainties(Bead((0,), (0,), confidence=0.91, quality=0.6))
    (Certainty(value=0.91, measure='alignment'), Certainty(value=0.6, measure='translation'))
    >>> certainties(Bead((0,), (0,), kind=Kind.CONSTRUCTED, quality=0.6))
    (Certainty(value=0.6, measure='translation'),)
    """
    known = bead.kind is Kind.CONSTRUCTED and bead.confidence == 1.0
    alignment = () if known else (Certainty(bead.confidence, ALIGNMENT),)
    return alignment if bead.quality is None else (*alignment, Certainty(bead.quality, TRANSLATION))


def least(bead: Bead) -> Certainty | None:
    """The lower of a bead's figures; None where nothing about it is in question."""
    return min(certainties(bead), key=lambda each: each.value, default=None)


def means(beads: Iterable[Bead]) -> tuple[Certainty, ...]:
    """The mean of each figure that occurs among the beads, the alignment's first."""
    values: dict[str, list[float]] = {ALIGNMENT: [], TRANSLATION: []}
    for bead in beads:
        for each in certainties(bead):
            values[each.measure].append(each.value)
    return tuple(Certainty(sum(each) / len(each), measure) for measure, each in values.items() if each)


def doubtful_limits(beads: Iterable[Bead], below: float) -> dict[str, float]:
    """Under which value of each figure a bead is called doubtful.

    The alignment's is a probability: `below` is the limit. The qualities that one model can expect of itself are only
    good for an order (a weak model is unsure of everything), so at most the lowest tenth of a document is doubtful, and
    only under `below`.
    """
    qualities = sorted(bead.quality for bead in beads if bead.quality is not None)
    tenth = qualities[len(qualities) // 10] if qualities else 0.0
    return {ALIGNMENT: below, TRANSLATION: min(below, tenth)}


def is_doubtful(bead: Bead, limits: Mapping[str, float]) -> bool:
    """Whether one of a bead's figures is under its limit."""
    return any(each.value < limits[each.measure] for each in certainties(bead))
