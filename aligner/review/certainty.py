"""How sure a bead is, on one scale for every kind of bead.

A bead that the aligner found is as sure as its *confidence*: the probability that these segments belong together. A
bead known by construction (sentence i and its rendering i) always matches; what may be wrong is the translation, so
the machine's own *score* takes the place of the confidence. Start reading at `certainty`.
"""

from __future__ import annotations

from dataclasses import dataclass

from aligner.model import Bead, Kind


@dataclass(frozen=True, slots=True)
class Certainty:
    """A figure from 0 to 1 and what it measures: ``confidence`` or ``MT score``."""

    value: float
    measure: str


def certainty(bead: Bead) -> Certainty:
    """How sure a bead is: its confidence, or the machine's score where the match is known by construction.

    >>> certainty(Bead((0,), (0,), confidence=0.91))
    Certainty(value=0.91, measure='confidence')
    >>> certainty(Bead((0,), (0,), kind=Kind.CONSTRUCTED, machine_score=0.7))
    Certainty(value=0.7, measure='MT score')
    """
    if bead.kind is Kind.CONSTRUCTED and bead.machine_score is not None:
        return Certainty(min(max(bead.machine_score, 0.0), 1.0), "MT score")
    return Certainty(bead.confidence, "confidence")
