"""Write Markdown: the words of one paragraph, or a whole new document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from aligner.documents.layout import BlockKind, Paragraph, Piece

_SPECIAL = re.compile(r"([\\`*_\[\]<~]|&(?=[#\w]+;))")
_BLOCK = re.compile(r"(#{1,6}(?=\s|$)|[+\-](?=\s|$)|>|=+\s*$|-+\s*$|\d{1,9}[.)](?=\s|$))")
_MARKS = (("strike", "~~"), ("bold", "**"), ("italic", "*"))
_HTML = {"superscript": "sup", "subscript": "sub", "underline": "u"}


def inline(pieces: Sequence[Piece], *, cell: bool = False, first: bool = True) -> str:
    r"""Pieces as Markdown; `first` says that they begin a line, where some characters mean something.

    >>> from aligner.documents.layout import PLAIN
    >>> inline([Piece("1. a*b ", PLAIN), Piece("gras", PLAIN.with_style("bold"))])
    '1\\. a\\*b **gras**'
    """
    parts = []
    for _, group in groupby(pieces, lambda piece: (piece.look, bool(piece.text))):
        parts.append(_stretch(list(group)))
    text = "".join(parts).strip(" ")
    text = text.replace("\n", " " if cell else "\\\n")
    if cell:
        return text.replace("|", "\\|")
    block = _BLOCK.match(text) if first else None
    if block is None:
        return text
    # what would begin a heading or an item is text here: of "1." the full stop is escaped, of all others the sign
    mark = block[0]
    return (f"{mark[:-1]}\\{mark[-1]}" if mark[0].isdigit() else f"\\{mark}") + text[block.end() :]


def _stretch(group: Sequence[Piece]) -> str:
    """Pieces of one look."""
    if not group[0].text:
        return "".join(piece.own if isinstance(piece.own, str) else "" for piece in group)
    look, text = group[0].look, "".join(piece.text for piece in group)
    inner = text.strip(" \n")
    if not inner:
        return text
    before, after = text[: len(text) - len(text.lstrip(" \n"))], text[len(text.rstrip(" \n")) :]
    if "code" in look.styles:
        ticks = "`" * (1 + max((len(run) for run in re.findall("`+", inner)), default=0))
        pad = " " if "`" in (inner[0], inner[-1]) else ""
        made = f"{ticks}{pad}{inner}{pad}{ticks}"
    else:
        made = _SPECIAL.sub(r"\\\1", inner)
    for style, tag in _HTML.items():
        made = f"<{tag}>{made}</{tag}>" if style in look.styles else made
    for style, mark in reversed(_MARKS):
        made = f"{mark}{made}{mark}" if style in look.styles else made
    if look.link:
        made = f"[{made}](<{look.link}>)" if re.search(r"[\s()<>]", look.link) else f"[{made}]({look.link})"
    return f"{before}{made}{after}"


def write_markdown(paragraphs: Sequence[Paragraph], language: str, title: str = "") -> bytes:  # noqa: ARG001
    """A Markdown text of paragraphs."""
    blocks = []
    for part, group in groupby(paragraphs, lambda p: p.part):
        members = [p for p in group if p.text.strip()]
        if part is BlockKind.CELL:
            blocks += _tables(members)
        elif part is BlockKind.ITEM:
            blocks.append("\n".join(f"{'  ' * p.level}- {inline(p.pieces)}" for p in members))
        elif part is BlockKind.HEADING:
            blocks += [f"{'#' * min(max(p.level, 1), 6)} {inline(p.pieces, first=False)}" for p in members]
        elif part is not BlockKind.FURNITURE:
            blocks += [inline(p.pieces) for p in members]
    return ("\n\n".join(block for block in blocks if block) + "\n").encode()


def rows_of(cells: Sequence[Paragraph]) -> list[list[list[Paragraph]]]:
    """Cells as tables of rows, by what their places say."""
    tables: dict[str, dict[str, list[Paragraph]]] = {}
    for cell in cells:
        table, _, rest = cell.place.partition(", row ")
        tables.setdefault(table, {}).setdefault(rest.split(",")[0], []).append(cell)
    return [list(rows.values()) for rows in tables.values()]


def _tables(cells: Sequence[Paragraph]) -> list[str]:
    made = []
    for rows in rows_of(cells):
        width = max(map(len, rows))
        lines = [
            "| " + " | ".join([inline(c.pieces, cell=True) for c in row] + [""] * (width - len(row))) + " |"
            for row in rows
        ]
        made.append("\n".join([lines[0], "|" + " --- |" * width, *lines[1:]]))
    return made
