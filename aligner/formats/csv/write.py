"""Write the table of `aligner.formats.tsv.write` as CSV: commas, and cells quoted as RFC 4180 has it.

A byte order mark stands first: without it Excel takes UTF-8 for the encoding of the system. Start reading at `write`.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

from aligner.formats.base import DEFAULTS, WriteOptions
from aligner.formats.tsv.write import encoded_cell, escape_cell, table_rows
from aligner.model import Bitext


def write(bitexts: Iterable[Bitext], stream: BinaryIO, options: WriteOptions = DEFAULTS) -> None:
    """Write the header row and every selected bead, null beads with an empty cell."""
    stream.write(codecs.BOM_UTF8)
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\n")
    for cells in table_rows(bitexts, options):
        writer.writerow([escape_cell(cell) for cell in cells])
        stream.write(encoded_cell(line.getvalue()))
        line.seek(0)
        line.truncate()
