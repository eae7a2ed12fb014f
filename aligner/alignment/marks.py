"""Marks: what the edges of a sentence look like, without knowing its language.

Translators keep question marks and colons, and a sentence that ends without a full stop or starts with a small
letter often belongs to its neighbour. Start reading at `read_marks`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# With the no-break spaces that French puts inside its quotation marks, and signs of emphasis in plain text.
CLOSING = "\"'»”’)]} \u00a0\u202f“„*_"
OPENING = "\"'«“‘([{ \u00a0\u202f„*_¿¡"
DASHES = "-–—―•"
QUOTES = '"«»“”„'
LONGEST_TITLE = 60
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
_QUESTION, _CRY = re.compile("[?？؟]+"), re.compile("[!！]+")


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
    capitals: NDArray[np.bool_]
    """Whether it is a line in capitals: the heading of a chapter."""
    title: NDArray[np.bool_]
    """Whether it looks like a heading of another kind: short, without a final mark."""
    questions: NDArray[np.int64]
    """How many question marks there are in the sentences before each position: ``questions[i]`` in the first i."""
    cries: NDArray[np.int64]
    """The same of exclamation marks."""


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
        # Not "M.", which a segmenter may have cut off; not a cry, which ends in its mark.
        capitals=np.array([s.isupper() and _CRY.search(s) is None and sum(map(str.isalpha, s)) > 3 for s in sentences]),
        title=np.array(
            [
                mark == NONE and len(s) <= LONGEST_TITLE and not s.lstrip(OPENING + DASHES)[:1].islower()
                for s, mark in zip(sentences, end, strict=True)
            ],
            dtype=np.bool_,
        ),
        questions=_counts(_QUESTION, sentences),
        cries=_counts(_CRY, sentences),
    )


def _counts(mark: re.Pattern[str], sentences: Sequence[str]) -> NDArray[np.int64]:
    """How many runs of a mark there are in the first i sentences."""
    return np.concatenate([[0], np.cumsum([len(mark.findall(sentence)) for sentence in sentences], dtype=np.int64)])
