"""Confidence: how good a rendering is expected to be, from what the engine knows of it.

The score that the model gives its own words says something of a rendering's quality, its length and the proportion of
the two texts say a little more. A calibration, learned from texts with human translations for one package at a time
(``benchmarks/confidence.py``), turns these into the chrF (0 to 1) to be expected: a weighted sum, then a rising curve
through points (isotonic regression: Zadrozny and Elkan 2002, "Transforming Classifier Scores into Accurate Multiclass
Probability Estimates"). All of it is in ``data/confidence.json``, by the packages' fingerprints. For a package that is
not there the score itself stands in. Start reading at `confidence`.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from aligner.model import sha256
from aligner.translation.interface import Flag, Rendering

FEATURES = ("score", "length", "proportion")
_SLACK = 10
"""Characters added to both texts, so that a short one's proportion is not all chance."""
_USUAL = -0.05
"""The natural logarithm of the usual proportion, English to French."""
FILE = files("aligner.translation") / "data" / "confidence.json"


@dataclass(frozen=True, slots=True)
class Calibration:
    """What turns the features of a rendering into its expected quality."""

    weights: tuple[float, ...]
    """One for each of `FEATURES`."""
    points: tuple[tuple[float, float], ...]
    """Weighted sums and the quality to expect, both rising; straight lines between them."""

    @property
    def digest(self) -> str:
        """A few letters that change with the calibration."""
        return sha256(repr((self.weights, self.points)))[:8]


def features(source: str, rendering: Rendering) -> tuple[float, ...]:
    """What is known of a rendering: score, logarithm of the length, how unusual the proportion of the texts is."""
    proportion = math.log((len(rendering.text) + _SLACK) / (len(source) + _SLACK))
    # Of the length its logarithm: between 10 and 20 characters lies as much as between 100 and 200.
    return rendering.score or 0.0, math.log1p(len(source)), abs(proportion - _USUAL)


def confidence(source: str, rendering: Rendering, calibration: Calibration | None) -> float | None:
    """How good a rendering is expected to be, 0 to 1, higher is better; with a calibration, its chrF.

    None for a rendering without a score.

    >>> confidence("Oui.", Rendering("Yes.", 0.8), None)
    0.8
    >>> confidence("Oui.", Rendering("Yes.", 0.8), Calibration((1.0, 0.0, 0.0), ((0.0, 0.2), (1.0, 0.7))))
    0.6
    """
    if rendering.score is None:
        return None
    # What was copied was not translated: its score, 1 or 0, says all there is to say.
    if calibration is None or Flag.COPIED in rendering.flags:
        return round(rendering.score, 4)
    known = zip(calibration.weights, features(source, rendering), strict=True)
    return round(interpolated(calibration.points, sum(weight * value for weight, value in known)), 4)


def interpolated(points: tuple[tuple[float, float], ...], at: float) -> float:
    """The value of a curve through points, level beyond both ends."""
    # What lies beyond all that was seen in learning is not guessed at.
    after = bisect_right(points, (at, math.inf))
    if after in (0, len(points)):
        return points[min(after, len(points) - 1)][1]
    (x0, y0), (x1, y1) = points[after - 1], points[after]
    return y0 + (y1 - y0) * (at - x0) / (x1 - x0)


@cache
def calibrations() -> Mapping[str, Calibration]:
    """The calibrations that come with aligner, by package fingerprint."""
    known = json.loads(FILE.read_text(encoding="utf-8"))
    return {
        fingerprint: Calibration(tuple(entry["weights"]), tuple((x, y) for x, y in entry["points"]))
        for fingerprint, entry in known.items()
    }
