"""From the bytes of an XML file to clean XML in UTF-8, as a stream.

    bytes ──decoded_text──▶ text ──without what stands before the root and forbidden characters──▶ for the parser

Declarations are taken out before a parser sees them: no entity can be defined, no file or address be asked for,
whatever the parser would do with them. A document type that defines entities is refused. Start reading at
`clean_chunks`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html.entities import html5
from typing import BinaryIO

from aligner.errors import InputError
from aligner.formats.defects import Defect, Defects
from aligner.formats.encoding import decoded_text
from aligner.formats.xml.markup import FORBIDDEN, escape, xml_text
from aligner.formats.xml.skip import without_content

# A file that never begins would be read into memory whole while we look for its first element.
_PROLOG_LIMIT = 1 << 20
_LONGEST = 64
"""Longer than any reference."""
# Possessive, so that a file made to do harm cannot make the search slow. A quoted text or a comment may have brackets.
_DOCTYPE = re.compile(
    r"""
    <!DOCTYPE (?: [^>\["'] | "[^"]*" | '[^']*' )*+
    (?P<subset> \[ (?: <!--.*?--> | <\?.*?\?> | "[^"]*" | '[^']*' | [^\]"'] )*+ \] )? \s* >
    """,
    re.DOTALL | re.VERBOSE,
)
_BEFORE = re.compile(r"(?:[\s\ufeff\0]+|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
"""What may stand before the document type and the first element, and what some tools leave there besides."""
_DUBIOUS = re.compile(
    rf"&(?:#x?[0-9A-Fa-f]+;|[A-Za-z][\w.-]*;)?|<!\[CDATA\[.*?\]\]>|[{FORBIDDEN}]",
    re.DOTALL,
)
_PREDEFINED = frozenset(("&amp;", "&lt;", "&gt;", "&quot;", "&apos;"))
_CONTROLS = bytes(code for code in range(32) if chr(code) not in "\t\n\r")
_SUSPECT = (b"<![CDATA[", "\ufffe".encode(), "\uffff".encode())


def clean_chunks(stream: BinaryIO, findings: Defects, *, skipped: Sequence[str] = ()) -> Iterator[bytes]:
    """The file piece by piece, in UTF-8, without its declarations and anything that XML forbids.

    The content of the elements called `skipped` is left out, however long it is. Raises InputError when the file is no
    text in its encoding, or its document type defines entities.
    """
    pieces = _without_prolog(decoded_text(stream, findings), findings)
    if skipped:
        pieces = without_content(pieces, skipped)
    # What could go on in the next piece waits for it: half a reference is not one.
    rest, line = "", 1
    for piece in pieces:
        text = rest + piece
        end = _finished(text)
        text, rest = text[:end], text[end:]
        yield _legal(text, findings, line)
        line += text.count("\n")
    yield _legal(rest, findings, line)


def _without_prolog(pieces: Iterator[str], findings: Defects) -> Iterator[str]:
    """The text with all before its first element blanked out; its line ends stay, so that lines keep their numbers.

    The encoding that is declared is not that of the pieces, a parser refuses a declaration that is not the first thing
    in the file, and from the document type entities could come.
    """
    head = ""
    for piece in pieces:
        head += piece
        start = _first_element(head, findings)
        if re.match(r"<[A-Za-z_]", head[start:]):
            yield _blank(head[:start]) + head[start:]
            break
        if len(head) > _PROLOG_LIMIT:
            raise InputError("no element begins in the first million characters", where=findings.name)
    else:
        yield _blank(head[: _first_element(head, findings)]) + head[_first_element(head, findings) :]
    yield from pieces


def _first_element(head: str, findings: Defects) -> int:
    """Where the first element begins, as far as the head shows it; InputError for entities before it."""
    start = _end(_BEFORE, head, 0)
    found = _DOCTYPE.match(head, start)
    if found is None:
        return start
    if re.search("<!ENTITY|%", found["subset"] or ""):
        raise InputError("the document type defines entities", where=findings.name, hint="remove it")
    if "tmx14.dtd" not in found[0] and Defect.DOCTYPE not in findings.found:
        findings.note(Defect.DOCTYPE, detail=" ".join(found[0].split())[:100])
    return _end(_BEFORE, head, found.end())


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.match(text, start)
    return found.end() if found else start


def _blank(text: str) -> str:
    return re.sub(r"[^\n]+", " ", text)


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
        elif found == "&":
            kept, defect = "&amp;", Defect.AMPERSAND
        elif found.startswith("&#"):
            kept = found if _is_legal(found) else ""
            defect = None if kept else Defect.CONTROL_CHARACTER
        elif found.startswith("&"):
            kept, defect = escape(html5.get(found[1:], found)), Defect.ENTITY
        else:
            kept, defect = "", Defect.CONTROL_CHARACTER
        if defect:
            named = found[1:] and found.startswith("&")
            detail = found if named else "" if kept else f"U+{ord(found[0]):04X}"
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
