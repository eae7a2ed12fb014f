"""What a page shows, before it is HTML."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aligner.model import Bead, Bitext, Segment, Side
from aligner.pages.view import (
    Cell,
    PieceKind,
    Row,
    chunks,
    view,
)


def rows(bitext: Bitext, **options: Any) -> list[Row]:
    return [row for block in view(bitext, **options) for row in block.rows]


def present(cell: Cell | None) -> str:
    """The text of a side as it stands now."""
    kinds = (PieceKind.PLAIN, PieceKind.INSERTED)
    return "" if cell is None else "".join(piece.text for piece in cell.pieces if piece.kind in kinds)


def marked(cell: Cell | None) -> list[tuple[str, str]]:
    return [] if cell is None else [(piece.kind.value, piece.text) for piece in cell.pieces]


def test_every_bead_once_in_order_with_its_texts(bitext: Bitext) -> None:
    shown = rows(bitext)
    assert [row.bead for row in shown] == list(bitext.beads)
    assert [row.locator for row in shown] == ["1.1", "2.1", "3.1", "4.1", "4.3", "5.1", "t3.1", "6.1"]
    for row in shown:
        assert present(row.source) == bitext.source_text(row.bead)
        assert present(row.target) == bitext.target_text(row.bead)


def test_blocks_are_paragraphs_and_runs_of_boilerplate(bitext: Bitext) -> None:
    blocks = view(bitext)
    assert [(block.paragraph, len(block.rows), block.aside) for block in blocks] == [
        ("1", 2, True),
        ("3", 1, False),
        ("4", 2, False),
        ("5", 2, False),
        ("6", 1, False),
    ]
    assert blocks[0].rules == ("breadcrumb", "dateline")


def test_boilerplate_can_be_left_out(bitext: Bitext) -> None:
    assert [row.locator for row in rows(bitext, boilerplate=False)] == ["3.1", "4.1", "4.3", "5.1", "t3.1", "6.1"]


def test_a_side_of_several_segments_is_numbered(bitext: Bitext) -> None:
    assert marked(rows(bitext)[3].source) == [
        ("number", "4.1"),
        ("plain", "Le ministre est venu. "),
        ("number", "4.2"),
        ("plain", "Il a parlé."),
    ]


def test_changes_and_segment_numbers_share_a_cell(bitext: Bitext) -> None:
    row = rows(bitext)[4]
    assert row.differs
    assert marked(row.target) == [
        ("number", "2.2"),
        ("plain", "He left in the "),
        ("deleted", "night"),
        ("inserted", "evening"),
        ("plain", ". "),
        ("number", "2.3"),
        ("plain", "It was after dinner."),
    ]


def test_an_unchanged_machine_translation_does_not_differ(bitext: Bitext) -> None:
    row = rows(bitext)[3]
    assert not row.differs
    assert not row.machine


def test_a_rewritten_text_stands_whole_beside_the_machine(bitext: Bitext) -> None:
    row = rows(bitext)[7]
    assert row.differs
    assert row.machine == "Quiet can happen sometimes, they claim."
    assert marked(row.target) == [("plain", "Peace is possible.")]


def test_every_difference_can_be_marked_word_by_word(bitext: Bitext) -> None:
    row = rows(bitext, rewritten_below=0.0)[7]
    assert not row.machine
    assert ("deleted", "Quiet can happen sometimes, they claim") in marked(row.target)


def test_headings_are_headings_on_both_sides(bitext: Bitext) -> None:
    heading = rows(bitext)[2]
    assert heading.source is not None
    assert heading.target is not None
    assert heading.source.heading
    assert heading.target.heading


def test_chunks_hold_every_block_and_long_paragraphs_are_cut(bitext: Bitext) -> None:
    segments = tuple(Segment("a", 2 * n, 2 * n + 1, 1, n + 1) for n in range(120))
    beads = tuple(Bead((n,), ()) for n in range(120))
    blocks = view(replace(bitext, source=Side("fr", segments), target=Side("en", ()), beads=beads))
    assert [(len(block.rows), block.continued) for block in blocks] == [(50, False), (50, True), (20, True)]
    grouped = list(chunks(blocks + view(bitext)))
    assert [len(chunk) for chunk in grouped] == [1, 1, 6]
    assert [block for chunk in grouped for block in chunk] == [*blocks, *view(bitext)]
