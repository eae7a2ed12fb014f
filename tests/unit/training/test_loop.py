"""Training stops and goes on as if it had not stopped; the loss is the textbook's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from shutil import which

import numpy as np
import pytest

from training.config import Batching, Config, Data, Model, Training
from training.shards import write_shards

torch = pytest.importorskip("torch", reason="training needs PyTorch (the extra training)")

from training.attention import attend  # noqa: E402
from training.average import average, mean  # noqa: E402
from training.checkpoint import snapshots  # noqa: E402
from training.feed import to_tensors  # noqa: E402
from training.loop import Learner, open_batches, train  # noqa: E402
from training.loss import smoothed_cross_entropy  # noqa: E402
from training.schedule import Cooldown, learning_rate  # noqa: E402
from training.vocabulary import load_vocabulary, train_vocabulary  # noqa: E402

NEEDS_COMPILER = pytest.mark.skipif(not (which("g++") or which("clang++")), reason="torch.compile needs a C++ compiler")
SYLLABLES = ("ba", "ce", "di", "fo", "gu", "la", "me", "ni", "ro", "su")
SENTENCES = [f"{a}{b}{c} {c}{a} {b}{b}{a}{c}" for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES]
CONFIG = Config(
    "test",
    data=Data(max_pieces=40),
    batch=Batching(tokens=256, window=100, concatenate=0.2),
    model=Model(width=16, heads=2, feed_forward=24, encoder_layers=1, decoder_layers=1, dropout=0.1),
    train=Training(steps=24, rate=1e-2, warmup=4, cooldown=0.5, save_minutes=60, keep=3),
)


def rows() -> Iterator[tuple[int, list[int], list[int]]]:
    random = np.random.default_rng(1)
    for _ in range(400):
        source = random.integers(2, 200, random.integers(2, 15)).tolist()
        yield 0, source, source[::-1]


@pytest.fixture
def work(tmp_path: Path) -> Path:
    train_vocabulary(SENTENCES, tmp_path / "vocabulary.model", size=560)
    write_shards(rows(), tmp_path / "shards", names=["copy"], mebibytes=1)
    return tmp_path


@pytest.mark.parametrize("optimizer", ["adamw", "muon"])
def test_stopping_changes_nothing(work: Path, tmp_path: Path, optimizer: str) -> None:
    config = replace(CONFIG, train=replace(CONFIG.train, optimizer=optimizer))
    whole = train(config, work=work)
    weights = mean(snapshots(work / "run")[-1:])
    (work / "run").rename(work / "whole")
    first = train(config, work=work, stop_after=0)
    assert first.step == 1
    while (state := train(config, work=work, stop_after=0.001)).step < 24:
        pass
    assert replace(state, elapsed=0) == replace(whole, elapsed=0)
    again = mean(snapshots(work / "run")[-1:])
    assert all(torch.equal(weights[name], again[name]) for name in weights)
    assert train(config, work=work).step == 24
    assert len(snapshots(work / "run")) == 3


def test_average_is_the_mean(work: Path) -> None:
    train(CONFIG, work=work, stop_after=0)
    train(CONFIG, work=work, stop_after=0)
    one, two = (torch.load(path, weights_only=True) for path in snapshots(work / "run"))
    both = torch.load(average(work, last=2), weights_only=True)
    for name, weight in both.items():
        assert torch.allclose(weight, (one[name] + two[name]) / 2, atol=1e-7)


@pytest.mark.filterwarnings("default")  # the compiler's own
@pytest.mark.parametrize("fuse", [False, pytest.param(True, marks=NEEDS_COMPILER)])
@pytest.mark.parametrize("positions", [5, 512 + 7])
def test_loss_and_gradient_are_the_textbook_ones(positions: int, fuse: bool) -> None:
    torch.manual_seed(1)
    states = torch.randn(positions, 6, requires_grad=True)
    weight = torch.randn(11, 6, requires_grad=True)
    targets = torch.randint(11, (positions,))
    loss, plain = smoothed_cross_entropy(states, weight, targets, smoothing=0.1, precision=torch.float32, fuse=fuse)
    loss.backward()
    gradients = states.grad.clone(), weight.grad.clone()
    states.grad = weight.grad = None
    expected = torch.nn.functional.cross_entropy(states @ weight.T, targets, label_smoothing=0.1)
    expected.backward()
    assert torch.allclose(loss, expected, atol=1e-5)
    assert torch.allclose(plain, torch.nn.functional.cross_entropy(states @ weight.T, targets), atol=1e-5)
    for ours, theirs in zip(gradients, (states.grad, weight.grad), strict=True):
        assert torch.allclose(ours, theirs, atol=1e-5)


@pytest.mark.parametrize("masked", [False, True])
def test_attention_is_the_library_s(masked: bool) -> None:
    torch.manual_seed(1)
    query, key, value = torch.randn(3, 2, 4, 7, 8)
    mask = torch.arange(7) < torch.tensor([7, 3])[:, None, None, None] if masked else None
    expected = torch.nn.functional.scaled_dot_product_attention(query, key, value, attn_mask=mask, is_causal=not masked)
    assert torch.allclose(attend(query, key, value, mask), expected, atol=1e-6)


def test_two_processes_learn_as_one(work: Path) -> None:
    config = replace(CONFIG, model=replace(CONFIG.model, dropout=0.0), train=replace(CONFIG.train, steps=6))
    whole = train(config, work=work, processes=2)
    weights = torch.load(snapshots(work / "run")[-1], weights_only=True)
    expected = two_at_once(config, work)
    assert all(torch.allclose(weights[name], expected[name], atol=1e-4) for name in weights)
    (work / "run").rename(work / "whole")
    assert train(config, work=work, processes=2, stop_after=0).step == 1
    state = train(config, work=work, processes=2)
    assert replace(state, elapsed=0) == replace(whole, elapsed=0)
    again = torch.load(snapshots(work / "run")[-1], weights_only=True)
    assert all(torch.equal(weights[name], again[name]) for name in weights)


def two_at_once(config: Config, work: Path) -> dict[str, torch.Tensor]:
    """Train in one process on two batches an update, their gradients averaged."""
    learner = Learner(config, load_vocabulary(work / "vocabulary.model").get_piece_size())
    batches, cooldown = open_batches(config, work).stream(), Cooldown(3, 6)
    for step in range(1, config.train.steps + 1):
        for batch, after in islice(batches, 2):
            learner.backward(to_tensors(batch, after))
        for weight in learner.model.parameters():
            weight.grad /= 2
        learner.step(learning_rate(step, config.train, cooldown if step > cooldown.start else None))
    return learner.model.state_dict()
