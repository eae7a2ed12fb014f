"""The one table of files that can be read as pairs.

What `aligner.formats.FORMATS` reads is in it, and what is only read. Which of these a file is,
`aligner.formats.opening` says. Start reading at `INPUTS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from aligner.formats.base import ExchangeReader, FormatReader
from aligner.formats.table import FORMATS, later


@dataclass(frozen=True, slots=True)
class InputKind:
    """A kind of file that pairs come from."""

    name: str
    suffixes: tuple[str, ...]
    """How the names of such files end."""
    read: FormatReader | None = None
    """Reads whole bitexts, where there is nothing more to read than these."""
    documents: ExchangeReader | None = None
    """Reads them with what people did to each unit."""
    units: Any = None
    """Reads units one by one, where it can: called with the stream, it gives what can be iterated over."""
    chooses: bool = False
    """Whether `documents` can be told which languages are wanted."""
    is_memory: bool = False
    """Whether a unit may have more languages than two, of which some are to be chosen, and the file a header."""

    @property
    def is_alignment(self) -> bool:
        """Whether it has no texts: they are in two other files."""
        return self.read is None and self.documents is None

    @property
    def is_archive(self) -> bool:
        """Whether such a file is a ZIP archive as a whole."""
        return self.name in {"xlsx", "ods", "moses", "xces"}


def _of_format(name: str, *suffixes: str, **more: Any) -> InputKind:
    row = FORMATS[name]
    return InputKind(name, (row.suffix, *suffixes), row.read, row.documents, **more)


def _memory(name: str, *suffixes: str, units: str) -> InputKind:
    documents, reader = later(f"{name}.read.documents"), later(f"{name}.read.{units}")
    return InputKind(name, suffixes, None, documents, reader, chooses=True, is_memory=True)


_ROWS = (
    _of_format("tmx", units=later("tmx.parse.TmxFile"), chooses=True, is_memory=True),
    _of_format(
        "xliff", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff", units=later("xliff.parse.XliffFile"), chooses=True
    ),
    _memory("sdltm", ".sdltm", units="SdltmFile"),
    _memory("wordfast", units="WordfastFile"),
    _of_format("tei", ".tei"),
    _of_format("xlsx", ".xlsm", units=later("xlsx.read.units")),
    InputKind("ods", (".ods",), later("ods.read.read"), later("ods.read.documents"), later("ods.read.units")),
    _of_format("tsv", ".tab", ".txt", units=later("tsv.read.units")),
    _of_format("csv", units=later("tsv.read.units")),
    _of_format("jsonl"),
    _of_format("xces"),
    _of_format("moses", units=later("moses.read.units")),
    _of_format("parquet"),
    InputKind("ladder", (".ladder",)),
    InputKind("beads", (".beads",)),
    InputKind("links", ()),
)
INPUTS: Mapping[str, InputKind] = MappingProxyType({row.name: row for row in _ROWS})
"""Every kind by its name: that of the format, ``sdltm`` (Trados), ``wordfast``, or ``ladder``, ``beads`` and ``links``
(XCES, InterText)."""
# Archives of other things end in .zip too, and any text in .txt: only what is in them tells.
SUFFIXES: Mapping[str, InputKind] = MappingProxyType(
    {suffix: row for row in _ROWS for suffix in row.suffixes if suffix not in {".zip", ".xml"}}
)
"""The kinds by the ends of their files' names, where these tell."""
_OF_PEOPLE = ("tmx", "xliff", "sdltm", "xlsx", "ods", "tsv", "csv")
IN_FOLDERS = tuple(suffix for name in _OF_PEOPLE for suffix in INPUTS[name].suffixes if suffix != ".txt")
"""The ends of the names of files that translators exchange: only these are taken from a folder."""
PACKED = (".gz", ".bz2", ".xz", ".zip")
"""The ends of the names of archives."""


def suffix_of(name: str) -> str:
    """The end of a file's name that tells its kind, in small letters, without that of an archive.

    >>> suffix_of("Treaties.TMX.gz"), suffix_of("a.fr-en.xces.zip"), suffix_of("opus.zip")
    ('.tmx', '.xces.zip', '')
    """
    plain = name.lower()
    if plain.endswith(".xces.zip"):
        return ".xces.zip"
    for ending in PACKED:
        plain = plain.removesuffix(ending)
    return next((ending for ending in (*SUFFIXES, ".xml") if plain.endswith(ending)), "")
