"""Read Markdown, and put other words into its lines.

markdown-it says which lines a paragraph takes up; what stands before its words there (``## ``, ``> ``, ``1. ``) stays.
Code, HTML and the front matter are left as they are. Start reading at `open_markdown`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from aligner.documents.layout import PLAIN, BlockKind, Paragraph, Piece, TextLook
from aligner.documents.markdown.write import inline

_FRONT = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_NOTE = re.compile(r"\[\^[^\]\s]+\]:[ \t]*")
_REFERENCE = re.compile(r"(\[\^[^\]\s]+\])")
_STYLES = {"strong": "bold", "em": "italic", "s": "strike"}


class MarkdownOriginal:
    """A Markdown text."""

    def __init__(self, text: str) -> None:
        """Take it apart."""
        self._lines = text.split("\n")
        front = _FRONT.match(text)
        hidden = text[: front.end()].count("\n") if front else 0
        # blank lines in the place of the front matter: the numbers of all other lines stay
        parsed = "\n".join([""] * hidden + self._lines[hidden:])
        tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(parsed)
        self.paragraphs = list(self._paragraphs(tokens))
        self.notes = ("HTML in it is left as it is",) if any(t.type == "html_block" for t in tokens) else ()

    def _paragraphs(self, tokens: Sequence[Token]) -> Iterator[Paragraph]:
        depth, before, row, cell, table = 0, None, 0, 0, 0
        for token in tokens:
            depth += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
            if token.type == "table_open":
                table, row = table + 1, 0
            elif token.type == "tr_open":
                row, cell = row + 1, 0
            elif token.type == "inline" and token.map and before is not None:
                part, level, place = BlockKind.TEXT, 0, f"line {token.map[0] + 1:,}"
                if before.type == "heading_open":
                    part, level = BlockKind.HEADING, int(before.tag[1])
                elif before.type in {"td_open", "th_open"}:
                    cell += 1
                    part, place = BlockKind.CELL, f"table {table}, row {row}, cell {cell}"
                elif depth:
                    part, level = BlockKind.ITEM, depth - 1
                yield self._paragraph(token, part, level, place, cell)
            before = token if token.nesting == 1 else before

    def _paragraph(self, token: Token, part: BlockKind, level: int, place: str, cell: int) -> Paragraph:
        """One paragraph; its `own` are its first line, the line after its last, what stands before it and its cell."""
        assert token.map is not None  # noqa: S101 - the caller looked
        start, end = token.map
        first = token.content.split("\n", 1)[0]
        line = self._lines[start]
        # where the words are not found as they stand (escapes), nothing is before them
        before = line[: max(line.find(first), 0)]
        pieces = list(_pieces(token.children or []))
        if note := _NOTE.match(token.content):
            part, before = BlockKind.NOTE, before + note[0]
            pieces = _without(pieces, len(note[0]))
        return Paragraph(tuple(pieces), part, level, place, (start, end, before, cell if part is BlockKind.CELL else 0))

    def saved(self, changed: Mapping[int, Sequence[Piece]], language: str) -> bytes:  # noqa: ARG002 - nothing names it
        """The text with other pieces in some paragraphs."""
        lines: list[str | None] = list(self._lines)
        rows: dict[int, list[str]] = {}
        for index, paragraph in enumerate(self.paragraphs):
            start, end, before, cell = paragraph.own
            if cell:
                rows.setdefault(start, []).append(inline(changed.get(index, paragraph.pieces), cell=True))
            elif index in changed:
                # further lines keep the mark of a quotation and the indentation of an item, not the item's mark
                following = re.sub(r"[^>\s]", " ", before)
                lines[start:end] = [None] * (end - start)
                lines[start] = before + inline(changed[index], first=not before.strip(" >")).replace(
                    "\n", "\n" + following
                )
        # a row is written whole or not at all: its cells share a line
        others = {self.paragraphs[index].own[0] for index in changed}
        for start, cells in rows.items():
            if start in others:
                lines[start] = f"| {' | '.join(cells)} |"
        return "\n".join(line for line in lines if line is not None).encode()


def open_markdown(text: str, where: str | Path) -> MarkdownOriginal:  # noqa: ARG001 - any text is Markdown
    """Open a Markdown text."""
    return MarkdownOriginal(text.replace("\r\n", "\n").replace("\r", "\n"))


def _pieces(tokens: Sequence[Token]) -> Iterator[Piece]:
    """The pieces of a paragraph; pictures, HTML and marks of notes are objects with their Markdown as `own`."""
    looks = [PLAIN]
    for token in tokens:
        kind, _, edge = token.type.rpartition("_")
        if edge == "open":
            link = str(token.attrs.get("href", "")) if kind == "link" else looks[-1].link
            styles = looks[-1].styles | ({_STYLES[kind]} if kind in _STYLES else set())
            looks.append(TextLook(styles, link))
        elif edge == "close":
            looks.pop()
        elif token.type == "text":
            yield from _text(token.content, looks[-1])
        elif token.type == "code_inline":
            yield Piece(token.content, looks[-1].with_style("code"))
        elif token.type in {"softbreak", "hardbreak"}:
            yield Piece(" " if token.type == "softbreak" else "\n", looks[-1])
        elif token.type == "image":
            yield Piece("", looks[-1], f"![{token.content}]({token.attrs.get('src', '')})")
        elif token.type == "html_inline":
            yield Piece("", PLAIN, token.content)


def _text(content: str, look: TextLook) -> Iterator[Piece]:
    """Text, and the marks of notes in it."""
    for number, part in enumerate(_REFERENCE.split(content)):
        if part:
            yield Piece("", PLAIN, part) if number % 2 else Piece(part, look)


def _without(pieces: Sequence[Piece], length: int) -> list[Piece]:
    """The pieces of a note without its number, which is an object followed by a colon."""
    rest = [piece for piece in pieces if piece.text] if pieces and not pieces[0].text else list(pieces)
    if rest and rest[0].text.startswith(":"):
        rest[0] = Piece(rest[0].text[1:].lstrip(), rest[0].look)
    elif rest and rest[0].text.startswith("[^"):
        rest[0] = Piece(rest[0].text[length:], rest[0].look)
    return rest
