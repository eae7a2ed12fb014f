"""From the bytes of a text file to its text, as a stream: the one place where encodings are decided.

    bytes ──encoding_of──▶ what the bytes are, whatever the file says ──decoded_text──▶ text, piece by piece

A byte order mark counts for more than what an XML file declares, and what the bytes themselves show counts for more
than both: files say UTF-16 that somebody saved as UTF-8, and ISO-8859-1 that hold the quotation marks and dashes of
Windows. Such a file is read as what it is, with a warning (`aligner.formats.defects`). Start reading at `decoded_text`.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from aligner.errors import InputError
from aligner.formats.defects import Defect, Defects

_CHUNK = 1 << 18
# UTF-32 first: its mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE = ((4, (2, 3), "utf-32-le"), (4, (0, 1), "utf-32-be"), (2, (1,), "utf-16-le"), (2, (0,), "utf-16-be"))
"""Encodings without a mark: the size of a character, which of its bytes are zero in Latin letters, and the name."""
_DECLARED = re.compile(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._:-]+)[\"']")
_SAYS_WIDE = re.compile(r"(utf|ucs|iso-10646-ucs|csunicode|unicode|u)[-_]?(16|32|2|4)?([-_]?[lb]e)?", re.IGNORECASE)
_LATIN = frozenset(("iso8859-1", "cp1252"))
_WINDOWS = re.compile(rb"[\x80-\x9f]")
"""What ISO-8859-1 has control characters for that nobody writes, and Windows quotation marks, dashes and the euro."""
_STRAY = re.compile("[\udc80-\udcff]")
_FOREIGN = re.compile("[\udc80-\udcff]{4}")
"""So many bytes in a row that are not UTF-8 are not single accented letters of Western Europe."""


def decoded_text(stream: BinaryIO, findings: Defects) -> Iterator[str]:
    """The text of a file piece by piece, without its byte order mark.

    What is not as the file says is noted in `findings`. Raises InputError when the bytes are no text in any encoding
    that can be recognised.
    """
    data = stream.read(_CHUNK)
    encoding = encoding_of(data, findings)
    if encoding == "utf-8":
        yield from _utf_8(data, stream, findings)
        return
    if encoding in _LATIN:
        yield from _western(data, stream, findings, is_named=encoding == "cp1252")
        return
    decoder, read = codecs.getincrementaldecoder(encoding)(), 0
    while True:
        try:
            yield decoder.decode(data, final=not data)
        except ValueError as error:
            place = f"{findings.name}, after byte {read}"
            raise InputError(f"the file is not {encoding.upper()}", where=place, hint="convert it to UTF-8") from error
        if not data:
            return
        read += len(data)
        data = stream.read(_CHUNK)


def encoding_of(data: bytes, findings: Defects) -> str:
    """The encoding of a file by its first block, as Python names it; what the file says wrongly is noted.

    >>> encoding_of('<?xml version="1.0" encoding="UTF-16"?>'.encode(), Defects("a.tmx"))
    'utf-8'
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    shown = marked or _wide(data)
    # The declaration of a wide file is found when every second byte is left out.
    declared = _DECLARED.match(data.removeprefix(codecs.BOM_UTF8) if not shown or marked == "utf-8-sig" else b"")
    said = declared[1].decode() if declared else ""
    if shown:
        findings.note(Defect.BYTE_ORDER_MARK if shown == "utf-8-sig" else Defect.UTF_16)
        if said and shown == "utf-8-sig" and not _is_utf_8(said):
            findings.note(Defect.DECLARED_ENCODING, detail=f"it says {said}, and is UTF-8")
        return shown
    if not said or _is_utf_8(said):
        return "utf-8"
    known = _codec(said)
    # ASCII could be read in the declaration: the file is not in an encoding of two or four bytes, whatever it says.
    is_wide = _SAYS_WIDE.fullmatch(said) or (known or "").startswith(("utf-16", "utf-32"))
    if is_wide or known is None or (known in _LATIN and _is_surely_utf_8(data)):
        findings.note(Defect.DECLARED_ENCODING, detail=f"it says {said}, and was read as UTF-8")
        return "utf-8"
    return "utf-8" if known == "ascii" else known


def _codec(name: str) -> str | None:
    """Python's name of an encoding; None when it is not one of texts."""
    if name.lower() in {"ansi", "windows-ansi", "x-ansi"}:
        return "cp1252"
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    return found.name if found._is_text_encoding else None


def _is_utf_8(name: str) -> bool:
    return _codec(name) == "utf-8"


def _wide(data: bytes) -> str:
    """The encoding of two or four bytes a character that data without a mark show; empty when they show none."""
    head = data[:64]
    for size, zeros, name in _WIDE:
        # Not all of them: a text may begin with another letter than a Latin one.
        columns = [head[k::size] for k in range(size)]
        empty = [column.count(0) for column in columns]
        full = [not count for k, count in enumerate(empty) if k not in zeros]
        if len(head) >= 8 and all(empty[k] * 2 > len(columns[k]) for k in zeros) and all(full[:1]):
            return name
    return ""


def _is_surely_utf_8(data: bytes) -> bool:
    """Whether a block has letters beyond ASCII and all of them are UTF-8: no text in one-byte letters is so."""
    try:
        return not codecs.utf_8_decode(data, "strict", False)[0].isascii()
    except UnicodeDecodeError:
        return False


def _western(data: bytes, stream: BinaryIO, findings: Defects, *, is_named: bool) -> Iterator[str]:
    """ISO-8859-1 is read as Windows-1252, which has the same letters and more."""
    line = 1
    while data:
        if not is_named and (found := _WINDOWS.search(data)):
            findings.note(Defect.WINDOWS_1252, line=line + data.count(b"\n", 0, found.start()))
        yield data.decode("cp1252", "replace") if _WINDOWS.search(data) else data.decode("latin-1")
        line += data.count(b"\n")
        data = stream.read(_CHUNK)


def _utf_8(data: bytes, stream: BinaryIO, findings: Defects) -> Iterator[str]:
    """UTF-8, with bytes in it that are not: those of a text in Windows-1252 are read as such."""
    # What is not UTF-8 comes out as lone surrogates, each of which stands for one byte.
    decoder, line = codecs.getincrementaldecoder("utf-8")("surrogateescape"), 1
    while True:
        text = decoder.decode(data, final=not data)
        if not text.isascii() and (found := _STRAY.search(text)):
            where = line + text.count("\n", 0, found.start())
            if foreign := _FOREIGN.search(text):
                place = f"{findings.name}, line {line + text.count(chr(10), 0, foreign.start())}"
                hint = "say its encoding in the first line, or convert it to UTF-8"
                raise InputError("the file is not UTF-8, and names no other encoding", where=place, hint=hint)
            findings.note(Defect.NOT_UTF_8, line=where, detail=f"{len(_STRAY.findall(text)):,} from there on")
            text = _STRAY.sub(lambda match: _windows(match[0]), text)
        yield text
        if not data:
            return
        line += text.count("\n")
        data = stream.read(_CHUNK)


def _windows(stray: str) -> str:
    return bytes([ord(stray) - 0xDC00]).decode("cp1252", "replace")
