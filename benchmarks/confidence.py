"""How well confidence tells good renderings from bad ones, and learning it for a package.

    python benchmarks/confidence.py FILE.fr… [--model PATH] [--most 500] [--write]

Beside every FILE.fr lies FILE.en, its human translation, line by line. Every line is translated and scored against
its reference (sentence chrF2); `aligner.translation.argos.confidence` says what is learned from that. Measured by
cross-validation, one file left out at a time: for each file the correlation of chrF with the model's score and with
the confidence learned from the *other* files (Spearman's rho, Pearson's r), and the mean distance between confidence
and chrF. ``--write`` learns from all files and puts the calibration of this package, and of no other, into
aligner/translation/data/confidence.json.

Deterministic. Takes some minutes.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sacrebleu.metrics.chrf import CHRF

from aligner.files import write_atomically
from aligner.translation import Flag, Rendering, find_package, open_translator
from aligner.translation.argos.confidence import (
    FEATURES,
    FILE,
    Calibration,
    confidence,
    features,
)

POINTS = 24
"""Points of a curve: few enough not to follow chance."""


@dataclass(frozen=True, slots=True)
class Line:
    """A source line, its rendering, and how good that is."""

    source: str
    rendering: Rendering
    quality: float
    """Sentence chrF2, 0 to 1."""


def read(path: Path, most: int, model: Path | None) -> list[Line]:
    """Translate and score the first lines of a file; what was only copied says nothing of the model."""
    metric = CHRF()
    sources, references = (p.read_text("utf-8").splitlines()[:most] for p in (path, path.with_suffix(".en")))
    renderings = open_translator(find_package("fr", "en", model=model)).translate(sources)
    return [
        Line(source, rendering, metric.sentence_score(rendering.text, [reference]).score / 100)
        for source, rendering, reference in zip(sources, renderings, references, strict=True)
        if Flag.COPIED not in rendering.flags
    ]


def learn(lines: Sequence[Line]) -> Calibration:
    """Least squares for the weights, isotonic regression for the curve."""
    table = np.array([[*features(line.source, line.rendering), 1.0] for line in lines])
    quality = np.array([line.quality for line in lines])
    weights = np.linalg.lstsq(table, quality, rcond=None)[0][: len(FEATURES)].round(4)
    return Calibration(tuple(map(float, weights)), curve(table[:, : len(FEATURES)] @ weights, quality))


def curve(sums: np.ndarray, quality: np.ndarray) -> tuple[tuple[float, float], ...]:
    """Rising means of equal shares of the lines, by the pool-adjacent-violators algorithm (Ayer et al. 1955)."""
    order = np.argsort(sums, kind="stable")
    blocks: list[list[float]] = []
    for share in np.array_split(order, POINTS):
        blocks.append([float(sums[share].mean()), float(quality[share].mean()), float(len(share))])
        while len(blocks) > 1 and blocks[-2][1] >= blocks[-1][1]:
            (x0, y0, n0), (x1, y1, n1) = blocks[-2:]
            blocks[-2:] = [[(x0 * n0 + x1 * n1) / (n0 + n1), (y0 * n0 + y1 * n1) / (n0 + n1), n0 + n1]]
    return tuple((round(x, 4), round(y, 4)) for x, y, _ in blocks)


def ranks(values: np.ndarray) -> np.ndarray:
    """Ranks, the mean of them for equal values."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(counts) - (counts - 1) / 2)[inverse])


def correlations(values: Sequence[float], quality: Sequence[float]) -> tuple[float, float]:
    """Spearman's rho and Pearson's r."""
    x, y = np.array(values), np.array(quality)
    return float(np.corrcoef(ranks(x), ranks(y))[0, 1]), float(np.corrcoef(x, y)[0, 1])


def report(name: str, lines: Sequence[Line], calibration: Calibration) -> str:
    """A row of the table."""
    quality = [line.quality for line in lines]
    sure = [confidence(line.source, line.rendering, calibration) or 0.0 for line in lines]
    score = correlations([line.rendering.score or 0.0 for line in lines], quality)
    figures = (*score, *correlations(sure, quality))
    off = float(np.abs(np.array(sure) - np.array(quality)).mean())
    mean = sum(quality) / len(quality)
    return (
        f"{name:<18}{len(lines):>6}{100 * mean:>7.1f}" + "".join(f"{f:>9.3f}" for f in figures) + f"{100 * off:>8.1f}"
    )


def main() -> None:
    """Print the table; write the calibration if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--most", type=int, default=500)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    package = find_package("fr", "en", model=arguments.model)
    texts = {path.stem: read(path, arguments.most, arguments.model) for path in arguments.files}
    everything = [line for lines in texts.values() for line in lines]
    print(
        f"{package.name} {package.fingerprint[:12]}: chrF2 by the score, and by confidence learned from the other files"
    )
    print(f"{'':<18}{'lines':>6}{'chrF2':>7}{'score ρ':>9}{'r':>9}{'conf. ρ':>9}{'r':>9}{'off by':>8}")
    for name, lines in texts.items():
        others = [line for other, found in texts.items() if other != name for line in found]
        print(report(name, lines, learn(others or lines)))
    calibration = learn(everything)
    print(report("all (learned on)", everything, calibration))
    if arguments.write:
        entry = {
            "package": package.name,
            "features": FEATURES,
            "weights": calibration.weights,
            "points": calibration.points,
        }
        write_atomically(Path(str(FILE)), json.dumps({package.fingerprint: entry}, indent=1) + "\n")
        print(f"written to {FILE}")


if __name__ == "__main__":
    main()
