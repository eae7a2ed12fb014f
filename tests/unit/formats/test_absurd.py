"""Alignments and archives that nobody could have made are refused in a sentence: what fuzzing found."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

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
