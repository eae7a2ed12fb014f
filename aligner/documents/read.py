"""Reading any file: its text, its layout, and the record beside it.

    read_document   a source of a project: text, layout, record
    read_text       the text alone, of a file of any kind
    open_original   the file itself, to be written back with other words

Start reading at `read_document`.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

from aligner.documents.kinds import DocumentKind, kind_of_bytes, kind_of_text, refuse
from aligner.documents.layout import Layout, Original, lay_out
from aligner.documents.package import WHOLE
from aligner.documents.plain import decode, is_binary
from aligner.documents.record import read_record
from aligner.errors import InputError
from aligner.files import identifier, read_bytes
from aligner.model import Document

_KEPT = 4
"""Documents whose text is remembered, for those who ask for it again at once."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document, where its parts are in the original, and what was assumed while reading it (one sentence each)."""

    document: Document
    notes: tuple[str, ...] = ()
    layout: Layout | None = None
    """None for plain text, which is its own original."""


@dataclass(frozen=True, slots=True)
class ReadText:
    """The text of a file."""

    text: str
    notes: tuple[str, ...] = ()
    layout: Layout | None = None


def read_document(path: Path, *, language: str, id: str = "") -> Reading:  # noqa: A002
    """Read a file of any kind and the record beside it (same name, ``.toml``).

    The id is made from the file's name without its suffix, unless it is given. Raises InputError when the file is
    missing, empty, of no kind that can be read, damaged, or when its record states another language.
    """
    read = read_any(path)
    beside = read_record(path.with_suffix(".toml"))
    stated = beside.language
    # the folder says the language; a record that says another one is in the wrong folder, or wrong
    if stated and stated.split("-", 1)[0].lower() != language.split("-", 1)[0].lower():
        raise InputError(
            f"its record says the language is '{stated}', not '{language}'", where=path, hint="correct one of the two"
        )
    return Reading(
        Document(id or identifier(path.stem), language, read.text, beside.record),
        (*read.notes, *beside.notes),
        read.layout,
    )


def read_text(path: Path, *, what: str = "document") -> tuple[str, tuple[str, ...]]:
    """The text of a file, and what was assumed while reading it; `what` messages call it.

    A document may be of any kind; all else must be plain text. Raises InputError when the file is missing, empty, or
    cannot be read.
    """
    if what == "document":
        read = read_any(path)
        return read.text, read.notes
    # a glossary or a list in Word would be read as its text, with all that is around the table
    data = read_bytes(path, most=WHOLE)
    if kind := kind_of_bytes(data):
        raise refuse(kind, path, what)
    text, notes = decode(data, path)
    if (kind := kind_of_text(text, "")).name != "plain":
        raise refuse(kind, path, what)
    return _checked(text, path, what), notes


def read_any(path: Path) -> ReadText:
    """The text of a file of any kind, with its layout."""
    data = read_bytes(path, most=WHOLE)
    # by content, not by date: a file may be changed twice in the same second
    stamp = (str(path), hash(data))
    if stamp in _READ:
        return _READ[stamp]
    kind, content, notes = _recognised(data, path)
    if kind.name == "plain":
        assert isinstance(content, str)  # noqa: S101 - decoded above
        return ReadText(_checked(content, path, "document"), notes)
    original = opened_file(kind, content, path)
    text, layout = lay_out(original.paragraphs, kind.name)
    read = ReadText(_checked(text, path, "document"), (*notes, *original.notes), layout)
    _READ[stamp] = read
    while len(_READ) > _KEPT:
        _READ.popitem(last=False)
    return read


_READ: OrderedDict[tuple[str, int], ReadText] = OrderedDict()


def open_original(path: Path) -> tuple[DocumentKind, Original]:
    """A file and its kind; InputError when it cannot be opened."""
    kind, content, _ = _recognised(read_bytes(path, most=WHOLE), path)
    return kind, opened_file(kind, content, path)


def opened_file(kind: DocumentKind, content: bytes | str, path: str | Path) -> Original:
    """Open what is in a file; InputError in one sentence whatever is wrong with it."""
    try:
        return kind.open(content, path)
    # thousands of nested elements take a few kilobytes
    except (RecursionError, MemoryError) as error:
        hint = "it may be made to do harm; save it again in the program that it comes from"
        raise InputError("it is nested too deeply or too large to be read", where=path, hint=hint) from error


def _recognised(data: bytes, path: Path) -> tuple[DocumentKind, bytes | str, tuple[str, ...]]:
    """The kind of a file and its content, decoded where the kind is of text."""
    kind = kind_of_bytes(data)
    if kind is None:
        if not data:
            raise InputError("the document is empty", where=path, hint="add some text or remove the file")
        text, notes = decode(data, path)
        kind = kind_of_text(text, path)
        if kind.hint:
            raise refuse(kind, path)
        return kind, text, notes
    if kind.hint:
        raise refuse(kind, path)
    return kind, data, ()


def _checked(text: str, path: Path, what: str) -> str:
    """The text; InputError where it is empty, or the file is not a text file."""
    if not text.strip():
        raise InputError(f"the {what} is empty", where=path, hint="add some text or remove the file")
    if is_binary(text):
        raise InputError("this is not a text file", where=path, hint=f"save the {what} as plain text (UTF-8)")
    return text
