"""The one table of files that can be read as pairs, and how each is known: by its name, XML and ZIP by their content.

What `aligner.formats.FORMATS` reads is in it, and what is only read. Start reading at `kind_of_input`.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from aligner.errors import InputError
from aligner.formats.archive import BROKEN
from aligner.formats.base import ExchangeReader, FormatReader, UnitReader
from aligner.formats.links.texts import opened_plain_or_packed
from aligner.formats.table import FORMATS, later

_ROOTS = {
    "tmx": "tmx", "TEI": "tei", "teiCorpus": "tei", "xliff": "xliff", "cesAlign": "links", "linkGrp": "links",
    "alignment": "links",
}  # fmt: skip
"""The root elements of XML files, and their kinds."""
_ROOT = re.compile(rb"<(?:[A-Za-z][\w.-]*:)?([A-Za-z][\w.-]*)")
_PROLOG = re.compile(rb"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL)
_BEGINNING = 65_536
_LINES = {
    "ladder": re.compile(rb"(?:\d+[\t ]+\d+[\t ]+-?[\d.eE+-]+\r?\n){2}"),
    "beads": re.compile(rb"\[[\d, ]*\]:\[[\d, ]*\][^\n\t]*\r?(?:\n|$)"),
}
"""How alignments begin that are texts."""


@dataclass(frozen=True, slots=True)
class InputKind:
    """A kind of file that pairs come from."""

    name: str
    suffixes: tuple[str, ...]
    """How the names of such files end."""
    read: FormatReader | None = None
    """Reads whole bitexts; None for an alignment, which needs its texts."""
    documents: ExchangeReader | None = None
    """Reads them with what people did to each unit."""
    units: UnitReader | None = None
    """Reads units one by one, where it can."""


def _of_format(name: str, *suffixes: str, units: UnitReader | None = None) -> InputKind:
    row = FORMATS[name]
    return InputKind(name, (row.suffix, *suffixes), row.read, row.documents, units)


_ROWS = (
    _of_format("tmx", units=later("tmx.parse.TmxFile")),
    _of_format("xliff", ".xliff"),
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
"""Every kind by its name: that of the format, or ``ladder``, ``beads`` and ``links`` (XCES, InterText)."""


def kind_of_input(path: Path, name: str = "") -> InputKind:
    """The kind of a file, or the one of that name; InputError when it is none that is read as pairs."""
    if name:
        if name not in INPUTS:
            raise InputError(f"there is no format '{name}' to read", hint=f"choose one of {', '.join(INPUTS)}")
        return INPUTS[name]
    with opened_plain_or_packed(path) as stream:
        head = stream.read(_BEGINNING)
    if head.startswith(b"PK\x03\x04"):
        found = _of_archive(path)
    else:
        found = (
            _of_root(head)
            or _of_lines(head)
            or next(
                (row.name for row in _ROWS if path.name.lower().removesuffix(".gz").endswith(row.suffixes or ("\0",))),
                "",
            )
        )
    if found == "tei" and _of_root(head) != "tei":
        found = ""  # an .xml file of another kind
    if not found:
        hint = f"say its format with --from: {', '.join(INPUTS)}"
        raise InputError("this kind of file cannot be read as pairs", where=path, hint=hint)
    return INPUTS[found]


def _of_root(head: bytes) -> str:
    # Two bytes a letter: what is between them is left out.
    text = head.replace(b"\0", b"") if b"\0" in head[:200] else head
    text = text[text.find(b"<") :] if b"<" in text[:8] else b""
    match = _ROOT.match(_PROLOG.sub(b"", text).lstrip())
    return _ROOTS.get(match[1].decode(), "") if match else ""


def _of_lines(head: bytes) -> str:
    """An alignment that is lines of positions, whatever it is called."""
    return next((name for name, lines in _LINES.items() if lines.match(head)), "")


def _of_archive(path: Path) -> str:
    """What a ZIP archive holds: a spreadsheet, or texts with links or line by line."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            mimetype = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except BROKEN:
        return next((row.name for row in _ROWS if path.name.lower().endswith(row.suffixes or ("\0",))), "")
    if any(name.endswith("workbook.xml") for name in names):
        return "xlsx"
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return "ods"
    return "xces" if any("/" not in name and name.endswith(".xml") for name in names) else "moses"
