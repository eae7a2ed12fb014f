"""Tables as text: how cells are quoted, and in which encoding."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import InputError
from aligner.formats.tables.separated import separated_rows, text_lines
from aligner.formats.tsv.write import quoted_cell


def rows(data: str | bytes, separator: str = "") -> list[list[str]]:
    stream = io.BytesIO(data if isinstance(data, bytes) else data.encode())
    return [cells for _, cells in separated_rows(stream, "t", separator)]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('"a, ""b""."\tc', ['a, "b".', "c"]),
        ('"Oui", dit-il.\t"Yes" and "no"', ['"Oui", dit-il.', '"Yes" and "no"']),
        ('5" d\'acier\t"', ["5\" d'acier", '"']),
        ('"two\nlines"\tnext', ["two\nlines", "next"]),
        ('a\t"two\r\nlines, ""three"""\tnext\r', ["a", 'two\nlines, "three"', "next"]),
    ],
)
def test_quoted_cells_between_tabs(line: str, cells: list[str]) -> None:
    assert rows(f"x\ty\n{line}\n")[1] == cells


def test_a_quotation_mark_without_its_partner_swallows_nothing() -> None:
    assert rows('x\ty\na\t"Oui\nb\t"Non\nc\td\n') == [["x", "y"], ["a", '"Oui'], ["b", '"Non'], ["c", "d"]]
    assert rows('x\ty\na\t"Oui\nb\tNon"\n') == [["x", "y"], ["a", '"Oui'], ["b", 'Non"']]


def test_rows_know_their_first_line() -> None:
    stream = io.BytesIO(b'a;b\n"c\nd";e\n\n;\nf;g\n')
    assert [line for line, _ in separated_rows(stream, "t")] == [1, 2, 6 - 0]


@pytest.mark.parametrize("separator", ["\t", ";", ",", "|"])
def test_the_separator_is_found(separator: str) -> None:
    table = [["source", "target"], ["Oui, enfin.", "Yes; at last."], ["Non.", "No, no."]]
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, lineterminator="\r\n").writerows(table)
    assert rows(stream.getvalue()) == table


def test_the_separator_may_be_told() -> None:
    assert rows("sep=;\r\na;b, c, d\r\n") == [["a", "b, c, d"]]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)  # fmt: skip
def test_encodings(encoding: str) -> None:
    text = "source\ttarget\r\nL’été à midi\tSummer at noon\r\n" * 3
    assert rows(text.encode(encoding))[1] == ["L’été à midi", "Summer at noon"]


def test_an_old_encoding_is_said(caplog: pytest.LogCaptureFixture) -> None:
    rows("é\tà\n".encode("cp1252"))
    assert [record.getMessage() for record in caplog.records] == ["t: not UTF-8: read as cp1252"]


def test_lines_of_old_macs() -> None:
    assert list(text_lines(io.BytesIO(b"a\rb\rc"), "t")) == ["a\n", "b\n", "c"]


def test_what_is_no_csv_is_refused_with_its_line() -> None:
    with pytest.raises(InputError, match="t, line 2: this is not CSV"):
        rows('a,b\nc,"d\n', ",")


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\t\r\n\0"), max_size=8)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=3), min_size=1, max_size=4))
def test_what_we_quote_is_unquoted(table: list[list[str]]) -> None:
    written = "".join("\t".join(map(quoted_cell, row)) + "\n" for row in [["x", "y", "z"], *table])
    kept = [row for row in table if any(row)]
    assert rows(written, "\t")[1:] == kept
