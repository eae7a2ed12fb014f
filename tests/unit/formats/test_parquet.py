"""Column tables for data tools."""

from __future__ import annotations

import builtins
import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from aligner.errors import EnvironmentProblem, InputError
from aligner.formats import FORMATS
from aligner.formats.parquet.read import read
from aligner.model import Bitext, Status

Write = Callable[..., bytes]
parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed (the extra parquet)")


def test_nothing_is_lost_with_boilerplate(sample: Bitext, written: Write) -> None:
    bitexts = [sample, replace(sample, id="other")]
    assert list(read(io.BytesIO(written("parquet", *bitexts, keep_boilerplate=True)))) == bitexts


def test_columns_for_data_tools(sample: Bitext, written: Write) -> None:
    table = parquet.read_table(
        io.BytesIO(written("parquet", sample, min_status=Status.ACCEPTED, locale={"en": "en-GB"}))
    )
    assert table.column_names[:7] == [
        "document", "source_language", "target_language", "source_text", "target_text", "id", "type",
    ]  # fmt: skip
    assert table["status"].to_pylist() == ["accepted", "edited"]
    assert table["target_language"].to_pylist() == ["en-GB", "en-GB"]


def test_a_table_of_the_first_version_is_read(sample: Bitext, written: Write) -> None:
    file = parquet.ParquetFile(io.BytesIO(written("parquet", sample, keep_boilerplate=True)))
    table, (header,) = file.read(), json.loads(file.metadata.metadata[b"aligner"])
    old = {name: header["provenance"][name] for name in ("created", "changed", "signature")}
    old |= {name: header["provenance"][name] for name in ("engine", "package", "fingerprint")}
    headers = json.dumps([{**header, "version": 1, "provenance": old}])
    stream = io.BytesIO()
    kept = table.drop_columns(["quality", "maker", "written"]).replace_schema_metadata({"aligner": headers})
    parquet.write_table(kept, stream)
    (found,) = read(io.BytesIO(stream.getvalue()))
    machine = found.beads[7]
    assert (machine.quality, machine.maker, machine.written) == (
        1.0,
        found.provenance.maker,
        sample.beads[7].written[1:],
    )
    assert found.provenance.rules == "fr-1 en-1"


def test_documents_without_rows_come_back(sample: Bitext, written: Write) -> None:
    sides = {"source": replace(sample.source, segments=()), "target": replace(sample.target, segments=())}
    bitexts = [replace(sample, id=name, beads=(), **sides) for name in ("a", "z")]
    bitexts.insert(1, sample)
    assert list(read(io.BytesIO(written("parquet", *bitexts, keep_boilerplate=True)))) == bitexts
    assert list(read(io.BytesIO(written("parquet")))) == []


def test_many_rows_are_written_in_groups(sample: Bitext, written: Write) -> None:
    data = written("parquet", *[replace(sample, id=f"d{k}") for k in range(2000)])
    assert parquet.ParquetFile(io.BytesIO(data)).num_row_groups == 3
    assert sum(1 for _ in read(io.BytesIO(data))) == 2000


def test_other_files_are_refused(sample: Bitext, written: Write) -> None:
    import pyarrow

    other = io.BytesIO()
    parquet.write_table(pyarrow.table({"a": [1]}), other)
    for data in (b"PAR1", written("parquet", sample)[:-50], other.getvalue()):
        with pytest.raises(InputError, match="Parquet: this is not a Parquet table as aligner writes it"):
            list(read(io.BytesIO(data)))


def test_without_pyarrow_it_says_what_to_install(sample: Bitext, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *others: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *others)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(EnvironmentProblem, match='Parquet needs pyarrow; pip install "aligner\\[parquet\\]"'):
        FORMATS["parquet"].write([sample], io.BytesIO())
