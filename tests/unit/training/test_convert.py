"""CTranslate2 computes what the trained transformer computes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from training.config import Model

torch = pytest.importorskip("torch", reason="training needs PyTorch (the extra training)")

from training.compact import restore, shrink  # noqa: E402
from training.convert import specification  # noqa: E402
from training.transformer import NORM_EPSILON, Transformer  # noqa: E402

PIECES = ["</s>", "<unk>", *(f"p{number}" for number in range(30))]
SIZE = Model(width=32, heads=2, feed_forward=48, encoder_layers=3, decoder_layers=2, dropout=0.1)


def log_probabilities(model: Transformer, source: list[int], target: list[int]) -> list[float]:
    """Score a target by the PyTorch model, piece by piece and the end mark."""
    pieces = torch.tensor([[*target, 0]])
    with torch.no_grad():
        states = model(torch.tensor([[*source, 0]]), torch.tensor([len(source) + 1]), pieces)
        logs = torch.log_softmax(states @ model.embedding.weight.T, dim=-1)[0]
    return [float(logs[place, piece]) for place, piece in enumerate(pieces[0].tolist())]


def test_scores_agree(tmp_path: Path) -> None:
    ctranslate2 = pytest.importorskip("ctranslate2")
    torch.manual_seed(3)
    model = Transformer(SIZE, len(PIECES)).eval()
    with torch.no_grad():  # gains other than 1, so that a forgotten one would show
        for name, weight in model.named_parameters():
            if name.endswith("gain"):
                weight.uniform_(0.5, 1.5)
    weights = {name: weight.numpy() for name, weight in model.state_dict().items()}
    spec = specification(weights, SIZE, PIECES, epsilon=NORM_EPSILON)
    spec.validate()
    spec.save(str(tmp_path))
    translator = ctranslate2.Translator(str(tmp_path), device="cpu", compute_type="float32")
    random = np.random.default_rng(5)
    for length in (1, 2, 9, 40):
        source, target = (random.integers(2, len(PIECES), length).tolist() for _ in range(2))
        answer = translator.score_batch([[PIECES[i] for i in source]], [[PIECES[i] for i in target]])[0]
        assert answer.log_probs == pytest.approx(log_probabilities(model, source, target), abs=2e-4)


def test_padding_changes_nothing() -> None:
    model = Transformer(SIZE, len(PIECES)).eval()
    source, target = torch.tensor([[4, 5, 6, 0]]), torch.tensor([[7, 8, 0]])
    padded_source = torch.cat([source, torch.zeros(1, 4, dtype=torch.long)], dim=1)
    padded_target = torch.cat([target, torch.zeros(1, 5, dtype=torch.long)], dim=1)
    with torch.no_grad():
        plain = model(source, torch.tensor([4]), target)
        padded = model(padded_source, torch.tensor([4]), padded_target)
    assert torch.allclose(plain, padded[:, :3], atol=1e-5)


def test_compact_weights_make_the_same_int8_model(tmp_path: Path) -> None:
    pytest.importorskip("ctranslate2")
    torch.manual_seed(4)
    model = Transformer(SIZE, len(PIECES))
    model.embedding.weight.data[5] = 0  # a row without a largest weight
    weights = model.state_dict()
    made = []
    for number, each in enumerate((weights, restore(shrink(weights)))):
        spec = specification({n: w.numpy() for n, w in each.items()}, SIZE, PIECES, epsilon=NORM_EPSILON)
        spec.validate()
        spec.optimize(quantization="int8")
        folder = tmp_path / str(number)
        folder.mkdir()
        spec.save(str(folder))
        made.append((folder / "model.bin").read_bytes())
    differing = sum(one != other for one, other in zip(*made, strict=True))
    assert differing < len(made[0]) / 200  # scales differ in their last bit
