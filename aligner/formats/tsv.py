r"""A table for spreadsheets and scripts: UTF-8, one header row, one bead a row, tab between cells, LF at the end.

Columns: id (the same as the TMX's tuid), type, confidence, origin, status, source, target. A tab, line feed, carriage
return or backslash inside a text is written ``\t``, ``\n``, ``\r``, ``\\``, so that a row is always one line and the
text can be restored exactly (`unescape`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import BinaryIO

from aligner.formats.base import DEFAULTS, WriteOptions
from aligner.formats.selection import selected
from aligner.model import Bead, Bitext

COLUMNS = ("id", "type", "confidence", "origin", "status", "source", "target")

_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
_MEANING = {r"\\": "\\", r"\t": "\t", r"\n": "\n", r"\r": "\r"}


def write(bitexts: Iterable[Bitext], stream: BinaryIO, options: WriteOptions = DEFAULTS) -> None:
    """Write the header row and every selected bead, null beads with an empty cell."""
    _put(stream, COLUMNS)
    for bitext in bitexts:
        for bead in selected(bitext, options):
            _put(stream, _row(bitext, bead))


def escape(text: str) -> str:
    r"""A text without tabs and line ends.

    >>> escape("a\tb")
    'a\\tb'
    """
    return text.translate(_ESCAPES)


def unescape(cell: str) -> str:
    r"""The text that `escape` was given.

    >>> unescape(escape("a\\t\tb")) == "a\\t\tb"
    True
    """
    return re.sub(r"\\[\\tnr]", lambda match: _MEANING[match[0]], cell)


def _row(bitext: Bitext, bead: Bead) -> tuple[str, ...]:
    return (
        f"{bitext.id}:{bitext.locator(bead)}",
        bead.type,
        repr(bead.confidence),
        bead.origin.value,
        bead.status.value,
        bitext.source_text(bead),
        bitext.target_text(bead),
    )


def _put(stream: BinaryIO, cells: Iterable[str]) -> None:
    stream.write("\t".join(escape(cell) for cell in cells).encode("utf-8", "replace") + b"\n")
