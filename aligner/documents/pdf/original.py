"""Read a PDF, page by page: pdfium finds the text, `lines` puts it in order, `paragraphs` joins it.

Start reading at `PdfOriginal`.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from aligner.documents.layout import Piece
from aligner.documents.package import protected
from aligner.documents.pdf.lines import Line, in_order, joined_lines
from aligner.documents.pdf.paragraphs import paragraphs_of
from aligner.errors import InputError, counted

_PAGES = 20_000
_SCRAPS = 40_000
"""Scraps of text on one page; a page with more is a drawing."""
_OCR = (
    "it is a scan: let a program for OCR put the text in, e.g. `ocrmypdf -l fra scan.pdf text.pdf`, and use its result"
)


class PdfOriginal:
    """A PDF with a text layer."""

    def __init__(self, data: bytes, where: str | Path) -> None:
        """Take it apart; InputError when it is damaged, protected or a scan."""
        pages = list(_pages(data, where))
        empty = [number for number, page in enumerate(pages, 1) if not page]
        if len(empty) == len(pages):
            what = f"the PDF has {counted(len(pages), 'page')} and no text"
            raise InputError(what, where=where, hint=_OCR)
        self.paragraphs = paragraphs_of(pages)
        self.notes = ()
        if empty:
            named = ", ".join(map(str, empty[:5])) + (" …" if len(empty) > 5 else "")
            self.notes = (f"{counted(len(empty), 'page')} without text ({named}): empty, or a scan that needs OCR",)

    notes: tuple[str, ...]

    def saved(self, changed: Mapping[int, Sequence[Piece]], language: str) -> bytes:  # noqa: ARG002
        """There is no writer of PDF."""
        raise InputError("PDF is not written", hint="choose docx or odt, and print that to PDF")


def _pages(data: bytes, where: str | Path) -> Iterator[list[Line]]:
    """The lines of each page, in reading order."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise protected(where) from error
        hint = "open it in the program that it comes from and save it again"
        raise InputError("this PDF is damaged or incomplete", where=where, hint=hint) from error
    try:
        if len(document) > _PAGES:
            raise InputError(f"the PDF has more than {_PAGES:,} pages", where=where, hint="divide it")
        if len(document) == 0:
            raise InputError("this PDF has no pages", where=where, hint="get another copy")
        for number in range(len(document)):
            try:
                page = document[number]
                scraps = _scraps(page, number)
                page.close()
            except pdfium.PdfiumError:
                scraps = []  # a damaged page: it counts as one without text
            yield in_order(joined_lines(scraps))
    finally:
        document.close()


def _scraps(page: Any, number: int) -> list[Line]:
    """The scraps of text on a page, with their places, sizes and weights."""
    from pypdfium2 import raw

    text = page.get_textpage()
    try:
        found = []
        for index in range(min(text.count_rects(), _SCRAPS)):
            left, bottom, right, top = text.get_rect(index)
            content = text.get_text_bounded(left, bottom, right, top)
            if not content.strip():
                continue
            # pdfium tells sizes and fonts of characters alone: the first one of a scrap stands for it
            at = raw.FPDFText_GetCharIndexAtPos(text.raw, left + 1.0, (top + bottom) / 2, 4.0, 4.0)
            size = raw.FPDFText_GetFontSize(text.raw, at) if at >= 0 else top - bottom
            size = size if size > 2 else top - bottom  # some programs set a size of 1 and enlarge it
            found.append(
                Line(left, bottom, right, top, content.replace("\r\n", " "), size, _is_bold(raw, text, at), number)
            )
        return found
    finally:
        text.close()


def _is_bold(raw: Any, text: Any, at: int) -> bool:
    if at < 0:
        return False
    if raw.FPDFText_GetFontWeight(text.raw, at) >= 600:
        return True
    # many programs say the weight in the font's name only
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(text.raw, at, buffer, 128, flags)
    return 0 < length <= 128 and b"bold" in buffer.value.lower()


open_pdf = PdfOriginal
"""Open a PDF; InputError when it is damaged, protected or a scan."""
