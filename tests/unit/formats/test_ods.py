"""ODS: what a cell shows stands in the file, rows and cells are counted instead of repeated, comments are no text."""

from __future__ import annotations

import io
import zipfile

import pytest

from aligner.errors import InputError
from aligner.formats.ods.read import read

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)
HEADING = "<table:table-row>{}{}</table:table-row>".format(
    *(f"<table:table-cell><text:p>{name}</text:p></table:table-cell>" for name in ("source", "target"))
)


def sheet(rows: str, *, before: str = "") -> io.BytesIO:
    stream = io.BytesIO()
    table = f'{before}<table:table table:name="T">{HEADING}{rows}</table:table>'
    content = f"<office:document-content {NAMES}><office:body><office:spreadsheet>{table}</office:spreadsheet>"
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("content.xml", f"{content}</office:body></office:document-content>")
    stream.seek(0)
    return stream


def row(*cells: str, times: int = 1) -> str:
    repeated = f' table:number-rows-repeated="{times}"' if times > 1 else ""
    return f"<table:table-row{repeated}>{''.join(cells)}</table:table-row>"


def cell(content: str = "", **attributes: str) -> str:
    named = "".join(f' {name.replace("_", ":", 1).replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f"<table:table-cell{named}>{content}</table:table-cell>"


def pairs(stream: io.BytesIO) -> list[tuple[str, str]]:
    (bitext,) = read(stream)
    return [(bitext.source_text(bead), bitext.target_text(bead)) for bead in bitext.beads]


def test_what_is_shown_is_read() -> None:
    date = cell("<text:p>3 May</text:p>", office_value_type="date", office_date_value="2026-05-03")
    spaced = cell("<text:p>a<text:s text:c='2'/><text:span>b</text:span><text:line-break/>c</text:p><text:p>d</text:p>")
    note = cell("<office:annotation><text:p>who?</text:p></office:annotation><text:p>e</text:p>")
    assert pairs(sheet(row(spaced, date) + row(note, note))) == [("a  b\nc\nd", "3 May"), ("e", "e")]


def test_rows_and_cells_are_repeated() -> None:
    both = cell("<text:p>x</text:p>", table_number_columns_repeated="2")
    empty = cell(table_number_columns_repeated="16384")
    assert pairs(sheet(row(both, times=2) + row(empty, times=1_048_576))) == [("x", "x")] * 2


def test_the_first_sheet_with_headings_is_read() -> None:
    other = '<table:table table:name="Notes"><table:table-row><table:table-cell/></table:table-row></table:table>'
    text = cell("<text:p>x</text:p>")
    assert pairs(sheet(row(text, text), before=other)) == [("x", "x")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (row(cell("<text:p>2</text:p>", table_formula="of:=1+1"), cell()), "cell A2: there is a formula"),
        (
            row(cell(), cell(office_value_type="percentage", office_value="0.5")),
            r"cell B2: there is a value \(percentage\)",
        ),
        (row(cell("<text:p>x</text:p>"), times=99_999_999), "a row is said to stand 1,048,575 times"),
    ],
)
def test_what_is_refused(content: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        pairs(sheet(content))
