"""How sure a bead is, on one scale for every kind of bead.

A bead is as sure as its *confidence*: the probability that these segments belong together. Where that is not in doubt
and the machine wrote the target, what may be wrong is the translation: of a bead paired by construction the confidence
is just that, the quality to be expected; elsewhere the machine's own *score* takes its place.
Start reading at `certainty`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from aligner.model import Bead, Kind, Origin

CONFIDENCE, MACHINE_SCORE = "confidence", "MT score"
IN_DOUBT = 0.5
"""Under this confidence the question is still whether the segments belong together."""


@dataclass(frozen=True, slots=True)
class Certainty:
    """A figure from 0 to 1 and what it measures: `CONFIDENCE` or `MACHINE_SCORE`."""

    value: float
    measure: str


def certainty(bead: Bead) -> Certainty:
    """Say how sure a bead is: by its confidence, or by the machine's score where only the translation can be wrong.

    >>> certainty(Bead((0,), (0,), confidence=0.91))
    Certainty(value=0.91, measure='confidence')
    >>> certainty(Bead((0,), (0,), origin=Origin.MACHINE, machine_score=0.7))
    Certainty(value=0.7, measure='MT score')
    >>> certainty(Bead((0,), (0,), confidence=0.4, kind=Kind.CONSTRUCTED, origin=Origin.MACHINE, machine_score=0.7))
    Certainty(value=0.4, measure='MT score')
    """
    if bead.origin is Origin.MACHINE and bead.machine_score is not None:
        if bead.kind is not Kind.ALIGNED and bead.confidence < 1.0:  # paired for sure: confidence is in the translation
            return Certainty(bead.confidence, MACHINE_SCORE)
        if bead.confidence >= IN_DOUBT:
            return Certainty(min(max(bead.machine_score, 0.0), 1.0), MACHINE_SCORE)
    return Certainty(bead.confidence, CONFIDENCE)


def means(beads: Iterable[Bead]) -> tuple[Certainty, ...]:
    """The mean of each measure that occurs among the beads, confidence first."""
    values: dict[str, list[float]] = {CONFIDENCE: [], MACHINE_SCORE: []}
    for sure in map(certainty, beads):
        values[sure.measure].append(sure.value)
    return tuple(Certainty(sum(each) / len(each), measure) for measure, each in values.items() if each)


def doubtful_limits(beads: Iterable[Bead], below: float) -> dict[str, float]:
    """Under which value of each measure a bead is called doubtful.

    A confidence is a probability: `below` is the limit. Machine scores of one model are only good for an order (a weak
    model is unsure of everything), so at most the lowest tenth of a document is doubtful, and only under `below`.
    """
    scores = sorted(sure.value for sure in map(certainty, beads) if sure.measure == MACHINE_SCORE)
    tenth = scores[len(scores) // 10] if scores else 0.0
    return {CONFIDENCE: below, MACHINE_SCORE: min(below, tenth)}
