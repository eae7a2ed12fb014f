"""From our weights to a CTranslate2 model: the same numbers under other names.

Start reading at `specification`; CTranslate2's `specs` say what every name means.
"""

from __future__ import annotations

import logging
import shutil
from pathlib import Path
from typing import Any

from training.config import Config, Model
from training.vocabulary import load_vocabulary

log = logging.getLogger(__name__)
END, UNKNOWN_PIECE = "</s>", "<unk>"
Weights = dict[str, Any]


def convert(config: Config, *, work: Path, quantization: str | None = "int8") -> Path:
    """Write ``work/model`` (a CTranslate2 model) from ``work/average.pt`` and ``work/vocabulary.model``.

    `quantization` is CTranslate2's: ``int8``, ``float16`` or None for the weights as they are.
    """
    import torch

    from training.compact import restore
    from training.transformer import NORM_EPSILON

    loaded = torch.load(work / "average.pt", map_location="cpu", weights_only=True)
    weights = {name: weight.numpy() for name, weight in restore(loaded).items()}
    vocabulary = load_vocabulary(work / "vocabulary.model")
    pieces = [vocabulary.id_to_piece(number) for number in range(vocabulary.get_piece_size())]
    spec = specification(weights, config.model, pieces, epsilon=NORM_EPSILON)
    spec.validate()
    spec.optimize(quantization=quantization)
    target, temporary = work / "model", work / "model.tmp"
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True)
    spec.save(str(temporary))
    shutil.rmtree(target, ignore_errors=True)
    temporary.rename(target)
    log.info("converted: %s, %.1f MB", target, sum(path.stat().st_size for path in target.iterdir()) / 1e6)
    return target


def specification(weights: Weights, size: Model, pieces: list[str], *, epsilon: float) -> Any:
    """Build the model's specification."""
    from ctranslate2.specs import common_spec, transformer_spec

    shape = {
        "num_heads": size.heads,
        "activation": common_spec.Activation.SWISH,
        "ffn_glu": True,
        "rms_norm": True,
        "rotary_dim": size.width // size.heads,
        "rotary_interleave": False,
    }
    encoder = transformer_spec.TransformerEncoderSpec(size.encoder_layers, **shape)
    decoder = transformer_spec.TransformerDecoderSpec(size.decoder_layers, **shape)
    spec = transformer_spec.TransformerSpec(encoder, decoder)
    embedding = weights["embedding.weight"]
    encoder.embeddings[0].weight = decoder.embeddings.weight = decoder.projection.weight = embedding
    encoder.layer_norm.gamma = weights["encoder_norm.gain"]
    decoder.layer_norm.gamma = weights["decoder_norm.gain"]
    for number, layer in enumerate(encoder.layer):
        _self_attention(layer.self_attention, weights, f"encoder.{number}.attention")
        _feed_forward(layer.ffn, weights, f"encoder.{number}.feed_forward")
    for number, layer in enumerate(decoder.layer):
        _self_attention(layer.self_attention, weights, f"decoder.{number}.attention")
        _cross_attention(layer.attention, weights, f"decoder.{number}.cross")
        _feed_forward(layer.ffn, weights, f"decoder.{number}.feed_forward")
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    settings = spec.config
    settings.bos_token = settings.eos_token = settings.decoder_start_token = END
    settings.unk_token, settings.add_source_eos, settings.add_source_bos = UNKNOWN_PIECE, True, False
    settings.layer_norm_epsilon = epsilon
    return spec


def _self_attention(spec: Any, weights: Weights, name: str) -> None:
    """Name the weights of attention within a sentence."""
    spec.layer_norm.gamma = weights[f"{name}.norm.gain"]
    spec.linear[0].weight = weights[f"{name}.inputs.weight"]
    spec.linear[1].weight = weights[f"{name}.output.weight"]


def _cross_attention(spec: Any, weights: Weights, name: str) -> None:
    """Name the weights of attention to the source."""
    spec.layer_norm.gamma = weights[f"{name}.norm.gain"]
    spec.linear[0].weight = weights[f"{name}.query.weight"]
    spec.linear[1].weight = weights[f"{name}.memory.weight"]
    spec.linear[2].weight = weights[f"{name}.output.weight"]


def _feed_forward(spec: Any, weights: Weights, name: str) -> None:
    """Name the weights of a gated layer."""
    spec.layer_norm.gamma = weights[f"{name}.norm.gain"]
    spec.linear_0.weight = weights[f"{name}.gate.weight"]
    spec.linear_0_noact.weight = weights[f"{name}.up.weight"]
    spec.linear_1.weight = weights[f"{name}.output.weight"]
