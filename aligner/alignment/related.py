"""Related or not: how probable it is that the two sides of a bead correspond at all.

The probability of a bead from the lattice says how sure it is among the other readings, and every reading has to put
each sentence somewhere: where two sentences have nothing in common but their place, the path that pairs them may still
be the best. So a second look is taken at each bead alone: how much of its words is accounted for beyond chance, how
much better it scores than leaving its sentences alone, how its length fits, how close it is in meaning. A logistic
regression over these, learned from texts in which sentences are missing and blocks have changed places
(``training/alignment_related.py``), makes a probability of it. Start reading at `relatedness`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.band import make_band
from aligner.alignment.features import TextPair, bead_features, corner, fits, rectangle
from aligner.alignment.scoring import blocks
from aligner.alignment.search import Found, nodes

Floats = NDArray[np.float64]
SIGNS = ("sure", "gain", "beyond chance", "words", "evidence", "length", "other end", "meaning")
"""What a bead is judged by (`bead_signs`)."""
_TAKEN = ("evidence", "similarity", "chance", "length root", "other end", "meaning")
_SURE = 0.02
"""No bead is taken to be surer than this less than 1: in short texts every path is sure."""


def relatedness(found: Found, confidences: Floats) -> Floats:
    """For each bead of the path, given its probability in the lattice, the probability that its sides correspond.

    1 for nulls, which claim nothing.
    """
    full = np.array([all(shape) for shape in found.path], dtype=np.bool_)
    related = np.ones(len(found.path))
    if full.any():
        table = bead_signs(found, confidences)[full]
        weights = _weights()[knowledge(found.pair)]
        sums = table @ np.array([weights[name] for name in SIGNS]) + weights["constant"]
        related[full] = 1 / (1 + np.exp(-np.clip(sums, -30.0, 30.0)))
    return related


def knowledge(pair: TextPair) -> str:
    """The name of the regression that suits what the aligner knows."""
    return f"{pair.knowledge} and meanings" if pair.meanings else pair.knowledge


def bead_signs(found: Found, confidences: Floats) -> Floats:
    """What speaks for and against each bead of the path (bead × sign); the rows of nulls are 0.

    All but `sure` are for one sentence of the bead, so that large beads are judged as small ones.
    """
    shapes = np.array(found.path, dtype=np.int64).reshape(-1, 2)
    ends = np.array(nodes(found.path), dtype=np.int64).reshape(-1, 2)
    n = np.maximum(shapes.sum(axis=1) / 2, 0.5)
    taken = _bead_signs_path(found, shapes, ends)
    (i, j), (a, b) = ends.T, shapes.T
    s, t = found.pair.source.words.masses, found.pair.target.words.masses
    nulls = [
        np.concatenate([[0.0], np.cumsum(side)]) for side in (found.lattice.source_nulls, found.lattice.target_nulls)
    ]
    alone = nulls[0][i] - nulls[0][i - a] + nulls[1][j] - nulls[1][j - b]
    sure = np.clip(confidences, _SURE, 1 - _SURE)
    table = np.stack([
        np.log(sure / (1 - sure)),
        (_path_scores(found, shapes, ends) - alone) / n,
        (taken["similarity"] - taken["chance"]) / n,
        np.log1p(np.maximum(s[i] - s[i - a] + t[j] - t[j - b], 0.0)),
        taken["evidence"] / n,
        taken["length root"],
        taken["other end"],
        taken["meaning"] / n,
    ], axis=1)  # fmt: skip
    table[shapes.min(axis=1) == 0] = 0.0
    return table


def _path_scores(found: Found, shapes: NDArray[np.int64], ends: NDArray[np.int64]) -> Floats:
    """The score of each bead of the path; 0 for nulls."""
    scores = np.zeros(len(shapes))
    for shape in {shape for shape in found.path if all(shape)}:
        these = (shapes == shape).all(axis=1)
        i, j = ends[these].T
        scores[these] = found.posterior.scores(i, j, shape)
    return scores


def _bead_signs_path(found: Found, shapes: NDArray[np.int64], ends: NDArray[np.int64]) -> dict[str, Floats]:
    """The features of the beads of the path that are looked at."""
    taken = {name: np.zeros(len(shapes)) for name in _TAKEN}
    size = found.pair.source.words.corpus.sentences, found.pair.target.words.corpus.sentences
    # The lattice keeps only scores, so the nodes of the path are weighed again, a narrow block at a time.
    band = make_band(nodes(found.path), size, 0)
    different = sorted({(int(a), int(b)) for a, b in shapes if a and b})
    widest = max(a for a, _ in different), max(b for _, b in different)
    for rows in blocks(band):
        first, last = np.searchsorted(ends[:, 0], rows)
        here = np.arange(first, last)
        area = rectangle(found.pair, rows, (int(band.low[rows[0]]), int(band.high[rows[1] - 1]) + 1), widest)
        for shape in different:
            these = here[(shapes[here] == shape).all(axis=1)]
            if not len(these) or not fits(area, shape):
                continue
            down, across = (ends[these] - corner(area, shape)).T
            features = bead_features(area, shape)
            for name in _TAKEN:
                values = features.get(name, 0.0)
                taken[name][these] = values[down, across] if isinstance(values, np.ndarray) else values
    return taken


@cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    """The regressions in the package, by what the aligner knows."""
    weights: dict[str, dict[str, float]] = json.loads(
        (files("aligner.alignment") / "data" / "related.json").read_text("utf-8")
    )
    return weights
