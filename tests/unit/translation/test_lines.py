"""Streams of lines."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence

from aligner.translation import LineReader, Rendering, translate_chunks, translate_lines
from aligner.translation.interface import Progress
from aligner.translation.streams.lines import chunks


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


def test_a_portion_of_long_lines_ends_early() -> None:
    lines = ["a" * 10, "b" * 10, "c" * 30, "d", "e"]
    assert [len(chunk) for chunk in chunks(lines, at_once=3, characters=20)] == [2, 1, 2]
    assert [line for chunk in chunks(lines, characters=1) for line in chunk] == lines


def test_portions_grow() -> None:
    lines = [str(number) for number in range(20_000)]
    portions = list(chunks(lines))
    assert [len(portion) for portion in portions] == [64, 128, 256, 512, 1024, 2048, 4096, 4096, 4096, 3680]
    assert [line for portion in portions for line in portion] == lines
    assert [len(portion) for portion in chunks(lines[:400], at_once=100)] == [64, 100, 100, 100, 36]


def test_the_first_portion_of_long_lines_is_small_too() -> None:
    sizes = [sum(map(len, portion)) for portion in chunks(["x" * 1024] * 1000)]
    assert sizes[:3] == [1 << 14, 1 << 15, 1 << 16]


def test_bytes_become_lines() -> None:
    data = b"un\r\n\ndeux \xff\n\xef\xbf\xbd trois\r\nsans fin"
    reader = LineReader(io.BytesIO(data))
    assert list(reader) == ["un", "", "deux \ufffd", "\ufffd trois", "sans fin"]
    assert (reader.read, reader.lines, reader.damaged) == (len(data), 5, 1)
    assert reader.digest == hashlib.sha256(data).hexdigest()


def test_lines_that_are_not_utf8_at_all_are_read_otherwise() -> None:
    data = "Bonjour\nété\n".encode() + "Nœud à 5 €\n".encode("cp1252") + b"\xc3\xa9t\xe9\n" + b"\x81\xe9\r\n"
    reader = LineReader(io.BytesIO(data), fallback="cp1252")
    assert list(reader) == ["Bonjour", "été", "Nœud à 5 €", "ét\ufffd", "\ufffd\ufffd"]
    assert (reader.guessed, reader.damaged, reader.first_damaged) == (1, 2, 4)
    assert reader.digest == hashlib.sha256(data).hexdigest()


def test_skipped_bytes_count_as_read() -> None:
    whole, rest = LineReader(io.BytesIO(b"un\ndeux\n")), LineReader(io.BytesIO(b"un\ndeux\n"))
    list(whole)
    rest.skip(3, 1)
    assert list(rest) == ["deux"]
    assert (rest.read, rest.lines, rest.digest) == (whole.read, whole.lines, whole.digest)


def test_no_more_is_skipped_than_there_is() -> None:
    reader = LineReader(io.BytesIO(b"un\n"))
    reader.skip(100, 9)
    assert reader.read == 3


def test_portions_are_lines_with_their_ends() -> None:
    reader = LineReader(io.BytesIO("été\nun\n\ndeux".encode()))
    assert list(translate_chunks(reader, Shouting(), at_once=3)) == ["ÉTÉ\nUN\n\n".encode(), b"DEUX\n"]
