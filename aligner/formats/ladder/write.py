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
            raise InputError("the ladder format holds one document a file", where=bitext.id, hint="write it to its own")
        n = m = 0
        rungs = []
        for bead in bitext.beads:
            rungs.append((n, m, bead.score))
            n, m = n + len(bead.source), m + len(bead.target)
        # A bead ends where the next begins: without a last rung the end of the last one would not be told.
        rungs.append((n, m, 0.0))
        stream.write("".join(f"{n}\t{m}\t{score!r}\n" for n, m, score in rungs).encode())
