"""Reading and writing bitexts: one table, two verbs, one room per format.

    Bitext ──write──▶ jsonl · parquet (lossless) · tei · xces · moses · beads · ladder
           ◀──read─── jsonl · parquet · tei · xces · moses
    Bitext ◀──exchange──▶ Unit ◀──▶ tmx · xliff · xlsx · tsv, in which people work

Files that come in, in whatever format, encoding and archive, are opened in one place (`aligner.formats.opening`).
`FORMATS` names every format with its suffix, what it keeps and what it loses. ``write(bitexts, stream, options)`` and
``read(stream)`` mean the same in each; a format's code, and lxml where it needs it, is loaded when it is first used.
One table says of every field of a bead how it is written and read (`aligner.formats.exchange.fields`).

>>> FORMATS["tmx"].suffix
'.tmx'

Start reading at `aligner.formats.base` (the records), then `aligner.formats.jsonl.write`, the simplest complete format.
"""

from aligner.formats.base import Format, Standing, WriteOptions
from aligner.formats.table import FORMATS, format_named

__all__ = ["FORMATS", "Format", "Standing", "WriteOptions", "format_named"]
