"""The transformer of the parent model, with a decoder that CTranslate2 runs.

Post-norm residual blocks (Vaswani et al. 2017), sinusoidal positions, ReLU, biases everywhere; a deep encoder and a
shallow decoder (Kasai et al. 2021). The parent's decoder has a recurrent unit where this one has self-attention. Source
and target have embeddings of their own: the target's, which also gives the logits, has only the vocabulary's first
pieces (`training.vocabulary`). Weights are laid out as CTranslate2 wants them (queries, keys and values in one matrix);
`training.convert` only names them. Start reading at `Transformer.forward`.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.attention import attend
from training.config import Model

NORM_EPSILON = 1e-6
LONGEST = 512
"""Positions."""


class SelfAttention(nn.Module):
    """Attention within one sentence."""

    def __init__(self, size: Model) -> None:
        super().__init__()
        self.heads = size.heads
        self.inputs = nn.Linear(size.width, 3 * size.width)
        self.output = nn.Linear(size.width, size.width)
        self.norm = nn.LayerNorm(size.width, NORM_EPSILON)

    def forward(self, states: Tensor, mask: Tensor | None) -> Tensor:
        """Attend under `mask` (True: visible), or to the left only where there is none."""
        query, key, value = (_heads(part, self.heads) for part in self.inputs(states).chunk(3, dim=-1))
        normed: Tensor = self.norm(states + self.output(_merge(attend(query, key, value, mask))))
        return normed


class CrossAttention(nn.Module):
    """Attention from the target to the encoded source."""

    def __init__(self, size: Model) -> None:
        super().__init__()
        self.heads = size.heads
        self.query = nn.Linear(size.width, size.width)
        self.memory = nn.Linear(size.width, 2 * size.width)
        self.output = nn.Linear(size.width, size.width)
        self.norm = nn.LayerNorm(size.width, NORM_EPSILON)

    def forward(self, states: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        """Attend to the places of `memory` that `mask` shows."""
        query = _heads(self.query(states), self.heads)
        key, value = (_heads(part, self.heads) for part in self.memory(memory).chunk(2, dim=-1))
        normed: Tensor = self.norm(states + self.output(_merge(attend(query, key, value, mask))))
        return normed


class FeedForward(nn.Module):
    """Two layers with a ReLU between them, at every position by itself."""

    def __init__(self, size: Model) -> None:
        super().__init__()
        self.inner = nn.Linear(size.width, size.feed_forward)
        self.output = nn.Linear(size.feed_forward, size.width)
        self.norm = nn.LayerNorm(size.width, NORM_EPSILON)

    def forward(self, states: Tensor) -> Tensor:
        """Add what the layers find."""
        normed: Tensor = self.norm(states + self.output(functional.relu(self.inner(states))))
        return normed


class EncoderLayer(nn.Module):
    """Self-attention and feed-forward."""

    def __init__(self, size: Model) -> None:
        super().__init__()
        self.attention, self.feed_forward = SelfAttention(size), FeedForward(size)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """Apply both parts."""
        output: Tensor = self.feed_forward(self.attention(states, mask))
        return output


class DecoderLayer(nn.Module):
    """Self-attention to the left, attention to the source, feed-forward."""

    def __init__(self, size: Model) -> None:
        super().__init__()
        self.attention, self.cross, self.feed_forward = SelfAttention(size), CrossAttention(size), FeedForward(size)

    def forward(self, states: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        """Apply the three parts."""
        output: Tensor = self.feed_forward(self.cross(self.attention(states, None), memory, mask))
        return output


class Transformer(nn.Module):
    """Source and target pieces in, the decoder's last states out; `target` and `bias` turn those into logits."""

    def __init__(self, size: Model, sources: int, targets: int) -> None:
        super().__init__()
        self.scale = math.sqrt(size.width)
        self.source = nn.Embedding(sources, size.width)
        self.target = nn.Embedding(targets, size.width)
        self.bias = nn.Parameter(torch.zeros(targets))
        self.encoder = nn.ModuleList(EncoderLayer(size) for _ in range(size.encoder_layers))
        self.decoder = nn.ModuleList(DecoderLayer(size) for _ in range(size.decoder_layers))
        self.positions: Tensor
        self.register_buffer("positions", positions(LONGEST, size.width), persistent=False)
        for embedding in (self.source, self.target):
            nn.init.normal_(embedding.weight, std=size.width**-0.5)

    def forward(self, source: Tensor, source_lengths: Tensor, target: Tensor) -> Tensor:
        """Give the states that predict `target`, piece by piece: examples × pieces × width.

        `source` and `target` are padded piece numbers with end marks; the decoder starts from a vector of zeros.
        """
        visible = torch.arange(source.shape[1], device=source.device) < source_lengths[:, None]
        mask = visible[:, None, None, :]
        memory = self.encode(source, mask)
        before = functional.pad(self.target(target[:, :-1]), (0, 0, 1, 0))
        states = self._place(before)
        for layer in self.decoder:
            states = layer(states, memory, mask)
        return states

    def encode(self, source: Tensor, mask: Tensor) -> Tensor:
        """Give the encoder's states: examples × pieces × width."""
        states = self._place(self.source(source))
        for layer in self.encoder:
            states = layer(states, mask)
        return states

    def _place(self, embedded: Tensor) -> Tensor:
        """Scale embeddings and add their positions."""
        return embedded * self.scale + self.positions[: embedded.shape[1]]


def positions(length: int, width: int) -> Tensor:
    """Give the sines and cosines of every position: length × width, the sines first, as Marian lays them out."""
    half = width // 2
    frequencies = 10_000.0 ** -(torch.arange(half, dtype=torch.float64) / (half - 1))
    angles = torch.outer(torch.arange(length, dtype=torch.float64), frequencies)
    return torch.cat([angles.sin(), angles.cos()], dim=1).float()


def _heads(states: Tensor, heads: int) -> Tensor:
    """Split the last axis: examples × heads × pieces × width of a head."""
    return states.view(*states.shape[:-1], heads, -1).transpose(1, 2)


def _merge(states: Tensor) -> Tensor:
    """Undo `_heads`."""
    return states.transpose(1, 2).flatten(2)
