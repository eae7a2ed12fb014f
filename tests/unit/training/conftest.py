"""A parent model of the right shape and of no use, in the files of the real one."""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

SYLLABLES = ("ba", "ce", "di", "fo", "gu", "la", "me", "ni", "ro", "su")
WORDS = [a + b + c for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES]
WIDTH, INNER = 16, 24


def make_vocabulary(path: Path) -> int:
    """Write a SentencePiece model as the parent has it, and give the number of its pieces."""
    import sentencepiece

    content = io.BytesIO()
    sentences = [" ".join(WORDS[(n * step) % 1000] for step in (1, 3, 9)) + f" {n % 10}, z." for n in range(500)]
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(sentences),
        model_writer=content,
        vocab_size=150,
        eos_id=0,
        unk_id=1,
        bos_id=-1,
        pad_id=-1,
        minloglevel=2,
    )
    path.write_bytes(content.getvalue())
    return 150


def make_arrays(pieces: int, seed: int = 1) -> dict[str, NDArray[np.float32]]:
    """Draw the arrays of a tiny model: matrices that 8 bits hold without loss, and vectors."""
    random = np.random.default_rng(seed)

    def matrix(*shape: int) -> NDArray[np.float32]:
        values = random.integers(-127, 128, shape)
        values.flat[0] = 127
        return (values / 512).astype(np.float32)

    def vector(size: int) -> NDArray[np.float32]:
        return random.normal(0, 0.1, (1, size)).astype(np.float32)

    arrays = {"Wemb": matrix(pieces, WIDTH), "decoder_ff_logit_out_b": vector(pieces)}
    layers = [(f"encoder_l{n}", "self") for n in range(1, 7)] + [(f"decoder_l{n}", "context") for n in (1, 2)]
    for layer, attention in layers:
        for kind in "qkvo":
            arrays |= {
                f"{layer}_{attention}_W{kind}": matrix(WIDTH, WIDTH),
                f"{layer}_{attention}_b{kind}": vector(WIDTH),
            }
        arrays |= {f"{layer}_ffn_W1": matrix(WIDTH, INNER), f"{layer}_ffn_b1": vector(INNER)}
        arrays |= {f"{layer}_ffn_W2": matrix(INNER, WIDTH), f"{layer}_ffn_b2": vector(WIDTH)}
        norms = [f"{layer}_{attention}_Wo", f"{layer}_ffn_ffn"]
        if attention == "context":
            arrays |= {f"{layer}_rnn_W": matrix(WIDTH, WIDTH), f"{layer}_rnn_Wf": matrix(WIDTH, WIDTH)}
            arrays |= {f"{layer}_rnn_bf": vector(WIDTH)}
            norms.append(f"{layer}_rnn_ffn")
        for name in norms:
            arrays |= {f"{name}_ln_scale": 1 + vector(WIDTH), f"{name}_ln_bias": vector(WIDTH)}
    return arrays


def write_marian(path: Path, arrays: Mapping[str, NDArray[np.float32]]) -> None:
    """Write arrays as Marian does: matrices in 8 bits, all but the embedding transposed; vectors as floats."""
    items: list[tuple[str, int, tuple[int, ...], bytes]] = [("special:model.yml", 0x101, (3,), b"a: ")]
    for name, array in arrays.items():
        shape = array.shape
        if 1 in shape:
            items.append((name, 0x404, shape, array.tobytes()))
            continue
        scale = np.float32(127 / np.abs(array).max())
        stored = np.round(array * scale).astype(np.int8)
        stored = stored if name == "Wemb" else np.ascontiguousarray(stored.T)
        items.append((name, 0x4101, shape, stored.tobytes() + scale.tobytes() + bytes(252)))
        items.append((f"{name}_QuantMultA", 0x4101, (1, 1), bytes(256)))
    names = [name.encode() + b"\0" for name, *_ in items]
    content = struct.pack("<QQ", 1, len(items))
    for name, (_, kind, shape, data) in zip(names, items, strict=True):
        content += struct.pack("<4Q", len(name), kind, len(shape), len(data))
    content += b"".join(names) + b"".join(struct.pack(f"<{len(shape)}i", *shape) for _, _, shape, _ in items)
    gap = -(len(content) + 8) % 256
    content += struct.pack("<Q", gap) + bytes(gap) + b"".join(data for *_, data in items)
    path.write_bytes(content)


def make_parent(work: Path) -> None:
    """Put a parent for both directions into the folder of a run."""
    folder = work / "parent"
    folder.mkdir(parents=True)
    for seed, sides in enumerate(("pten", "enpt")):
        pieces = make_vocabulary(folder / f"vocab.{sides}.spm")
        write_marian(folder / f"model.{sides}.intgemm.alphas.bin", make_arrays(pieces, seed))


@pytest.fixture(scope="session")
def parent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run that has a parent and nothing else."""
    work = tmp_path_factory.mktemp("parent")
    make_parent(work)
    return work
