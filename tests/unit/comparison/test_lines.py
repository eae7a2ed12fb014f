"""Files to be scored are read line by line, exactly."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.comparison.evaluate import read_lines
from aligner.errors import InputError


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"a\nb\n", ["a", "b"]),
        (b"a\nb", ["a", "b"]),
        (b"a\r\nb\r\n", ["a", "b"]),
        (b"\xef\xbb\xbfa\n", ["a"]),
        (b"a\n\nb\n", ["a", "", "b"]),
        (b"a\n\n", ["a", ""]),
        ("une\u2028phrase\x85entière\n".encode(), ["une\u2028phrase\x85entière"]),
    ],
)
def test_lines(tmp_path: Path, data: bytes, lines: list[str]) -> None:
    path = tmp_path / "text"
    path.write_bytes(data)
    assert read_lines(path) == lines


def test_bad_files_are_named(tmp_path: Path) -> None:
    path = tmp_path / "text"
    with pytest.raises(InputError, match="there is no such file"):
        read_lines(path)
    path.write_bytes(b"")
    with pytest.raises(InputError, match="the file is empty"):
        read_lines(path)
    path.write_bytes("café".encode("latin-1"))
    with pytest.raises(InputError, match=r"this is not UTF-8 text \(byte 3\)") as caught:
        read_lines(path)
    assert caught.value.where == path
