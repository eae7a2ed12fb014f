r"""Read rich text.

    {\rtf1\ansi Le \b ministre\b0  est l\'e0.\par}  ──tokens──▶ words, control words, groups ──▶ Paragraphs

RTF is a list of commands to a machine with a stack; whatever we do not know is passed over, as its standard asks.
Pictures, fonts and objects are not looked at. Start reading at `RtfOriginal`.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from aligner.documents.layout import BlockKind, Paragraph, Piece, TextLook
from aligner.errors import InputError

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?"  # a control word and its number
    rb"|\\'([0-9a-fA-F]{2})"  # a byte
    rb"|\\([^a-zA-Z])"  # a control symbol
    rb"|([{}])|([^\\{}]+)",
    re.DOTALL,
)
_SKIPPED = frozenset(
    ("fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "themedata", "colorschememapping", "datastore",
     "latentstyles", "listtable", "listoverridetable", "rsidtbl",
     "generator", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf", "xmlnstbl",
     "fldinst", "annotation", "atnid", "atnauthor", "filetbl", "revtbl", "listtext", "pntext", "bkmkstart", "bkmkend",
     "nonshppict", "shppict", "template", "wgrffmtfilter")
)  # fmt: skip
_STYLES = {
    "b": "bold",
    "i": "italic",
    "strike": "strike",
    "ul": "underline",
    "super": "superscript",
    "sub": "subscript",
}
_CHARACTERS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005",
}  # fmt: skip
_SYMBOLS = {b"~": "\u00a0", b"_": "\u2011", b"-": "", b"\\": "\\", b"{": "{", b"}": "}"}
_DEEPEST = 2000
_HEADING = re.compile(rb"\\s(\d{1,4})\b[^{};]{0,2000}?(?:heading|titre) ([1-9]);", re.IGNORECASE)
"""A style of paragraphs, by its number, that is a heading's."""


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits."""

    styles: frozenset[str] = frozenset()
    skipped: bool = False
    unicode_skip: int = 1
    note: bool = False
    hidden: bool = False


class RtfOriginal:
    """A rich text."""

    notes: tuple[str, ...] = ()

    def __init__(self, data: bytes) -> None:
        """Take it apart."""
        self.paragraphs: list[Paragraph] = []
        self._pieces: list[Piece] = []
        self._noted: list[Piece] = []
        self._later: list[Paragraph] = []
        self._bytes = bytearray()
        self._encoding = "cp1252"
        self._state = _State()
        self._stack: list[_State] = []
        self._owed = 0
        self._outline = self._cell = self._row = self._table = 0
        self._in_table = self._listed = False
        sheet = data[data.find(b"{\\stylesheet") :][: 1 << 18] if b"{\\stylesheet" in data else b""
        self._headings = {int(match[1]): int(match[2]) for match in _HEADING.finditer(sheet)}
        self._read(data)
        self._end()
        self.paragraphs += self._later

    def _read(self, data: bytes) -> None:
        starred = False
        for match in _TOKEN.finditer(data):
            word, number, coded, symbol, brace, text = match.groups()
            # bytes are gathered: of some encodings one letter takes two of them
            if coded and not self._state.skipped:
                if self._owed:
                    self._owed -= 1
                else:
                    self._bytes.append(int(coded, 16))
                continue
            if text is not None:
                self._text(text)
                continue
            self._flush()
            if brace:
                self._brace(brace)
            elif symbol == b"*":
                starred = True
                continue
            elif symbol is not None:
                self._add(_SYMBOLS.get(symbol, ""))
                if symbol in b"\r\n":
                    self._end()
            elif word:
                self._control(word.decode(), int(number) if number else None, starred=starred)
            starred = False
        self._flush()

    def _brace(self, brace: bytes) -> None:
        if brace == b"{":
            if len(self._stack) >= _DEEPEST:
                raise RecursionError
            self._stack.append(self._state)
        elif self._stack:
            before = self._state
            self._state = self._stack.pop()
            # notes go behind the text: where they stand in the file is where their marks are
            if before.note and not self._state.note:
                pieces = tuple(_joined(self._noted))
                self._noted = []
                if any(piece.text.strip() for piece in pieces):
                    self._later.append(Paragraph(pieces, BlockKind.NOTE, 0, f"note {len(self._later) + 1}"))

    def _text(self, raw: bytes) -> None:
        raw = raw.replace(b"\r", b"").replace(b"\n", b"")
        if self._state.skipped or not raw:
            return
        owed = min(self._owed, len(raw))
        self._owed -= owed
        self._bytes += raw[owed:]

    def _flush(self) -> None:
        if self._bytes:
            text = bytes(self._bytes).decode(self._encoding, "replace")
            self._bytes.clear()
            self._add(text)

    def _add(self, text: str) -> None:
        state = self._state
        if text and not state.skipped and not state.hidden:
            (self._noted if state.note else self._pieces).append(Piece(text, TextLook(state.styles)))

    def _control(self, word: str, number: int | None, *, starred: bool) -> None:
        if word in _SKIPPED or (starred and word not in {"footnote", "shptxt"}):
            self._state = replace(self._state, skipped=True)
        elif word in _CHARACTERS:
            self._add(_CHARACTERS[word])
        elif word == "u" and number is not None:
            # programs write numbers above 32,767 as negative ones; behind it are letters for those that know no Unicode
            self._owed = self._state.unicode_skip
            self._add(chr(number % 65536))
        elif word in _STYLES or word in {"plain", "nosupersub", "ulnone", "v"}:
            self._style(word, number)
        elif word == "footnote":
            self._state = replace(self._state, note=True)
        elif word == "uc" and number is not None:
            self._state = replace(self._state, unicode_skip=number)
        elif word == "ansicpg" and number:
            try:
                self._encoding = codecs.lookup(f"cp{number}" if number != 65001 else "utf-8").name
            except LookupError:
                self._encoding = "cp1252"
        else:
            self._structure(word, number)

    def _style(self, word: str, number: int | None) -> None:
        styles = self._state.styles
        if word == "plain":
            self._state = replace(self._state, styles=frozenset(), hidden=False)
        elif word == "v":
            self._state = replace(self._state, hidden=number != 0)
        elif word == "ulnone":
            self._state = replace(self._state, styles=styles - {"underline"})
        elif word == "nosupersub":
            self._state = replace(self._state, styles=styles - {"superscript", "subscript"})
        else:
            changed = styles - {_STYLES[word]} if number == 0 else styles | {_STYLES[word]}
            self._state = replace(self._state, styles=changed)

    def _structure(self, word: str, number: int | None) -> None:
        if self._state.skipped:
            return
        if word in {"par", "sect", "page", "column"}:
            self._add("\n") if self._state.note else self._end()
        elif word == "cell":
            self._cell += 1
            self._end(cell=True)
        elif word == "row":
            self._cell, self._row = 0, self._row + 1
        elif word == "pard":
            self._outline, self._in_table, self._listed = 0, False, False
        elif word == "intbl":
            if (
                not self._in_table
                and not self._cell
                and (not self.paragraphs or self.paragraphs[-1].part is not BlockKind.CELL)
            ):
                self._table, self._row = self._table + 1, 1
            self._in_table = True
        else:
            self._paragraph_style(word, number)

    def _paragraph_style(self, word: str, number: int | None) -> None:
        if word == "s" and number in self._headings:
            self._outline = self._headings[number]
        elif word == "outlinelevel" and number is not None and number < 9:
            self._outline = number + 1
        elif word == "ls" and number:
            self._listed = True

    def _end(self, *, cell: bool = False) -> None:
        """End a paragraph."""
        self._flush()
        pieces = list(_joined(self._pieces))
        self._pieces = []
        if not any(piece.text.strip() for piece in pieces):
            return
        part, level, place = BlockKind.TEXT, 0, f"paragraph {len(self.paragraphs) + 1}"
        if cell or self._in_table:
            part, place = BlockKind.CELL, f"table {self._table}, row {self._row}, cell {self._cell + (not cell)}"
        elif self._outline:
            part, level = BlockKind.HEADING, self._outline
        elif self._listed:
            part = BlockKind.ITEM
        self.paragraphs.append(Paragraph(tuple(pieces), part, level, place))

    def saved(self, changed: Mapping[int, Sequence[Piece]], language: str) -> bytes:  # noqa: ARG002
        """There is no writer of rich text."""
        raise InputError("rich text (RTF) is not written", hint="choose docx or odt")


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Neighbours of one look as one, without space at the ends."""
    made: list[Piece] = []
    for piece in pieces:
        if made and made[-1].look == piece.look:
            made[-1] = Piece(made[-1].text + piece.text, piece.look)
        else:
            made.append(piece)
    while made and not made[0].text.strip():
        del made[0]
    while made and not made[-1].text.strip():
        del made[-1]
    if made:
        made[0] = Piece(made[0].text.lstrip(), made[0].look)
        made[-1] = Piece(made[-1].text.rstrip(), made[-1].look)
    # characters beyond U+FFFF were written as two halves
    wholes = (piece.text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") for piece in made)
    return (Piece(text, piece.look) for text, piece in zip(wholes, made, strict=True))


def open_rtf(data: bytes, where: str | Path) -> RtfOriginal:  # noqa: ARG001 - whatever begins like RTF can be read
    """Open a rich text."""
    return RtfOriginal(data)
