"""Read an e-book and put other words into it. Start reading at `EpubOriginal`."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from aligner.documents.docx.names import local, value
from aligner.documents.html.original import HtmlOriginal
from aligner.documents.layout import Paragraph, Piece
from aligner.documents.package import DocumentPackage, parse_xml, protected, xml_bytes
from aligner.errors import InputError

_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")


class EpubOriginal:
    """An e-book."""

    def __init__(self, data: bytes, where: str | Path) -> None:
        """Take it apart; InputError when it is damaged or protected."""
        self._package = DocumentPackage(data, where, "an e-book")
        if "META-INF/rights.xml" in self._package:
            raise protected(where)
        # the container names the part that lists the others; of several renditions the first is the usual one
        roots = (e for e in self._package.xml("META-INF/container.xml").iter() if local(e) == "rootfile")
        if (root := next(roots, None)) is None:
            raise self._package.damaged()
        self._opf = unquote(value(root, "full-path"))
        self._content = self._package.xml(self._opf)
        self._chapters: list[tuple[str, HtmlOriginal]] = []
        notes: list[str] = []
        for path in self._spine():
            # Named characters of HTML (&eacute;) are none of XML's, but books have them.
            chapter = _ENTITY.sub(_character, self._package.read(path)) if path in self._package else None
            root = None if chapter is None else parse_xml(chapter)
            if root is None:
                notes.append(f"'{posixpath.basename(path)}' in it is damaged and was left out")
            else:
                self._chapters.append((path, HtmlOriginal(root)))
        if not self._chapters:
            raise self._package.damaged()
        self.notes = tuple(notes)
        self.paragraphs: Sequence[Paragraph] = [
            replace(paragraph, place=f"chapter {number}, {paragraph.place}")
            for number, (_, chapter) in enumerate(self._chapters, 1)
            for paragraph in chapter.paragraphs
        ]

    def _spine(self) -> list[str]:
        """The chapters in reading order; the list of contents is one of them only where the book says so."""
        folder = posixpath.dirname(self._opf)
        items = {value(e, "id"): e for e in self._content.iter() if local(e) == "item"}
        found = []
        for each in self._content.iter():
            item = items.get(value(each, "idref")) if local(each) == "itemref" else None
            if (
                item is not None
                and "html" in value(item, "media-type")
                and "nav" not in value(item, "properties").split()
            ):
                found.append(posixpath.normpath(posixpath.join(folder, unquote(value(item, "href")))))
        return found

    def saved(self, changed: Mapping[int, Sequence[Piece]], language: str) -> bytes:
        """The book with other pieces in some paragraphs."""
        parts: dict[str, bytes] = {}
        # paragraphs are numbered through the book, and each chapter counts its own from 0
        start = 0
        for path, chapter in self._chapters:
            end = start + len(chapter.paragraphs)
            chapter.put({index - start: pieces for index, pieces in changed.items() if start <= index < end}, language)
            parts[path] = xml_bytes(chapter.root)
            start = end
        for each in self._content.iter():
            if local(each) == "language":
                each.text = language
        parts[self._opf] = xml_bytes(self._content)
        return self._package.saved(parts)


def _character(named: re.Match[bytes]) -> bytes:
    """A character instead of its name; a name that there is not stays as text."""
    text = html.unescape(f"&{named[1].decode()};")
    return text.encode() if not text.startswith("&") else b"&amp;" + named[1] + b";"


def open_epub(data: bytes, where: str | Path) -> EpubOriginal:
    """Open an e-book; InputError when it is damaged or protected."""
    try:
        return EpubOriginal(data, where)
    except UnicodeDecodeError as error:
        raise InputError("this e-book is damaged", where=where, hint="get another copy") from error
