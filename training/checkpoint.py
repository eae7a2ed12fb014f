"""What is needed to go on exactly where training stopped, written in one step.

``checkpoint.pt`` holds the weights, the optimiser, the position in the data and the clock;
beside it are snapshots of the weights alone, for use (`training.snapshots`). Start reading at `State`.
"""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import nn

from aligner.errors import InputError
from training.average import Running
from training.batches import Position
from training.optimizer import Optimizer
from training.schedule import Cooldown
from training.snapshots import list_snapshots, snapshot_path

CHECKPOINT = "checkpoint.pt"


@dataclass(frozen=True, slots=True)
class State:
    """Where a run stands."""

    step: int = 0
    """Updates made."""
    tokens: int = 0
    """Target pieces seen."""
    elapsed: float = 0.0
    """Seconds of training, all calls together."""
    position: Position = field(default_factory=Position)
    """The next batch."""
    cooldown: Cooldown | None = None


def save(folder: Path, state: State, model: nn.Module, optimizer: Optimizer, running: Running, *, keep: int) -> None:
    """Write the checkpoint and a snapshot; older snapshots than the last `keep` are removed.

    The snapshot is the running mean.
    """
    weights = model.state_dict()
    content = {
        "state": asdict(state),
        "optimizer": optimizer.state_dict(),
        "model": weights,
        "running": running.weights,
    }
    write(folder / CHECKPOINT, content)
    write(snapshot_path(folder, state.step), running.weights)
    for old in list_snapshots(folder)[: -max(keep, 1)]:
        old.unlink()


def restore(folder: Path, model: nn.Module, optimizer: Optimizer, running: Running) -> State:
    """Load the checkpoint into model, optimiser and running mean; a fresh state where there is none."""
    path = folder / CHECKPOINT
    if not path.is_file():
        return State()
    content = torch.load(path, map_location=next(model.parameters()).device, weights_only=True)
    model.load_state_dict(content["model"])
    optimizer.load_state_dict(content["optimizer"])
    running.weights = content.get("running", content["model"])
    return _state(content["state"])


def start_cooldown(run: Path, folder: Path, cooldown: Cooldown) -> None:
    """Copy the checkpoint of a run to another folder, with a cooldown planned."""
    content = torch.load(run / CHECKPOINT, map_location="cpu", weights_only=True)
    content["state"]["cooldown"] = asdict(cooldown)
    write(folder / CHECKPOINT, content)


def read_state(folder: Path) -> State:
    """Tell where a run stands; InputError when it has not begun."""
    path = folder / CHECKPOINT
    if not path.is_file():
        raise InputError("there is no checkpoint", where=folder, hint="run the step train first")
    return _state(torch.load(path, map_location="cpu", weights_only=True, mmap=True)["state"])


def write(path: Path, content: Any) -> None:
    """Write with torch.save so that the old file stays until the new one is whole and on the disk."""
    temporary = path.with_suffix(".tmp")
    with temporary.open("wb") as stream:
        torch.save(content, stream)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(path)


def _state(values: dict[str, Any]) -> State:
    """Rebuild the record from plain values."""
    cooldown = values["cooldown"]
    return State(
        step=values["step"],
        tokens=values["tokens"],
        elapsed=values["elapsed"],
        position=Position(**values["position"]),
        cooldown=Cooldown(**cooldown) if cooldown else None,
    )
