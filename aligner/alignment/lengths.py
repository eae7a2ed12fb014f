"""Lengths: how long a translation usually is.

Gale & Church (1993), "A Program for Aligning Sentences in Bilingual Corpora": the length of a translation is normally
distributed around the ratio ``c`` times the length of the source, with a variance that grows with the length. Here
the deviation is measured against the mean length of the two sides, so that it is the same both ways round.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = TypeVar("Numbers", NDArray[np.float32], NDArray[np.float64])
CAP = 25.0


@dataclass(frozen=True, slots=True)
class Lengths:
    """The length model of a pair of texts."""

    ratio: float = 1.0
    """Target characters for one source character."""
    variance: float = 6.8
    """Variance per character (6.8 in Gale & Church)."""

    def deviation(self, source: Numbers, target: Numbers) -> Numbers:
        """The squared deviation in standard deviations, at most 25.

        >>> float(Lengths().deviation(np.array(100.0), np.array(126.0))) > 0.8
        True
        """
        # Both sides take half of the ratio each, so that swapping the texts changes nothing; two characters are added
        # because "Oui." and "No." are not far apart.
        root = self.ratio**0.5
        s, t = source * root, target / root
        squared = (t - s) ** 2 / ((s + t + 2.0) * (self.variance / 2))
        return np.minimum(squared, CAP)  # type: ignore[no-any-return]


def learn_lengths(source: Floats, target: Floats) -> Lengths:
    """Fit the model to the lengths of beads that are taken to be right; the plain model when there are few."""
    if len(source) < 10:
        return Lengths()
    # Fifty characters on each side draw the ratio of a short text towards 1.
    ratio = float(target.sum() + 50.0) / float(source.sum() + 50.0)
    root = ratio**0.5
    s, t = source * root, target / root
    each = (t - s) ** 2 / ((s + t + 2.0) / 2)
    # Capped, for some beads of the first path are wrong, and one of them would spoil the mean.
    typical = float(np.mean(np.minimum(each, 60.0)))
    # With fifty beads, what the pair shows counts as much as the published variance.
    known = len(source) / (len(source) + 50.0)
    return Lengths(ratio, known * max(typical, 1.0) + (1 - known) * 6.8)
