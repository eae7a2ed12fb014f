"""Cross entropy with label smoothing over a large vocabulary, without ever holding all logits.

Logits are made, used and dropped a few positions at a time, and their gradient is taken on the way forward (as in Liger
Kernel, Hsu et al. 2024): on a GPU, for 65,000 positions and 16,000 pieces, that is 0.5 GB instead of 8; on a processor
the logits stay in its cache, and the softmax is the only pass over them. Most of the time a sample of the pieces is
enough (`choose_candidates`). Start reading at `smoothed_cross_entropy`.
"""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor

from training.config import Training

CHUNK, CHUNK_IN_CACHE = 8192, 256
"""Positions at a time, on a GPU and on a processor."""


def smoothed_cross_entropy(
    states: Tensor, weight: Tensor, bias: Tensor, targets: Tensor, *, smoothing: float, precision: torch.dtype
) -> tuple[Tensor, Tensor]:
    """Give the mean smoothed loss (to be minimised) and the mean plain loss (to be read), in nats a piece.

    `states` is positions × width, `weight` pieces × width, `bias` one a piece, `targets` the right piece of every
    position. Products and softmax run in `precision`. Smoothing as in Szegedy et al. 2016.
    """
    apply: Any = _ChunkedCrossEntropy.apply
    smoothed, plain = apply(states, weight, bias, targets, smoothing, precision)
    return smoothed, plain


def choose_candidates(targets: Tensor, pieces: int, options: Training) -> tuple[Tensor, Tensor, Tensor]:
    """Choose the pieces that a batch's right pieces are compared with.

    Gives their numbers, what has to be added to their biases, and the places of the right pieces among them. All
    frequent pieces and all right ones are chosen, and a random share of the others, each of which stands for several
    like it: its logit is raised by so much that the sum over all pieces is kept (Jean et al. 2015, "On Using Very Large
    Target Vocabulary for Neural Machine Translation"). The vocabulary has frequent pieces first.
    """
    chosen = torch.rand(pieces, device=targets.device) < options.share
    handicap = torch.full((pieces,), -math.log(options.share), device=targets.device)
    for certain in (slice(0, options.frequent), targets):
        chosen[certain], handicap[certain] = True, 0.0
    return torch.nonzero(chosen)[:, 0], handicap[chosen], torch.cumsum(chosen, 0)[targets] - 1


class _ChunkedCrossEntropy(torch.autograd.Function):
    """The loss and, at once, its gradient."""

    @staticmethod
    def forward(
        ctx: Any,
        states: Tensor,
        weight: Tensor,
        bias: Tensor,
        targets: Tensor,
        smoothing: float,
        precision: torch.dtype,
    ) -> tuple[Tensor, Tensor]:
        """Average both losses over all chunks and keep the gradients."""
        low, count, mean = weight.to(precision), len(targets), weight.mean(0)
        gradients = torch.empty_like(states), torch.zeros_like(weight), torch.zeros_like(bias)
        plain, uniform = states.new_zeros((), dtype=torch.float32), -count * bias.mean()
        size = CHUNK if states.is_cuda else CHUNK_IN_CACHE
        for start in range(0, count, size):
            part, right = states[start : start + size], targets[start : start + size, None]
            chunk = part.to(precision)
            logits = (chunk @ low.T).add_(bias)
            shares = torch.softmax(logits, dim=1)
            surprise = -shares.gather(1, right).float().log().sum()
            plain += surprise
            uniform += surprise + logits.gather(1, right).float().sum() - (part.float() @ mean).sum()
            shares.scatter_add_(1, right, torch.full_like(right, smoothing - 1, dtype=precision))
            gradients[0][start : start + size] = shares @ low
            gradients[1].add_(shares.T @ chunk)
            gradients[2].add_(shares.sum(0, dtype=bias.dtype))
        # What smoothing takes from each share is the same for all pieces: no pass over the logits is needed for it.
        even = smoothing / len(bias)
        gradients[0].sub_(smoothing * mean)
        gradients[1].sub_(even * states.sum(0))
        gradients[2].sub_(even * count)
        ctx.save_for_backward(*(gradient.div_(count) for gradient in gradients))
        smoothed, plain = ((1 - smoothing) * plain + smoothing * uniform) / count, plain / count
        ctx.mark_non_differentiable(plain)
        return smoothed, plain

    @staticmethod
    def backward(ctx: Any, gradient: Tensor, _plain: Tensor) -> Any:
        """Hand the kept gradients on."""
        return *(each * gradient for each in ctx.saved_tensors), None, None, None
