"""The one table of kinds of files: how each is known, and who reads it.

A file is known by how it begins, whatever it is called; only Markdown is known by its name. What stands in the table
without a reader is named and refused. Start reading at `kind_of`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

from aligner.documents.layout import Original
from aligner.errors import InputError
from aligner.formats.inputs import PACKED
from aligner.formats.inputs import SUFFIXES as INPUT_SUFFIXES
from aligner.formats.recognise import HEAD, file_kind, markup_kind
from aligner.formats.recognise import KINDS as FILE_KINDS

_OFFICE = "open it in your word processor and save it as a Word document (.docx)"
_SPACE = b" \t\r\n\xef\xbb\xbf"
_HTML = re.compile(
    r"[\s\ufeff]*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
_MHTML = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){1,20}?content-type:\s*multipart/related", re.IGNORECASE)
_BEGINNING = 10_000
_DIRECTORY = 1 << 20


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A kind of file."""

    name: str
    what: str
    """What messages call it."""
    suffixes: tuple[str, ...] = ()
    """The names it has in a folder of documents; a file with another name is passed over there."""
    hint: str = ""
    """What to do with a file of a kind that cannot be read; empty where it can."""
    others: tuple[str, ...] = ()
    """Other names of such files, passed over in a folder like any that is unknown."""
    written: tuple[str, ...] = ()
    """The names that a translation of this kind may have; the first one where nobody chose."""
    kept: tuple[str, ...] = ()
    """Names that it may have where the original has the same: its copy with other words is such a file."""
    of_text: bool = False
    """Whether its reader takes decoded text, not bytes."""

    def open(self, content: bytes | str, where: str | Path) -> Original:
        """Open a file of this kind that can be read."""
        opener: Callable[[bytes | str, str | Path], Original] = getattr(
            import_module(f"aligner.documents.{self.name}"), f"open_{self.name}"
        )
        return opener(content, where)


_MARKUP = {
    "tmx": "`aligner run --memory FILE` uses it as a memory, `aligner import FILE` takes a translator's work from it, "
    "`aligner convert FILE OUT.tsv` makes a table of it",
    "xliff": "`aligner import FILE` takes a translator's work from it, `aligner convert FILE OUT.tmx` makes a memory",
    "tei": "save its text as HTML or plain text (the TEI stylesheets' `teitohtml` does it); of an edition that aligner "
    "made, `aligner convert FILE OUT.tmx` takes the pairs",
    "docbook": "make a web page of it: `pandoc -f docbook -t html -s FILE -o FILE.html`",
    "po": "it has no running text: make TMX of it with `po2tmx` of translate-toolkit, for --memory",
    "srx": "it has segmentation rules: use it with --srx FILE",
    "tbx": "it is a glossary: use it with --glossary FILE",
    "ces": "it is one of two texts that a file of links joins: `aligner convert LINKS OUT.tmx`",
    "links": "it links two texts: `aligner convert FILE OUT.tmx` makes a memory of them",
    "ttx": "open it in Trados Studio, and save it as XLIFF or TMX",
    "wordfast": "it is a translation memory: `aligner run --memory FILE` uses it, `aligner convert FILE OUT.tmx` "
    "makes TMX of it",
    "xml": "save its text as HTML or plain text",
}
"""Markup and tables that people have as text, with what to do with them instead."""
_MARKUP_SUFFIXES = frozenset(
    (
        ".xml",
        ".tei",
        ".tmx",
        ".xlf",
        ".xliff",
        ".sdlxliff",
        ".mqxliff",
        ".mxliff",
        ".po",
        ".pot",
        ".srx",
        ".tbx",
        ".dbk",
    )
)
"""How the names of such files end, where they do not end like those of documents."""

_ROWS = (
    DocumentKind("plain", "plain text", (".txt",), written=(".txt",), of_text=True),
    DocumentKind("markdown", "Markdown", (".md", ".markdown"), written=(".md", ".markdown"), of_text=True),
    DocumentKind("html", "a web page (HTML)", (".html", ".htm", ".xhtml"), written=(".html", ".htm"), of_text=True),
    DocumentKind("mhtml", "a saved web page (MHTML)", (".mht", ".mhtml")),
    DocumentKind(
        "docx", "a Word document (.docx)", (".docx", ".docm", ".dotx"), written=(".docx",), kept=(".docm", ".dotx")
    ),
    DocumentKind("odt", "an OpenDocument text (.odt)", (".odt", ".ott"), written=(".odt",), kept=(".ott",)),
    DocumentKind("epub", "an e-book (EPUB)", (".epub",), written=(".epub",)),
    DocumentKind("rtf", "a rich text file (RTF)", (".rtf",)),
    DocumentKind("pdf", "a PDF", (".pdf",)),
    DocumentKind(
        "doc", "an old Office document (.doc, .xls, .ppt)", (".doc",), others=(".dot", ".xls", ".ppt"), hint=_OFFICE
    ),
    DocumentKind(
        "opendocument",
        "an OpenDocument file",
        others=(".ods", ".odp", ".odg", ".fodt"),
        hint="save its text as an OpenDocument text (.odt)",
    ),
    DocumentKind(
        "xlsx",
        "an Excel workbook (.xlsx)",
        others=(".xlsx", ".xlsm", ".xlsb"),
        hint="save the sheet as plain text (UTF-8)",
    ),
    DocumentKind(
        "pptx",
        "a PowerPoint presentation (.pptx)",
        others=(".pptx", ".ppsx"),
        hint="save its text as plain text (UTF-8)",
    ),
    DocumentKind("protected", "an Office document with a password", hint="save a copy without the password"),
    DocumentKind("zip", "a ZIP archive", hint="unpack it and name the texts in it"),
    *(DocumentKind(name, FILE_KINDS[name].what, hint=hint) for name, hint in _MARKUP.items()),
)
KINDS = {row.name: row for row in _ROWS}
"""Every kind by its name."""
SUFFIXES = {suffix: row for row in _ROWS for suffix in row.suffixes}
"""The kinds by the endings of their files' names."""
_UNWRITTEN = frozenset(
    {each for row in _ROWS for each in (*row.suffixes, *row.others)} | _MARKUP_SUFFIXES | {*INPUT_SUFFIXES, *PACKED}
)
"""Names of files of a kind; those of `DocumentKind.written` are taken before."""

_STARTS = ((b"%PDF-", "pdf"), (b"{\\rtf", "rtf"))
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Old Office documents begin so, and new ones that a password protects."""
_ZIP = b"PK\x03\x04"
_INSIDE = (
    (b"word/", "docx"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "odt"),
    (b"mimetypeapplication/vnd.oasis.opendocument.", "opendocument"),
    (b"mimetypeapplication/epub+zip", "epub"),
    (b"xl/", "xlsx"),
    (b"ppt/", "pptx"),
    (b"", "zip"),
)
"""What stands in archives of a kind, in the order of asking."""


def kind_of_bytes(data: bytes) -> DocumentKind | None:
    """The kind that data, or its first block, begin like; None when that is text.

    >>> kind_of_bytes(b"%PDF-1.7").name
    'pdf'
    """
    begins = data[:_BEGINNING].lstrip(_SPACE)
    found = next((name for start, name in _STARTS if begins.startswith(start)), "")
    # Office puts a document with a password into a file of the old kind, as a stream of this name
    if not found and begins.startswith(_COMPOUND):
        found = "protected" if "EncryptedPackage".encode("utf-16-le") in data else "doc"
    # an archive's list of names is at its end
    if not found and data.startswith(_ZIP):
        where = data[:_BEGINNING] + data[-_DIRECTORY:]
        found = next(name for part, name in _INSIDE if part in where)
    if not found and _MHTML.match(data[:_BEGINNING]):
        found = "mhtml"
    return KINDS[found] if found else None


def kind_of_text(text: str, path: str | Path) -> DocumentKind:
    """The kind of a file that is text."""
    # A page is one under any name; Markdown has no sign but its name.
    if _HTML.match(text[:_BEGINNING]):
        return KINDS["html"]
    # Before the name: what is in a .txt or .xml file may be tags for the most part, and a translation of them no use.
    markup = markup_kind(text)
    if markup and markup.name in _MARKUP:
        return replace(KINDS[markup.name], what=markup.what)
    by_name = SUFFIXES.get(Path(path).suffix.lower())
    return by_name if by_name and by_name.name in {"markdown", "html"} else KINDS["plain"]


def written_kind(place: Path, original: Path) -> DocumentKind:
    """The kind of file that a translation is to be, by its name; plain text under a name that says nothing.

    Raises InputError for a name of a kind that is not written.

    >>> written_kind(Path("letter.htm"), Path("lettre.docx")).name, written_kind(Path("x.en"), Path("x.fr")).name
    ('html', 'plain')
    """
    ending = place.suffix.lower()
    for row in _ROWS:
        if ending in row.written or (ending in row.kept and ending == original.suffix.lower()):
            return row
    if ending in _UNWRITTEN:
        able = ", ".join(row.written[0] for row in _ROWS if row.written)
        kept = f" ({ending} only from {ending})" if any(ending in row.kept for row in _ROWS) else ""
        raise InputError("this kind of file cannot be written", where=place, hint=f"use {able}{kept}")
    return KINDS["plain"]


def written_name(original: Path) -> str:
    """What the translation of a file is called in another folder: like it, unless its kind is not written.

    >>> [written_name(Path(name)) for name in ("a.odt", "a.fr", "a.pdf", "a.xhtml")]
    ['a.odt', 'a.fr', 'a.docx', 'a.html']
    """
    try:
        written_kind(original, original)
    except InputError:
        kind = SUFFIXES.get(original.suffix.lower())
        # What has no writer of its own goes where its words, headings and tables have room.
        pages = kind is not None and kind.name in {"html", "mhtml"}
        return f"{original.stem}{'.html' if pages else '.docx'}"
    return original.name


def markup_of(path: Path) -> DocumentKind | None:
    """What markup a file is that is not a document by its name, such as TEI in an .xml file; None: it is none."""
    if path.suffix.lower() not in _MARKUP_SUFFIXES:
        return None
    with suppress(OSError), path.open("rb") as stream:
        found = file_kind(stream.read(HEAD))
        if found and found.name in _MARKUP:
            return replace(KINDS[found.name], what=found.what)
    return None


def refuse(kind: DocumentKind, where: str | Path, what: str = "a document") -> InputError:
    """The error for a file that cannot be read."""
    hint = kind.hint or "save it as plain text (UTF-8)"
    wanted = "which cannot be read" if what == "a document" else "not plain text"
    return InputError(f"this is {kind.what}, {wanted}", where=where, hint=hint)


def refuse_documents(data: bytes, where: str | Path) -> None:
    """Raise InputError when data, or its first block, begin like a document of another program.

    >>> refuse_documents(b"%PDF-1.7", "a.txt")
    Traceback (most recent call last):
    aligner.errors.InputError: a.txt: this is a PDF, not plain text; save it as plain text (UTF-8)
    """
    if kind := kind_of_bytes(data):
        raise refuse(kind, where, "lines")
    if (markup := file_kind(data)) and markup.name in _MARKUP:
        raise refuse(replace(KINDS[markup.name], what=markup.what), where, "lines")
