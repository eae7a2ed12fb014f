"""A document in parts: what a reader finds in a file, and what a writer puts back.

    file ──open──▶ Original (Paragraphs of Pieces) ──lay_out──▶ text, Layout (Blocks and Marks over offsets)
    Original + English Pieces ──saved──▶ file

A `Paragraph` is the smallest unit that a file has by itself: a paragraph, a heading, an item, a cell, a note. Its
`Piece`s are stretches of text of one look. The text of a document is that of its paragraphs, each on a line of its own;
the `Layout` says where each of them is in the original. Start reading at `lay_out`.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple, Protocol


class BlockKind(StrEnum):
    """What a paragraph is in its document."""

    TEXT = "text"
    HEADING = "heading"
    ITEM = "item"
    CELL = "cell"
    NOTE = "note"
    FURNITURE = "furniture"
    """Menus, cookie banners, running heads, page numbers: kept, marked as boilerplate, not translated."""


@dataclass(frozen=True, slots=True)
class TextLook:
    """How a stretch of text looks, as far as every format can say it."""

    styles: frozenset[str] = frozenset()
    """Some of `STYLES`."""
    link: str = ""
    """Where it leads, if it is a link."""

    def with_style(self, *names: str) -> TextLook:
        """The look with more styles."""
        return TextLook(self.styles | set(names), self.link)


STYLES = ("bold", "italic", "underline", "strike", "superscript", "subscript", "code")
PLAIN = TextLook()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text of one look, or (with no text) something that is no text: a picture, a mark of a note."""

    text: str
    look: TextLook = PLAIN
    own: Any = None
    """What the format needs to write a piece like this again; pieces with equal `own` look the same."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the original."""

    pieces: tuple[Piece, ...]
    part: BlockKind = BlockKind.TEXT
    level: int = 0
    """Of a heading 1 to 9, of an item the depth from 0."""
    place: str = ""
    """Where it is in the original, for people: ``page 3``, ``table 1, row 2, cell 3``, ``note 4``."""
    own: Any = None
    """What the format needs to put another text here."""

    @property
    def text(self) -> str:
        """The text of its pieces; lines are parted by line ends."""
        return "".join(piece.text for piece in self.pieces)


class Original(Protocol):
    """A file that was opened: its paragraphs in reading order."""

    paragraphs: Sequence[Paragraph]
    notes: tuple[str, ...]
    """What was assumed or left out while reading (one sentence each)."""

    def saved(self, changed: Mapping[int, Sequence[Piece]], language: str) -> bytes:
        """The file with other pieces in some paragraphs, by their index; InputError where the kind has no writer."""
        ...


class Cell(NamedTuple):
    """Where a paragraph is in a table."""

    table: str
    """The place of the table in the original, for people: ``table 1``."""
    row: int
    """From 1."""
    column: int
    """From 1; a cell that spans several counts as one."""


_CELL = re.compile(r"(.*), row (\d+), cell (\d+)")


@dataclass(frozen=True, slots=True)
class Block:
    """Where a paragraph is in the text, and what and where it is in the original."""

    start: int
    end: int
    part: BlockKind
    level: int
    place: str
    index: int
    """Of the paragraph in the original, from 0."""

    @property
    def cell(self) -> Cell | None:
        """The cell that it is in, as its place says; None where it is in no table.

        >>> Block(0, 2, BlockKind.CELL, 0, "page 3, table 1, row 2, cell 4", 0).cell
        Cell(table='page 3, table 1', row=2, column=4)
        """
        found = _CELL.fullmatch(self.place)
        return Cell(found[1], int(found[2]), int(found[3])) if found else None


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text with a style or a link."""

    start: int
    end: int
    kind: str
    """One of `STYLES`, or ``link``."""
    value: str = ""
    """Where a link leads."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The map from a text to its original."""

    kind: str
    """The name of the kind of file (`aligner.documents.kinds`)."""
    blocks: tuple[Block, ...] = ()
    marks: tuple[Mark, ...] = field(default=())

    def block_at(self, offset: int) -> Block | None:
        """The paragraph that an offset of the text lies in, if any."""
        at = bisect.bisect_right(self.blocks, offset, key=lambda block: block.start) - 1
        return self.blocks[at] if at >= 0 and offset <= self.blocks[at].end else None


_CLOSE = {
    (BlockKind.CELL, BlockKind.CELL),
    (BlockKind.ITEM, BlockKind.ITEM),
    (BlockKind.NOTE, BlockKind.NOTE),
    (BlockKind.FURNITURE, BlockKind.FURNITURE),
}
"""Parts that follow each other without a blank line."""


def lay_out(paragraphs: Sequence[Paragraph], kind: str) -> tuple[str, Layout]:
    r"""The text of paragraphs and its layout; a paragraph without text has no block.

    >>> text, layout = lay_out([Paragraph((Piece("Un "), Piece("mot", PLAIN.with_style("bold"))))], "docx")
    >>> text, layout.marks
    ('Un mot\n', (Mark(start=3, end=6, kind='bold', value=''),))
    """
    parts: list[str] = []
    blocks: list[Block] = []
    marks: list[Mark] = []
    at, before = 0, None
    for index, paragraph in enumerate(paragraphs):
        text = paragraph.text
        # a picture alone in a paragraph is none of the text
        if not text.strip():
            continue
        # a blank line between paragraphs, so that whoever reads the text as plain finds the same ones
        gap = "" if before is None else "\n" if (before, paragraph.part) in _CLOSE else "\n\n"
        parts += [gap, text]
        at += len(gap)
        blocks.append(Block(at, at + len(text), paragraph.part, paragraph.level, paragraph.place, index))
        marks += _marks(paragraph.pieces, at)
        at += len(text)
        before = paragraph.part
    return "".join([*parts, "\n" if parts else ""]), Layout(kind, tuple(blocks), tuple(marks))


def _marks(pieces: Sequence[Piece], at: int) -> Iterator[Mark]:
    """The styles of pieces that follow each other, each as long as it holds."""
    # each style by itself: they overlap, and a mark must not be cut where another one begins
    names = [*STYLES, "link"]
    for name in names:
        start, position, value = -1, at, ""
        # a last piece without style ends what still holds
        for piece in [*pieces, Piece("\0")]:
            now = piece.look.link if name == "link" else "yes" if name in piece.look.styles else ""
            if piece.text and now != value:
                if value:
                    yield Mark(start, position, name, value if name == "link" else "")
                start, value = position, now
            position += len(piece.text)
