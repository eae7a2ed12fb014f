"""A compact encoder–decoder transformer whose every part CTranslate2 runs.

Pre-norm residual blocks with RMSNorm (Zhang and Sennrich 2019), rotary positions in self-attention (Su et al. 2021),
gated feed-forward layers (Shazeer 2020, SwiGLU), no biases, and one embedding for source, target and output (Press and
Wolf 2017). The encoder is deep and the decoder shallow (Kasai et al. 2021): decoding runs once a piece, encoding once a
sentence. Weights are laid out as CTranslate2 wants them (queries, keys and values in one matrix); `training.convert`
only names them. Start reading at `Transformer.forward`.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.attention import attend
from training.config import Model
from training.vocabulary import EOS

NORM_EPSILON = 1e-6
ROTARY_BASE = 10_000.0


class Norm(nn.Module):
    """Root-mean-square normalisation with a learnt gain."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.gain = nn.Parameter(torch.ones(width))

    def forward(self, states: Tensor) -> Tensor:
        """Bring every vector to unit mean square, then scale it."""
        return functional.rms_norm(states, self.gain.shape, self.gain, NORM_EPSILON)


class SelfAttention(nn.Module):
    """Attention within one sentence, with rotary positions."""

    def __init__(self, size: Model) -> None:
        super().__init__()
        self.heads = size.heads
        self.norm = Norm(size.width)
        self.inputs = nn.Linear(size.width, 3 * size.width, bias=False)
        self.output = nn.Linear(size.width, size.width, bias=False)

    def forward(self, states: Tensor, rotary: tuple[Tensor, Tensor], mask: Tensor | None) -> Tensor:
        """Attend under `mask` (True: visible), or to the left only where there is none."""
        query, key, value = (_heads(part, self.heads) for part in self.inputs(self.norm(states)).chunk(3, dim=-1))
        query, key = _rotate(query, rotary), _rotate(key, rotary)
        output: Tensor = self.output(_merge(attend(query, key, value, mask)))
        return output


class CrossAttention(nn.Module):
    """Attention from the target to the encoded source."""

    def __init__(self, size: Model) -> None:
        super().__init__()
        self.heads = size.heads
        self.norm = Norm(size.width)
        self.query = nn.Linear(size.width, size.width, bias=False)
        self.memory = nn.Linear(size.width, 2 * size.width, bias=False)
        self.output = nn.Linear(size.width, size.width, bias=False)

    def forward(self, states: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        """Attend to the places of `memory` that `mask` shows."""
        query = _heads(self.query(self.norm(states)), self.heads)
        key, value = (_heads(part, self.heads) for part in self.memory(memory).chunk(2, dim=-1))
        output: Tensor = self.output(_merge(attend(query, key, value, mask)))
        return output


class FeedForward(nn.Module):
    """A gated layer: ``down(silu(gate(x)) * up(x))``."""

    def __init__(self, size: Model) -> None:
        super().__init__()
        self.norm = Norm(size.width)
        self.gate = nn.Linear(size.width, size.feed_forward, bias=False)
        self.up = nn.Linear(size.width, size.feed_forward, bias=False)
        self.output = nn.Linear(size.feed_forward, size.width, bias=False)

    def forward(self, states: Tensor) -> Tensor:
        """Transform every position by itself."""
        states = self.norm(states)
        output: Tensor = self.output(functional.silu(self.gate(states)) * self.up(states))
        return output


class EncoderLayer(nn.Module):
    """Self-attention and feed-forward."""

    def __init__(self, size: Model) -> None:
        super().__init__()
        self.attention, self.feed_forward = SelfAttention(size), FeedForward(size)
        self.dropout = nn.Dropout(size.dropout)

    def forward(self, states: Tensor, rotary: tuple[Tensor, Tensor], mask: Tensor) -> Tensor:
        """Add what each part finds."""
        states = states + self.dropout(self.attention(states, rotary, mask))
        return states + self.dropout(self.feed_forward(states))


class DecoderLayer(nn.Module):
    """Self-attention to the left, attention to the source, feed-forward."""

    def __init__(self, size: Model) -> None:
        super().__init__()
        self.attention, self.cross = SelfAttention(size), CrossAttention(size)
        self.feed_forward, self.dropout = FeedForward(size), nn.Dropout(size.dropout)

    def forward(self, states: Tensor, rotary: tuple[Tensor, Tensor], memory: Tensor, mask: Tensor) -> Tensor:
        """Add what each part finds."""
        states = states + self.dropout(self.attention(states, rotary, None))
        states = states + self.dropout(self.cross(states, memory, mask))
        return states + self.dropout(self.feed_forward(states))


class Transformer(nn.Module):
    """Source and target pieces in, the decoder's last states out; `embedding.weight` turns those into logits."""

    def __init__(self, size: Model, vocabulary: int) -> None:
        super().__init__()
        self.size = size
        self.embedding = nn.Embedding(vocabulary, size.width)
        self.encoder = nn.ModuleList(EncoderLayer(size) for _ in range(size.encoder_layers))
        self.decoder = nn.ModuleList(DecoderLayer(size) for _ in range(size.decoder_layers))
        self.encoder_norm, self.decoder_norm = Norm(size.width), Norm(size.width)
        self.dropout = nn.Dropout(size.dropout)
        self.apply(self._initialise)

    def forward(self, source: Tensor, source_lengths: Tensor, target: Tensor) -> Tensor:
        """Give the states that predict `target`, piece by piece: examples × pieces × width.

        `source` and `target` are padded piece numbers with end marks; the decoder starts from an end mark.
        """
        visible = torch.arange(source.shape[1], device=source.device) < source_lengths[:, None]
        mask = visible[:, None, None, :]
        rotary = rotary_tables(max(source.shape[1], target.shape[1]), self.size.width // self.size.heads, source.device)
        memory = self.encode(source, rotary, mask)
        start = torch.full_like(target[:, :1], EOS)
        states = self._embed(torch.cat([start, target[:, :-1]], dim=1))
        for layer in self.decoder:
            states = layer(states, rotary, memory, mask)
        output: Tensor = self.decoder_norm(states)
        return output

    def encode(self, source: Tensor, rotary: tuple[Tensor, Tensor], mask: Tensor) -> Tensor:
        """Give the encoder's states: examples × pieces × width."""
        states = self._embed(source)
        for layer in self.encoder:
            states = layer(states, rotary, mask)
        output: Tensor = self.encoder_norm(states)
        return output

    def _embed(self, pieces: Tensor) -> Tensor:
        """Look pieces up, scaled to unit variance (Vaswani et al. 2017)."""
        embedded: Tensor = self.dropout(self.embedding(pieces) * math.sqrt(self.size.width))
        return embedded

    def _initialise(self, module: nn.Module) -> None:
        """Draw weights; those that write to the residual stream start smaller the more layers write to it."""
        if isinstance(module, nn.Embedding):
            nn.init.normal_(module.weight, std=self.size.width**-0.5)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight)
        elif isinstance(module, (SelfAttention, CrossAttention, FeedForward)):  # after its own layers
            module.output.weight.data *= (2 * self.size.encoder_layers) ** -0.5


def rotary_tables(length: int, width: int, device: torch.device) -> tuple[Tensor, Tensor]:
    """Give the cosines and sines of every position and pair of coordinates: length × width each."""
    frequencies = ROTARY_BASE ** -(torch.arange(0, width, 2, device=device, dtype=torch.float32) / width)
    angles = torch.outer(torch.arange(length, device=device, dtype=torch.float32), frequencies)
    angles = torch.cat([angles, angles], dim=-1)
    return angles.cos(), angles.sin()


def _rotate(states: Tensor, rotary: tuple[Tensor, Tensor]) -> Tensor:
    """Turn queries or keys by their positions, the first half of the coordinates against the second."""
    cosine, sine = (table[: states.shape[2]].to(states.dtype) for table in rotary)
    first, second = states.chunk(2, dim=-1)
    return states * cosine + torch.cat([-second, first], dim=-1) * sine


def _heads(states: Tensor, heads: int) -> Tensor:
    """Split the last axis: examples × heads × pieces × width of a head."""
    return states.unflatten(-1, (heads, -1)).transpose(1, 2)


def _merge(states: Tensor) -> Tensor:
    """Undo `_heads`."""
    return states.transpose(1, 2).flatten(2)
