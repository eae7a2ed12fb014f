"""Files that are no plain text: what they are, and what to do with them.

Taken for text, a page of HTML gives its markup to the model and a PDF its inner workings. They are known by how they
begin, whatever they are called. Start reading at `refuse_documents` and `refuse_markup`.
"""

from __future__ import annotations

import re
from pathlib import Path

from aligner.errors import InputError

_OFFICE = "open it in your word processor and save it as plain text (UTF-8)"
_STARTS = (
    (b"%PDF-", "a PDF", "copy its text into a plain text file, or let pdftotext do it"),
    (b"{\\rtf", "a rich text file (RTF)", _OFFICE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (.doc, .xls, .ppt)", _OFFICE),
)
_ZIP = b"PK\x03\x04"
_INSIDE = (
    (b"word/", "a Word document (.docx)", _OFFICE),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "an OpenDocument text (.odt)", _OFFICE),
    (b"mimetypeapplication/vnd.oasis.opendocument.", "an OpenDocument file", _OFFICE),
    (b"mimetypeapplication/epub+zip", "an e-book (EPUB)", "save its text as plain text (UTF-8)"),
    (b"xl/", "an Excel workbook (.xlsx)", "save the sheet as plain text (UTF-8)"),
    (b"ppt/", "a PowerPoint presentation (.pptx)", "save its text as plain text (UTF-8)"),
    (b"", "a ZIP archive", "unpack it and name the texts in it"),
)
"""What stands in archives of a kind, in the order of asking."""
_SPACE = b" \t\r\n\xef\xbb\xbf"
_HTML = re.compile(r"[\s\ufeff]*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S)
_BEGINNING = 10_000


def refuse_documents(data: bytes, where: str | Path) -> None:
    """Raise InputError when data, or its first block, begin like a document of another program.

    >>> refuse_documents(b"%PDF-1.7", "a.txt")
    Traceback (most recent call last):
    aligner.errors.InputError: a.txt: this is a PDF, not plain text; copy its text into ... pdftotext do it
    """
    begins = data[:_BEGINNING].lstrip(_SPACE)
    found = next(((what, hint) for start, what, hint in _STARTS if begins.startswith(start)), None)
    if not found and data.startswith(_ZIP):
        found = next((what, hint) for name, what, hint in _INSIDE if name in data)
    if found:
        what, hint = found
        raise InputError(f"this is {what}, not plain text", where=where, hint=hint)


def refuse_markup(text: str, where: str | Path) -> None:
    """Raise InputError when a text is a web page."""
    if _HTML.match(text[:_BEGINNING]):
        hint = "save the page as plain text (UTF-8), or copy its text into a file"
        raise InputError("this is a web page (HTML), not plain text", where=where, hint=hint)
