"""A version is read from whatever holds one; what cannot be read is named."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from aligner.comparison import ComparedUnit, read_version
from aligner.corpus.store import Project
from aligner.errors import InputError
from aligner.formats import FORMATS, WriteOptions
from tests.unit.comparison.conftest import LETTER

UNITS = (
    ComparedUnit("2.1", "The council meets.", "Le conseil se réunit."),
    ComparedUnit("3.1", "It rains hard.", "Il pleut fort."),
    ComparedUnit("5.1", "A word.", "Un mot."),
    ComparedUnit("t6.1", "A remark by hand.", ""),
)


def test_a_corpus_folder_its_parent_and_its_review_pages(make_corpus: Callable[..., Project]) -> None:
    project = make_corpus("new", LETTER)
    (project.output / "review").mkdir()
    page = project.output / "review/lettre.html"
    page.touch()
    for path in (project.corpus, project.corpus.parent):
        version = read_version(path)
        (text,) = version.texts
        assert text.units == UNITS
        assert (text.id, text.title, text.languages, text.page) == ("lettre", "Une lettre", ("fr", "en"), page)
        assert (version.name, version.exact, version.memory) == (str(path), True, False)


def test_documents_that_are_left_over_are_passed_over(make_corpus: Callable[..., Project]) -> None:
    project = make_corpus("new", LETTER, replace(LETTER, id="note"))
    assert len(read_version(project.corpus).texts) == 2
    (project.corpus / "fr").mkdir()
    (project.corpus / "fr/note.txt").write_text("Rien.", encoding="utf-8")
    assert [text.id for text in read_version(project.corpus).texts] == ["note"]


def test_what_takes_no_part_is_said(make_corpus: Callable[..., Project]) -> None:
    (text,) = read_version(make_corpus("new", LETTER).corpus).texts
    found = [(left.reason, left.locators) for left in text.left_out]
    assert found == [("set aside as boilerplate", ("1.1",)), ("not translated", ("4.1", "7.1"))]


@pytest.mark.parametrize("name", ["jsonl", "tmx", "xliff", "xlsx", "tsv", "tei"])
def test_every_format_gives_the_same_units(name: str, tmp_path: Path) -> None:
    stream = io.BytesIO()
    FORMATS[name].write([LETTER], stream, WriteOptions())
    path = tmp_path / f"file{FORMATS[name].suffix}"
    path.write_bytes(stream.getvalue())
    (text,) = read_version(path).texts
    paired = UNITS[:-1] if name == "tmx" else UNITS  # a memory has no unit without a source
    assert (text.id, text.units) == ("lettre", paired)


def test_a_plain_file_has_a_unit_a_line_and_counts_empty_ones(tmp_path: Path) -> None:
    (tmp_path / "a.en").write_bytes("\ufeffOne.\r\n\nTwo\u2028three.\n".encode())
    (text,) = read_version(tmp_path / "a.en").texts
    assert text.units == (ComparedUnit("1", "One."), ComparedUnit("3", "Two\u2028three."))
    assert text.lines == 3


def test_a_folder_of_plain_files(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.txt").write_text(f"{name}\n", encoding="utf-8")
    assert [(text.id, text.lines) for text in read_version(tmp_path).texts] == [("a", 1), ("b", 1)]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.txt", None, "there is no such file or folder; check the name"),
        ("empty.txt", b"", "the file is empty"),
        ("blank.txt", b"\n \n", "there is no translated text in it"),
        ("latin.txt", "été".encode("latin-1"), "this is not UTF-8 text"),
        ("damaged.tmx", b"<tmx", ""),
        ("damaged.jsonl", b"{", "this line is not JSON"),
        ("wrong.xlf", b"<html/>", "this is not XLIFF 1 or 2"),
        ("wrong.xlsx", b"PK", ""),
    ],
)
def test_bad_input_is_one_sentence(name: str, content: bytes | None, said: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as error:
        read_version(path)
    assert str(error.value).startswith(str(path))
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_a_folder_with_nothing_in_it(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"neither aligned pairs nor \.txt files .*; name a corpus folder"):
        read_version(tmp_path)


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    for name in ("a.txt", "a.TXT"):
        (tmp_path / name).write_text("Yes.\n", encoding="utf-8")
    with pytest.raises(InputError, match="two files have the same name"):
        read_version(tmp_path)
