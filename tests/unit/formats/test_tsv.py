"""The table, out and back."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from aligner.errors import InputError
from aligner.formats import Standing
from aligner.formats.tsv.read import read
from aligner.formats.tsv.write import COLUMNS, unescape_cell
from aligner.model import Bead, Bitext, Origin, Segment, Side, Status, wording

Write = Callable[..., bytes]


def rows(data: bytes) -> list[list[str]]:
    return [line.split("\t") for line in data.decode().removesuffix("\n").split("\n")]


def table(*lines: str) -> io.BytesIO:
    return io.BytesIO("".join(f"{line}\n" for line in lines).encode())


def test_header_and_null_beads(sample: Bitext, written: Write) -> None:
    found = rows(written("tsv", sample))
    assert found[0] == list(COLUMNS)
    assert found[9][0] == "2023-05-03-geneve:7.2"
    assert found[9][5:] == ["Ouf.", "", "fr en", "7.2", "", "", "", f"w{wording('')}", "draft"]
    assert found[7][10:] == ["0.47", sample.beads[7].maker, f"w{sample.beads[7].written[-1]}", found[7][4]]
    assert {len(row) for row in found} == {len(COLUMNS)}


def test_boilerplate_on_request(sample: Bitext, written: Write) -> None:
    assert b"accueil" not in written("tsv", sample)
    assert b"accueil" in written("tsv", sample, keep_boilerplate=True)


def test_filters(sample: Bitext, written: Write) -> None:
    reviewed = rows(written("tsv", sample, min_status=Status.ACCEPTED))[1:]
    assert [row[4] for row in reviewed] == ["accepted", "edited"]
    assert all(float(row[2]) >= 0.95 for row in rows(written("tsv", sample, min_confidence=0.95))[1:])
    assert [row[4] for row in rows(written("tsv", sample, standings=(Standing.REVIEWED,)))[1:]] == [
        "accepted",
        "edited",
    ]
    plain = [row[0] for row in rows(written("tsv", sample))]
    assert [
        name for name in plain if name not in {row[0] for row in rows(written("tsv", sample, min_quality=0.5))}
    ] == ["2023-05-03-geneve:6.1"]


def test_tabs_and_line_ends_stay_in_their_cell(written: Write) -> None:
    text = "a\tb\nc\r\\n\\"
    bitext = Bitext("x", Side("fr", (Segment(text, 0, len(text)),)), Side("en", ()), (Bead((0,), ()),))
    found = rows(written("tsv", bitext))
    assert len(found) == 2
    assert unescape_cell(found[1][5]) == text


def test_beads_come_back_with_their_segments(sample: Bitext, written: Write) -> None:
    (bitext,) = read(io.BytesIO(written("tsv", sample, keep_boilerplate=True)))
    facts = ("type", "status", "origin", "confidence", "quality", "maker")
    assert [[getattr(bead, name) for name in facts] for bead in bitext.beads] == [
        [getattr(bead, name) for name in facts] for bead in sample.beads
    ]
    for made, given in ((bitext.source, sample.source), (bitext.target, sample.target)):
        assert made.language == given.language
        assert [(s.text, s.locator) for s in made.segments] == [(s.text, s.locator) for s in given.segments]


def test_a_table_of_ones_own_needs_three_columns() -> None:
    (bitext,) = read(table("target\tid\tsource\tmine", "Yes.\td:1.1\tOui.\t!", "", "No.\td:2.1\tNon."))
    assert [(bitext.source_text(b), bitext.target_text(b), bitext.locator(b)) for b in bitext.beads] == [
        ("Oui.", "Yes.", "1.1"),
        ("Non.", "No.", "2.1"),
    ]
    assert (bitext.source.language, bitext.beads[0].origin) == ("und", Origin.HUMAN)


@pytest.mark.parametrize("cell", ["", "1.23457E+15", "w12", "0123456789ABCDEF", "edited"])
def test_what_is_no_fingerprint_says_nothing(cell: str) -> None:
    (bitext,) = read(table("id\tsource\ttarget\twritten", f"d:1.1\tOui.\tYes.\t{cell}"))
    assert bitext.beads[0].written == ()


def test_a_fingerprint_cannot_be_taken_for_a_number(written: Write) -> None:
    text = next(text for text in map(str, range(9999)) if wording(text).replace("e", "", 1).isdigit())
    bitext = Bitext(
        "x", Side("fr", (Segment("a", 0, 1),)), Side("en", (Segment(text, 0, len(text)),)), (Bead((0,), (0,)),)
    )
    cell = rows(written("tsv", bitext))[1][COLUMNS.index("written")]
    assert cell == f"w{wording(text)}"
    assert not cell.replace(".", "").replace("e", "").isdigit()


def test_saved_by_a_spreadsheet_and_sorted(sample: Bitext, written: Write) -> None:
    first, *others = written("tsv", sample).decode().splitlines()
    changed = b"\xef\xbb\xbf" + "\r\n".join([first, *reversed(others)]).encode()
    (bitext,) = read(io.BytesIO(changed))
    (plain,) = read(io.BytesIO(written("tsv", sample)))
    assert [bitext.locator(bead) for bead in bitext.beads] == [plain.locator(bead) for bead in plain.beads][::-1]


def test_an_edited_text_that_no_longer_fits_its_cuts_is_one_segment() -> None:
    heading = "id\tsource\ttarget\tsource_segments"
    (bitext,) = read(table(heading, "d:3.2\tOui. Non.\tYes\t3.2 3.3@5", "d:4.1\tOui,non.\tYes\t4.1 4.2@5"))
    assert [(s.locator, s.text) for s in bitext.source.segments] == [
        ("3.2", "Oui."),
        ("3.3", "Non."),
        ("4.1", "Oui,non."),
    ]


REFUSED = {
    "no heading": (b"", "there is no heading; keep the headings"),
    "another heading": (b"id\tquelle\ttarget\n", "line 1: there is no column 'source'; keep the headings"),
    "too many cells": (b"id\tsource\ttarget\nd:1.1\ta\tb\tc\n", "line 2: there are 4 cells for 3 columns"),
    "no id": (
        b"id\ttype\tsource\ttarget\n17\t1-1\ta\tb\n",
        "line 2: this row cannot be read: '17' is not an id such as brics:3.2",
    ),
    "an odd status": (b"id\tsource\ttarget\tstatus\nd:1.1\ta\tb\tgood\n", "line 2: unknown status 'good'; use draft"),
    "no quality": (b"id\tsource\ttarget\tquality\nd:1.1\ta\tb\t7\n", "line 2: .*quality 7.0 is not between 0 and 1"),
    "no number": (b"id\tsource\ttarget\tconfidence\nd:1.1\ta\tb\thigh\n", "line 2: .*could not convert .* 'high'"),
    "odd places": (b"id\tsource\ttarget\tsource_segments\nd:1.1\ta\tb\tx\n", "line 2: .*'x' does not say where"),
    "nothing on both sides": (b"id\tsource\ttarget\nd:1.1\t\t\n", "line 2: .*a bead needs at least one segment"),
    "a letter of no encoding": (
        b"id\tsource\ttarget\nd:1.1\t" + "é".encode() * 150_000 + b"\t\nd:1.2\t\xe9\t\n",
        "line 3: this line is not UTF-8",
    ),
}


@pytest.mark.parametrize(("data", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_with_its_line(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        list(read(io.BytesIO(data)))
