"""The mean of the last snapshots: a steadier model than any one of them (Vaswani et al. 2017, section 6.1)."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

import torch

from aligner.errors import InputError
from training.checkpoint import snapshots, write
from training.compact import shrink

log = logging.getLogger(__name__)


def average(work: Path, *, last: int, compact: bool = False) -> Path:
    """Write the mean of the `last` snapshots of ``work/run`` to ``work/average.pt`` (in 8 bits when `compact`)."""
    paths = snapshots(work / "run")[-max(last, 1) :]
    if not paths:
        raise InputError("there are no snapshots", where=work / "run", hint="run the step train first")
    weights = mean(paths)
    if compact:
        weights = shrink(weights)
    target = work / "average.pt"
    write(target, weights)
    log.info("averaged %s", ", ".join(path.name for path in paths))
    return target


def mean(paths: Sequence[Path]) -> dict[str, torch.Tensor]:
    """Give the mean of the weights of several files, name by name."""
    total: dict[str, torch.Tensor] = {}
    for path in paths:
        for name, weight in torch.load(path, map_location="cpu", weights_only=True).items():
            total[name] = total[name] + weight.double() if name in total else weight.double()
    return {name: (weight / len(paths)).float() for name, weight in total.items()}
