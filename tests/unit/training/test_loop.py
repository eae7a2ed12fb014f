"""Training stops and goes on as if it had not stopped; the loss is the textbook's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from aligner.errors import InputError
from tests.unit.training.conftest import make_vocabulary
from training.config import Batching, Config, Data, Model, Training
from training.shards import write_shards
from training.snapshots import list_snapshots

torch = pytest.importorskip("torch", reason="training needs PyTorch (the extra training)")

from training.attention import attend  # noqa: E402
from training.average import mean  # noqa: E402
from training.feed import to_tensors  # noqa: E402
from training.loop import Learner, cool, is_new, open_batches, train  # noqa: E402
from training.loss import choose_candidates, smoothed_cross_entropy  # noqa: E402
from training.optimizer import orthogonal  # noqa: E402
from training.schedule import Cooldown, learning_rate  # noqa: E402
from training.vocabulary import TARGETS, VOCABULARY, count_pieces  # noqa: E402

CONFIG = Config(
    "test",
    data=Data(max_pieces=40),
    batch=Batching(tokens=256, window=100, concatenate=0.2),
    model=Model(width=16, heads=2, feed_forward=24, encoder_layers=1, decoder_layers=1),
    train=Training(pieces=0.003, rate=1e-2, warmup=2, new_first=4, cooldown=0.5, save_minutes=60, keep=3, frequent=20),
)


def rows() -> Iterator[tuple[int, list[int], list[int]]]:
    random = np.random.default_rng(1)
    for _ in range(400):
        source = random.integers(2, 140, random.integers(2, 15)).tolist()
        yield 0, source, source[::-1]


@pytest.fixture
def work(tmp_path: Path) -> Path:
    pieces = make_vocabulary(tmp_path / VOCABULARY)
    (tmp_path / TARGETS).write_text(f"{pieces - 5}\n")
    write_shards(rows(), tmp_path / "shards", names=["copy"], mebibytes=1)
    return tmp_path


def last_weights(folder: Path) -> dict[str, torch.Tensor]:
    return mean(list_snapshots(folder)[-1:])


def test_stopping_changes_nothing(work: Path) -> None:
    whole = train(CONFIG, work=work)
    weights = last_weights(work / "run")
    (work / "run").rename(work / "whole")
    assert train(CONFIG, work=work, stop_after=0).step == 1
    while (state := train(CONFIG, work=work, stop_after=0.001)).tokens < 3000:
        pass
    assert replace(state, elapsed=0) == replace(whole, elapsed=0)
    again = last_weights(work / "run")
    assert all(torch.equal(weights[name], again[name]) for name in weights)
    assert train(CONFIG, work=work).step == whole.step > 10
    assert len(list_snapshots(work / "run")) == 3


def test_a_cooldown_leaves_the_run_alone(work: Path) -> None:
    before = train(CONFIG, work=work)
    assert cool(CONFIG, work=work, stop_after=0).step == before.step + 1
    state = cool(CONFIG, work=work)
    assert state.cooldown == Cooldown(before.step, round(1.5 * before.step))
    assert state.step == state.cooldown.end
    assert cool(CONFIG, work=work).elapsed == state.elapsed  # nothing is done again
    more = replace(CONFIG, train=replace(CONFIG.train, pieces=0.0035))
    after = train(more, work=work)
    assert before.tokens < after.tokens < state.tokens
    again = cool(more, work=work)
    assert again.cooldown is not None
    assert again.cooldown.start == after.step


def test_a_cooldown_needs_a_run(work: Path) -> None:
    with pytest.raises(InputError, match="there is no checkpoint"):
        cool(CONFIG, work=work)


def test_what_the_parent_knows_waits(work: Path) -> None:
    learner = Learner(CONFIG, count_pieces(work))
    before = {name: weight.clone() for name, weight in learner.model.state_dict().items()}
    stream = open_batches(CONFIG, work).stream()
    for step, (batch, after) in enumerate(islice(stream, 5), 1):
        learner.update(to_tensors(batch, after), step, 1e-2)
        changed = {name for name, weight in learner.model.state_dict().items() if not torch.equal(weight, before[name])}
        if step <= CONFIG.train.new_first:
            assert changed == {name for name in before if is_new(name)}
    assert changed == set(before)


def test_average_is_the_mean(work: Path) -> None:
    train(CONFIG, work=work, stop_after=0)
    train(CONFIG, work=work, stop_after=0)
    one, two = (torch.load(path, weights_only=True) for path in list_snapshots(work / "run"))
    for name, weight in mean(list_snapshots(work / "run")).items():
        assert torch.allclose(weight, (one[name] + two[name]) / 2, atol=1e-7)


@pytest.mark.parametrize("positions", [5, 512 + 7])
def test_loss_and_gradient_are_the_textbook_ones(positions: int) -> None:
    torch.manual_seed(1)
    states, weight, bias = (torch.randn(*shape, requires_grad=True) for shape in ((positions, 6), (11, 6), (11,)))
    targets = torch.randint(11, (positions,))
    loss, plain = smoothed_cross_entropy(states, weight, bias, targets, smoothing=0.1, precision=torch.float32)
    ours = torch.autograd.grad(loss, (states, weight, bias))
    logits = states @ weight.T + bias
    expected = torch.nn.functional.cross_entropy(logits, targets, label_smoothing=0.1)
    theirs = torch.autograd.grad(expected, (states, weight, bias), retain_graph=True)
    assert torch.allclose(loss, expected, atol=1e-5)
    assert torch.allclose(plain, torch.nn.functional.cross_entropy(logits, targets), atol=1e-5)
    for one, other in zip(ours, theirs, strict=True):
        assert torch.allclose(one, other, atol=1e-5)


def test_a_sample_of_the_pieces_is_right_on_the_average() -> None:
    torch.manual_seed(1)
    states, weight, bias = torch.randn(30, 6), torch.randn(200, 6) / 3, torch.randn(200)
    targets, options = torch.randint(200, (30,)), Training(frequent=20, share=0.25)
    losses = []
    for _ in range(200):
        pieces, handicap, right = choose_candidates(targets, 200, options)
        assert torch.equal(pieces[right], targets)
        assert set(range(20)) | set(targets.tolist()) <= set(pieces.tolist())
        sampled = torch.nn.functional.cross_entropy(states @ weight[pieces].T + bias[pieces] + handicap, right)
        losses.append(float(sampled))
    expected = float(torch.nn.functional.cross_entropy(states @ weight.T + bias, targets))
    assert np.mean(losses) == pytest.approx(expected, abs=0.05)
    assert len(pieces) < 100


@pytest.mark.parametrize("shape", [(8, 24), (24, 8)])
def test_muon_makes_matrices_nearly_orthogonal(shape: tuple[int, int]) -> None:
    torch.manual_seed(1)
    values = torch.linalg.svdvals(orthogonal(torch.randn(shape)).float())
    assert 0.6 < float(values.min()) <= float(values.max()) < 1.3


@pytest.mark.parametrize("masked", [False, True])
def test_attention_is_the_library_s(masked: bool) -> None:
    torch.manual_seed(1)
    query, key, value = torch.randn(3, 2, 4, 7, 8)
    mask = torch.arange(7) < torch.tensor([7, 3])[:, None, None, None] if masked else None
    expected = torch.nn.functional.scaled_dot_product_attention(query, key, value, attn_mask=mask, is_causal=not masked)
    assert torch.allclose(attend(query, key, value, mask), expected, atol=1e-6)


def test_two_processes_learn_as_one(work: Path) -> None:
    config = replace(CONFIG, train=replace(CONFIG.train, pieces=0.0025))
    whole = train(config, work=work, processes=2)
    weights = last_weights(work / "run")
    expected = two_at_once(config, work, whole.step)
    assert all(torch.allclose(weights[name], expected[name], atol=1e-3) for name in weights)
    (work / "run").rename(work / "whole")
    assert train(config, work=work, processes=2, stop_after=0).step == 1
    state = train(config, work=work, processes=2)
    assert replace(state, elapsed=0) == replace(whole, elapsed=0)
    again = last_weights(work / "run")
    assert all(torch.equal(weights[name], again[name]) for name in weights)


def two_at_once(config: Config, work: Path, steps: int) -> dict[str, torch.Tensor]:
    """Train in one process on two batches an update, their gradients averaged."""
    learner = Learner(config, count_pieces(work))
    batches = open_batches(config, work).stream()
    for step in range(1, steps + 1):
        for share, (batch, after) in enumerate(islice(batches, 2)):
            torch.manual_seed(step * 2 + share)
            learner.backward(to_tensors(batch, after))
        for weight in learner.model.parameters():
            weight.grad /= 2
        learner.step(step, learning_rate(step, config.train, None))
    return learner.running.weights
