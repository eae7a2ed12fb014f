"""Reading and writing bitexts: one table, two verbs, one room per format.

    Bitext ──write──▶ jsonl (lossless) · tmx · tei · xliff · xlsx · tsv · beads · ladder · moses
           ◀──read─── jsonl · tmx · tei · xliff · xlsx

`FORMATS` names every format with its suffix, what it keeps and what it loses. ``write(bitexts, stream, options)`` and
``read(stream)`` mean the same in each; a format's code, and lxml where it needs it, is loaded when it is first used.

>>> FORMATS["tmx"].suffix
'.tmx'

Start reading at `aligner.formats.base` (the records), then `aligner.formats.jsonl.write`, the simplest complete format.
"""

from aligner.formats.base import Format, Standing, WriteOptions
from aligner.formats.table import FORMATS, format_named

__all__ = ["FORMATS", "Format", "Standing", "WriteOptions", "format_named"]
