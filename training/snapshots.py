"""The files ``weights-<update>.pt``, snapshots of a run's weights: found and named without PyTorch."""

from __future__ import annotations

from pathlib import Path


def snapshot_path(folder: Path, step: int) -> Path:
    """Name the snapshot of an update."""
    return folder / f"weights-{step:08}.pt"


def snapshot_step(path: Path) -> int:
    """Tell the update of a snapshot.

    >>> snapshot_step(snapshot_path(Path("run"), 120))
    120
    """
    return int(path.stem.partition("-")[2])


def list_snapshots(folder: Path) -> list[Path]:
    """List the snapshots of a folder, oldest first."""
    return sorted(folder.glob("weights-*.pt"))
