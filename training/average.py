"""The mean of several snapshots: a steadier model than any one of them (Vaswani et al. 2017, section 6.1)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch

from aligner.errors import InputError


def mean(paths: Sequence[Path]) -> dict[str, torch.Tensor]:
    """Give the mean of the weights of several files, name by name."""
    if not paths:
        raise InputError("there are no snapshots of the weights", hint="run the step train first")
    total: dict[str, torch.Tensor] = {}
    for path in paths:
        for name, weight in torch.load(path, map_location="cpu", weights_only=True).items():
            total[name] = total[name] + weight.double() if name in total else weight.double()
    return {name: (weight / len(paths)).float() for name, weight in total.items()}
