"""The bytes of every format for one small bitext, reviewed by eye.

After a change that is meant, write the files anew from ``sample.jsonl``, look at the difference and commit it.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from aligner.formats import FORMATS

FOLDER = Path(__file__).parent / "formats"


@pytest.mark.parametrize("name", FORMATS)
def test_bytes(name: str) -> None:
    row, stream = FORMATS[name], io.BytesIO()
    read = FORMATS["jsonl"].read
    assert read is not None
    with (FOLDER / "sample.jsonl").open("rb") as sample:
        row.write(list(read(sample)), stream)
    if stream.getvalue().startswith(b"PK"):
        with zipfile.ZipFile(stream) as archive:
            written = {member: archive.read(member).decode() for member in archive.namelist()}
        folder = FOLDER / name if name == "xlsx" else FOLDER
        assert written == {member: (folder / member).read_text(encoding="utf-8") for member in written}
    else:
        assert stream.getvalue().decode() == (FOLDER / f"sample{row.suffix}").read_text(encoding="utf-8")
