"""Open the files that people exchange, whatever they are called and wrapped in: the one place for it.

    treaties.tmx · treaties.tmx.gz · opus.zip ──opened_parts──▶ OpenedPart (stream, format), one for each file inside
    OpenedPart ──units──▶ Unit, Unit …  ──documents──▶ ExchangedDocument …

What a file is, its content says first and its name second (`aligner.formats.recognise`). Nothing is unpacked to the
disk, and no name in an archive is used as a path. An archive that unpacks to very much more than it is, as one that was
made to fill a disk does, is refused. What cannot be read is named, with what to do instead. Start reading at
`opened_parts`.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Protocol, cast

from aligner.errors import InputError
from aligner.files import explained
from aligner.formats.archive import BROKEN
from aligner.formats.defects import Defects
from aligner.formats.exchange.languages import is_turned
from aligner.formats.exchange.to_bitext import ExchangedDocument
from aligner.formats.exchange.units import Unit, Variant
from aligner.formats.moses.read import is_text_of_pair
from aligner.formats.recognise import HEAD, FileKind, file_kind
from aligner.formats.table import FORMATS
from aligner.model import Bitext

_RATIO = 250
"""How many times its size an archive may unpack to; texts of translators reach 30."""
_HARMLESS = 1 << 28
"""Bytes to which anything may unpack."""
_DEPTH = 2
"""How many archives may be inside one another, as in a ZIP archive of .tmx.gz."""


class UnitFile(Protocol):
    """A file open for reading, unit by unit."""

    findings: Defects

    def __iter__(self) -> Iterator[Unit]:
        """Yield the units in order; InputError, with the place, when the file is damaged."""


@dataclass(frozen=True, slots=True)
class ReadableFormat:
    """How a format that people work on is read."""

    name: str
    what: str
    suffixes: tuple[str, ...]
    documents: str
    """The function that yields its documents, inside `aligner.formats`."""
    units: str = ""
    """The class whose objects yield its units; empty: only its documents can be read."""
    chooses: bool = True
    """Whether it can be told which languages are wanted."""


_ROWS = (
    ReadableFormat("tmx", "a TMX file", (".tmx",), "tmx.read.documents", "tmx.parse.TmxFile"),
    ReadableFormat(
        "xliff", "an XLIFF file", (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff"), "xliff.read.documents",
        "xliff.parse.XliffFile",
    ),
    ReadableFormat("sdltm", "a Trados memory (.sdltm)", (".sdltm",), "sdltm.read.documents", "sdltm.read.SdltmFile"),
    ReadableFormat("wordfast", "a Wordfast memory", (), "wordfast.read.documents", "wordfast.read.WordfastFile"),
    ReadableFormat("xlsx", "a workbook (.xlsx)", (".xlsx",), "xlsx.read.documents", chooses=False),
    ReadableFormat("tsv", "a table (.tsv)", (".tsv",), "tsv.read.documents", chooses=False),
    ReadableFormat("moses", "a ZIP archive of texts line by line", (), "", chooses=False),
    ReadableFormat("xces", "a ZIP archive of XCES", (), "", chooses=False),
)  # fmt: skip
READERS = {row.name: row for row in _ROWS}
SUFFIXES = {suffix: row.name for row in _ROWS for suffix in row.suffixes}
"""The formats by the endings of their files' names."""
PACKED = (".gz", ".bz2", ".xz", ".zip")
_HINTS = {
    "tei": "an edition that aligner made is in the corpus already: import the file that the translator worked on",
    "tbx": "use it as a glossary: --glossary FILE",
    "srx": "use it as segmentation rules: --srx FILE",
    "po": "make XLIFF of it (`po2xliff` of translate-toolkit)",
    "ttx": "open it in Trados Studio and save it as XLIFF or TMX",
    **dict.fromkeys(("7z", "rar", "zstd", "tar"), "unpack it, and name the file that is in it"),
    "ces": "pack it into a ZIP archive with the texts that it links (`aligner export --format xces` does)",
}


@dataclass(frozen=True, slots=True)
class OpenedPart:
    """One exchange file, open: a file itself, or one inside an archive."""

    stream: BinaryIO
    """Its content, unpacked; its ``name`` is what messages call it."""
    format: str
    position: Callable[[], int]
    """How many bytes of the file on the disk have been read."""

    def documents(self, source: str | None = None, target: str | None = None) -> Iterator[ExchangedDocument]:
        """Yield its documents, in these languages where the format can choose; InputError when it is damaged."""
        reader = READERS[self.format]
        if not reader.documents:
            read = FORMATS[self.format].read
            assert read is not None  # noqa: S101 - only formats that can be read are in the table
            for bitext in read(self.stream):
                wanted = _turned(bitext) if is_turned(_languages(bitext), (source, target)) else bitext
                yield ExchangedDocument(wanted, (None,) * len(bitext.beads))
            return
        options = {"source": source, "target": target} if reader.chooses else {}
        yield from _named(reader.documents)(self.stream, **options)

    def units(self, source: str | None = None, target: str | None = None) -> UnitFile:
        """Its units, one after the other, with all their languages; those of a format of documents are made of them.

        `source` and `target` are the languages of texts for which the file names none.
        """
        name = READERS[self.format].units
        if not name:
            return _DocumentUnits(self)
        unnamed = {"source": source or "und", "target": target or "und"} if self.format == "xliff" else {}
        return cast("UnitFile", _named(name)(self.stream, **unnamed))


def _languages(bitext: Bitext) -> tuple[str, str]:
    return bitext.source.language, bitext.target.language


def _turned(bitext: Bitext) -> Bitext:
    """A bitext with its sides exchanged."""
    beads = tuple(replace(bead, source=bead.target, target=bead.source) for bead in bitext.beads)
    return replace(bitext, source=bitext.target, target=bitext.source, beads=beads)


class _DocumentUnits:
    """The pairs of a format's documents as units."""

    def __init__(self, part: OpenedPart) -> None:
        self._part, self.findings = part, Defects(str(getattr(part.stream, "name", part.format)))

    def __iter__(self) -> Iterator[Unit]:
        for document in self._part.documents():
            bitext = document.bitext
            for bead in bitext.beads:
                source = Variant(bitext.source.language, bitext.source_text(bead))
                target = Variant(bitext.target.language, bitext.target_text(bead), "", "", "", bead.changed, bead.by)
                facts = (("x-status", bead.status.value), ("x-origin", bead.origin.value))
                yield Unit((source, target), f"{bitext.id}:{bitext.locator(bead)}", (), facts)


def _named(place: str) -> Any:
    """A function or class of a format's folder, whose module is imported now."""
    module, _, name = f"aligner.formats.{place}".rpartition(".")
    return getattr(import_module(module), name)


def opened_parts(path: Path) -> Iterator[OpenedPart]:
    """Open every exchange file that a path holds, one after the other.

    A part is open until the next one is asked for. Raises InputError when there is no such file, when nothing in it can
    be read, or an archive is damaged, protected or too large.
    """
    if path.is_dir():
        raise InputError("this is a folder, not a file", where=path)
    if not path.is_file():
        raise InputError("there is no such file", where=path, hint="check the name")
    with explained(path, "read"), path.open("rb", buffering=HEAD) as file:
        yield from _parts(cast("io.BufferedReader[Any]", file), str(path), file.tell, path.stat().st_size, _DEPTH)


def _parts(
    stream: io.BufferedReader[Any], name: str, position: Callable[[], int], size: int, depth: int
) -> Iterator[OpenedPart]:
    """The exchange files in a stream; `name` is what messages call it, `size` the bytes of the file on the disk."""
    head = stream.peek(HEAD)[:HEAD]
    kind = file_kind(head)
    kind_name = kind.name if kind else ""
    if kind_name in _UNPACKERS and depth:
        inner = cast("BinaryIO", _UNPACKERS[kind_name](stream))
        with io.BufferedReader(_Unpacked(inner, name, size), HEAD) as unpacked:
            yield from _parts(unpacked, name, position, size, depth - 1)
    elif kind_name == "zip" and depth:
        yield from _zipped(stream, name, position, size, depth)
    else:
        yield OpenedPart(cast("BinaryIO", stream), _format(kind, head, name), position)


_UNPACKERS: dict[str, Callable[[Any], Any]] = {
    "gzip": lambda stream: gzip.GzipFile(fileobj=stream),
    "bzip2": bz2.BZ2File,
    "xz": lzma.LZMAFile,
}
_DAMAGED = (*BROKEN, lzma.LZMAError)


def _zipped(
    stream: io.BufferedReader[Any], name: str, position: Callable[[], int], size: int, depth: int
) -> Iterator[OpenedPart]:
    """The exchange files in a ZIP archive; a workbook, and texts line by line, are one."""
    try:
        archive = zipfile.ZipFile(stream)
        entries = [entry for entry in archive.infolist() if _is_file(entry)]
    except _DAMAGED as error:
        raise InputError("this ZIP archive is damaged", where=name, hint="fetch or make it again") from error
    names = [entry.filename for entry in entries]
    if whole := _whole(names, archive):
        stream.seek(0)
        yield OpenedPart(cast("BinaryIO", stream), whole, position)
        return
    if office := next((what for part, what in _OFFICE.items() if part in names), ""):
        raise InputError(f"this is {office}, which cannot be imported", where=name, hint="import a TMX or XLIFF file")
    if any(entry.flag_bits & 1 for entry in entries):
        raise InputError("this ZIP archive is protected by a password", where=name, hint="unpack it, and import that")
    if sum(entry.file_size for entry in entries) > max(_HARMLESS, size * _RATIO):
        raise _too_large(name)
    wanted = [entry for entry in entries if _is_wanted(archive, entry)]
    if not wanted:
        listed = ", ".join(names[:5]) or "nothing"
        hint = f"in it: {listed}{' …' if len(names) > 5 else ''}"
        raise InputError("there is no TMX or XLIFF file in this ZIP archive", where=name, hint=hint)
    for entry in wanted:
        with archive.open(entry) as inner:
            raw = _Unpacked(cast("BinaryIO", inner), f"{name}: {entry.filename}", size)
            yield from _parts(io.BufferedReader(raw, HEAD), raw.name, position, size, depth - 1)


_OFFICE = {
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "content.xml": "an OpenDocument file",
}


def _is_file(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry is a file that a person put there."""
    path = PurePosixPath(entry.filename)
    return not (entry.is_dir() or path.name.startswith(".") or "__MACOSX" in path.parts)


def _whole(names: list[str], archive: zipfile.ZipFile) -> str:
    """The format that an archive is as a whole; empty: it is a container."""
    if "xl/workbook.xml" in names:
        return "xlsx"
    if any(is_text_of_pair(part, names) for part in names):
        return "moses"
    links = [part for part in names if "/" not in part and part.endswith(".xml")]
    heads = (_head(archive, archive.getinfo(part)) for part in links[:5])
    return "xces" if any(kind and kind.name == "ces" for kind in map(file_kind, heads)) else ""


def _is_wanted(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    kind = file_kind(_head(archive, entry))
    if kind is None:
        return SUFFIXES.get(PurePosixPath(entry.filename).suffix.lower(), "") in {"tsv", "tmx", "xliff"}
    return kind.name in {"tmx", "xliff", "wordfast", "sqlite", "gzip", "bzip2", "xz", "zip"}


def _head(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    try:
        with archive.open(entry) as stream:
            return stream.read(HEAD)
    except _DAMAGED:
        return b""  # said when it is read


class _Unpacked(io.RawIOBase):
    """What comes out of an archive, under the name that messages call it; it never is very much more than went in."""

    def __init__(self, inner: BinaryIO, name: str, size: int) -> None:
        self.name, self._inner, self._size, self._read = name, inner, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, place: int, whence: int = 0) -> int:
        return self._inner.seek(place, whence)

    def tell(self) -> int:
        return self._inner.tell()

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer, which is how the beginning of a file can be looked at."""
        filled = 0
        try:
            while filled < len(buffer) and (data := self._inner.read(len(buffer) - filled)):
                buffer[filled : filled + len(data)] = data
                filled += len(data)
        except _DAMAGED as error:
            hint = "fetch or make it again"
            raise InputError("this archive is damaged or cut short", where=self.name, hint=hint) from error
        self._read += filled
        if self._read > max(_HARMLESS, self._size * _RATIO):
            raise _too_large(self.name)
        return filled


def _too_large(name: str) -> InputError:
    hint = "if it is what it should be, unpack it yourself, and import that"
    return InputError(f"this archive unpacks to more than {_RATIO} times its size", where=name, hint=hint)


def _format(kind: FileKind | None, head: bytes, name: str) -> str:
    """The format of a file that is not a container; InputError naming what it is, if it cannot be read."""
    if not head.strip(b"\0\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise InputError("there is nothing in this file", where=name, hint="save it again in the program it comes from")
    # Without the ending of an archive the name says what is in it.
    endings = [ending.lower() for ending in PurePosixPath(name).suffixes if ending.lower() not in PACKED]
    by_name = SUFFIXES.get(endings[-1], "") if endings else ""
    if kind and kind.name == "sqlite":
        return "sdltm"
    if kind and kind.name in READERS:
        return kind.name
    # Its own reader says best what is wrong with a file that has the name of its format.
    if by_name in {"tmx", "xliff"} and (kind is None or kind.name in {"xml", "html"}):
        return by_name
    if by_name and kind is None and by_name != "xlsx":
        return by_name
    said = f"this is {kind.what}, which cannot be imported" if kind else "this kind of file cannot be imported"
    hint = _HINTS.get(kind.name) if kind else None
    wanted = ", ".join([*SUFFIXES, ".docx", ".edits.json"])
    raise InputError(said, where=name, hint=hint or f"use {wanted}, also in an archive ({', '.join(PACKED)})")
