"""What is shown on a page as a file: some pairs of a document, as a memory, a workbook or a table in Word.

The files are those of `aligner export`, of these pairs alone; `aligner import` takes back what comes of them. Start
reading at `some_pairs`.
"""

from __future__ import annotations

import io
from collections.abc import Collection
from dataclasses import dataclass

from aligner.documents.bilingual import write_table
from aligner.errors import InputError
from aligner.formats import FORMATS, WriteOptions
from aligner.formats.selection import rebuilt
from aligner.model import Bitext

TABLE = "docx"
FORMS = ("tmx", "xlsx", TABLE)
"""What a page offers."""
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file for the browser to save."""

    name: str
    media_type: str
    data: bytes


def some_pairs(bitext: Bitext, locators: Collection[str], form: str) -> SharedFile:
    """The pairs with these locators, in the order of the document; InputError for no pair, or another form."""
    if form not in FORMS:
        raise InputError(f"'format' must be one of {', '.join(FORMS)}")
    beads = [bead for bead in bitext.beads if bitext.locator(bead) in locators]
    if not beads:
        raise InputError("none of these pairs is in the document any more")
    part = rebuilt(bitext, beads)
    name = f"{bitext.id}.{'-'.join(bitext.languages)}"
    if form == TABLE:
        return SharedFile(f"{name}.docx", _WORD, write_table([part]))
    row, stream = FORMATS[form], io.BytesIO()
    row.write([part], stream, WriteOptions(deduplicate=form != "tmx"))
    return SharedFile(f"{name}{row.suffix}", row.media_type, stream.getvalue())
