"""A text that a person gives a bead: how it is stored, and when two texts are the same.

One pair of functions serves the served page, the edits that a page on disk saves, and imported files;
``review/scripts/edits.js`` does the same in the page. Start reading at `plain_line` and `same`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from aligner.formats.exchange.fingerprints import fingerprint_0_1
from aligner.formats.exchange.notation import seg_text
from aligner.model import wording

LINE_END = re.compile(r"[\n\r\x0b\x0c\x85\u2028\u2029]")
"""What ends a line, in any notation."""
_UNTYPED = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")
"""What nobody types and files cannot hold: control characters, half characters, byte order marks."""


def plain_line(text: str) -> str:
    r"""A text as a bead's new text is stored: NFC, on one line, without spaces around it.

    A bead cannot begin a paragraph in its middle. Spaces inside stay as they are typed, also no-break ones.

    >>> plain_line("\ufeffCafe\u0301 \r\n\u2028 noir  et\u00a0demi. ")
    'Café noir  et\xa0demi.'
    """
    pieces = LINE_END.split(_UNTYPED.sub("", unicodedata.normalize("NFC", text)))
    return " ".join(filter(None, (piece.strip() for piece in pieces)))


def same(one: str, other: str) -> bool:
    """Whether two texts have the same wording: white space and Unicode composition make no difference."""
    return wording(one) == wording(other) or wording(plain_line(one)) == wording(plain_line(other))


def is_known(text: str, fingerprint: str) -> bool:
    """Whether a fingerprint is a text's: `wording`, or the one that exports of version 0.1 carry."""
    return fingerprint in {wording(text), fingerprint_0_1(seg_text(text))}


def says(segments: Sequence[str], text: str) -> bool:
    """Whether a text is exactly these segments one after the other, whatever white space stands between them.

    >>> says(["Yes.", "No."], "Yes.  No. "), says(["Yes, I do."], "Yes,\u00a0I do.")
    (True, False)
    """
    # piece by piece: a space typed inside a segment is part of its wording, one between them is not
    rest = plain_line(text)
    for piece in map(plain_line, segments):
        if not rest.startswith(piece):
            return False
        rest = rest[len(piece) :].lstrip()
    return not rest


def even(text: str) -> str:
    """A text with one space wherever it has white space: what is compared where white space makes no difference."""
    return " ".join(text.split())
