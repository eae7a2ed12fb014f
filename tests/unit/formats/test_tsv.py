"""The table."""

from __future__ import annotations

from collections.abc import Callable

from aligner.formats.tsv import COLUMNS, unescape
from aligner.model import Bead, Bitext, Segment, Side, Status

Write = Callable[..., bytes]


def rows(data: bytes) -> list[list[str]]:
    return [line.split("\t") for line in data.decode().removesuffix("\n").split("\n")]


def test_header_and_null_beads(sample: Bitext, written: Write) -> None:
    table = rows(written("tsv", sample))
    assert table[0] == list(COLUMNS)
    assert table[9][:1] + table[9][-2:] == ["2023-05-03-geneve:7.2", "Ouf.", ""]
    assert {len(row) for row in table} == {len(COLUMNS)}


def test_boilerplate_on_request(sample: Bitext, written: Write) -> None:
    assert b"accueil" not in written("tsv", sample)
    assert b"accueil" in written("tsv", sample, keep_boilerplate=True)


def test_filters(sample: Bitext, written: Write) -> None:
    reviewed = rows(written("tsv", sample, min_status=Status.ACCEPTED))[1:]
    assert [row[4] for row in reviewed] == ["accepted", "edited"]
    assert all(float(row[2]) >= 0.95 for row in rows(written("tsv", sample, min_confidence=0.95))[1:])
    assert "mt" not in {row[3] for row in rows(written("tsv", sample, keep_machine=False))}


def test_tabs_and_line_ends_stay_in_their_cell(written: Write) -> None:
    text = "a\tb\nc\r\\n\\"
    bitext = Bitext("x", Side("fr", (Segment(text, 0, len(text)),)), Side("en", ()), (Bead((0,), ()),))
    table = rows(written("tsv", bitext))
    assert len(table) == 2
    assert unescape(table[1][5]) == text
