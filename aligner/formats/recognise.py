"""What a file is, by how it begins: exchange formats, containers, and markup that somebody saved as text.

Names of files lie, and tools give XLIFF five endings: so the content is looked at first. Start reading at
`file_kind`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from aligner.formats.defects import Defects
from aligner.formats.encoding import encoding_of

HEAD = 1 << 16
"""Bytes of a file that are looked at."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file."""

    name: str
    what: str
    """What messages call it."""


_ROWS = (
    FileKind("tmx", "a TMX file"),
    FileKind("xliff", "an XLIFF file"),
    FileKind("tei", "a TEI file"),
    FileKind("docbook", "a DocBook file"),
    FileKind("po", "a PO file of gettext"),
    FileKind("srx", "a file of segmentation rules (SRX)"),
    FileKind("tbx", "a TBX glossary"),
    FileKind("ces", "an XCES text"),
    FileKind("links", "a file of links (XCES, InterText)"),
    FileKind("ladder", "an alignment (a ladder of positions)"),
    FileKind("beads", "an alignment (beads)"),
    FileKind("ttx", "a TagEditor file (.ttx)"),
    FileKind("html", "a web page (HTML)"),
    FileKind("xml", "an XML file"),
    FileKind("wordfast", "a Wordfast memory"),
    FileKind("parquet", "a Parquet table"),
    FileKind("sqlite", "an SQLite database"),
    FileKind("gzip", "a gzip archive"),
    FileKind("bzip2", "a bzip2 archive"),
    FileKind("xz", "an xz archive"),
    FileKind("zip", "a ZIP archive"),
    FileKind("7z", "a 7z archive"),
    FileKind("rar", "a RAR archive"),
    FileKind("zstd", "a zstd archive"),
    FileKind("tar", "a tar archive"),
)
KINDS = {row.name: row for row in _ROWS}

_STARTS = (
    (b"SQLite format 3\0", "sqlite"),
    (b"PAR1", "parquet"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),  # one with nothing in it
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
)
_ROOTS = {
    "tmx": "tmx", "xliff": "xliff", "TEI": "tei", "TEI.2": "tei", "teiCorpus": "tei", "srx": "srx", "martif": "tbx",
    "tbx": "tbx", "cesDoc": "ces", "cesAlign": "links", "linkGrp": "links", "alignment": "links", "TRADOStag": "ttx",
}  # fmt: skip
_PROLOG = re.compile(r"(?:[\s\ufeff\0]+|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE(?:[^>\[]|\[[^\]]*\])*+>", re.IGNORECASE)
_ROOT = re.compile(r"<(?:[\w.-]+:)?(?P<name>[A-Za-z_][\w.-]*)(?=[\s/>])(?P<attributes>[^>]*)>?")
_DOCBOOK = re.compile(r"docbook\.org/ns/docbook|DTD DocBook", re.IGNORECASE)
_PO = re.compile(r'(?:[ \t]*(?:#.*|msgctxt[ \t].*|".*)?\r?\n)*+[ \t]*msgid[ \t]+"')
_LINES = (
    ("ladder", re.compile(r"(?:\d+[\t ]+\d+[\t ]+-?[\d.eE+-]+\r?\n){2}")),
    ("beads", re.compile(r"\[[\d, ]*\]:\[[\d, ]*\][^\n\t]*\r?(?:\n|$)")),
)
"""How alignments begin that are texts."""
_WORDFAST = re.compile(r"%\d{8}~\d{6}\t%User ID")


def file_kind(head: bytes) -> FileKind | None:
    """The kind that the first bytes of a file show; None when they show none, as those of plain text.

    >>> file_kind(b'<?xml version="1.0"?><tmx version="1.4">').what
    'a TMX file'
    """
    for start, name in _STARTS:
        if head.startswith(start):
            return KINDS[name]
    if head[257:262] == b"ustar":
        return KINDS["tar"]
    encoding = encoding_of(head, Defects(""))
    return markup_kind(head[:HEAD].decode(encoding, "replace"))


def markup_kind(text: str) -> FileKind | None:
    r"""The kind of a file that is text, by its beginning.

    >>> markup_kind('# French\nmsgid "yes"').name, markup_kind("<Non>, dit-il.")
    ('po', None)
    """
    text = text[:HEAD]
    start = _end(_PROLOG, text, 0)
    is_declared = "<?xml" in text[:start]
    doctype = _DOCTYPE.match(text, start)
    if doctype:
        start = _end(_PROLOG, text, doctype.end())
    root = _ROOT.match(text, start)
    if root is None:
        lines = text.lstrip("\ufeff")
        for kind, pattern in (("wordfast", _WORDFAST), ("po", _PO), *_LINES):
            if pattern.match(lines):
                return KINDS[kind]
        return None
    if root["name"].lower() == "html":
        return KINDS["html"]
    # Namespaces, of which a word in angle brackets has none.
    is_xml = is_declared or bool(doctype) or "xmlns" in root["attributes"]
    if _DOCBOOK.search(root["attributes"] + (doctype[0] if doctype else "")):
        return KINDS["docbook"]
    if name := _ROOTS.get(root["name"]):
        return KINDS[name]
    return FileKind("xml", f"an XML file (<{root['name']}>)") if is_xml else None


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.match(text, start)
    return found.end() if found else start
