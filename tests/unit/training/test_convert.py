"""CTranslate2 computes what the trained transformer computes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from training.config import Model

torch = pytest.importorskip("torch", reason="training needs PyTorch (the extra training)")

from training.convert import specification  # noqa: E402
from training.transformer import NORM_EPSILON, Transformer, positions  # noqa: E402

PIECES = ["</s>", "<unk>", *(f"p{number}" for number in range(30))]
TARGETS = 20
"""The first pieces, which are the only ones that are written."""
SIZE = Model(width=32, heads=2, feed_forward=48, encoder_layers=3, decoder_layers=2)


def log_probabilities(model: Transformer, source: list[int], target: list[int]) -> list[float]:
    """Score a target by the PyTorch model, piece by piece and the end mark."""
    pieces = torch.tensor([[*target, 0]])
    with torch.no_grad():
        states = model(torch.tensor([[*source, 0]]), torch.tensor([len(source) + 1]), pieces)
        logs = torch.log_softmax(states @ model.target.weight.T + model.bias, dim=-1)[0]
    return [float(logs[place, piece]) for place, piece in enumerate(pieces[0].tolist())]


def test_scores_agree(tmp_path: Path) -> None:
    ctranslate2 = pytest.importorskip("ctranslate2")
    torch.manual_seed(3)
    model = Transformer(SIZE, len(PIECES), TARGETS).eval()
    with torch.no_grad():  # gains other than 1 and biases other than 0, so that a forgotten one would show
        for weight in model.parameters():
            if weight.dim() == 1:
                weight.add_(torch.rand_like(weight) - 0.5)
    weights = {name: weight.numpy() for name, weight in model.state_dict().items()}
    weights["positions"] = positions(64, SIZE.width).numpy()
    spec = specification(weights, SIZE, PIECES, PIECES[:TARGETS], epsilon=NORM_EPSILON)
    spec.validate()
    spec.save(str(tmp_path))
    translator = ctranslate2.Translator(str(tmp_path), device="cpu", compute_type="float32")
    random = np.random.default_rng(5)
    for length in (1, 2, 9, 40):
        source, target = (random.integers(2, size, length).tolist() for size in (len(PIECES), TARGETS))
        answer = translator.score_batch([[PIECES[i] for i in source]], [[PIECES[i] for i in target]])[0]
        assert answer.log_probs == pytest.approx(log_probabilities(model, source, target), abs=2e-4)


def test_padding_changes_nothing() -> None:
    model = Transformer(SIZE, len(PIECES), TARGETS).eval()
    source, target = torch.tensor([[4, 5, 6, 0]]), torch.tensor([[7, 8, 0]])
    padded_source = torch.cat([source, torch.zeros(1, 4, dtype=torch.long)], dim=1)
    padded_target = torch.cat([target, torch.zeros(1, 5, dtype=torch.long)], dim=1)
    with torch.no_grad():
        plain = model(source, torch.tensor([4]), target)
        padded = model(padded_source, torch.tensor([4]), padded_target)
    assert torch.allclose(plain, padded[:, :3], atol=1e-5)
