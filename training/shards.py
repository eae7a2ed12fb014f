"""Encoded pairs in compact binary files that load in seconds and are small enough to be carried one by one.

A shard is a NumPy ``.npz``: all pieces of all pairs one after another (16 bits each, source before target, no end
marks), the two lengths of every pair and the number of its source. Start reading at `Pairs`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aligner.errors import InputError
from aligner.files import write_atomically, writing

Encoded = tuple[int, Sequence[int], Sequence[int]]
"""Number of the source, pieces of the French, pieces of the English."""

TABLE = "shards.json"
COMPRESSED_BYTES = 1.6
"""About the most that a 16-bit piece takes in a compressed shard."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Encoded pairs in memory."""

    pieces: NDArray[np.uint16]
    starts: NDArray[np.int64]
    """Where the French of each pair starts in `pieces`; its English follows it."""
    source_lengths: NDArray[np.uint16]
    target_lengths: NDArray[np.uint16]
    corpora: NDArray[np.uint8]
    """Index of each pair's source in `names`."""
    names: tuple[str, ...]

    def __len__(self) -> int:
        """How many pairs there are."""
        return len(self.starts)

    def source(self, row: int) -> NDArray[np.uint16]:
        """Give the French pieces of one pair."""
        start = self.starts[row]
        return self.pieces[start : start + self.source_lengths[row]]

    def target(self, row: int) -> NDArray[np.uint16]:
        """Give the English pieces of one pair."""
        start = self.starts[row] + self.source_lengths[row]
        return self.pieces[start : start + self.target_lengths[row]]


def pack(rows: Iterable[Encoded], names: Sequence[str]) -> Pairs:
    """Lay encoded pairs out in arrays.

    >>> pack([(0, [5, 6], [7])], ["un"]).target(0).tolist()
    [7]
    """
    listed = list(rows)
    sources = np.array([len(source) for _, source, _ in listed], np.uint16)
    targets = np.array([len(target) for _, _, target in listed], np.uint16)
    flat = [np.asarray(side, np.uint16) for _, source, target in listed for side in (source, target)]
    pieces = np.concatenate(flat) if flat else np.zeros(0, np.uint16)
    corpora = np.array([corpus for corpus, _, _ in listed], np.uint8)
    return Pairs(pieces, _starts(sources, targets), sources, targets, corpora, tuple(names))


def write_shards(rows: Iterator[Encoded], folder: Path, *, names: Sequence[str], mebibytes: float) -> list[Path]:
    """Write pairs to ``shard-000.npz`` … of at most about `mebibytes` each, and their table of contents last.

    A folder without ``shards.json`` is unfinished and is written anew.
    """
    limit = int(mebibytes * 2**20 / COMPRESSED_BYTES)
    written: list[Path] = []
    pending: list[Encoded] = []
    size = 0
    for row in rows:
        pending.append(row)
        size += len(row[1]) + len(row[2])
        if size >= limit:
            written.append(_write(pack(pending, names), folder / f"shard-{len(written):03}.npz"))
            pending, size = [], 0
    if pending:
        written.append(_write(pack(pending, names), folder / f"shard-{len(written):03}.npz"))
    _write_table(folder, names, [path.name for path in written])
    return written


def add_shard(folder: Path, encode: Callable[[Sequence[str]], Iterable[Encoded]], name: str) -> int:
    """Add the pairs of one more source, `name`, in a shard of that name, and give how many there are.

    `encode` gives the pairs when it is told the names of all sources. A shard of an earlier call is replaced.
    """
    content = _table(folder)
    names, shards = (
        list(dict.fromkeys([*content[key], each])) for key, each in (("names", name), ("shards", f"{name}.npz"))
    )
    pairs = pack(encode(names), names)
    _write(pairs, folder / f"{name}.npz")
    _write_table(folder, names, shards)
    return len(pairs)


def read_shards(folder: Path) -> Pairs:
    """Load every shard that the table of contents names and that is there; at least one must be."""
    content = _table(folder)
    found = [_read(folder / name) for name in content["shards"] if (folder / name).is_file()]
    if not found:
        raise InputError("none of the shards is there", where=folder)
    pieces, sources, targets, corpora = (np.concatenate(column) for column in zip(*found, strict=True))
    return Pairs(pieces, _starts(sources, targets), sources, targets, corpora, tuple(content["names"]))


def _table(folder: Path) -> Mapping[str, list[str]]:
    """Read the table of contents: the names of the sources and of the shards."""
    path = folder / TABLE
    if not path.is_file():
        raise InputError("there are no shards", where=folder, hint="run the step prepare first")
    content: Mapping[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _write_table(folder: Path, names: Sequence[str], shards: Sequence[str]) -> None:
    """Write the table of contents."""
    content = {"names": list(names), "shards": list(shards)}
    write_atomically(folder / TABLE, json.dumps(content, indent=1, ensure_ascii=False) + "\n")


def _starts(sources: NDArray[np.uint16], targets: NDArray[np.uint16]) -> NDArray[np.int64]:
    """Sum the lengths to starting points."""
    totals = sources.astype(np.int64) + targets
    starts: NDArray[np.int64] = np.cumsum(totals) - totals
    return starts


def _write(pairs: Pairs, path: Path) -> Path:
    """Write one shard, compressed."""
    with writing(path) as stream:
        np.savez_compressed(
            stream,
            pieces=pairs.pieces,
            source_lengths=pairs.source_lengths,
            target_lengths=pairs.target_lengths,
            corpora=pairs.corpora,
        )
    return path


def _read(path: Path) -> tuple[NDArray[np.uint16], NDArray[np.uint16], NDArray[np.uint16], NDArray[np.uint8]]:
    """Read one shard's arrays."""
    with np.load(path, allow_pickle=False) as content:
        return content["pieces"], content["source_lengths"], content["target_lengths"], content["corpora"]
