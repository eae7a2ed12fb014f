"""From the bytes of an XML file to clean XML in UTF-8, as a stream.

    bytes ──decode──▶ text ──without DOCTYPE──▶ ──without forbidden characters──▶ chunks for the parser

The document type is taken out before a parser sees it: no entity can be defined, no file or address be asked for,
whatever the parser would do with them. One that defines anything itself is refused. Start reading at `clean_chunks`.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from html.entities import html5
from typing import BinaryIO

from aligner.errors import InputError
from aligner.formats.defects import Defect, Defects
from aligner.formats.xml.markup import FORBIDDEN, escape, xml_text

_CHUNK = 1 << 18
# A file that never begins would be read into memory whole while we look for its first element.
_PROLOG_LIMIT = 1 << 20
_LONGEST = 64
"""Longer than any reference."""
# UTF-32 first: its mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_PROLOG = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*>)*", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*>")
_DUBIOUS = re.compile(
    rf"&(?:#x?[0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);|<!\[CDATA\[.*?\]\]>|[{FORBIDDEN}]",
    re.DOTALL,
)
_PREDEFINED = frozenset(("&amp;", "&lt;", "&gt;", "&quot;", "&apos;"))
_CONTROLS = bytes(code for code in range(32) if chr(code) not in "\t\n\r")
_SUSPECT = (b"<![CDATA[", "\ufffe".encode(), "\uffff".encode())


def clean_chunks(stream: BinaryIO, findings: Defects) -> Iterator[bytes]:
    """The file piece by piece, in UTF-8, without its document type and anything that XML forbids.

    Raises InputError when the file is no text in its encoding, or its document type defines entities.
    """
    pieces = _without_doctype(_decoded(stream, findings), findings)
    # What could go on in the next piece waits for it: half a reference is not one.
    rest, line = "", 1
    for piece in pieces:
        text = rest + piece
        end = _finished(text)
        text, rest = text[:end], text[end:]
        yield _legal(text, findings, line)
        line += text.count("\n")
    yield _legal(rest, findings, line)


def _decoded(stream: BinaryIO, findings: Defects) -> Iterator[str]:
    data = stream.read(_CHUNK)
    declared = _DECLARED.match(data)
    encoding = declared[1].decode() if declared else "utf-8"
    # A mark counts for more than the declaration, which may be of the file before somebody converted it.
    for mark, marked in _MARKS:
        if data.startswith(mark):
            encoding = marked
            findings.note(Defect.BYTE_ORDER_MARK if marked == "utf-8-sig" else Defect.UTF_16)
            break
    try:
        decoder = codecs.getincrementaldecoder(encoding)()
    except LookupError as error:
        raise InputError(f"the file names an unknown encoding: {encoding}", where=findings.name) from error
    read = 0
    while True:
        try:
            yield decoder.decode(data, final=not data)
        except ValueError as error:
            place = f"{findings.name}, after byte {read}"
            raise InputError(f"the file is not {encoding}", where=place, hint="convert it to UTF-8") from error
        if not data:
            return
        read += len(data)
        data = stream.read(_CHUNK)


def _without_doctype(pieces: Iterator[str], findings: Defects) -> Iterator[str]:
    """The text with the document type blanked out; its line ends stay, so that lines keep their numbers."""
    head = ""
    for piece in pieces:
        head += piece
        prolog = _PROLOG.match(head)
        end = prolog.end() if prolog else 0
        if head[end : end + 9] == "<!DOCTYPE" and "[" in head[end:].partition(">")[0]:
            raise InputError("the document type defines entities or the like", where=findings.name, hint="remove it")
        if re.match(r"<[A-Za-z]", head[end:]):
            yield _blanked(head[:end], findings) + head[end:]
            break
        if len(head) > _PROLOG_LIMIT:
            raise InputError("no element begins in the first million characters", where=findings.name)
    else:
        yield _blanked(head, findings)
    yield from pieces


def _blanked(prolog: str, findings: Defects) -> str:
    for found in _DOCTYPE.findall(prolog):
        if "tmx14.dtd" not in found:
            findings.note(Defect.DOCTYPE, detail=" ".join(found.split()))
    return _DOCTYPE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), prolog)


def _finished(text: str) -> int:
    """Where a piece can be cut without cutting a reference or a CDATA section in two."""
    section = text.rfind("<![CDATA[")
    if section >= 0 and "]]>" not in text[section:]:
        return section
    last = max(text.rfind("&"), text.rfind("<"))
    return last if last >= 0 and len(text) - last < _LONGEST and not re.search("[;>]", text[last:]) else len(text)


def _is_flawless(data: bytes) -> bool:
    """Whether there is nothing to repair, found out at the speed of copying."""
    return (
        data.count(b"&") == sum(data.count(known.encode()) for known in _PREDEFINED)
        and not any(suspect in data for suspect in _SUSPECT)
        and len(data.translate(None, _CONTROLS)) == len(data)
    )


def _legal(text: str, findings: Defects, line: int) -> bytes:
    """The text without characters that XML forbids, also written as references, and with HTML's entities replaced."""
    data = text.encode()
    if _is_flawless(data):
        return data

    def replace(match: re.Match[str]) -> str:
        found = match[0]
        if found in _PREDEFINED:
            return found
        if found.startswith("<![CDATA["):
            kept = xml_text(found)
            defect = None if kept == found else Defect.CONTROL_CHARACTER
        elif found.startswith("&#"):
            kept = found if _is_legal(found) else ""
            defect = None if kept else Defect.CONTROL_CHARACTER
        elif found.startswith("&"):
            kept, defect = escape(html5.get(found[1:], found)), Defect.ENTITY
        else:
            kept, defect = "", Defect.CONTROL_CHARACTER
        if defect:
            detail = found if found.startswith("&") else f"U+{ord(found[0]):04X}" if not kept else ""
            first = defect not in findings.found  # counting lines for each of many would take quadratic time
            findings.note(defect, line=line + text.count("\n", 0, match.start()) if first else None, detail=detail)
        return kept

    return _DUBIOUS.sub(replace, text).encode()


def _is_legal(reference: str) -> bool:
    digits = reference[2:-1]
    try:
        character = chr(int(digits[1:], 16) if digits[:1] == "x" else int(digits))
    except (ValueError, OverflowError):
        return False
    return xml_text(character) == character
