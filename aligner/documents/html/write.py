"""Write a web page of paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from aligner.documents.layout import BlockKind, Paragraph, Piece
from aligner.documents.markdown.write import rows_of

_TAGS = {
    "bold": "strong", "italic": "em", "underline": "u", "strike": "s", "superscript": "sup", "subscript": "sub",
    "code": "code",
}  # fmt: skip


def inline_html(pieces: Sequence[Piece], *, br: str = "<br>") -> str:
    """Pieces as HTML."""
    parts = []
    for piece in pieces:
        if not piece.text:
            continue
        made = escape(piece.text, quote=False).replace("\n", br)
        # always in the same order, so that equal looks give equal elements
        for style, tag in _TAGS.items():
            made = f"<{tag}>{made}</{tag}>" if style in piece.look.styles else made
        parts.append(f'<a href="{escape(piece.look.link)}">{made}</a>' if piece.look.link else made)
    return "".join(parts)


def body_html(paragraphs: Sequence[Paragraph], *, br: str = "<br>") -> str:
    """The elements of the paragraphs, one a line."""
    lines: list[str] = []
    for part, group in groupby(paragraphs, lambda p: p.part):
        members = [p for p in group if p.text.strip()]
        if part is BlockKind.CELL:
            for rows in rows_of(members):
                cells = ("".join(f"<td>{inline_html(c.pieces, br=br)}</td>" for c in row) for row in rows)
                lines += ["<table>", *(f"<tr>{row}</tr>" for row in cells), "</table>"]
        elif part is BlockKind.ITEM:
            lines += ["<ul>", *(f"<li>{inline_html(p.pieces, br=br)}</li>" for p in members), "</ul>"]
        elif part is not BlockKind.FURNITURE:
            for p in members:
                tag = f"h{min(max(p.level, 1), 6)}" if part is BlockKind.HEADING else "p"
                lines.append(f"<{tag}>{inline_html(p.pieces, br=br)}</{tag}>")
    return "\n".join(lines)


def write_html(paragraphs: Sequence[Paragraph], language: str, title: str = "") -> bytes:
    """A web page."""
    head = f'<head>\n<meta charset="utf-8">\n<title>{escape(title, quote=False)}</title>\n</head>'
    opening = f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n{head}'
    return f"{opening}\n<body>\n{body_html(paragraphs)}\n</body>\n</html>\n".encode()
