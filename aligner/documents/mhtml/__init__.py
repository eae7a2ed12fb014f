"""Web pages as browsers save them in one file (MHTML): a message whose first part of HTML is the page.

Its pictures and styles are not looked at. There is no writer: it goes out as HTML, DOCX and the like.
"""

from __future__ import annotations

from email import message_from_bytes
from email.errors import MessageError
from pathlib import Path

from aligner.documents.html import HtmlOriginal, open_html
from aligner.documents.plain import decode
from aligner.errors import InputError

__all__ = ["open_mhtml"]


def open_mhtml(data: bytes, where: str | Path) -> HtmlOriginal:
    """Open a saved web page; InputError when there is no page in it."""
    try:
        page = next((part for part in message_from_bytes(data).walk() if part.get_content_type() == "text/html"), None)
        content = page.get_payload(decode=True) if page is not None else b""
        data = content if isinstance(content, bytes) else b""
        # some browsers name no encoding: then the text itself tells, as that of a plain file
        charset = page.get_content_charset() if page is not None else None
        text = data.decode(charset, "replace") if charset else decode(data, Path(where))[0]
    except (MessageError, ValueError, LookupError) as error:
        raise InputError("this saved web page is damaged", where=where, hint="save it as HTML only") from error
    if not text.strip():
        raise InputError("there is no page in this file", where=where, hint="save it as HTML only")
    return open_html(text, where)
