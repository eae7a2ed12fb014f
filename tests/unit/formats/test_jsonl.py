"""The bitext store: readable lines, exact return, and damage refused with its line."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from aligner.errors import InputError
from aligner.formats.jsonl.write import read
from aligner.model import Bead, Bitext, Segment, Side

Write = Callable[..., bytes]


def lines(data: bytes) -> list[bytes]:
    return data.splitlines(keepends=True)


def test_one_line_for_the_header_and_one_for_each_bead(sample: Bitext, written: Write) -> None:
    data = lines(written("jsonl", sample))
    assert len(data) == 1 + len(sample.beads)
    assert [json.loads(line)["id"] for line in data[1:]] == [sample.locator(bead) for bead in sample.beads]


def test_texts_are_readable(sample: Bitext, written: Write) -> None:
    assert "elle nous oblige\u202f!".encode() in written("jsonl", sample)


def test_several_bitexts_come_back_in_order(sample: Bitext, written: Write) -> None:
    other = replace(sample, id="other")
    assert list(read(io.BytesIO(written("jsonl", sample, other)))) == [sample, other]


def test_lone_surrogates_survive(written: Write) -> None:
    odd = Segment("a\udc80\u2028\x85b", 0, 5)
    bitext = Bitext("odd", Side("fr", (odd,)), Side("en", ()), (Bead((0,), ()),))
    data = written("jsonl", bitext)
    data.decode("utf-8")
    assert next(read(io.BytesIO(data))) == bitext


def test_a_score_that_is_not_finite_is_refused(sample: Bitext, written: Write) -> None:
    beads = (replace(sample.beads[0], score=float("-inf")), *sample.beads[1:])
    with pytest.raises(InputError, match="not a finite number"):
        written("jsonl", replace(sample, beads=beads))


def change(line: bytes, **fields: object) -> bytes:
    return json.dumps({**json.loads(line), **fields}).encode() + b"\n"


DAMAGES: dict[str, tuple[Callable[[list[bytes]], list[bytes]], str]] = {
    "empty file": (lambda _: [], "there are no pairs in this file"),
    "cut inside a line": (lambda x: [*x[:3], x[3][:40]], "line 4: this line is not JSON"),
    "cut between lines": (lambda x: x[:-2], "line 1: the header announces 13 source segments, the file has 11"),
    "a line lost": (lambda x: [*x[:4], *x[5:]], "line 1: the header announces"),
    "no header": (lambda x: x[1:], "line 1: .* a bead comes before the header"),
    "not UTF-8": (lambda x: [x[0], x[1].replace("é".encode(), b"\xe9")], "line 2: this line is not JSON in UTF-8"),
    "merge conflict": (lambda x: [x[0], b"<<<<<<< ours\n", *x[1:]], "line 2: there is an unresolved merge conflict"),
    "an array": (lambda x: [x[0], b"[1]\n"], "line 2: this line is not a JSON object"),
    "other version": (lambda x: [change(x[0], version=9), *x[1:]], "line 1: this is aligner-bitext version 9"),
    "other format": (lambda x: [change(x[0], format="csv"), *x[1:]], "line 1: this is csv version 2"),
    "key missing": (lambda x: [x[0], b'{"id": "1.1"}\n'], "line 2: .* missing or unknown: by, changed"),
    "key unknown": (lambda x: [x[0], change(x[1], colour="red")], "line 2: .* unknown: colour"),
    "wrong type": (lambda x: [x[0], change(x[1], confidence="high")], "confidence has a value of the wrong type"),
    "a truth value": (lambda x: [x[0], change(x[1], score=True)], "score has a value of the wrong type"),
    "not a number": (
        lambda x: [x[0], x[1].replace(b'"score": 0.91', b'"score": NaN')],
        "line 2: this line is not JSON",
    ),
    "unknown status": (lambda x: [x[0], change(x[1], status="great")], "'great' is not a valid Status"),
    "no probability": (lambda x: [x[0], change(x[1], confidence=1.5)], "confidence 1.5 is not between 0 and 1"),
    "other id": (lambda x: [x[0], change(x[1], id="7.7")], "id 7.7 and type 1-1 do not fit the segments"),
    "segment not an object": (lambda x: [x[0], change(x[1], source=["a"])], "a segment is not an object"),
    "flag not a text": (lambda x: [x[0], change(x[1], flags=[1])], "a flag or a fingerprint is not a text"),
    "nesting bomb": (lambda x: [x[0], b"[" * 100_000 + b"\n"], "line 2: this line is not JSON"),
}


@pytest.mark.parametrize(("damage", "message"), DAMAGES.values(), ids=DAMAGES)
def test_damage_is_refused_with_its_line(
    damage: Callable[[list[bytes]], list[bytes]], message: str, sample: Bitext, written: Write
) -> None:
    data = b"".join(damage(lines(written("jsonl", sample))))
    with pytest.raises(InputError, match=message):
        list(read(io.BytesIO(data)))
