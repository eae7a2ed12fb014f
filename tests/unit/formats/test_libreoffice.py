"""Our tables through LibreOffice Calc: opened, saved as something else, read back."""

from __future__ import annotations

import datetime
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from aligner.errors import InputError
from aligner.formats.opening import opened_parts
from aligner.model import Bitext

pytestmark = pytest.mark.slow

Write = Callable[..., bytes]
UTF_8 = "44,34,76,1,,0,false,true"
AS = {
    "xlsx": "xlsx",
    "ods": "ods",
    "csv": f"csv:Text - txt - csv (StarCalc):{UTF_8}",
    "tsv": "tsv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,true",
}
"""The filters of LibreOffice, by the endings of the files that they write."""


@pytest.fixture(scope="session")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, str], Path]:
    """Save a file with LibreOffice in another format."""
    program = shutil.which("soffice")
    if program is None or not list(Path(program).resolve().parent.glob("libsclo.so")):
        pytest.skip("LibreOffice Calc is not installed")
    profile = tmp_path_factory.mktemp("profile")

    def save(path: Path, ending: str) -> Path:
        folder = path.parent / f"saved-{ending}"
        arguments = ["--headless", f"-env:UserInstallation=file://{profile}", "--convert-to", AS[ending]]
        subprocess.run([program, *arguments, "--outdir", str(folder), str(path)], check=True, capture_output=True)
        (made,) = folder.iterdir()
        return made

    return save


def back(path: Path) -> Bitext:
    (bitext,) = [document.bitext for part in opened_parts(path) for document in part.documents()]
    return bitext


@pytest.mark.parametrize("ending", ["xlsx", "ods", "csv", "tsv"])
def test_our_table_comes_back(
    sample: Bitext, written: Write, tmp_path: Path, saved: Callable[[Path, str], Path], ending: str
) -> None:
    path = tmp_path / "table.xlsx"
    path.write_bytes(written("xlsx", sample))
    found, plain = back(saved(path, ending)), back(path)
    assert found.beads == plain.beads
    assert [s.text for s in found.target.segments] == [s.text for s in plain.target.segments]


def test_cells_are_read_as_they_are_seen(tmp_path: Path, saved: Callable[[Path, str], Path]) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    values = [
        (datetime.date(2026, 5, 3), "d mmmm yyyy", "3 May 2026"),
        (datetime.date(2026, 5, 3), "yyyy-mm-dd", "2026-05-03"),
        (datetime.time(14, 0), "hh:mm", "14:00"),
        (0.125, "0.0%", "12.5%"),
        (1234.5, "#,##0.00", "1,234.50"),
        (14, "General", "14"),
        ('"Yes", she said.', "@", '"Yes", she said.'),
        ("=not a formula", "@", "=not a formula"),
        ("two\nlines", "@", "two\nlines"),
    ]
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["French", "English"])
    for number, (value, form, _) in enumerate(values, start=2):
        sheet.cell(number, 1).value = f"texte {number}"
        target = sheet.cell(number, 2)
        target.value, target.number_format = value, form
        if isinstance(value, str):
            target.data_type = "s"
    path = tmp_path / "typed.xlsx"
    book.save(path)
    wanted = [text for *_, text in values]
    for each in (path, *(saved(path, ending) for ending in ("xlsx", "ods", "csv", "tsv"))):
        found = back(each)
        assert [found.target_text(bead) for bead in found.beads] == wanted, each


def test_a_formula_is_refused_by_its_cell(tmp_path: Path, saved: Callable[[Path, str], Path]) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["source", "target"], ["Oui.", "=1+1"]):
        book.active.append(row)
    path = tmp_path / "formula.xlsx"
    book.save(path)
    for each in (path, saved(path, "ods")):
        with pytest.raises(InputError, match="cell B2: there is a formula instead of text"):
            back(each)
