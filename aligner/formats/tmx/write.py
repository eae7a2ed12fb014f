"""Write TMX 1.4b that CAT tools match: UTF-8 without byte order mark, one document type, no namespace.

    bitexts ──unit_of──▶ spool (temporary file) ──▶ header, then the units that won

A source text stands in a file once, since tools disagree about which of two they take: a reviewed unit before a draft,
an edited one before an accepted one, then the first. Which unit wins, and what the header says, is known only at the
end, so the units wait in a temporary file; memory holds some twenty bytes a unit. Beads without a counterpart and
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
from aligner.formats.exchange.from_bitext import unit_of
from aligner.formats.exchange.units import Unit
from aligner.formats.selection import RANK, selected_beads
from aligner.formats.tmx.header import Header, HeaderFacts
from aligner.formats.tmx.paragraphs import by_paragraph
from aligner.formats.tmx.serialize import CLOSING, opening, unit_markup
from aligner.model import Bitext, Status

_MEMORY = 16 * 1024 * 1024
"""Bytes of units kept in memory before the temporary file goes to the disk."""
_BITS = 1 << 27
"""Sources are told apart at first by their place among so many bits (16 MB)."""


def write(bitexts: Iterable[Bitext], stream: BinaryIO, options: WriteOptions = DEFAULTS) -> None:
    """Write the bitexts as one TMX file; InputError when they are not all of one language pair."""
    facts, winners = HeaderFacts(), _Winners(deduplicate=options.deduplicate)
    with tempfile.SpooledTemporaryFile(max_size=_MEMORY) as spool:
        for bitext in bitexts:
            facts.add(bitext)
            shown = by_paragraph(bitext) if options.paragraphs else bitext
            for bead in selected_beads(shown, options):
                # A tool would offer the rejected text as it offers any other.
                unit = None if bead.status is Status.REJECTED else unit_of(shown, bead, options)
                if unit:
                    size = spool.write(f"{unit_markup(unit)}\n".encode())
                    winners.add(unit.variants[0].text, RANK[bead.status], size)
        spool.seek(0)
        stream.write(opening(facts.header(options)).encode())
        for size, wins in zip(winners.sizes, winners.chosen(), strict=True):
            markup = spool.read(size)
            if wins:
                stream.write(markup)
        stream.write(CLOSING.encode())


def write_units(header: Header, units: Iterable[Unit], stream: BinaryIO) -> None:
    """Write units as they are, one after the other, inline tags included (TMX level 2): nothing is left out."""
    stream.write(opening(header).encode())
    for unit in units:
        stream.write(f"{unit_markup(unit)}\n".encode())
    stream.write(CLOSING.encode())


class _Winners:
    """Which of the units with one source text is written: some twenty bytes a unit, and more only for repeated ones.

    A source stands in `_seen` as one bit, so that a few are taken for repeated that are not; their digests tell them
    apart.
    """

    def __init__(self, *, deduplicate: bool) -> None:
        self.sizes = array("Q")
        """Bytes of every unit in the spool."""
        self._deduplicate = deduplicate
        self._ranks = bytearray()
        self._keys = array("Q")
        self._seen = bytearray(_BITS // 8 if deduplicate else 0)
        self._repeated: set[int] = set()

    def add(self, source: str, rank: int, size: int) -> None:
        """Take the next unit of the spool."""
        self.sizes.append(size)
        if not self._deduplicate:
            return
        # A set of all source texts would take hundreds of bytes a unit; of 64 bits, two digests of other texts are
        # hardly ever the same.
        key = int.from_bytes(hashlib.blake2b(source.encode(), digest_size=8).digest())
        place, bit = divmod(key % _BITS, 8)
        if self._seen[place] & (1 << bit):
            self._repeated.add(key)
        self._seen[place] |= 1 << bit
        self._ranks.append(rank)
        self._keys.append(key)

    def chosen(self) -> bytearray:
        """For every unit 1 when it is to be written, else 0."""
        chosen = bytearray(b"\1") * len(self.sizes)
        best: dict[int, int] = {}
        for unit, key in enumerate(self._keys):
            if key in self._repeated:
                first = best.get(key, unit)
                # Of two that are reviewed alike the earlier one stays: the same bitexts give the same file.
                later_wins = self._ranks[unit] > self._ranks[first]
                best[key] = unit if later_wins else first
                if first != unit:
                    chosen[first if later_wins else unit] = 0
        return chosen
