"""Plain text as an original: every line that is not blank is a paragraph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from aligner.documents.layout import Paragraph, Piece


class PlainOriginal:
    """A plain text."""

    notes: tuple[str, ...] = ()

    def __init__(self, text: str) -> None:
        """Take it apart."""
        self._lines = text.splitlines()
        self.text = text
        self.paragraphs = [
            Paragraph((Piece(line.strip()),), place=f"line {number}", own=number - 1)
            for number, line in enumerate(self._lines, 1)
            if line.strip()
        ]

    def saved(self, changed: Mapping[int, Sequence[Piece]], language: str) -> bytes:  # noqa: ARG002 - nothing names it
        """The text with other lines."""
        lines = list(self._lines)
        for index, pieces in changed.items():
            lines[self.paragraphs[index].own] = "".join(piece.text for piece in pieces)
        return ("\n".join(lines) + "\n").encode()


def open_plain(text: str, where: str | Path) -> PlainOriginal:  # noqa: ARG001 - any text is plain text
    """Open a plain text."""
    return PlainOriginal(text)
