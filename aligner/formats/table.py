"""The one table of formats.

A row's functions import their module when they are first called: ``aligner --help`` lists every format without loading
a parser. To add a format, write a folder with ``write.py`` (and ``read.py``) and add a row.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any

from aligner.errors import InputError
from aligner.formats.base import Format


def later(place: str) -> Any:
    """A function of a format's folder, such as ``tei.read.read``, whose module is imported when it is first called."""
    module, _, function = f"aligner.formats.{place}".rpartition(".")

    def call(*arguments: Any, **options: Any) -> Any:
        return getattr(import_module(module), function)(*arguments, **options)

    return call


_SELECTION = frozenset(("keep_boilerplate", "standings", "min_status", "min_confidence", "min_quality"))
"""The options that choose beads."""
_TOLD = "and all that is known of them and of the document"
"""What TMX, XLIFF and XLSX tell of a bead and its document."""

_ROWS = (
    Format(
        name="jsonl",
        suffix=".jsonl",
        media_type="application/jsonl",
        description="the bitext store: a header line, then one bead a line; nothing is lost",
        write=later("jsonl.write.write"),
        read=later("jsonl.read.read"),
        keeps="everything",
        loses="",
        has_offsets=True,
    ),
    Format(
        name="tmx",
        suffix=".tmx",
        media_type="application/x-tmx+xml",
        description="TMX 1.4b translation memory for CAT tools",
        write=later("tmx.write.write"),
        read=later("tmx.read.read"),
        documents=later("tmx.read.documents"),
        keeps=f"paired texts, {_TOLD}",
        loses="pairs without a counterpart, rejected pairs, repeated sources, boilerplate, offsets, fingerprints of "
        "earlier texts, characters that XML forbids, space at the ends of texts; texts in Unicode NFC",
        heeds=_SELECTION - {"keep_boilerplate"} | {"locale", "tuid", "deduplicate", "context", "paragraphs"},
        in_pieces=True,
    ),
    Format(
        name="tei",
        suffix=".xml",
        media_type="application/tei+xml",
        description="TEI P5 bilingual edition with citable sentences and stand-off alignment",
        write=later("tei.write.write"),
        read=later("tei.read.read"),
        keeps="both texts with paragraphs and headings, every pair, and all that is known of them, offsets",
        loses="boilerplate unless asked for, fingerprints of texts, characters that XML forbids",
        heeds=frozenset(("keep_boilerplate", "locale")),
        has_offsets=True,
    ),
    Format(
        name="xliff",
        suffix=".xlf",
        media_type="application/xliff+xml",
        description="XLIFF 1.2 or 2.0 for translating and reviewing in a CAT tool, and back",
        write=later("xliff.write.write"),
        read=later("xliff.read.read"),
        documents=later("xliff.read.documents"),
        keeps=f"the texts of every pair, {_TOLD}",
        loses="boilerplate unless asked for, offsets, fingerprints of earlier texts, characters that XML forbids, "
        "space at the ends of texts; texts in Unicode NFC",
        heeds=_SELECTION | {"locale", "context", "xliff_version"},
    ),
    Format(
        name="xlsx",
        suffix=".xlsx",
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        description="a table for spreadsheets: edit the target column and import it back",
        write=later("xlsx.write.write"),
        read=later("xlsx.read.read"),
        documents=later("xlsx.read.documents"),
        keeps="the same as xliff",
        loses="boilerplate unless asked for, offsets, fingerprints of earlier texts, characters that XML forbids, "
        "space at the ends of texts; texts in Unicode NFC; a text longer than a cell (32,767 characters) is refused",
        heeds=_SELECTION | {"locale"},
        in_pieces=True,
    ),
    Format(
        name="tsv",
        suffix=".tsv",
        media_type="text/tab-separated-values",
        description="a table: id, type, confidence, origin, status, source, target, languages, places, quality, maker",
        write=later("tsv.write.write"),
        read=later("tsv.read.read"),
        documents=later("tsv.read.documents"),
        keeps="the texts of every pair cut into segments, id, type, confidence, quality, origin, maker, status, "
        "languages",
        loses="boilerplate unless asked for, offsets, headings, fingerprints of earlier texts, all else; a lone "
        "surrogate becomes ?",
        heeds=_SELECTION | {"locale"},
        in_pieces=True,
        has_documents=False,
        has_headings=False,
    ),
    Format(
        name="csv",
        suffix=".csv",
        media_type="text/csv",
        description="the table of tsv with commas, for spreadsheets that open such a file at once",
        write=later("csv.write.write"),
        read=later("tsv.read.read"),
        documents=later("tsv.read.documents"),
        keeps="the same as tsv",
        loses="boilerplate unless asked for, offsets, headings, fingerprints of earlier texts, all else; a lone "
        "surrogate becomes ?",
        heeds=_SELECTION | {"locale"},
        in_pieces=True,
        has_documents=False,
        has_headings=False,
    ),
    Format(
        name="beads",
        suffix=".beads",
        media_type="text/plain",
        description="the alignment alone: [0, 1]:[0]:score, segments counted from 0",
        write=later("beads.write.write"),
        read=None,
        keeps="which segments correspond, and the score",
        loses="the texts and all else",
        many=False,
        has_documents=False,
        has_headings=False,
    ),
    Format(
        name="ladder",
        suffix=".ladder",
        media_type="text/plain",
        description="the alignment alone, as hunalign's ladder of positions",
        write=later("ladder.write.write"),
        read=None,
        keeps="the same as beads",
        loses="the texts and all else",
        many=False,
        has_documents=False,
        has_headings=False,
    ),
    Format(
        name="moses",
        suffix=".zip",
        media_type="application/zip",
        description="two line-aligned text files, zipped, for training machine translation",
        write=later("moses.write.write"),
        read=later("moses.read.read"),
        keeps="paired texts on one line each, and their ids",
        loses="pairs without a counterpart, rejected pairs, boilerplate, line ends, tabs, repeated and outer spaces of "
        "texts, all else; a lone surrogate becomes ?",
        heeds=_SELECTION - {"keep_boilerplate"} | {"locale"},
        in_pieces=True,
        has_documents=False,
        has_headings=False,
    ),
    Format(
        name="xces",
        suffix=".xces.zip",
        media_type="application/zip",
        description="XCES links (cesAlign) and both texts as XML, zipped, for the tools of OPUS",
        write=later("xces.write.write"),
        read=later("xces.read.read"),
        keeps="both texts with paragraphs and headings, which segments correspond, ids, the confidence of pairs",
        loses="boilerplate unless asked for, that rejected pairs and those left out were pairs, characters that XML "
        "forbids, all else",
        heeds=_SELECTION | {"locale"},
        has_documents=False,
    ),
    Format(
        name="parquet",
        suffix=".parquet",
        media_type="application/vnd.apache.parquet",
        description="a column table for data tools, one bead a row; needs the extra aligner[parquet]",
        write=later("parquet.write.write"),
        read=later("parquet.read.read"),
        keeps="everything of the pairs that it holds",
        loses="boilerplate unless asked for; a lone surrogate is refused",
        heeds=_SELECTION | {"locale"},
        has_offsets=True,
    ),
)

FORMATS: Mapping[str, Format] = MappingProxyType({row.name: row for row in _ROWS})
"""Every format by its name."""


def format_named(name: str) -> Format:
    """The format of that name, or InputError naming those that exist.

    >>> format_named("beads").many
    False
    """
    if name not in FORMATS:
        raise InputError(f"there is no format {name!r}", hint=f"choose one of {', '.join(FORMATS)}")
    return FORMATS[name]


def format_of_output(path: Path, name: str = "") -> Format:
    """The format of that name, or else the one that a file's name ends with; InputError when there is none.

    >>> format_of_output(Path("corpus.xces.zip")).name
    'xces'
    """
    if name:
        return format_named(name)
    found = max(
        (row for row in FORMATS.values() if path.name.lower().endswith(row.suffix)),
        key=lambda row: len(row.suffix),
        default=None,
    )
    if found is None:
        endings = ", ".join(row.suffix for row in FORMATS.values())
        raise InputError("the name does not tell a format", where=path, hint=f"end it in {endings}, or say --to FORMAT")
    return found
