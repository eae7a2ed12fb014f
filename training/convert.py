"""From our weights to a CTranslate2 model: the same numbers under other names.

Start reading at `specification`; CTranslate2's `specs` say what every name means.
"""

from __future__ import annotations

import logging
import shutil
from pathlib import Path
from typing import Any

from training.config import Config, Model
from training.snapshots import list_snapshots
from training.vocabulary import VOCABULARY, count_pieces, load_vocabulary

log = logging.getLogger(__name__)
END, UNKNOWN_PIECE = "</s>", "<unk>"
Weights = dict[str, Any]


def convert(config: Config, *, work: Path, snapshots: Path, last: int = 1, quantization: str | None = "int8") -> Path:
    """Write ``work/model`` (a CTranslate2 model) from the mean of the last snapshots in a folder of `training.loop`.

    `quantization` is CTranslate2's: ``int8``, ``float16`` or None for the weights as they are.
    """
    from training.average import mean
    from training.transformer import LONGEST, NORM_EPSILON, positions

    weights = {name: weight.numpy() for name, weight in mean(list_snapshots(snapshots)[-last:]).items()}
    weights["positions"] = positions(LONGEST, config.model.width).numpy()
    vocabulary = load_vocabulary(work / VOCABULARY)
    pieces = [vocabulary.id_to_piece(number) for number in range(vocabulary.get_piece_size())]
    spec = specification(weights, config.model, pieces, pieces[: count_pieces(work)[1]], epsilon=NORM_EPSILON)
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


def specification(weights: Weights, size: Model, sources: list[str], targets: list[str], *, epsilon: float) -> Any:
    """Build the model's specification from its weights, its positions and both vocabularies."""
    from ctranslate2.specs import common_spec, transformer_spec

    layers, activation = (size.encoder_layers, size.decoder_layers), common_spec.Activation.RELU
    spec = transformer_spec.TransformerSpec.from_config(layers, size.heads, pre_norm=False, activation=activation)
    encoder, decoder = spec.encoder, spec.decoder
    encoder.embeddings[0].weight = weights["source.weight"]
    decoder.embeddings.weight = decoder.projection.weight = weights["target.weight"]
    decoder.projection.bias, decoder.start_from_zero_embedding = weights["bias"], True
    encoder.position_encodings.encodings = decoder.position_encodings.encodings = weights["positions"]
    for number, layer in enumerate(encoder.layer):
        _part(layer.self_attention, layer.self_attention.linear, weights, f"encoder.{number}.attention", SELF)
        _part(layer.ffn, (layer.ffn.linear_0, layer.ffn.linear_1), weights, f"encoder.{number}.feed_forward", FORWARD)
    for number, layer in enumerate(decoder.layer):
        _part(layer.self_attention, layer.self_attention.linear, weights, f"decoder.{number}.attention", SELF)
        _part(layer.attention, layer.attention.linear, weights, f"decoder.{number}.cross", CROSS)
        _part(layer.ffn, (layer.ffn.linear_0, layer.ffn.linear_1), weights, f"decoder.{number}.feed_forward", FORWARD)
    spec.register_source_vocabulary(sources)
    spec.register_target_vocabulary(targets)
    settings = spec.config
    settings.bos_token = settings.eos_token = settings.decoder_start_token = END
    settings.unk_token, settings.add_source_eos, settings.add_source_bos = UNKNOWN_PIECE, True, False
    settings.layer_norm_epsilon = epsilon
    return spec


SELF, CROSS, FORWARD = ("inputs", "output"), ("query", "memory", "output"), ("inner", "output")
"""Our names of a part's linear layers, in CTranslate2's order."""


def _part(spec: Any, linears: Any, weights: Weights, name: str, parts: tuple[str, ...]) -> None:
    """Name the weights of a part's norm and linear layers."""
    spec.layer_norm.gamma, spec.layer_norm.beta = weights[f"{name}.norm.weight"], weights[f"{name}.norm.bias"]
    for linear, part in zip(linears, parts, strict=True):
        linear.weight, linear.bias = weights[f"{name}.{part}.weight"], weights[f"{name}.{part}.bias"]
