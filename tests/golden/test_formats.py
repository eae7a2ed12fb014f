"""The bytes of every format for one small bitext, reviewed by eye.

After a change that is meant, write the files anew from ``sample.jsonl``, look at the difference and commit it. What is
no text is kept as text: an archive as the files in it, a Parquet table as its schema and rows.
"""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from aligner.formats import FORMATS, WriteOptions

FOLDER = Path(__file__).parent / "formats"


def files(name: str) -> dict[str, str]:
    """What a format makes of the sample, by file name."""
    if name == "parquet":
        pytest.importorskip("pyarrow", reason="pyarrow is not installed (the extra parquet)")
    row, stream = FORMATS[name], io.BytesIO()
    read = FORMATS["jsonl"].read
    assert read is not None
    with (FOLDER / "sample.jsonl").open("rb") as sample:
        row.write(list(read(sample)), stream)
    if name == "parquet":
        return {"sample.parquet.txt": table(stream)}
    if not stream.getvalue().startswith(b"PK"):
        return {f"sample{row.suffix}": stream.getvalue().decode()}
    folder = "" if name == "moses" else f"{name}/"
    with zipfile.ZipFile(stream) as archive:
        return {f"{folder}{member}": archive.read(member).decode() for member in archive.namelist()}


def test_bytes_of_xliff_2() -> None:
    stream = io.BytesIO()
    read = FORMATS["jsonl"].read
    assert read is not None
    with (FOLDER / "sample.jsonl").open("rb") as sample:
        FORMATS["xliff"].write(list(read(sample)), stream, WriteOptions(xliff_version=2))
    assert stream.getvalue().decode() == (FOLDER / "sample.xliff-2.xlf").read_text(encoding="utf-8")


def table(stream: io.BytesIO) -> str:
    from pyarrow import parquet

    file = parquet.ParquetFile(stream)
    headers = file.metadata.metadata[b"aligner"].decode()
    rows = [json.dumps(row, ensure_ascii=False) for row in file.read().to_pylist()]
    return "\n".join([file.schema_arrow.remove_metadata().to_string(), headers, *rows, ""])


@pytest.mark.parametrize("name", FORMATS)
def test_bytes(name: str) -> None:
    written = files(name)
    assert written == {member: (FOLDER / member).read_text(encoding="utf-8") for member in written}
