"""The alignment alone: one line a bead, ``[source]:[target]:score``, segments counted from 0.

The notation of hunalign's successors (Bleualign, Vecalign) and of the scorers that read them. Every segment of both
sides stands on exactly one line, in order; options that leave beads out do not apply, since a hole would be an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from aligner.errors import InputError
from aligner.files import read_bytes
from aligner.formats.base import DEFAULTS, WriteOptions
from aligner.model import Bead, Bitext

_LINE = re.compile(r"\s*\[([\d,\s]*)\]\s*:\s*\[([\d,\s]*)\]")


def write(bitexts: Iterable[Bitext], stream: BinaryIO, options: WriteOptions = DEFAULTS) -> None:  # noqa: ARG001
    """Write the beads of one bitext; InputError for a second, as the lines could not be told apart."""
    for position, bitext in enumerate(bitexts):
        if position:
            raise InputError("the beads format holds one bitext a file", where=bitext.id, hint="write it to its own")
        for bead in bitext.beads:
            stream.write(bead_line(bead).encode() + b"\n")


def bead_line(bead: Bead) -> str:
    """One bead as text.

    >>> bead_line(Bead((0, 1), (0,), score=0.25))
    '[0, 1]:[0]:0.25'
    """
    return f"{list(bead.source)}:{list(bead.target)}:{bead.score!r}"


def read_pairs(path: Path) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """The index pairs of a beads file; what follows a second colon is ignored.

    Raises InputError when the file holds no beads or, with the line, when one is damaged.

    Gold standards are read with this: unlike our own beads, theirs may cross others and have holes.
    """
    pairs = []
    for number, line in enumerate(read_bytes(path).decode("utf-8-sig", "replace").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            match = _LINE.match(line)
            # gold standards have spaces where we write commas
            sides = [tuple(int(i) for i in side.replace(",", " ").split()) for side in match.groups()] if match else []
            source, target = sides
            pairs.append((source, target))
        except ValueError as error:  # not two sides, or a number with thousands of digits
            where = f"{path}, line {number}"
            raise InputError("this is not a bead", where=where, hint="write [0, 1]:[0]") from error
    if not pairs:
        raise InputError("there are no beads", where=path, hint="write one a line, as in [0, 1]:[0]")
    return pairs
