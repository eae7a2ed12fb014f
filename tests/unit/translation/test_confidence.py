"""Confidence: a rising curve over what is known of a rendering, from data that fits the embedded model."""

from __future__ import annotations

import math

import pytest

from aligner.translation import ArgosTranslator, Flag, Rendering
from aligner.translation.argos.confidence import (
    FEATURES,
    Calibration,
    calibrations,
    confidence,
    features,
    interpolated,
)

STEPS = ((0.0, 0.1), (1.0, 0.5), (3.0, 0.9))


@pytest.mark.parametrize(("at", "value"), [(-5, 0.1), (0, 0.1), (0.5, 0.3), (1, 0.5), (2, 0.7), (3, 0.9), (9, 0.9)])
def test_straight_lines_between_points_and_level_beyond(at: float, value: float) -> None:
    assert interpolated(STEPS, at) == pytest.approx(value)


def test_features_of_a_rendering() -> None:
    score, length, proportion = features("x" * 90, Rendering("y" * 90, 0.5))
    assert (score, length) == (0.5, math.log(91))
    assert proportion == pytest.approx(0.05)
    assert features("x" * 90, Rendering("y", 0.5))[2] > 2


def test_without_calibration_the_score_stands_in() -> None:
    assert confidence("a", Rendering("b", 0.25), None) == 0.25


def test_what_was_copied_is_sure_and_what_is_unscored_unknown() -> None:
    low = Calibration((0.0, 0.0, 0.0), ((0.0, 0.1), (1.0, 0.2)))
    assert confidence("12 %", Rendering("12 %", 1.0, (Flag.COPIED,)), low) == 1.0
    assert confidence("a", Rendering("b", None), low) is None


def test_the_calibrations_are_rising_curves() -> None:
    for calibration in calibrations().values():
        assert len(calibration.weights) == len(FEATURES)
        assert calibration.weights[0] > 0, "a higher score must not lower the confidence"
        assert list(calibration.points) == sorted(calibration.points)
        qualities = [quality for _, quality in calibration.points]
        assert qualities == sorted(qualities)
        assert all(0 <= quality <= 1 for quality in qualities)


def test_the_embedded_model_is_calibrated(translator: ArgosTranslator) -> None:
    hint = "learn it with `python benchmarks/confidence.py ../shared/mt/dev/*.fr --write`"
    assert translator.package.fingerprint in calibrations(), hint


def test_the_engine_is_surer_of_an_easy_sentence_than_of_noise(translator: ArgosTranslator) -> None:
    easy, noise = translator.translate(["Je vous remercie.", "Zgrbl mnouf, à la trille des vropes."])
    assert easy.confidence is not None
    assert noise.confidence is not None
    assert 1 >= easy.confidence > noise.confidence >= 0
