"""The alignment alone: one line a bead, ``[source]:[target]:score``, segments counted from 0.

The notation of hunalign's successors (Bleualign, Vecalign) and of the scorers that read them. Every segment of both
sides stands on exactly one line, in the order of the source; of the target, too, but for passages that were found to
stand elsewhere. Options that leave beads out do not apply, since a hole would be an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
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
            raise InputError("the beads format holds one document a file", where=bitext.id, hint="write it to its own")
        for bead in _with_links(bitext):
            stream.write(bead_line(bead).encode() + b"\n")


def _with_links(bitext: Bitext) -> Iterator[Bead]:
    """The beads; passages that stand elsewhere in the other text as links that cross, at their place in the source."""
    place = {segment.locator: j for j, segment in enumerate(bitext.target.segments)}
    held: list[int] = []
    for bead, after in zip(bitext.beads, (*bitext.beads[1:], None), strict=True):
        if not bead.moved:
            yield bead
        elif bead.source:
            held += bead.source
            # Several sentences that name the same counterparts are one link.
            if after is None or not after.source or after.moved != bead.moved:
                target = tuple(place[locator] for locator in bead.moved)
                yield replace(bead, source=tuple(held), target=target, moved=())
                held = []


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
            raise InputError("this is not a pair", where=where, hint="write [0, 1]:[0]") from error
    if not pairs:
        raise InputError("there are no pairs", where=path, hint="write one a line, as in [0, 1]:[0]")
    return pairs
