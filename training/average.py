"""Means of weights: steadier models than any single one.

`Running` is kept up during training: a mean in which the last tenth of the run counts most, however long the run is
(Karras et al. 2024, "Analyzing and Improving the Training Dynamics of Diffusion Models", section 3.1). `mean` is of
several files (Vaswani et al. 2017, section 6.1).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from aligner.errors import InputError

POWER = 10
"""The mean reaches back by about this fraction of the run: a tenth."""
EVERY = 10
"""Updates between two looks at the weights."""


class Running:
    """The running mean of a model's weights."""

    def __init__(self, model: nn.Module) -> None:
        self._model = model
        self.weights: dict[str, Tensor] = {}

    def look(self, step: int) -> None:
        """Let the mean follow, if it is time to."""
        share = min(1.0, POWER * EVERY / step)
        if share == 1 or step % EVERY == 0:
            for name, weight in self._model.state_dict().items():
                self.weights.setdefault(name, weight.clone()).lerp_(weight, share)


def mean(paths: Sequence[Path]) -> dict[str, torch.Tensor]:
    """Give the mean of the weights of several files, name by name."""
    if not paths:
        raise InputError("there are no snapshots of the weights", hint="run the step train first")
    total: dict[str, torch.Tensor] = {}
    for path in paths:
        for name, weight in torch.load(path, map_location="cpu", weights_only=True).items():
            total[name] = total[name] + weight.double() if name in total else weight.double()
    return {name: (weight / len(paths)).float() for name, weight in total.items()}
