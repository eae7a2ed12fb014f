"""The alignment alone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from aligner.errors import InputError
from aligner.formats.beads.write import read_pairs
from aligner.model import Bitext

Write = Callable[..., bytes]


def test_every_segment_once_whatever_the_options(sample: Bitext, written: Write) -> None:
    text = written("beads", sample, min_confidence=0.9).decode()
    assert text.splitlines()[:5] == ["[0]:[0]:0.91", "[1]:[]:1.0", "[2]:[1]:0.95", "[3]:[2]:0.71", "[4, 5]:[3]:0.62"]
    assert len(text.splitlines()) == len(sample.beads)


def test_the_ladder_has_a_rung_before_every_bead_and_one_behind(sample: Bitext, written: Write) -> None:
    rungs = [line.split("\t") for line in written("ladder", sample, min_confidence=0.9).decode().splitlines()]
    assert rungs[:6] == [
        ["0", "0", "0.91"],
        ["1", "1", "1.0"],
        ["2", "1", "0.95"],
        ["3", "2", "0.71"],
        ["4", "3", "0.62"],
        ["6", "4", "0.88"],
    ]
    assert rungs[-1] == ["13", "12", "0.0"]
    shapes = [(int(b[0]) - int(a[0]), int(b[1]) - int(a[1])) for a, b in pairwise(rungs)]
    assert shapes == [(len(bead.source), len(bead.target)) for bead in sample.beads]


@pytest.mark.parametrize("name", ["beads", "ladder"])
def test_a_second_bitext_is_refused(sample: Bitext, written: Write, name: str) -> None:
    with pytest.raises(InputError, match=f"other: the {name} format holds one document a file"):
        written(name, sample, replace(sample, id="other"))


def test_the_scorer_reads_it(sample: Bitext, written: Write, shared: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.beads"
    file.write_bytes(written("beads", sample))
    command = [sys.executable, shared / "alignment/score.py", "-g", file, "-t", file]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "P/R/F1 strict 1.000 1.000 1.000" in done.stdout
    assert done.stderr == ""


def test_a_gold_standard_is_read_as_it_is(sample: Bitext, written: Write, tmp_path: Path) -> None:
    file = tmp_path / "a.beads"
    file.write_bytes(written("beads", sample))
    assert read_pairs(file) == [(bead.source, bead.target) for bead in sample.beads]
    file.write_text("\ufeff[3 4]:[]\n\n [1]:[2, 0]:x:y\n", encoding="utf-8")
    assert read_pairs(file) == [((3, 4), ()), ((1,), (2, 0))]


def test_a_line_that_is_no_bead_is_named(tmp_path: Path) -> None:
    file = tmp_path / "a.beads"
    file.write_text("[0]:[0]\n0 0\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 2: this is not a pair"):
        read_pairs(file)


def test_a_file_without_beads_is_no_alignment(tmp_path: Path) -> None:
    file = tmp_path / "a.beads"
    file.write_text("\n", encoding="utf-8")
    with pytest.raises(InputError, match="there are no pairs"):
        read_pairs(file)
