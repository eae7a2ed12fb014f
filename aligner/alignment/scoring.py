"""Scoring: from a pair of texts and a band to a lattice whose edges carry the weighted features.

The band is worked through in blocks of rows, so that memory stays proportional to the band and the sums run over
small dense arrays. Start reading at `score_lattice`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.features import Rectangle, Text, TextPair, bead_features, corner, fits, null_features, rectangle
from aligner.alignment.lattice import NEVER, Band, Fences, Ints, Lattice, Shapes, make_fences
from aligner.alignment.weights import Weights

Singles = NDArray[np.float32]
# Rows are grouped only as far as their rectangle stays about as large as the band inside it: on a steep stretch a
# rectangle of many rows would be mostly outside.
ROWS_AT_ONCE = 64
AREA_AT_ONCE = 60_000
UNWANTED = -1000.0
"""The score of a null where nulls are not wanted: taken only when nothing else is possible."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the user has fixed."""

    walls: tuple[tuple[int, int], ...]
    """Nodes that every path must visit."""
    fences: Fences
    alone: tuple[Ints, Ints]
    """For both sides: how many of the first i segments must stay alone."""
    nulls: bool


def make_limits(
    size: tuple[int, int], walls: Sequence[tuple[int, int]], alone: tuple[Sequence[int], Sequence[int]], nulls: bool
) -> Limits:
    """Prepare walls and lonely segments for quick checks."""
    counts = [np.zeros(length + 1, dtype=np.int64) for length in size]
    for count, indices in zip(counts, alone, strict=True):
        count[np.array(indices, dtype=np.int64) + 1] = 1
    return Limits(tuple(walls), make_fences(size[0] + 1, walls), (np.cumsum(counts[0]), np.cumsum(counts[1])), nulls)


def score_lattice(pair: TextPair, band: Band, shapes: Shapes, weights: Weights, limits: Limits) -> Lattice:
    """Weigh every bead that fits into the band."""
    scores = np.full((len(shapes), int(band.starts[-1])), NEVER, dtype=np.float32)
    size = (max(a for a, _ in shapes), max(b for _, b in shapes))
    for rows in blocks(band):
        columns = (int(band.low[rows[0]]), int(band.high[rows[1] - 1]) + 1)
        area = rectangle(pair, rows, columns, size)
        values = np.full((len(shapes), rows[1] - rows[0], columns[1] - columns[0]), NEVER, dtype=np.float32)
        for k, shape in enumerate(shapes):
            if fits(area, shape):
                i0, j0 = corner(area, shape)
                total = np.zeros((rows[1] - i0, columns[1] - j0), dtype=np.float32)
                for name, feature in bead_features(area, shape).items():
                    total += np.float32(weights.get(name, 0.0)) * feature
                values[k, i0 - rows[0] :, j0 - columns[0] :] = total
        lay(scores, band, area, values)
    _keep_alone(scores, band, shapes, limits.alone)
    source_nulls = _weigh_nulls(pair, pair.source, weights, limits)
    target_nulls = _weigh_nulls(pair, pair.target, weights, limits)
    return Lattice(band, shapes, scores, source_nulls, target_nulls, weights["null run"], limits.fences)


def _keep_alone(scores: Singles, band: Band, shapes: Shapes, alone: tuple[Ints, Ints]) -> None:
    """Forbid beads that hold a segment that must stay alone."""
    # In nearly every text no segment is locked to stay alone.
    if not (alone[0][-1] or alone[1][-1]):
        return
    row = np.repeat(np.arange(len(band.low)), band.high - band.low + 1)
    column = np.arange(len(row)) - band.starts[row] + band.low[row]
    for k, (a, b) in enumerate(shapes):
        # Sums up to a position, so that whether a bead holds such a segment is a difference of two of them.
        held = alone[0][row] - alone[0][np.maximum(row - a, 0)] + alone[1][column] - alone[1][np.maximum(column - b, 0)]
        scores[k, held > 0] = NEVER


def blocks(band: Band) -> Iterator[tuple[int, int]]:
    """Runs of rows whose rectangle is small."""
    first, rows = 0, len(band.low)
    while first < rows:
        last = min(first + ROWS_AT_ONCE, rows)
        while last - first > 1 and (last - first) * (band.high[last - 1] - band.low[first] + 1) > AREA_AT_ONCE:
            last = (first + last + 1) // 2
        yield first, last
        first = last


def _weigh_nulls(pair: TextPair, text: Text, weights: Weights, limits: Limits) -> NDArray[np.float64]:
    """The weighted sum of the features of leaving each sentence of one side alone."""
    total = np.zeros(text.words.corpus.sentences)
    if not limits.nulls:
        return total + UNWANTED
    for name, values in null_features(pair, text).items():
        total += weights.get(name, 0.0) * values
    return total


def lay(flat: Singles, band: Band, area: Rectangle, values: Singles) -> None:
    """Copy values of a rectangle's nodes (… × down × across) to arrays over the band's nodes (… × node)."""
    for i in range(*area.rows):
        low, high, at = int(band.low[i]), int(band.high[i]) + 1, int(band.starts[i])
        flat[..., at : at + high - low] = values[..., i - area.rows[0], low - area.columns[0] : high - area.columns[0]]
