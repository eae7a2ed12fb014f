"""The alignment alone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from aligner.errors import InputError
from aligner.model import Bitext

Write = Callable[..., bytes]


def test_every_segment_once_whatever_the_options(sample: Bitext, written: Write) -> None:
    text = written("beads", sample, min_confidence=0.9).decode()
    assert text.splitlines()[:5] == ["[0]:[0]:0.91", "[1]:[]:1.0", "[2]:[1]:0.95", "[3]:[2]:0.71", "[4, 5]:[3]:0.62"]
    assert len(text.splitlines()) == len(sample.beads)


def test_a_second_bitext_is_refused(sample: Bitext, written: Write) -> None:
    with pytest.raises(InputError, match="other: the beads format holds one bitext a file"):
        written("beads", sample, replace(sample, id="other"))


def test_the_scorer_reads_it(sample: Bitext, written: Write, shared: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.beads"
    file.write_bytes(written("beads", sample))
    command = [sys.executable, shared / "alignment/score.py", "-g", file, "-t", file]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "P/R/F1 strict 1.000 1.000 1.000" in done.stdout
    assert done.stderr == ""
