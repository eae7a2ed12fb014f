"""Documents of one file: taken in whole or not at all, spread over folders that are not in their ids."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from aligner.documents import find_sources
from aligner.documents.collection import TakenIn, read_collection, take_in, write_collection
from aligner.errors import InputError

DOCUMENTS = [
    {"id": "note 1", "text": "Le Conseil s'est réuni.", "record": {"title": 'Une "note"', "date": "1950-05-09"}},
    {"id": "lettre", "text": "Madame,\n\nMonsieur.", "record": None},
]


def lines(path: Path, *rows: object) -> Path:
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def test_documents_lie_in_folders_that_are_not_in_their_ids(tmp_path: Path) -> None:
    path = lines(tmp_path / "docs.jsonl", *DOCUMENTS)
    assert take_in(path, tmp_path / "fr") == TakenIn(2, 2, 1, ("note 1", "note-1"))
    found = find_sources(tmp_path / "fr").documents
    assert sorted(found) == ["lettre", "note-1"]
    assert found["note-1"].with_suffix(".toml").read_text(encoding="utf-8").startswith('title = "Une \\"note\\""')
    assert take_in(path, tmp_path / "fr") == TakenIn(2, 0, 1, ("note 1", "note-1"))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{", "docs.jsonl:2: this line is not JSON"),
        ({"id": "b"}, "docs.jsonl:2: this is not a document"),
        ({"id": "b", "text": " "}, "docs.jsonl:2: the document 'b' is empty"),
        ({"id": "a", "text": "Non."}, "docs.jsonl:2: the id 'a' is that of line 1 already"),
        ({"id": "../..", "text": "Non."}, "docs.jsonl:2: the id '../..' has no letter or digit"),
        ({"id": "index", "text": "Non."}, "docs.jsonl:2: a document cannot be called 'index'"),
        ({"id": "", "text": "Non."}, "docs.jsonl:2: the id is empty"),
        ({"id": "../a", "text": "Non."}, "docs.jsonl:2: '../a' and 'a' of line 1 are both 'a' as a file name"),
        ({"id": "b", "text": "Non.", "record": {"tilte": "x"}}, "docs.jsonl:2: a record has no field 'tilte'"),
        ({"id": "b", "text": "Non.", "record": ["x"]}, "a record has names and texts"),
    ],
)
def test_a_line_that_is_not_a_document_stops_all(tmp_path: Path, row: object, said: str) -> None:
    path = lines(tmp_path / "docs.jsonl", {"id": "a", "text": "Oui."}, row)
    with pytest.raises(InputError) as raised:
        take_in(path, tmp_path / "fr", reserved="index")
    assert said in str(raised.value)
    assert not (tmp_path / "fr").exists()


def test_ids_that_are_written_in_another_way_are_counted(tmp_path: Path) -> None:
    ids = ("a/b", "../../evil", "sûr", unicodedata.normalize("NFD", "été"), "a--b", "v1.2")
    path = lines(tmp_path / "docs.jsonl", *({"id": name, "text": "Oui."} for name in ids))
    assert take_in(path, tmp_path / "fr") == TakenIn(6, 6, 2, ("a/b", "a-b"))
    assert sorted(find_sources(tmp_path / "fr").documents) == ["a--b", "a-b", "evil", "sûr", "v1.2", "été"]
    assert {each.parent.parent for each in tmp_path.rglob("*.txt")} == {tmp_path / "fr"}


@pytest.mark.parametrize("name", ["out.jsonl", "out.parquet"])
def test_what_is_written_is_read(tmp_path: Path, name: str) -> None:
    if name.endswith("parquet"):
        pytest.importorskip("pyarrow", reason="needs pyarrow: pip install 'aligner[parquet]'")
    documents = [{"id": "a", "text": "Oui.", "translation": "Yes.", "record": {"title": "É"}}] * 2
    write_collection(documents, tmp_path / name)
    found = [document for _, document in read_collection(tmp_path / name)]
    assert [(each.id, each.text, each.record) for each in found] == [("a", "Oui.", {"title": "É"})] * 2
