"""Alignments and archives that nobody could have made are refused in a sentence: what fuzzing found."""

from __future__ import annotations

import gzip
import io
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from aligner.citations.incoming import read_references
from aligner.errors import InputError
from aligner.formats.conversion.units import UnitSource, exchange_units


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ladder", "0\t0\t0.5\n99999999999999999999\t1\t0\n"),
        ("a.ladder", f"0\t0\t0.5\n{'9' * 5_000}\t1\t0\n"),
        ("a.beads", f"[0]:[0]:0.5\n[{'9' * 5_000}]:[1]:0\n"),
        ("a.xml", f'<cesAlign><linkGrp fromDoc="{"x" * 5_000}" toDoc="b"><link xtargets="1;1"/></linkGrp></cesAlign>'),
        ("a.xml", '<cesAlign><linkGrp fromDoc="x&#9;" toDoc="b"><link xtargets="1;1"/></linkGrp></cesAlign>'),
    ],
    ids=["a long text", "no number", "no bead", "no file name", "an odd name"],
)
def test_an_alignment_with_absurd_positions_or_names_is_refused(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    texts = (tmp_path / "a.fr", tmp_path / "a.en")
    for text in texts:
        text.write_text("Un.\nDeux.\n", encoding="utf-8")
    read_as, given = ("links", None) if name.endswith(".xml") else ("", texts)
    with pytest.raises(InputError):
        list(exchange_units(UnitSource(path, read_as, given, ("fr", "en"))))


def test_a_damaged_gzip_file_is_refused(tmp_path: Path) -> None:
    data = bytearray(gzip.compress(b"Un.\tOne.\n" * 500, mtime=0))
    for at in range(12, 40):
        data[at] ^= 0xFF
    path = tmp_path / "a.tsv.gz"
    path.write_bytes(data)
    with pytest.raises(InputError, match="damaged or cut short"):
        list(exchange_units(UnitSource(path, languages=("fr", "en"))))


@pytest.mark.parametrize("year", ["9" * 5_000, "2024/²/1", "2024/" + "9" * 5_000])
def test_a_reference_of_an_absurd_year_is_read(tmp_path: Path, year: str) -> None:
    path = tmp_path / "a.ris"
    path.write_text(f"TY  - JOUR\nTI  - Un titre\nPY  - {year}\nER  - \n", encoding="utf-8")
    [found], faults = read_references(path)
    assert found.record.title == "Un titre"
    assert not faults


def test_an_archive_whose_directory_lies_is_refused(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.tsv", "Un.\tOne.\n" * 50)
    data = bytearray(stream.getvalue())
    data[:2] = b"XX"  # the file's own mark; the directory at the end still names it
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x03\x04" + bytes(data))
    with pytest.raises(InputError, match="damaged"):
        list(exchange_units(UnitSource(path, languages=("fr", "en"))))


def test_a_memory_whose_layout_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.sdltm"
    with closing(sqlite3.connect(path)) as made:
        made.execute("CREATE TABLE translation_units (source_segment, target_segment)")
        made.commit()
    data = path.read_bytes()
    at = data.index(b"CREATE TABLE translation_units") + 7
    path.write_bytes(data[:at] + b"\xff" + data[at + 1 :])
    with pytest.raises(InputError, match="cannot be read"):
        list(exchange_units(UnitSource(path, languages=("fr", "en"))))
