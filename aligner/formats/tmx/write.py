"""Write TMX 1.4b that CAT tools match: UTF-8 without byte order mark, one document type, no namespace.

    bitexts ──translation_unit──▶ spool (temporary file) ──▶ header, then the units that won

A source text stands in a file once, since tools disagree about which of two they take: a reviewed unit before a draft,
an edited one before an accepted one, then the first. Which unit wins, and what the header says, is known only at the
end, so the units wait in a temporary file; memory holds a few dozen bytes a unit. Beads without a counterpart and
texts of which nothing is left are not written: a tool would delete the sentence. Rejected beads are never written.

Start reading at `write`.
"""

from __future__ import annotations

import hashlib
import tempfile
from array import array
from collections.abc import Iterable
from typing import BinaryIO

from aligner.formats.base import DEFAULTS, WriteOptions
from aligner.formats.markup import DECLARATION
from aligner.formats.selection import RANK, selected
from aligner.formats.tmx.header import Facts, header
from aligner.formats.tmx.unit import translation_unit
from aligner.model import Bitext, Status

_DOCTYPE = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'
_MEMORY = 16 * 1024 * 1024
"""Bytes of units kept in memory before the temporary file goes to the disk."""


def write(bitexts: Iterable[Bitext], stream: BinaryIO, options: WriteOptions = DEFAULTS) -> None:
    """Write the bitexts as one TMX file; InputError when they are not all of one language pair."""
    facts, winners = Facts(), _Winners(deduplicate=options.deduplicate)
    with tempfile.SpooledTemporaryFile(max_size=_MEMORY) as spool:
        for bitext in bitexts:
            facts.add(bitext)
            _spool_units(bitext, options, spool, winners)
        spool.seek(0)
        opening = f'{DECLARATION}{_DOCTYPE}<tmx version="1.4">\n{header(facts, options)}\n<body>\n'
        stream.write(opening.encode())
        for size in winners.sizes:
            unit = spool.read(abs(size))
            if size > 0:
                stream.write(unit)
        stream.write(b"</body>\n</tmx>\n")


def _spool_units(
    bitext: Bitext, options: WriteOptions, spool: tempfile.SpooledTemporaryFile[bytes], winners: _Winners
) -> None:
    for bead in selected(bitext, options):
        made = None if bead.status is Status.REJECTED else translation_unit(bitext, bead, options)
        if made:
            source, unit = made
            winners.add(source, RANK[bead.status], spool.write(f"{unit}\n".encode()))


class _Winners:
    """Which of the units with one source text is written.

    ``sizes`` holds the bytes of every unit in the spool, negative for those that lost.
    """

    def __init__(self, *, deduplicate: bool) -> None:
        self.sizes = array("q")
        self._best: dict[bytes, tuple[int, int]] | None = {} if deduplicate else None

    def add(self, source: str, rank: int, size: int) -> None:
        """Take the next unit of the spool."""
        self.sizes.append(size)
        if self._best is None:
            return
        key = hashlib.blake2b(source.encode(), digest_size=16).digest()
        best_rank, best = self._best.get(key, (-1, -1))
        if rank <= best_rank:
            self.sizes[-1] = -size
            return
        if best >= 0:
            self.sizes[best] = -self.sizes[best]
        self._best[key] = (rank, len(self.sizes) - 1)
