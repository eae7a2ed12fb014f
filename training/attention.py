"""Attention, by the way that is fastest where it runs.

A GPU has fused kernels. On a processor PyTorch's fused kernel is slow to differentiate, and sentences are short: the
plain formula (Vaswani et al. 2017, equation 1), its softmax fused by torch.compile, learns in half the time.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional


def attend(query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None) -> Tensor:
    """Mix values by the likeness of queries and keys: all examples × heads × pieces × width of a head.

    `mask` tells what is visible (True); without one every piece sees those to its left and itself.
    """
    if query.is_cuda:
        return functional.scaled_dot_product_attention(query, key, value, attn_mask=mask, is_causal=mask is None)
    visible = _to_the_left(query.shape[2], query.device) if mask is None else mask
    scores = (query @ key.transpose(-1, -2)).float() * query.shape[-1] ** -0.5
    shares = torch.softmax(scores.masked_fill(~visible, float("-inf")), dim=-1)
    return shares.to(value.dtype) @ value


def _to_the_left(length: int, device: torch.device) -> Tensor:
    """Give the mask of a text that is written from left to right: pieces × pieces."""
    places = torch.arange(length, device=device)
    return places[:, None] >= places[None, :]
