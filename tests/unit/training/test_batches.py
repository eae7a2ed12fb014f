"""The order of batches is complete, reproducible, and can be taken up anywhere."""

from __future__ import annotations

from collections import Counter
from itertools import islice

import numpy as np
import pytest

from training.batches import Batch, Batches, Position
from training.config import Batching
from training.shards import Pairs, pack
from training.vocabulary import EOS

OPTIONS = Batching(tokens=400, window=60, concatenate=0.3)
MAX_PIECES = 50


def pairs(count: int = 300) -> Pairs:
    """Make pairs that can be recognised: every piece of pair n is n + 2."""
    random = np.random.default_rng(7)
    lengths = random.integers(1, 20, (count, 2))
    rows = [(n % 2, [n + 2] * int(source), [n + 2] * int(target)) for n, (source, target) in enumerate(lengths)]
    return pack(rows, ["even", "odd"])


def batches(options: Batching = OPTIONS, *, seed: int = 1, **weights: float) -> Batches:
    return Batches(pairs(), options, weights=weights, max_pieces=MAX_PIECES, seed=seed)


def epoch(stream: Batches, number: int = 0) -> list[Batch]:
    """Collect the batches of one epoch."""
    found = []
    for batch, after in stream.stream(Position(number)):
        if after.epoch != number:
            return found
        found.append(batch)
    raise AssertionError("the stream ended")


def seen(found: list[Batch]) -> Counter[int]:
    """Count how often each pair was seen, from the targets."""
    counts: Counter[int] = Counter()
    for batch in found:
        for row, length in zip(batch.target, batch.target_lengths, strict=True):
            counts.update(set((row[: length - 1] - 2).tolist()))
            assert (row[length - 1 :] == EOS).all()
    return counts


def same(one: Batch, other: Batch) -> bool:
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in ("source", "target"))


def test_every_pair_once_in_an_epoch() -> None:
    assert seen(epoch(batches())) == Counter(range(300))


def test_sides_belong_together() -> None:
    for batch in epoch(batches()):
        for source, target in zip(batch.source, batch.target, strict=True):
            assert list(dict.fromkeys(source.tolist())) == list(dict.fromkeys(target.tolist()))


def test_lengths_hold_the_end_mark() -> None:
    data = pairs()
    (batch, _) = next(Batches(data, Batching(tokens=400), weights={}, max_pieces=50, seed=1).stream())
    row = int(batch.source[0, 0]) - 2
    assert batch.source_lengths[0] == data.source_lengths[row] + 1
    assert batch.target_lengths[0] == data.target_lengths[row] + 1
    assert batch.tokens == batch.target_lengths.sum()


def test_size_limits() -> None:
    found = epoch(batches())
    for batch in found:
        assert max(batch.source.shape[1], batch.target.shape[1]) % 4 == 0
        assert max(batch.source.size, batch.target.size) <= OPTIONS.tokens
    longest = max(int(batch.target_lengths.max()) for batch in found)
    assert 20 < longest <= MAX_PIECES


def test_joined_pairs_come_from_one_source() -> None:
    joined = 0
    for batch in epoch(batches()):
        for row, length in zip(batch.target, batch.target_lengths, strict=True):
            together = set((row[: length - 1] - 2).tolist())
            joined += len(together) > 1
            assert len({number % 2 for number in together}) == 1
            assert len(together) <= 4
    assert joined > 10


def test_without_joining_no_example_is_long() -> None:
    found = epoch(batches(Batching(tokens=400, window=60)))
    assert max(int(batch.target_lengths.max()) for batch in found) <= 20


@pytest.mark.parametrize("cut", [0, 1, 5, 17, 40])
def test_going_on_gives_the_same_batches(cut: int) -> None:
    whole = list(islice(batches().stream(), 60))
    position = whole[cut - 1][1] if cut else Position()
    rest = list(islice(batches().stream(position), 60 - cut))
    assert [after for _, after in rest] == [after for _, after in whole[cut:]]
    assert all(same(one, other) for (one, _), (other, _) in zip(whole[cut:], rest, strict=True))


def test_epochs_and_seeds_differ() -> None:
    first, second, other = epoch(batches())[0], epoch(batches(), 1)[0], epoch(batches(seed=2))[0]
    assert not same(first, second)
    assert not same(first, other)


def test_weights_repeat_and_leave_out() -> None:
    counts = seen(epoch(batches(Batching(tokens=400, window=60), even=2, odd=0)))
    assert set(counts) == set(range(0, 300, 2))
    whole = epoch(batches(Batching(tokens=400, window=60), even=2, odd=0))
    assert sum(len(batch.target) for batch in whole) == 300


def test_a_fraction_is_a_chance() -> None:
    stream = batches(Batching(tokens=400, window=60), default=0.5)
    sizes = [len(stream.order(number)) for number in range(20)]
    assert 130 < np.mean(sizes) < 170
    assert len(set(sizes)) > 1
