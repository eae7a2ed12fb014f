"""The encoding of plain text.

UTF-8 (with or without a byte order mark) and marked UTF-16/32 are read as such. Anything else is guessed with
charset-normalizer among the encodings of Western Europe, and the guess is reported as a note, because a wrong guess
garbles letters. Text is kept verbatim, line ends included.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from aligner.errors import InputError
from aligner.formats.tables.separated import unmarked_utf_16

# The mark of UTF-32 begins with that of UTF-16, so it is asked for first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Short texts fit dozens of encodings: only those of Western Europe are guessed at.
_ONE_BYTE = ["cp1252", "iso8859-15", "mac-roman", "cp850"]
_WESTERN = [*_ONE_BYTE, "utf-16-le", "utf-16-be"]
_USUAL = "cp1252"
"""What a text of Western Europe is in that is not UTF-8, as a rule."""
_SAMPLE = 1_000_000
WRAPPED = "its lines end where the page was full: they are joined (--no-wrapped keeps every line end)"
"""What is said of a hard-wrapped text."""
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def is_binary(text: str) -> bool:
    """Whether a text has so many control characters that it is none."""
    return len(_CONTROL.findall(text[:_SAMPLE])) > max(8, min(len(text), _SAMPLE) // 100)


def decode(data: bytes, path: Path) -> tuple[str, tuple[str, ...]]:
    """The text, and what was assumed of its encoding; InputError when it is in none that can be recognised."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if not encoding and (wide := unmarked_utf_16(data[:_SAMPLE])):
        return data.decode(wide, "replace"), (f"read as {wide.upper()}, which it does not say",)
    try:
        return data.decode(encoding or "utf-8"), ()
    except UnicodeDecodeError:
        return _damaged(data) or _guess(data, path)


def fallback_encoding(block: bytes) -> str:
    """The encoding to read lines in that are not UTF-8, by the first block of a stream: one of Western Europe.

    >>> fallback_encoding("Le café est à l'été.".encode("mac-roman")), fallback_encoding(b"Bonjour.")
    ('mac_roman', 'cp1252')
    """
    if block.isascii() or _damaged(block):
        return _USUAL
    from charset_normalizer import from_bytes

    best = from_bytes(block, cp_isolation=_ONE_BYTE).best()
    return best.encoding if best else _USUAL


def _damaged(data: bytes) -> tuple[str, tuple[str, ...]] | None:
    """The text if it is UTF-8 but for a few bytes: most letters beyond ASCII are whole."""
    text = data.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    whole = sum(character > "\x7f" for character in text) - lost
    # of a text in another encoding nearly every letter beyond ASCII is unreadable, of a damaged one only a few
    if lost * 20 > whole or b"\x00" in data:
        return None
    return text, (f"damaged UTF-8: {lost} unreadable place{'s' if lost > 1 else ''} became \ufffd",)


def _guess(data: bytes, path: Path) -> tuple[str, tuple[str, ...]]:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE], cp_isolation=_WESTERN).best() if b"\x00" not in data[:_SAMPLE] else None
    if best is None:
        raise InputError(
            "this is not text in an encoding that can be recognised", where=path, hint="save it as plain text in UTF-8"
        )
    try:
        text = data.decode(best.encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"its encoding looks like {best.encoding}, but byte {error.start} does not fit",
            where=path,
            hint="save it as plain text in UTF-8",
        ) from error
    return text, (f"not UTF-8: read as {best.encoding}",)
