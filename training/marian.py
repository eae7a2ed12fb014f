"""Marian's "tiny" transformer: its file, and its forward pass.

A file holds a version and a number of arrays (64 bits each); a header of four such numbers for each array (length of
the name, type, number of axes, length of the data); then all names, all shapes (32 bits an axis), a gap whose length
comes first, and all data. Arrays of 8 bits end with the float by which their values were multiplied; except for the
embedding, they are stored transposed, as intgemm wants them. Junczys-Dowmunt et al. 2018, "Marian: Fast Neural Machine
Translation in C++"; Kim et al. 2019 (SSRU), "From Research to Production and Back". Start reading at `Marian`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from aligner.errors import InputError
from aligner.files import read_bytes
from training.attention import attend
from training.transformer import LONGEST, NORM_EPSILON, positions

FLOAT32, INTGEMM8 = 0x404, 0x4101
"""Marian's numbers for the two types that are read."""
EMBEDDING, BIAS = "Wemb", "decoder_ff_logit_out_b"
HEADS = 8
EOS = 0


def read_marian(path: Path) -> dict[str, NDArray[np.float32]]:
    """Read the arrays of a file as floats; InputError when it is not of this format.

    Arrays of other types (settings, scales for quantised activations) are left out.
    """
    data = read_bytes(path)
    try:
        return dict(_arrays(data))
    except (struct.error, ValueError, UnicodeDecodeError) as error:
        raise InputError(f"this is not a model of Marian ({error})", where=path) from error


def _arrays(data: bytes) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """Yield each array with its name."""
    _version, count = struct.unpack_from("<QQ", data)
    headers = [struct.unpack_from("<4Q", data, 16 + 32 * number) for number in range(count)]
    place, names, shapes = 16 + 32 * count, [], []
    for length, *_ in headers:
        names.append(data[place : place + length - 1].decode("utf-8"))
        place += length
    for _, _, axes, _ in headers:
        shapes.append(struct.unpack_from(f"<{axes}i", data, place))
        place += 4 * axes
    place += 8 + struct.unpack_from("<Q", data, place)[0]
    for (_, kind, _, length), name, shape in zip(headers, names, shapes, strict=True):
        if kind == FLOAT32:
            yield name, np.frombuffer(data, np.float32, int(np.prod(shape)), place).reshape(shape)
        elif kind == INTGEMM8 and not name.endswith("QuantMultA"):
            yield name, _unpack(data, place, shape, transposed=name != EMBEDDING)
        place += length


def _unpack(data: bytes, place: int, shape: tuple[int, ...], *, transposed: bool) -> NDArray[np.float32]:
    """Bring an array of 8 bits back to its scale and shape."""
    size = int(np.prod(shape))
    values = np.frombuffer(data, np.int8, size, place).astype(np.float32)
    (scale,) = struct.unpack_from("<f", data, place + size)
    array: NDArray[np.float32] = values.reshape(shape[::-1]).T if transposed else values.reshape(shape)
    return array / np.float32(scale)


class Marian:
    """A tiny model of six encoder and two decoder layers, any width, ready to translate."""

    def __init__(self, arrays: Mapping[str, NDArray[np.float32]]) -> None:
        self.weights = {name: torch.from_numpy(np.array(array)) for name, array in arrays.items()}
        self.width = self.weights[EMBEDDING].shape[1]
        self._positions = positions(LONGEST, self.width)

    def encode(self, pieces: Tensor, mask: Tensor) -> Tensor:
        """Give the encoder's states of padded pieces; `mask` (examples × 1 × 1 × pieces) shows the real ones."""
        states = self._embed(pieces) + self._positions[: pieces.shape[1]]
        for layer in range(1, 7):
            name = f"encoder_l{layer}"
            states = self._attend(f"{name}_self", states, self._memory(f"{name}_self", states), mask)
            states = self._feed_forward(f"{name}_ffn", states)
        return states

    def translate(self, sources: Sequence[Sequence[int]]) -> list[list[int]]:
        """Translate sentences (pieces without end marks) together, taking the likeliest piece every time."""
        length = max(map(len, sources)) + 1
        pieces = torch.tensor([[*source, *[EOS] * (length - len(source))] for source in sources])
        lengths = torch.tensor([len(source) + 1 for source in sources])
        mask = (torch.arange(length) < lengths[:, None])[:, None, None, :]
        encoded = self.encode(pieces, mask)
        memories = [self._memory(f"decoder_l{layer}_context", encoded) for layer in (1, 2)]
        cells = [torch.zeros(len(sources), self.width) for _ in (1, 2)]
        states, open_, steps = torch.zeros(len(sources), self.width), lengths > 0, []
        for place in range(2 * length + 5):
            states = states + self._positions[place]
            for number, memory in enumerate(memories):
                name = f"decoder_l{number + 1}"
                cells[number], states = self._recur(f"{name}_rnn", cells[number], states)
                states = self._attend(f"{name}_context", states[:, None], memory, mask)[:, 0]
                states = self._feed_forward(f"{name}_ffn", states)
            best = (states @ self.weights[EMBEDDING].T + self.weights[BIAS]).argmax(1)
            open_ = open_ & (best != EOS)
            if not open_.any():
                break
            steps.append(torch.where(open_, best, EOS))
            states = self._embed(best)
        return [
            [piece for piece in row if piece != EOS] for row in zip(*(step.tolist() for step in steps), strict=True)
        ]

    def _embed(self, pieces: Tensor) -> Tensor:
        embedded: Tensor = self.weights[EMBEDDING][pieces] * self.width**0.5
        return embedded

    def _linear(self, name: str, kind: str, states: Tensor) -> Tensor:
        return states @ self.weights[f"{name}_W{kind}"] + self.weights[f"{name}_b{kind}"]

    def _norm(self, name: str, states: Tensor) -> Tensor:
        gain, bias = (self.weights[f"{name}_ln_{part}"].view(-1) for part in ("scale", "bias"))
        return functional.layer_norm(states, (self.width,), gain, bias, NORM_EPSILON)

    def _memory(self, name: str, states: Tensor) -> tuple[Tensor, Tensor]:
        """Give keys and values."""
        return _heads(self._linear(name, "k", states)), _heads(self._linear(name, "v", states))

    def _attend(self, name: str, states: Tensor, memory: tuple[Tensor, Tensor], mask: Tensor) -> Tensor:
        mixed = attend(_heads(self._linear(name, "q", states)), *memory, mask).transpose(1, 2).flatten(2)
        return self._norm(f"{name}_Wo", states + self._linear(name, "o", mixed))

    def _feed_forward(self, name: str, states: Tensor) -> Tensor:
        inner = functional.relu(self._linear(name, "1", states))
        return self._norm(f"{name}_ffn", states + self._linear(name, "2", inner))

    def _recur(self, name: str, cell: Tensor, states: Tensor) -> tuple[Tensor, Tensor]:
        """Take one step of the simpler simple recurrent unit: forget a part, add a part, ReLU."""
        keep = torch.sigmoid(self._linear(name, "f", states))
        cell = keep * cell + (1 - keep) * (states @ self.weights[f"{name}_W"])
        return cell, self._norm(f"{name}_ffn", states + functional.relu(cell))


def _heads(states: Tensor) -> Tensor:
    return states.view(*states.shape[:-1], HEADS, -1).transpose(1, 2)
