"""Meanings: how close sentences are by their sentence embeddings, where an encoder gives some.

An `Encoder` makes a vector of each sentence, such that sentences of the same meaning have vectors of the same direction
in all languages that it knows. What all sentences of a text have in common, their language and their subject, is taken
out first (Mu & Viswanath 2018): some encoders put all sentences close together. Three things are made of the rest.

*Closeness* of two runs of sentences: 1 - (1 - cos) / (mean of 1 - cos to all sentences of the other side), the mean
taken over both runs, as Vecalign does (Thompson & Koehn 2019): 0 for sentences drawn at random, about 0.6 for
translations, whatever the languages. The vector of a run is the sum of its sentences' vectors, each as long as its
sentence. Cosines of all runs come from one product of matrices, because the product of two sums is the sum of the
products.

*Neighbours*: pairs of sentences that are each other's nearest by far. They anchor the search.

*The gate*: an encoder knows some languages and makes noise of all others. Where the neighbours hold little of the
texts, the encoder is not used. Start reading at `find_meanings`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Singles = NDArray[np.float32]
Floats = NDArray[np.float64]
Bytes = NDArray[np.int8]
LEAST_LEAD = 0.05
"""How much closer than the second nearest, on both sides, a neighbour must be."""
LEAST_SHARE = 0.2
"""The share of the characters that neighbours must hold: .3 to 1 in loose and close translations between languages that
the encoder knows, below .13 in others and in texts that have nothing to do with each other."""
SURE_SHARE = 0.35
"""With so large a share an encoder knows both languages well, and no other need be asked."""
MOST_PRODUCTS = 40_000_000
"""Of long texts, evenly spread sentences are looked at: so many pairs at most."""
AT_ONCE = 4_000_000
USUAL_COSINE, USUAL_WEIGHT = 0.1, 10.0
"""The mean cosine to others that is expected, and how many sentences it counts as: few sentences tell no mean."""


class Encoder(Protocol):
    """What makes vectors of sentences."""

    @property
    def name(self) -> str:
        """The encoder and its version, for signatures."""

    def encode(self, sentences: Sequence[str]) -> Bytes:
        """One vector a sentence (sentence × dimension), each scaled to the range -127 to 127."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """The vectors of one side."""

    bytes: Bytes
    """As the encoder gave them (sentence × dimension)."""
    scales: Singles
    """What makes a vector as long as its sentence."""
    norms: tuple[Singles, ...]
    """``norms[a - 1][i]``: the length of the summed vectors of the `a` sentences from i on."""
    towards: Floats
    """The products with the mean direction of the other side, summed over the first i sentences."""

    def rows(self, first: int, last: int) -> Singles:
        """The vectors of some sentences, each as long as its sentence."""
        return self.bytes[first:last].astype(np.float32) * self.scales[first:last, None]


@dataclass(frozen=True, slots=True)
class Meanings:
    """The vectors of both sides, and which sentences are neighbours."""

    encoder: str
    """The name of the encoder that made them."""
    source: Vectors
    target: Vectors
    neighbours: tuple[tuple[int, int], ...]
    """Pairs (source, target) that are each other's nearest by far."""
    share: float
    """The share of the characters, of the side that has more of them there, that neighbours hold."""


@dataclass(frozen=True, slots=True)
class Products:
    """The products between a rectangle of sentences, summed so that those of any two runs can be read off."""

    meanings: Meanings
    s0: int
    t0: int
    sums: Floats
    """``sums[i, j]``: over the first i source and the first j target sentences from (s0, t0) on."""

    def closeness(self, a: int, b: int) -> Singles:
        """How close each run of `a` source sentences is to each run of `b` target sentences, by where they begin."""
        sums, source, target = self.sums, self.meanings.source, self.meanings.target
        rows, columns = sums.shape[0] - a, sums.shape[1] - b
        if rows <= 0 or columns <= 0:
            return np.zeros((max(rows, 0), max(columns, 0)), dtype=np.float32)
        product = sums[a:, b:] - sums[:-a, b:] - sums[a:, :-b] + sums[:-a, :-b]
        s_norm = source.norms[a - 1][self.s0 : self.s0 + rows]
        t_norm = target.norms[b - 1][self.t0 : self.t0 + columns]
        s_mean = (source.towards[self.s0 + a : self.s0 + a + rows] - source.towards[self.s0 : self.s0 + rows]) / s_norm
        t_mean = target.towards[self.t0 + b : self.t0 + b + columns] - target.towards[self.t0 : self.t0 + columns]
        apart = 1 - (s_mean[:, None] + (t_mean / t_norm)[None, :]) / 2
        cosine = product / (s_norm[:, None] * t_norm[None, :])
        close: Singles = np.clip(1 - (1 - cosine) / np.maximum(apart, 0.05), -1.0, 1.0).astype(np.float32)
        return close


def find_meanings(
    source: Sequence[str], target: Sequence[str], encoders: Sequence[Encoder], widest: int
) -> Meanings | None:
    """The vectors of both sides, for runs of up to `widest` sentences, by the first encoder that knows both languages.

    Where none knows them well, by the one that knows them best; None where none knows them at all.
    """
    best: Meanings | None = None
    for encoder in encoders if source and target else ():
        found = _meanings(source, target, encoder, widest)
        if best is None or found.share > best.share:
            best = found
        if best.share >= SURE_SHARE:
            break
    return best if best is not None and best.share >= LEAST_SHARE else None


def _meanings(source: Sequence[str], target: Sequence[str], encoder: Encoder, widest: int) -> Meanings:
    """What an encoder makes of two texts, whether it knows their languages or not."""
    sides = [_unit(_centred(encoder.encode(side))) for side in (source, target)]
    lengths = [np.array([len(sentence) for sentence in side], dtype=np.float32) for side in (source, target)]
    means = [_mean(*side) for side in sides]
    neighbours, share = _neighbours(sides, means, lengths)
    vectors = [
        _vectors(*side, other, length, widest)
        for side, other, length in zip(sides, reversed(means), lengths, strict=True)
    ]
    return Meanings(encoder.name, vectors[0], vectors[1], tuple(neighbours), share)


def products(meanings: Meanings, rows: tuple[int, int], columns: tuple[int, int]) -> Products:
    """The products between the source sentences `rows` and the target sentences `columns`."""
    each = meanings.source.rows(*rows) @ meanings.target.rows(*columns).T
    # Summed in double precision: differences of large sums are taken.
    sums = np.cumsum(np.cumsum(each, axis=0, dtype=np.float64), axis=1)
    return Products(meanings, rows[0], columns[0], np.pad(sums, ((1, 0), (1, 0))))


def _centred(found: Bytes) -> Bytes:
    """Vectors without what all of them have in common; less is taken out where there are few sentences."""
    _, scales = _unit(found)
    mean = (_mean(found, scales)).astype(np.float32)
    centred = np.empty_like(found)
    for first in range(0, len(found), 4096):
        block = slice(first, first + 4096)
        apart = found[block] * scales[block, None] - np.where(scales[block, None] > 0, mean, 0.0)
        largest = np.maximum(np.abs(apart).max(axis=1, keepdims=True), 1e-9)
        centred[block] = np.round(apart * (127 / largest)).astype(np.int8)
    return centred


def _unit(found: Bytes) -> tuple[Bytes, Singles]:
    """Vectors with what makes them as long as 1; an empty sentence has none."""
    squares = np.einsum("ij,ij->i", found, found, dtype=np.float32)
    return found, np.where(squares > 0, 1 / np.sqrt(np.maximum(squares, 1.0)), 0.0).astype(np.float32)


def _mean(found: Bytes, scales: Singles) -> Floats:
    """The mean direction of one side, drawn towards what is usual where there are few sentences."""
    total = np.zeros(found.shape[1])
    for first in range(0, len(found), 4096):
        block = slice(first, first + 4096)
        total += (found[block] * scales[block, None]).sum(axis=0, dtype=np.float64)
    return total / (len(found) + USUAL_WEIGHT)


def _vectors(found: Bytes, scales: Singles, other: Floats, lengths: Singles, widest: int) -> Vectors:
    """One side, ready to be summed."""
    # By at least one, since an empty line is as long as nothing, and nothing has no direction.
    scales = scales * np.maximum(lengths, 1.0)
    norms: list[Singles] = []
    for size in range(1, widest + 1):
        parts = [np.zeros(0, dtype=np.float32)]
        for first in range(0, len(found) - size + 1, 4096):
            last = min(first + 4096, len(found) - size + 1)
            run = np.zeros((last - first, found.shape[1]), dtype=np.float32)
            for step in range(size):
                run += found[first + step : last + step] * scales[first + step : last + step, None]
            parts.append(np.sqrt(np.einsum("ij,ij->i", run, run)))
        norms.append(np.maximum(np.concatenate(parts), 1e-6))
    # What is usual counts for every sentence alike, as long as the sentence is.
    usual = USUAL_COSINE * USUAL_WEIGHT / (len(found) + USUAL_WEIGHT)
    towards = (found @ other.astype(np.float32)) * scales + usual * norms[0]
    return Vectors(found, scales, tuple(norms), np.concatenate([[0.0], np.cumsum(towards, dtype=np.float64)]))


def _neighbours(
    sides: Sequence[tuple[Bytes, Singles]], means: Sequence[Floats], lengths: Sequence[Singles]
) -> tuple[list[tuple[int, int]], float]:
    """Pairs that are each other's nearest by far, and the share of the characters that they hold."""
    (s_bytes, s_scales), (t_bytes, t_scales) = sides
    every = -(-len(s_bytes) * len(t_bytes) // MOST_PRODUCTS)
    looked = np.arange(0, len(s_bytes), every)
    target = t_bytes * t_scales[:, None]
    t_mean = target @ means[0].astype(np.float32)
    nearest = np.zeros(len(looked), dtype=np.int64)
    first, second = np.zeros((2, len(looked)), dtype=np.float32)
    best = np.full((2, len(target)), -9.0, dtype=np.float32)
    holder = np.zeros(len(target), dtype=np.int64)
    step = max(AT_ONCE // len(target), 1)
    for at in range(0, len(looked), step):
        rows = looked[at : at + step]
        vectors = s_bytes[rows] * s_scales[rows, None]
        apart = 1 - ((vectors @ means[1].astype(np.float32))[:, None] + t_mean[None, :]) / 2
        close = 1 - (1 - vectors @ target.T) / np.maximum(apart, 0.05)
        here = slice(at, at + len(rows))
        nearest[here] = close.argmax(axis=1)
        first[here], second[here] = _two_largest(close, axis=1)
        holder = np.where(close.max(axis=0) > best[0], rows[close.argmax(axis=0)], holder)
        best = np.sort(np.concatenate([best, np.stack(_two_largest(close, axis=0))]), axis=0)[:-3:-1]
    lead = np.minimum(first - second, first - best[1][nearest])
    sure = (holder[nearest] == looked) & (lead > LEAST_LEAD)
    s_share = lengths[0][looked[sure]].sum() / max(float(lengths[0][looked].sum()), 1.0)
    # Of the other side only so many sentences can have been found as were looked at.
    t_share = lengths[1][nearest[sure]].sum() / max(float(lengths[1].sum()) / every, 1.0)
    pairs = zip(looked[sure].tolist(), nearest[sure].tolist(), strict=True)
    return list(pairs), float(max(s_share, t_share))


def _two_largest(values: NDArray[Any], axis: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """The largest and the second largest number of each row or column; where there is one, the second is far below."""
    if values.shape[axis] < 2:
        largest = values.max(axis=axis)
        return largest, np.full_like(largest, -9.0)
    kept = np.partition(values, -2, axis=axis)
    return kept.take(-1, axis=axis), kept.take(-2, axis=axis)
