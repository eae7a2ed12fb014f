"""The order in which a model sees its pairs: a pure function of the data, the options, the seed and the position.

An epoch visits every pair as often as its source's weight says, in random order. The order is cut into windows; inside
a window some pairs are joined to long examples (Kondo et al. 2021, "Sentence concatenation approach to data
augmentation for neural machine translation"), the examples are sorted by length and cut into batches of about equal
padded size, and the batches come in random order. Every choice is drawn from the seed, the epoch and the window, so
that training can go on from any `Position` as if it had never stopped. NumPy only. Start reading at `Batches.stream`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray

from training.config import Batching
from training.shards import Pairs
from training.vocabulary import EOS

Example = tuple[int, ...]
"""Rows that are read as one sentence; nearly always a single one."""
MOST_JOINED = 4
MULTIPLE = 4
"""Lengths are padded to a multiple of this: there are fewer shapes."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where training stands in the data: the next batch."""

    epoch: int = 0
    window: int = 0
    batch: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded examples; padding is the end mark."""

    source: NDArray[np.int64]
    """Pieces and an end mark: examples × longest source."""
    source_lengths: NDArray[np.int64]
    target: NDArray[np.int64]
    """Pieces and an end mark: examples × longest target."""
    target_lengths: NDArray[np.int64]
    """Lengths with the end mark."""

    @property
    def tokens(self) -> int:
        """How many target pieces are learnt from."""
        return int(self.target_lengths.sum())


class Batches:
    """The endless, reproducible stream of batches over encoded pairs."""

    def __init__(
        self, pairs: Pairs, options: Batching, *, weights: Mapping[str, float], max_pieces: int, seed: int
    ) -> None:
        self._pairs, self._options, self._max_pieces, self._seed = pairs, options, max_pieces, seed
        by_corpus = [weights.get(name, weights.get("default", 1.0)) for name in pairs.names]
        self._weights = np.array(by_corpus, np.float64)[pairs.corpora]
        self._longer = np.maximum(pairs.source_lengths, pairs.target_lengths).astype(np.int64) + 1

    def stream(
        self, position: Position = Position(), *, share: int = 0, of: int = 1
    ) -> Iterator[tuple[Batch, Position]]:
        """Yield batches from `position` on, each with the position of the one that follows it.

        Of every `of` batches only number `share` is given, with the position after all of them: several learners that
        stand at the same position then see different batches of the same stream.
        """
        walk = self._walk(position)
        while True:
            together = list(islice(walk, of))
            yield self.build(together[share][0]), together[-1][1]

    def _walk(self, position: Position) -> Iterator[tuple[list[Example], Position]]:
        """Yield every batch's examples, with the position of the batch that follows."""
        epoch, window, skip = position.epoch, position.window, position.batch
        while True:
            order = self.order(epoch)
            windows = -(-len(order) // self._options.window)
            for number in range(window, windows):
                batches = self.window(order, epoch, number)
                for index in range(skip, len(batches)):
                    yield batches[index], Position(epoch, number, index + 1)
                skip = 0
            epoch, window = epoch + 1, 0

    def order(self, epoch: int) -> NDArray[np.int64]:
        """Give the rows of an epoch in order, each as often as its weight says (a fraction by chance)."""
        random = np.random.default_rng([self._seed, epoch])
        copies = np.floor(self._weights + random.random(len(self._weights))).astype(np.int64)
        order: NDArray[np.int64] = random.permutation(np.repeat(np.arange(len(copies)), copies))
        return order

    def window(self, order: NDArray[np.int64], epoch: int, number: int) -> list[list[Example]]:
        """Join, sort and cut one window's rows to batches, in the order in which they come."""
        random = np.random.default_rng([self._seed, epoch, number + 1])
        size = self._options.window
        rows = order[number * size : (number + 1) * size]
        examples = self._join(rows, random)
        longer, target = (
            np.array([int(lengths[list(example)].sum()) for example in examples])
            for lengths in (self._longer, self._pairs.target_lengths)
        )
        noise = random.random(len(examples))
        batches = self._cut([examples[i] for i in np.lexsort((noise, target, -(-longer // MULTIPLE)))])
        return [batches[i] for i in random.permutation(len(batches))]

    def _join(self, rows: NDArray[np.int64], random: np.random.Generator) -> list[Example]:
        """Join a share of the rows, two to four of one source, as far as the longest example allows."""
        chosen = random.random(len(rows)) < self._options.concatenate
        joined: list[Example] = [(int(row),) for row in rows[~chosen]]
        candidates = rows[chosen]
        current: list[int] = []
        most, length = 2, 0
        for row in candidates[np.argsort(self._pairs.corpora[candidates], kind="stable")]:
            added = int(self._longer[row])
            alike = not current or self._pairs.corpora[row] == self._pairs.corpora[current[0]]
            if current and (len(current) >= most or length + added > self._max_pieces or not alike):
                joined.append(tuple(current))
                current, length, most = [], 0, int(random.integers(2, MOST_JOINED + 1))
            current.append(int(row))
            length += added
        return [*joined, tuple(current)] if current else joined

    def _cut(self, examples: Sequence[Example]) -> list[list[Example]]:
        """Cut examples, sorted by length, into batches of at most the padded size."""
        batches: list[list[Example]] = []
        current: list[Example] = []
        widest = 0
        for example in examples:
            length = _rounded(int(self._longer[list(example)].sum()))
            if current and max(widest, length) * (len(current) + 1) > self._options.tokens:
                batches.append(current)
                current, widest = [], 0
            current.append(example)
            widest = max(widest, length)
        if current:
            batches.append(current)
        return batches

    def build(self, examples: Sequence[Example]) -> Batch:
        """Lay examples out in padded arrays."""
        pairs = self._pairs
        source, source_lengths = self._pad(examples, pairs.starts, pairs.source_lengths)
        target_starts = pairs.starts + pairs.source_lengths
        target, target_lengths = self._pad(examples, target_starts, pairs.target_lengths)
        return Batch(source, source_lengths, target, target_lengths)

    def _pad(
        self, examples: Sequence[Example], starts: NDArray[np.int64], lengths: NDArray[np.uint16]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Gather one side's pieces, without a loop over the examples."""
        rows = np.fromiter(chain.from_iterable(examples), np.int64)
        owner = np.repeat(np.arange(len(examples)), [len(example) for example in examples])
        size = lengths[rows].astype(np.int64)
        before = np.cumsum(size) - size
        total = np.bincount(owner, size, len(examples)).astype(np.int64)
        width = _rounded(int(total.max()) + 1)
        first = before[np.searchsorted(owner, np.arange(len(examples)))]
        inside = np.arange(int(size.sum())) - np.repeat(before, size)
        padded = np.full((len(examples), width), EOS, np.int64)
        destination = np.repeat(owner * width + before - first[owner], size) + inside
        padded.reshape(-1)[destination] = self._pairs.pieces[np.repeat(starts[rows], size) + inside]
        return padded, total + 1


def _rounded(length: int) -> int:
    """Round a length up to the next multiple."""
    return -(-length // MULTIPLE) * MULTIPLE
