r"""A table for spreadsheets and scripts: UTF-8, one header row, one bead a row, tab between cells, LF at the end.

    id         type  confidence  origin  status  source         target  languages  source_segments  target_segments  …
    brics:3.2  2-1   0.97        mt      draft   Oui. Non, non  Yes …   fr en      3.2 3.3@5        2.2              …

    …  quality  maker                               written
    …  0.61     translate-fr_en 0.5 3f0c9a5be1d27784  w85d39e1f62a1b0c4

A tab, line feed, carriage return or backslash inside a text is written ``\t``, ``\n``, ``\r``, ``\\``, so that a row
is always one line and the text can be restored exactly (`unescape`). Two columns say where the segments of a cell
stand in their text and, for all but the first, at which character of the cell they begin; the last one has the
fingerprint of the target (`aligner.formats.exchange.fingerprints`). Start reading at `write`; the reader is in
`aligner.formats.tsv.read`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import BinaryIO

from aligner.formats.base import DEFAULTS, WriteOptions
from aligner.formats.selection import selected
from aligner.model import Bead, Bitext, Segment, wording

COLUMNS = (
    "id", "type", "confidence", "origin", "status", "source", "target", "languages", "source_segments",
    "target_segments", "quality", "maker", "written",
)  # fmt: skip
MARK = "w"
"""What a fingerprint begins with in its cell: a spreadsheet would take ``12345678901234e5`` for a number."""

_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
_MEANING = {r"\\": "\\", r"\t": "\t", r"\n": "\n", r"\r": "\r"}


def write(bitexts: Iterable[Bitext], stream: BinaryIO, options: WriteOptions = DEFAULTS) -> None:
    """Write the header row and every selected bead, null beads with an empty cell."""
    _put(stream, COLUMNS)
    for bitext in bitexts:
        languages = " ".join(options.locale.get(tag, tag) for tag in (bitext.source.language, bitext.target.language))
        for bead in selected(bitext, options):
            _put(stream, _row(bitext, bead, languages))


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


def _row(bitext: Bitext, bead: Bead, languages: str) -> tuple[str, ...]:
    return (
        f"{bitext.id}:{bitext.locator(bead)}",
        bead.type,
        repr(bead.confidence),
        bead.origin.value,
        bead.status.value,
        bitext.source_text(bead),
        bitext.target_text(bead),
        languages,
        _places([bitext.source.segments[i] for i in bead.source]),
        _places([bitext.target.segments[j] for j in bead.target]),
        "" if bead.quality is None else repr(bead.quality),
        bead.maker,
        MARK + wording(_encoded(bitext.target_text(bead)).decode()),
    )


def _places(segments: Sequence[Segment]) -> str:
    """Where segments stand, and where in their cell all but the first begin: ``3.2 3.3@5``."""
    starts = list(accumulate(len(segment.text) + 1 for segment in segments))
    later = [f"{segment.locator}@{start}" for segment, start in zip(segments[1:], starts, strict=False)]
    return " ".join([*(segment.locator for segment in segments[:1]), *later])


def _put(stream: BinaryIO, cells: Iterable[str]) -> None:
    stream.write(_encoded("\t".join(escape(cell) for cell in cells)) + b"\n")


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")
