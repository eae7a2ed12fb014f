"""Open a file of pairs, whatever it is called and packed in: the one place for it.

    treaties.tmx · treaties.tmx.gz · opus.zip ──opened_parts──▶ OpenedPart (stream, kind), one for each file inside
    OpenedPart ──units──▶ Unit, Unit …  ──documents──▶ ExchangedDocument …

What a file is, its content says first and its name second (`aligner.formats.recognise`); what can be read is in
`aligner.formats.inputs`. No name in an archive is used as a path. An archive that unpacks to very much more than it is,
as one that was made to fill a disk does, is refused. What cannot be read is named, with what to do instead. Start
reading at `opened_parts`.
"""

from __future__ import annotations

import io
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

from aligner.errors import InputError
from aligner.files import explained
from aligner.formats.archive import MEMORY
from aligner.formats.base import WriteOptions
from aligner.formats.defects import Defects
from aligner.formats.exchange.documents import document_name
from aligner.formats.exchange.from_bitext import unit_of
from aligner.formats.exchange.orientation import document_in_order, in_languages
from aligner.formats.exchange.to_bitext import ExchangedDocument
from aligner.formats.exchange.units import Unit
from aligner.formats.inputs import INPUTS, PACKED, SUFFIXES, InputKind, suffix_of
from aligner.formats.moses.read import is_text_of_pair
from aligner.formats.recognise import HEAD, FileKind, file_kind
from aligner.formats.table import later
from aligner.formats.tmx.header import Header
from aligner.formats.unpacking import DAMAGED, UNPACKERS, Unpacked, opened_on_disk, too_large, unpacks_to_too_much

_DEPTH = 2
"""How many archives may be inside one another, as in a ZIP archive of .tmx.gz."""
_HINTS = {
    "tbx": "use it as a glossary: --glossary FILE",
    "srx": "use it as segmentation rules: --srx FILE",
    "po": "make XLIFF of it (`po2xliff` of translate-toolkit)",
    "ttx": "open it in Trados Studio and save it as XLIFF or TMX",
    **dict.fromkeys(("7z", "rar", "zstd", "tar"), "unpack it, and name the file that is in it"),
    "ces": "name the file of links that joins it to another text: `aligner convert LINKS OUT.tmx`",
}
_EVERYTHING = WriteOptions(keep_boilerplate=True)
_linked_units, _table_documents = later("links.read.linked_units"), later("tables.units.table_documents")


class UnitFile:
    """Units to iterate over, with the header of their file and what was wrong with it, as far as these are known."""

    def __init__(self, units: Iterable[Unit], name: str) -> None:
        self._units = units
        self.findings: Defects = getattr(units, "findings", None) or Defects(name)

    def __iter__(self) -> Iterator[Unit]:
        """Yield the units in order; InputError, with the place, when the file is damaged."""
        return iter(self._units)

    @property
    def header(self) -> Header:
        """What the file says of all its units; known when the first is there."""
        return getattr(self._units, "header", Header("*all*"))


@dataclass(frozen=True, slots=True)
class OpenedPart:
    """One file of pairs, open: a file itself, or one inside an archive."""

    stream: BinaryIO
    """Its content, unpacked; its ``name`` is what messages call it."""
    kind: InputKind
    name: str
    """What messages call it."""
    position: Callable[[], int]
    """How many bytes of the file on the disk have been read."""
    path: Path | None = None
    """Where it lies; None: in an archive of several files."""

    def documents(self, source: str | None = None, target: str | None = None) -> Iterator[ExchangedDocument]:
        """Yield its documents, turned round if they are in these languages the other way.

        Where the format can choose, these languages are taken. Raises InputError when the file is damaged.
        """
        kind, pair = self.kind, (source or "", target or "")
        if kind.is_alignment:
            name = document_name(self.name, "alignment")
            yield from _table_documents(self.units(source, target), {}, name)
        elif kind.documents and kind.chooses:
            chooses = cast("Callable[..., Iterator[ExchangedDocument]]", kind.documents)
            yield from chooses(self.stream, source=source, target=target)
        elif kind.documents:
            yield from (document_in_order(each, pair) for each in kind.documents(self.stream))
        elif kind.read:
            found = (ExchangedDocument(each, (None,) * len(each.beads)) for each in kind.read(self.stream))
            yield from (document_in_order(each, pair) for each in found)

    def units(self, source: str | None = None, target: str | None = None) -> UnitFile:
        """Its units, one after the other, with all their languages; those of a format of documents are made of them.

        `source` and `target` are the languages of texts for which the file names none, and the way round of tables.
        """
        kind, pair = self.kind, (source or "", target or "")
        if kind.is_alignment:
            found = _linked_units(kind.name, self.on_disk(), None, pair, lambda _: None)
        elif kind.name == "xliff":
            found = kind.units(self.stream, source=source or "und", target=target or "und")
        elif kind.is_memory:
            found = kind.units(self.stream)
        elif kind.units:
            found = (in_languages(unit, pair, self.name) for unit in kind.units(self.stream))
        else:
            bitexts = (document.bitext for document in self.documents(source, target))
            made = (unit_of(each, bead, _EVERYTHING, one_sided=True) for each in bitexts for bead in each.beads)
            found = (in_languages(unit, pair, self.name) for unit in made if unit)
        return UnitFile(found, self.name)

    def on_disk(self) -> Path:
        """Where it lies; InputError where it is in an archive, from which the texts beside it cannot be read."""
        if self.path is None:
            raise InputError("the texts of an alignment are beside it", where=self.name, hint="unpack the archive")
        return self.path


def opened_parts(path: Path, *, read_as: str | None = None) -> Iterator[OpenedPart]:
    """Open every file of pairs that a path holds, one after the other.

    A part is open until the next one is asked for. `read_as` is the kind of it that somebody said; empty: it could be
    said. Raises InputError when there is no such file or kind, when nothing in it can be read, or an archive is
    damaged, protected or too large.
    """
    if read_as and read_as not in INPUTS:
        raise InputError(f"there is no format '{read_as}' to read", hint=f"choose one of {', '.join(INPUTS)}")
    with opened_on_disk(path) as file, explained(path, "read"):
        opening = _Opening(path, path.stat().st_size, file.tell, read_as)
        yield from opening.parts(file, str(path), _DEPTH)


@dataclass(frozen=True, slots=True)
class _Opening:
    """A file on the disk that is being opened."""

    path: Path
    size: int
    position: Callable[[], int]
    read_as: str | None

    def parts(self, stream: io.BufferedReader[Any], name: str, depth: int) -> Iterator[OpenedPart]:
        """The files in a stream; `name` is what messages call it."""
        head = stream.peek(HEAD)[:HEAD]
        kind = file_kind(head)
        kind_name = kind.name if kind else ""
        if kind_name in UNPACKERS and depth:
            inner = cast("BinaryIO", UNPACKERS[kind_name](stream))
            with io.BufferedReader(Unpacked(inner, name, self.size), HEAD) as unpacked:
                yield from self.parts(unpacked, name, depth - 1)
        elif kind_name == "zip" and depth:
            with _seekable(stream, name) as whole:
                yield from self._zipped(whole, name, depth)
        else:
            found = INPUTS[self.read_as] if self.read_as else self._kind(kind, head, name)
            with _seekable(stream, name) if found.name == "parquet" else nullcontext(stream) as plain:
                yield self._part(plain, found, name)

    def _part(self, stream: io.BufferedReader[Any], kind: InputKind, name: str) -> OpenedPart:
        path = self.path if name == str(self.path) else None
        return OpenedPart(cast("BinaryIO", stream), kind, name, self.position, path)

    def _zipped(self, stream: io.BufferedReader[Any], name: str, depth: int) -> Iterator[OpenedPart]:
        """The files in a ZIP archive; a workbook, and texts line by line, are one."""
        try:
            archive = zipfile.ZipFile(stream)
            entries = [entry for entry in archive.infolist() if _is_file(entry)]
        except DAMAGED as error:
            raise InputError("this ZIP archive is damaged", where=name, hint="fetch or make it again") from error
        names = [entry.filename for entry in entries]
        said = self.read_as if self.read_as and INPUTS[self.read_as].is_archive else ""
        if whole := said or _whole(names, archive):
            stream.seek(0)
            yield self._part(stream, INPUTS[whole], name)
            return
        if office := next((what for part, what in _OFFICE.items() if part in names), ""):
            raise _unreadable(f"this is {office}", name, "name a TMX or XLIFF file")
        if any(entry.flag_bits & 1 for entry in entries):
            raise InputError("this ZIP archive is protected by a password", where=name, hint="unpack it, and name that")
        if unpacks_to_too_much(sum(entry.file_size for entry in entries), self.size):
            raise too_large(name)
        wanted = [entry for entry in entries if _is_wanted(archive, entry)]
        # Beside others a text says what they are; alone it may be a table.
        wanted = wanted or [entry for entry in entries if len(entries) == 1 and suffix_of(entry.filename) in SUFFIXES]
        if not wanted:
            listed = ", ".join(names[:5]) or "nothing"
            hint = f"in it: {listed}{' …' if len(names) > 5 else ''}"
            raise InputError("there is no TMX or XLIFF file in this ZIP archive", where=name, hint=hint)
        for entry in wanted:
            inside = f"{name}: {entry.filename}"
            try:
                inner = archive.open(entry)
            except DAMAGED as error:
                # Two entries at one place, or one whose own name is not that of the directory.
                raise InputError("this archive is damaged", where=inside, hint="fetch or make it again") from error
            with inner:
                raw = Unpacked(cast("BinaryIO", inner), inside, self.size)
                yield from self.parts(io.BufferedReader(raw, HEAD), raw.name, depth - 1)

    def _kind(self, kind: FileKind | None, head: bytes, name: str) -> InputKind:
        """The kind of a file that is not a container; InputError naming what it is, if it cannot be read."""
        if not head.strip(b"\0\t\r\n \xef\xbb\xbf\xff\xfe"):
            hint = "save it again in the program it comes from"
            raise InputError("there is nothing in this file", where=name, hint=hint)
        if kind and kind.name == "sqlite":
            return INPUTS["sdltm"]
        if kind and kind.name in INPUTS:
            return INPUTS[kind.name]
        by_name = SUFFIXES.get(suffix_of(name))
        # Its own reader says best what is wrong with a file that has the name of its format.
        if by_name and (kind is None or (by_name.name in {"tmx", "xliff"} and kind.name in {"xml", "html"})):
            return by_name
        wanted = ", ".join(SUFFIXES)
        hint = f"use {wanted}, also in an archive ({', '.join(PACKED)})"
        if self.read_as is not None:
            hint = f"say its format with --from: {', '.join(INPUTS)}"
        raise _unreadable(f"this is {kind.what}" if kind else "", name, (_HINTS.get(kind.name) if kind else "") or hint)


def _unreadable(what: str, name: str, hint: str) -> InputError:
    said = f"{what}, which cannot be read as pairs" if what else "this kind of file cannot be read as pairs"
    return InputError(said, where=name, hint=hint)


@contextmanager
def _seekable(stream: io.BufferedReader[Any], name: str) -> Iterator[io.BufferedReader[Any]]:
    """A stream in which readers may go back and forth: a copy of one that would be unpacked again each time."""
    if not isinstance(stream.raw, Unpacked):
        yield stream
        return
    with tempfile.SpooledTemporaryFile(max_size=MEMORY) as copy:
        shutil.copyfileobj(stream, copy)
        size = copy.tell()
        copy.seek(0)
        with io.BufferedReader(Unpacked(cast("BinaryIO", copy), name, size), HEAD) as whole:
            yield whole


_OFFICE = {
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "content.xml": "an OpenDocument file",
}


def _is_file(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry is a file that a person put there."""
    path = PurePosixPath(entry.filename)
    # a damaged archive may have an entry without a name: `entry.is_dir` fails on it
    folder = entry.filename.endswith("/")
    return bool(path.name) and not (folder or path.name.startswith(".") or "__MACOSX" in path.parts)


def _whole(names: list[str], archive: zipfile.ZipFile) -> str:
    """The kind that an archive is as a whole; empty: it is a container."""
    if any(name.endswith("workbook.xml") for name in names):
        return "xlsx"
    if "mimetype" in names and _head(archive, archive.getinfo("mimetype")).startswith(_SPREADSHEET):
        return "ods"
    if any(is_text_of_pair(part, names) for part in names):
        return "moses"
    links = [part for part in names if "/" not in part and part.endswith(".xml")]
    heads = (_head(archive, archive.getinfo(part)) for part in links[:5])
    return "xces" if any(kind and kind.name == "links" for kind in map(file_kind, heads)) else ""


_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"


def _is_wanted(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """Whether a file in an archive is one of pairs, and not what lies beside it."""
    kind = file_kind(_head(archive, entry))
    if kind is None:
        suffix = suffix_of(entry.filename)
        return suffix in SUFFIXES and suffix != ".txt"
    return kind.name in {*INPUTS, *UNPACKERS, "sqlite", "zip"}


def _head(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    try:
        with archive.open(entry) as stream:
            return stream.read(HEAD)
    except DAMAGED:
        return b""  # said when it is read
