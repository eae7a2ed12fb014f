"""Streams of lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aligner.translate import Rendering, translate_lines
from aligner.translate.interface import Progress


class Shouting:
    """A translator that needs no model, and remembers how much it was given at once."""

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def translate(self, texts: Sequence[str], *, progress: Progress | None = None) -> list[Rendering]:
        assert progress is None
        self.sizes.append(len(texts))
        return [Rendering(text.upper(), 1.0) for text in texts]


def test_one_line_out_for_every_line_in_and_never_more_than_a_chunk_in_memory() -> None:
    read = 0

    def lines() -> Iterator[str]:
        nonlocal read
        for number in range(25):
            read += 1
            yield f"ligne {number}"

    engine, seen = Shouting(), []
    stream = translate_lines(lines(), engine, at_once=10, progress=lambda done, _: seen.append(done))
    assert next(stream) == "LIGNE 0"
    assert read == 10
    assert list(stream) == [f"LIGNE {number}" for number in range(1, 25)]
    assert engine.sizes == [10, 10, 5]
    assert seen == [10, 20, 25]


def test_no_lines_no_work() -> None:
    engine = Shouting()
    assert list(translate_lines([], engine)) == []
    assert engine.sizes == []
