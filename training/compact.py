"""Weights in 8 bits for the journey from the training machine, without loss for what is shipped.

Every row of a matrix is scaled so that its largest weight becomes ±127, and rounded: exactly what CTranslate2 does when
it makes an int8 model, so converting the restored weights gives the same model. Start reading at `shrink`.
"""

from __future__ import annotations

import torch
from torch import Tensor

LARGEST = 127
SCALES = ".scales"
Weights = dict[str, Tensor]


def shrink(weights: Weights) -> Weights:
    """Give matrices as 8-bit rows with a scale each; vectors stay as they are."""
    small: Weights = {}
    for name, weight in weights.items():
        if weight.dim() < 2:
            small[name] = weight
            continue
        largest = weight.abs().amax(dim=1, keepdim=True)
        scales = torch.where(largest > 0, LARGEST / largest, torch.ones_like(largest))
        small[name], small[name + SCALES] = (weight * scales).round().to(torch.int8), scales
    return small


def restore(small: Weights) -> Weights:
    """Undo `shrink`, but for the rounding; weights that were never shrunk pass unchanged."""
    weights = {name: weight for name, weight in small.items() if not name.endswith(SCALES)}
    return {
        name: weight.float() / small[name + SCALES] if name + SCALES in small else weight.float()
        for name, weight in weights.items()
    }
