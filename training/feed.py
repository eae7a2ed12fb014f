"""Batches as tensors, made by a thread while the model computes."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from training.batches import Batch, Batches, Position
from training.team import ALONE, Team

AHEAD = 32


@dataclass(frozen=True, slots=True)
class Fed:
    """One batch, ready for the device."""

    tensors: tuple[Tensor, Tensor, Tensor, Tensor]
    """Source, source lengths, target, and the flat places of the real target pieces."""
    tokens: int
    after: Position
    """Position of the batch that follows."""


@contextmanager
def feed(batches: Batches, position: Position, *, pin: bool = False, team: Team = ALONE) -> Iterator[Iterator[Fed]]:
    """Give this member's batches from `position` on; the thread ends with the block. `pin` speeds the way to a GPU."""
    ready: queue.Queue[Fed | BaseException] = queue.Queue(AHEAD)
    over = threading.Event()
    stream = batches.stream(position, share=team.rank, of=team.size)
    thread = threading.Thread(target=_fill, args=(ready, over, stream, pin), daemon=True)
    thread.start()
    try:
        yield _drain(ready)
    finally:
        over.set()
        while not ready.empty():
            ready.get_nowait()
        thread.join(timeout=10)


def _fill(
    ready: queue.Queue[Fed | BaseException], over: threading.Event, stream: Iterator[tuple[Batch, Position]], pin: bool
) -> None:
    """Put batches into the queue until the block is over; an error goes the same way."""
    try:
        for batch, after in stream:
            fed = to_tensors(batch, after, pin=pin)
            while not over.is_set():
                try:
                    ready.put(fed, timeout=0.2)
                    break
                except queue.Full:
                    continue
            if over.is_set():
                return
    except BaseException as error:
        ready.put(error)


def _drain(ready: queue.Queue[Fed | BaseException]) -> Iterator[Fed]:
    """Take batches from the queue; raise what the thread raised."""
    while True:
        item = ready.get()
        if isinstance(item, BaseException):
            raise item
        yield item


def to_tensors(batch: Batch, after: Position, *, pin: bool = False) -> Fed:
    """Turn a batch into tensors."""
    real = np.arange(batch.target.shape[1]) < batch.target_lengths[:, None]
    arrays = (batch.source, batch.source_lengths, batch.target, np.flatnonzero(real))
    source, lengths, target, places = (torch.from_numpy(array) for array in arrays)
    if pin:
        source, lengths, target, places = (tensor.pin_memory() for tensor in (source, lengths, target, places))
    return Fed((source, lengths, target, places), batch.tokens, after)
