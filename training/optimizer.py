"""How gradients become updates: AdamW, or Muon for the matrices inside the layers.

Muon (Jordan et al. 2024; Liu et al. 2025, "Muon is scalable for LLM training") gives every direction of a matrix's
update the same size. The small model learnt in 800 updates what took AdamW about 950, though Muon had begun only at
update 546. The embedding and the gains are learnt by AdamW in both cases; updates are scaled so that one rate suits
both. Start reading at `Optimizer`.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

from training.config import Training

BETAS, EPSILON, MOMENTUM = (0.9, 0.98), 1e-9, 0.95


class Optimizer:
    """One or two of PyTorch's optimisers that act as one."""

    def __init__(self, model: nn.Module, options: Training) -> None:
        inner, outer, gains = _split(model, muon=options.optimizer == "muon")
        groups = [{"params": outer, "weight_decay": options.weight_decay}, {"params": gains, "weight_decay": 0.0}]
        self._parts: list[torch.optim.Optimizer] = [torch.optim.AdamW(groups, betas=BETAS, eps=EPSILON, fused=True)]
        if inner:
            decay = options.weight_decay
            muon = torch.optim.Muon(inner, weight_decay=decay, momentum=MOMENTUM, adjust_lr_fn="match_rms_adamw")
            self._parts.append(muon)

    def step(self, rate: float) -> None:
        """Change the weights by their gradients at this rate, and forget the gradients."""
        for part in self._parts:
            for group in part.param_groups:
                group["lr"] = rate
            part.step()
            part.zero_grad(set_to_none=True)

    def state_dict(self) -> dict[str, Any]:
        """Give what is needed to go on."""
        return {str(number): part.state_dict() for number, part in enumerate(self._parts)}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Take over what `state_dict` gave."""
        for number, part in enumerate(self._parts):
            part.load_state_dict(state[str(number)])


def _split(model: nn.Module, *, muon: bool) -> tuple[list[nn.Parameter], list[nn.Parameter], list[nn.Parameter]]:
    """Sort the weights: matrices inside the layers (none without `muon`), other matrices, gains."""
    inner, outer, gains = [], [], []
    for name, weight in model.named_parameters():
        if weight.dim() < 2:
            gains.append(weight)
        elif muon and not name.startswith("embedding"):
            inner.append(weight)
        else:
            outer.append(weight)
    return inner, outer, gains
