"""What other people's readers make of our files. Each is skipped, with a reason, where it is not installed."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from aligner.formats import FORMATS
from aligner.formats.tei.write import split
from aligner.model import Bitext, Origin, Status

Write = Callable[..., bytes]


@pytest.mark.parametrize(
    "options", [{}, {"locale": {"fr": "fr-FR", "en": "en-GB"}, "context": True}, {"paragraphs": True}]
)
def test_translate_toolkit_reads_tmx(sample: Bitext, written: Write, options: dict[str, object]) -> None:
    tmx = pytest.importorskip("translate.storage.tmx", reason="translate-toolkit is not installed")
    store = tmx.tmxfile.parsestring(written("tmx", sample, **options))
    read = FORMATS["tmx"].read
    assert read is not None
    (ours,) = read(io.BytesIO(written("tmx", sample, **options)))
    assert [(unit.source, unit.target) for unit in store.units] == [
        (ours.source_text(bead), ours.target_text(bead)) for bead in ours.beads
    ]
    assert [unit.getid() for unit in store.units] == [f"{ours.id}:{ours.locator(bead)}" for bead in ours.beads]
    assert [unit.getnotes() for unit in store.units] == [bead.note for bead in ours.beads]


def test_translate_toolkit_reads_xliff(sample: Bitext, written: Write) -> None:
    xliff = pytest.importorskip("translate.storage.xliff", reason="translate-toolkit is not installed")
    units = xliff.xlifffile.parsestring(written("xliff", sample)).units
    beads = [bead for bead in sample.beads if sample.locator(bead) != "2.1"]
    assert [unit.source or "" for unit in units] == [sample.source_text(bead) for bead in beads]
    assert [unit.target or "" for unit in units] == [sample.target_text(bead) for bead in beads]
    reviewed = {Status.ACCEPTED, Status.EDITED}
    assert [unit.isapproved() for unit in units] == [bead.status in reviewed for bead in beads]


def test_openpyxl_reads_changes_and_saves_a_table(sample: Bitext, written: Write) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx", sample)))
    sheet = book["bitext"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    assert [cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None].count("f") == 0
    row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == f"{sample.id}:6.1")
    assert row[columns["source"] - 1].value == sample.source_text(sample.beads[7])
    row[columns["target"] - 1].value = "The word “=SUM” and an emoji."
    saved = io.BytesIO()
    book.save(saved)
    read = FORMATS["xlsx"].read
    assert read is not None
    (bitext,) = read(saved)
    edited = next(bead for bead in bitext.beads if bitext.locator(bead) == "6.1")
    assert (bitext.target_text(edited), edited.status, edited.origin) == (
        "The word “=SUM” and an emoji.", Status.EDITED, Origin.HUMAN,
    )  # fmt: skip


@pytest.mark.parametrize("text", ["=1+1", "+33", "-5", "@a", "=cmd|' /C calc'!A0"])
def test_openpyxl_sees_text_where_a_formula_might_be(sample: Bitext, written: Write, text: str) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    segments = tuple(replace(segment, text=text) for segment in sample.target.segments)
    book = openpyxl.load_workbook(
        io.BytesIO(written("xlsx", replace(sample, target=replace(sample.target, segments=segments))))
    )
    cell = book["bitext"]["G2"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_jing_finds_editions_valid(sample: Bitext, written: Write, schemas: Path, tmp_path: Path) -> None:
    if shutil.which("jing") is None:
        pytest.skip("jing is not installed (apt-get install jing)")
    odd = replace(sample, id="²-é", record=replace(sample.record, licence="https://example.org/l", date="vers 1900"))
    editions = {
        "one.xml": written("tei", sample),
        "all.xml": written("tei", sample, keep_boilerplate=True, locale={"fr": "fr-FR", "en": "en-GB"}),
        "corpus.xml": written("tei", sample, odd, replace(sample, id="third")),
        **split(sample),
    }
    for name, data in editions.items():
        (tmp_path / name).write_bytes(data)
    schema = schemas / "tei_all.rng"
    done = subprocess.run(
        ["jing", schema, *[tmp_path / name for name in editions]], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")
