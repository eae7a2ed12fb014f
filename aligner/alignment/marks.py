"""Marks: what the edges of a sentence look like, without knowing its language.

Translators keep question marks and colons, and a sentence that ends without a full stop or starts with a small
letter often belongs to its neighbour. Start reading at `read_marks`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# With the no-break spaces that French puts inside its quotation marks, and signs of emphasis in plain text.
CLOSING = "\"'»”’)]} \u00a0\u202f“„*_"
OPENING = "\"'«“‘([{ \u00a0\u202f„*_¿¡"
DASHES = "-–—―•"
QUOTES = '"«»“”„'
MARKS = range(7)
NONE, STOP, QUESTION, EXCLAMATION, COLON, SEMICOLON, COMMA = MARKS
# Full-width, Arabic and Indic marks too: a mark is the same whatever the script.
_ENDS = {
    **dict.fromkeys(".…。।።", STOP),
    **dict.fromkeys("?？؟", QUESTION),
    **dict.fromkeys("!！", EXCLAMATION),
    **dict.fromkeys(":：", COLON),
    **dict.fromkeys(";；؛", SEMICOLON),
    **dict.fromkeys(",，、،", COMMA),
}


@dataclass(frozen=True, slots=True)
class Marks:
    """The edges of each sentence of one text."""

    end: NDArray[np.int8]
    """The class of the last mark: NONE, STOP, QUESTION …"""
    speech: NDArray[np.bool_]
    """Whether the sentence opens like speech: a dash or a quotation mark."""
    open_end: NDArray[np.bool_]
    """Whether the sentence seems to go on: no final mark, or a comma, colon or semicolon."""
    small_start: NDArray[np.bool_]
    """Whether the sentence starts with a small letter."""


def read_marks(sentences: Sequence[str]) -> Marks:
    """The marks of each sentence.

    >>> marks = read_marks(["— Oui ?", "dit-il;"])
    >>> marks.end.tolist() == [QUESTION, SEMICOLON], marks.speech.tolist(), marks.small_start.tolist()
    (True, [True, False], [False, True])
    """
    # Closing quotes and brackets may stand on either side of the mark, by the habits of the language.
    end = np.array([_ENDS.get(sentence.rstrip(CLOSING)[-1:], NONE) for sentence in sentences], dtype=np.int8)
    return Marks(
        end=end,
        speech=np.array([s.lstrip()[:1] in DASHES + QUOTES and bool(s.strip()) for s in sentences], dtype=np.bool_),
        open_end=np.isin(end, (NONE, COLON, SEMICOLON, COMMA)),
        small_start=np.array([s.lstrip(OPENING + DASHES)[:1].islower() for s in sentences], dtype=np.bool_),
    )
