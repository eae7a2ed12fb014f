"""The table of formats."""

from __future__ import annotations

import subprocess
import sys

import pytest

from aligner.errors import InputError
from aligner.formats import FORMATS, format_named


def test_every_row_says_what_it_keeps() -> None:
    for name, row in FORMATS.items():
        assert row.name == name
        assert row.suffix.startswith(".")
        assert row.description
        assert row.keeps


def test_suffixes_tell_the_formats_apart() -> None:
    suffixes = [row.suffix for row in FORMATS.values()]
    assert len(set(suffixes)) == len(suffixes)


def test_an_unknown_format_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InputError, match="there is no format 'docx'; choose one of jsonl, tmx"):
        format_named("docx")


def test_the_table_loads_no_parser() -> None:
    code = "import aligner.formats, sys; sys.exit('lxml' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
