"""The pictures of bead shapes."""

from __future__ import annotations

import pytest

from aligner.pages.glyph import HEIGHT, glyph


@pytest.mark.parametrize(("shape", "dots", "lines"), [("1-1", 2, 1), ("2-1", 3, 3), ("3-4", 7, 7), ("12-1", 13, 13)])
def test_one_dot_a_segment_inside_the_box(shape: str, dots: int, lines: int) -> None:
    picture = glyph(shape)
    assert (len(picture.dots), len(picture.lines), picture.gap) == (dots, lines, None)
    assert all(0 < y < HEIGHT for _, y in picture.dots)
    assert len(set(picture.dots)) == dots


@pytest.mark.parametrize(("shape", "gap"), [("1-0", (34.0, 12.0)), ("0-2", (6.0, 12.0))])
def test_a_null_bead_ends_in_an_empty_circle(shape: str, gap: tuple[float, float]) -> None:
    assert glyph(shape).gap == gap


def test_read_aloud() -> None:
    assert glyph("1-0").words == "1 source segment to no target segments"
    assert glyph("2-3").words == "2 source segments to 3 target segments"
