"""Tables of other people: two columns, titles above the heading, CSV, sheets without our names; and cells as shown."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from aligner.errors import InputError
from aligner.formats.tsv.read import read as read_text
from aligner.formats.xlsx.parts import BITEXT, DOCUMENTS
from aligner.formats.xlsx.read import read as read_xlsx
from aligner.formats.xlsx.rows import VISIBLE
from aligner.model import Bitext, Status

Write = Callable[..., bytes]
STRICT = (
    ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"),
    (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
)


def pairs(bitext: Bitext) -> list[tuple[str, str]]:
    return [(bitext.source_text(bead), bitext.target_text(bead)) for bead in bitext.beads]


def of_text(text: str) -> Bitext:
    (bitext,) = read_text(io.BytesIO(text.encode()))
    return bitext


def rewritten(data: bytes, change: Callable[[str, str], str]) -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name).decode()))
    stream.seek(0)
    return stream


def test_two_columns_without_ids() -> None:
    bitext = of_text('source,target\nOui.,Yes.\n"Non, merci.","No, thank you."\n')
    assert pairs(bitext) == [("Oui.", "Yes."), ("Non, merci.", "No, thank you.")]
    assert [bitext.locator(bead) for bead in bitext.beads] == ["1.1", "2.1"]


def test_columns_named_by_their_languages_below_a_title() -> None:
    bitext = of_text("Révision du bail\n\nNr;English;Français;Remarques\n1;Yes.;Oui.;sûr\n")
    assert (bitext.source.language, bitext.target.language) == ("en", "fr")
    assert (pairs(bitext), bitext.beads[0].note) == ([("Yes.", "Oui.")], "sûr")


def test_ids_of_another_tool_and_backslashes_stay_as_they_are() -> None:
    bitext = of_text("id\tsource\ttarget\tstatus\n17\tC:\\new\tD:\\temp\tTranslated\n18\tA\tB\taccepted\n")
    assert pairs(bitext) == [("C:\\new", "D:\\temp"), ("A", "B")]
    assert [bead.status for bead in bitext.beads] == [Status.DRAFT, Status.ACCEPTED]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Oui.\tYes.\nNon.\tNo.\n", "line 1: there is no column 'source'"),
        ("Source text\tTerm source\ttarget\na\tb\tc\n", "two columns for the source: Source text and Term source"),
        ("source\ttarget\ttype\na\tb\t1-1\n", "there is no column 'id'"),
        ("bail,lease,fr,en\nloyer,rent,fr,en\n", "the columns have no names, only languages in them"),
        ("source,target\na,b,c\n", "line 2: there are 3 cells for 2 columns"),
    ],
)
def test_columns_are_never_guessed(text: str, message: str) -> None:
    with pytest.raises(InputError, match=re.escape(message)):
        of_text(text)


def test_our_table_as_csv(sample: Bitext, written: Write) -> None:
    lines = written("tsv", sample).decode().replace('"', '""').splitlines()
    text = "".join(";".join(f'"{cell}"' for cell in line.split("\t")) + "\r\n" for line in lines)
    (plain,) = read_text(io.BytesIO(written("tsv", sample)))
    (found,) = read_text(io.BytesIO(text.encode("utf-8-sig")))
    assert (found.beads, found.source, found.target) == (plain.beads, plain.source, plain.target)


def test_strict_office_open_xml(sample: Bitext, written: Write) -> None:
    def strict(_name: str, part: str) -> str:
        for ours, theirs in STRICT:
            part = part.replace(ours, theirs)
        return part

    data = written("xlsx", sample)
    assert list(read_xlsx(rewritten(data, strict))) == list(read_xlsx(io.BytesIO(data)))


def cell(kind: str, style: str, value: str) -> Callable[[str, str], str]:
    """A change of the third row's target to another cell."""

    def change(name: str, part: str) -> str:
        if name == BITEXT:
            return re.sub(r'<c r="G3".*?</c>', f'<c r="G3" s="{style}"{kind}><v>{value}</v></c>', part)
        formats = '<numFmts count="1"><numFmt numFmtId="170" formatCode="d mmmm yyyy"/></numFmts><fonts'
        styles = '<xf numFmtId="170"/><xf numFmtId="9"/><xf numFmtId="14"/></cellXfs>'
        return part.replace("<fonts", formats, 1).replace("</cellXfs>", styles) if name == "xl/styles.xml" else part

    return change


@pytest.mark.parametrize(
    ("kind", "style", "value", "text"),
    [
        ("", "3", "46145", "3 May 2026"),
        (' t="d"', "3", "2026-05-03T00:00:00", "3 May 2026"),
        ("", "4", "0.5", "50%"),
        ("", "0", "14", "14"),
        (' t="b"', "1", "1", "TRUE"),
    ],
)
def test_a_cell_is_what_it_shows(sample: Bitext, written: Write, kind: str, style: str, value: str, text: str) -> None:
    (bitext,) = read_xlsx(rewritten(written("xlsx", sample), cell(kind, style, value)))
    assert text in [bitext.target_text(bead) for bead in bitext.beads]


@pytest.mark.parametrize(
    ("kind", "style", "value", "message"),
    [
        ("", "5", "46145", "cell G3: there is a date or time in the form of the computer"),
        (' t="e"', "1", "#N/A", "cell G3: there is an error (#N/A) instead of text"),
    ],
)
def test_what_a_cell_shows_is_not_guessed(
    sample: Bitext, written: Write, kind: str, style: str, value: str, message: str
) -> None:
    with pytest.raises(InputError, match=re.escape(message)):
        list(read_xlsx(rewritten(written("xlsx", sample), cell(kind, style, value))))


def test_a_sheet_of_another_name_without_facts(sample: Bitext, written: Write) -> None:
    def renamed(name: str, part: str) -> str:
        part = part.replace('name="bitext"', 'name="Tabelle1"') if name == "xl/workbook.xml" else part
        return re.sub(r"<sheetData>.*</sheetData>", "<sheetData/>", part, flags=re.S) if name == DOCUMENTS else part

    (bitext,) = read_xlsx(rewritten(written("xlsx", sample), renamed))
    assert (bitext.id, bitext.source.language) == (sample.id, "und")


def test_every_cell_that_a_person_may_fill_in_is_text(sample: Bitext, written: Write, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    path = tmp_path / "table.xlsx"
    path.write_bytes(written("xlsx", sample))
    sheet = openpyxl.load_workbook(path)["bitext"]
    formats = {
        sheet.cell(row, column).number_format
        for row in range(1, sheet.max_row + 1)
        for column in range(1, len(VISIBLE) + 1)
    }
    assert formats == {"@"}
    assert 'style="1"' in zipfile.ZipFile(path).read(BITEXT).decode().partition("<sheetData>")[0]


def test_empty_cells_beyond_the_heading_are_nothing() -> None:
    assert pairs(of_text("source;target;;\nOui.;Yes.;;\n;;;\n")) == [("Oui.", "Yes.")]
