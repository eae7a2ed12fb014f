"""Several processes of one machine that learn as one: each takes its share of the batches, and gradients are averaged.

Threads wait for one another inside every product; processes meet once per update, so two cores do nearly twice the
work even where other programs want a part of them. The leader (this process) keeps the clock, the log and the
checkpoints; the others follow its word. Processor only, over loopback (PyTorch's gloo). Start reading at `lead`.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import Tensor, distributed, nn

END = -1.0
"""What the leader says instead of a rate when there is nothing more to do."""


@dataclass(frozen=True, slots=True)
class Team:
    """One member's view: which it is, and of how many."""

    rank: int = 0
    size: int = 1

    def agree(self, rate: float) -> float:
        """Give the leader's rate of the next update, or `END`, to every member."""
        if self.size == 1:
            return rate
        word = torch.tensor([rate], dtype=torch.float64)
        distributed.broadcast(word, 0)
        return float(word)

    def average(self, parameters: Iterable[nn.Parameter]) -> None:
        """Replace every gradient by the mean over the members."""
        gradients = [each.grad for each in parameters if each.grad is not None]
        if self.size > 1:
            for gradient, total in zip(gradients, self.total(gradients), strict=True):
                gradient.copy_(total).div_(self.size)

    def total(self, tensors: Sequence[Tensor]) -> list[Tensor]:
        """Give the sums of the members' tensors."""
        if self.size == 1:
            return list(tensors)
        together = torch.cat([each.flatten() for each in tensors])
        distributed.all_reduce(together)
        parts = torch.split(together, [each.numel() for each in tensors])
        return [part.view(each.shape) for part, each in zip(parts, tensors, strict=True)]


ALONE = Team()


@contextmanager
def lead(size: int, follow: Callable[..., None], *arguments: object) -> Iterator[Team]:
    """Start ``follow(team, *arguments)`` in the other processes and lead them; they end with the block.

    `follow` and its arguments must be picklable; it returns when `Team.agree` gives `END`: leaving the block says so.
    """
    if size == 1:
        yield ALONE
        return
    with tempfile.TemporaryDirectory() as folder:
        meeting = f"file://{folder}/meeting"
        context = multiprocessing.get_context("spawn")
        others = [
            context.Process(target=_member, args=(Team(rank, size), meeting, follow, arguments), daemon=True)
            for rank in range(1, size)
        ]
        for other in others:
            other.start()
        try:
            _join(Team(0, size), meeting)
            yield Team(0, size)
            Team(0, size).agree(END)
        finally:
            distributed.destroy_process_group()
            for other in others:
                other.join(timeout=10)


def _member(team: Team, meeting: str, follow: Callable[..., None], arguments: tuple[object, ...]) -> None:
    """Be one of the others: Ctrl-C is the leader's business."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    _join(team, meeting)
    follow(team, *arguments)
    distributed.destroy_process_group()


def _join(team: Team, meeting: str) -> None:
    """Meet the others, on loopback only."""
    os.environ.setdefault("GLOO_SOCKET_IFNAME", "lo0" if sys.platform == "darwin" else "lo")
    distributed.init_process_group("gloo", init_method=meeting, rank=team.rank, world_size=team.size)
