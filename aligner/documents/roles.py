"""What the original knows of its parts, told to the segments of its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from aligner.documents.layout import BlockKind, Layout
from aligner.model import Role, Segment

FURNITURE = "page-furniture"
"""The rule that marks what the original says is none of its text."""


def is_plain(layout: Layout | None) -> bool:
    """Whether a document is plain text: only then can lines be cut by hand, and nothing says where paragraphs end."""
    return layout is None or layout.kind == "plain"


def with_roles(segments: Sequence[Segment], layout: Layout | None, *, boilerplate: bool) -> list[Segment]:
    """The segments with the roles that the original's parts give them; as they are for plain text.

    A heading of the original is a heading, whatever it looks like, and a cell, an item or a note is none. Menus,
    banners, running heads and page numbers are `boilerplate`, if that is to be marked.
    """
    if layout is None or is_plain(layout):
        return list(segments)
    made = []
    for segment in segments:
        block = layout.block_at(segment.start)
        part = block.part if block else BlockKind.TEXT
        if part is BlockKind.FURNITURE and boilerplate:
            segment = replace(segment, role=Role.BOILERPLATE, rule=FURNITURE)  # noqa: PLW2901
        elif part is BlockKind.HEADING and segment.role is Role.TEXT:
            segment = replace(segment, role=Role.HEADING)  # noqa: PLW2901
        elif part in {BlockKind.CELL, BlockKind.ITEM, BlockKind.NOTE} and segment.role is Role.HEADING:
            segment = replace(segment, role=Role.TEXT)  # noqa: PLW2901
        made.append(segment)
    return made
