"""The alignment as hunalign's ladder: rungs of positions in both texts (Varga et al. 2005).

A rung ``n<tab>m<tab>score`` says that source segment n and target segment m begin a bead; the score is that bead's.
Segments count from 0. The bead goes up to the next rung; the last rung stands behind the last segments. As in the
beads format every segment has its place, so options that leave beads out do not apply.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from aligner.errors import InputError
from aligner.formats.base import DEFAULTS, WriteOptions
from aligner.model import Bitext


def write(bitexts: Iterable[Bitext], stream: BinaryIO, options: WriteOptions = DEFAULTS) -> None:  # noqa: ARG001
    """Write the rungs of one bitext; InputError for a second, as the ladders could not be told apart."""
    for position, bitext in enumerate(bitexts):
        if position:
            raise InputError("the ladder format holds one bitext a file", where=bitext.id, hint="write it to its own")
        n = m = 0
        for bead in bitext.beads:
            _put(stream, n, m, bead.score)
            n, m = n + len(bead.source), m + len(bead.target)
        _put(stream, n, m, 0.0)


def _put(stream: BinaryIO, n: int, m: int, score: float) -> None:
    stream.write(f"{n}\t{m}\t{score!r}\n".encode())
