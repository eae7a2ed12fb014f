r"""A table for spreadsheets and scripts: UTF-8, one header row, one bead a row, tab between cells, LF at the end.

    id         type  confidence  origin  status  source         target  languages  source_segments  target_segments  …
    brics:3.2  2-1   0.97        mt      draft   Oui. Non, non  Yes …   fr en      3.2 3.3@5        2.2              …

    …  quality  maker                                 written            sent_status
    …  0.61     translate-fr_en 0.5 3f0c9a5be1d27784  w85d39e1f62a1b0c4  draft

A tab, line feed, carriage return or backslash inside a text is written ``\t``, ``\n``, ``\r``, ``\\``, so that a row
is always one line and the text can be restored exactly (`unescape_cell`). A cell that begins with a quotation mark is
put into quotation marks, with those inside doubled, as spreadsheets do: they would take its own for theirs. Two columns
say where the segments of a cell stand in their text and, for all but the first, at which character of the cell they
begin; the last two say how the row went out: the fingerprint of its target (`aligner.formats.exchange.fingerprints`)
and its status. Start reading at `write`; the reader is in `aligner.formats.tsv.read`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import BinaryIO

from aligner.formats.base import DEFAULTS, WriteOptions
from aligner.formats.exchange.fields import ROWS, SENT_STATUS
from aligner.formats.exchange.from_bitext import unit_of
from aligner.formats.exchange.units import Unit
from aligner.formats.selection import selected_beads
from aligner.model import Bitext, wording

SENT = SENT_STATUS.replace("-", "_")
"""The column for the status with which a row went out."""

_TOLD = tuple(row.property for row in ROWS if row.property and "tsv" in row.formats)
"""The properties of a unit that the table has, by the table of fields."""
_FIRST = (
    "id", "type", "confidence", "origin", "status", "source", "target", "languages", "source_segments",
    "target_segments", "quality", "maker", "written", SENT,
)  # fmt: skip
COLUMNS = (*_FIRST, *(column for name in _TOLD if (column := name.replace("-", "_")) not in _FIRST))
"""The columns as they have always stood, newer ones after them."""
MARK = "w"
"""What a fingerprint begins with in its cell: a spreadsheet would take ``12345678901234e5`` for a number."""

_SPECIAL = re.compile(r"[\\\t\n\r]")
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
_MEANING = {r"\\": "\\", r"\t": "\t", r"\n": "\n", r"\r": "\r"}


def write(bitexts: Iterable[Bitext], stream: BinaryIO, options: WriteOptions = DEFAULTS) -> None:
    """Write the header row and every selected bead, null beads with an empty cell."""
    for cells in table_rows(bitexts, options):
        stream.write(encoded_cell("\t".join([quoted_cell(escape_cell(cell)) for cell in cells])) + b"\n")


def table_rows(bitexts: Iterable[Bitext], options: WriteOptions) -> Iterator[Sequence[str]]:
    """The rows of the table, the headings first."""
    yield COLUMNS
    # The id is what a row is known by when it comes back, however it was sorted.
    options = replace(options, tuid=True)
    for bitext in bitexts:
        languages = " ".join(options.tag(tag) for tag in (bitext.source.language, bitext.target.language))
        for bead in selected_beads(bitext, options):
            unit = unit_of(bitext, bead, options, one_sided=True, written=str)
            if unit:
                yield _row(unit, languages)


def escape_cell(text: str) -> str:
    r"""A text without tabs and line ends.

    >>> escape_cell("a\tb")
    'a\\tb'
    """
    # Most texts have none of these, and looking is faster than translating.
    return text.translate(_ESCAPES) if _SPECIAL.search(text) else text


def quoted_cell(cell: str) -> str:
    """A cell as spreadsheets want it: in quotation marks where it begins with one.

    >>> quoted_cell('She said "yes".'), len(quoted_cell('"Yes", she said.'))
    ('She said "yes".', 20)
    """
    doubled = cell.replace('"', '""')
    return f'"{doubled}"' if cell[:1] == '"' else cell


def unescape_cell(cell: str) -> str:
    r"""The text that `escape_cell` was given.

    >>> unescape_cell(escape_cell("a\\t\tb")) == "a\\t\tb"
    True
    """
    return re.sub(r"\\[\\tnr]", lambda match: _MEANING[match[0]], cell) if "\\" in cell else cell


def _row(unit: Unit, languages: str) -> list[str]:
    source, target = unit.variants
    facts = {kind.removeprefix("x-"): value for kind, value in unit.properties}
    row = {name.replace("-", "_"): facts.get(name, "") for name in _TOLD} | {
        "id": unit.tuid,
        "type": facts["bead"],
        "source": source.text,
        "target": target.text,
        "languages": languages,
        "source_segments": _places(facts.get("ref", ""), facts.get("source-cuts", "")) if source.text else "",
        "target_segments": _places(facts.get("target-ref") or facts.get("ref", ""), facts.get("target-cuts", ""))
        if target.text
        else "",
        # The fingerprint of the text as it stands in the file, where half a surrogate pair has become "?".
        "written": MARK + wording(encoded_cell(target.text).decode()),
        SENT: facts["status"],
    }
    return [row[name] for name in COLUMNS]


def _places(refs: str, cuts: str) -> str:
    """Where segments stand, and where in their cell all but the first begin: ``3.2 3.3@5``."""
    first, *later = refs.split()
    return " ".join([first, *(f"{ref}@{int(cut) + 1}" for ref, cut in zip(later, cuts.split(), strict=True))])


def encoded_cell(text: str) -> bytes:
    """The bytes of a text; half a surrogate pair becomes ``?``."""
    return text.encode("utf-8", "replace")
