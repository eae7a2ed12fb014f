"""How gradients become updates: Muon for the matrices inside the layers, Adam for embeddings, biases and gains.

Muon (Jordan et al. 2024; Liu et al. 2025, "Muon is scalable for LLM training") gives every direction of a matrix's
update the same size; updates are scaled so that one rate suits both. Its products are shared among the processes of a
team. Start reading at `Optimizer`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor, nn

from training.config import Training
from training.team import ALONE, Team

BETAS, MOMENTUM = (0.9, 0.98), 0.95
EPSILON = 1e-6
"""Larger than usual: Adam would move the rows of pieces that hardly ever occur, whose gradients are minute, as fast as
all others, and the parent's knowledge of rare words would be lost."""
NEWTON_SCHULZ = (3.4445, -4.7750, 2.0315)
ROUNDS = 5


class Optimizer:
    """Adam and Muon, acting as one."""

    def __init__(self, model: nn.Module, options: Training, team: Team = ALONE) -> None:
        inner = {name: weight for name, weight in model.named_parameters() if is_inner(name, weight)}
        outer = [weight for name, weight in model.named_parameters() if name not in inner]
        self._adam = torch.optim.Adam(outer, betas=BETAS, eps=EPSILON, fused=True)
        self._muon = Muon(inner.values(), team)
        self._outer, self._clip, self._body = outer, options.clip, options.body

    def step(self, rate: float) -> None:
        """Change the weights by their gradients at this rate, and forget the gradients."""
        torch.nn.utils.clip_grad_norm_(self._outer, self._clip)
        for part, share in ((self._adam, 1.0), (self._muon, self._body)):
            for group in part.param_groups:
                group["lr"] = rate * share
            part.step()
            part.zero_grad(set_to_none=True)

    def state_dict(self) -> dict[str, Any]:
        """Give what is needed to go on."""
        return {"adam": self._adam.state_dict(), "muon": self._muon.state_dict()}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Take over what `state_dict` gave."""
        self._adam.load_state_dict(state["adam"])
        self._muon.load_state_dict(state["muon"])


class Muon(torch.optim.Optimizer):
    """Momentum whose every matrix is made orthogonal; each member of a team does that for its share of them."""

    def __init__(self, weights: Iterable[Tensor], team: Team) -> None:
        super().__init__(weights, {"lr": 0.0})
        self._team = team

    @torch.no_grad()
    def step(self) -> None:  # type: ignore[override]
        """Change the matrices that have gradients."""
        weights = [weight for group in self.param_groups for weight in group["params"] if weight.grad is not None]
        updates = []
        for number, weight in enumerate(weights):
            state = self.state[weight]
            momentum = state.setdefault("momentum", torch.zeros_like(weight))
            momentum.lerp_(weight.grad, 1 - MOMENTUM)
            mine = number % self._team.size == self._team.rank
            nesterov = weight.grad.lerp(momentum, MOMENTUM)
            updates.append(orthogonal(nesterov) if mine else torch.zeros_like(weight, dtype=torch.bfloat16))
        for weight, update in zip(weights, self._team.total(updates), strict=True):
            weight.sub_(update, alpha=self.param_groups[0]["lr"] * 0.2 * max(weight.shape) ** 0.5)


def orthogonal(matrix: Tensor) -> Tensor:
    """Bring all singular values of a matrix near 1, by Newton and Schulz's iteration in 16 bits."""
    a, b, c = NEWTON_SCHULZ
    wide = matrix.shape[0] <= matrix.shape[1]
    states = (matrix if wide else matrix.T).bfloat16()
    states = states / states.norm().clamp_min(1e-7)
    for _ in range(ROUNDS):
        square = states @ states.T
        states = torch.addmm(states, torch.addmm(square, square, square, beta=b, alpha=c), states, beta=a)
    return states if wide else states.T


def is_inner(name: str, weight: Tensor) -> bool:
    """Tell whether a weight is a matrix inside the layers."""
    return weight.dim() == 2 and name.split(".", maxsplit=1)[0] not in {"source", "target"}
