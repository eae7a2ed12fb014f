"""Documents in any encoding, records in TOML, and clear words for what cannot be read."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from aligner.documents import (
    fallback_encoding,
    read_document,
    read_record,
    read_text,
)
from aligner.documents.record import RecordFile
from aligner.errors import InputError
from aligner.model import Record

FRENCH = "L’été dernier, à Nœux, où l’on s’était déjà « rencontrés », il coûtait 5 € : c’est ça.\n" * 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_without_remark(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(FRENCH.encode(encoding))
    assert read_text(path) == (FRENCH, ())


@pytest.mark.parametrize("encoding", ["cp1252", "mac-roman"])
def test_other_encodings_are_guessed_and_the_guess_is_said(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(FRENCH.encode(encoding))
    text, notes = read_text(path)
    assert text == FRENCH
    assert notes == (f"not UTF-8: read as {encoding.replace('-', '_')}",)


@pytest.mark.parametrize(
    ("block", "encoding"),
    [
        (b"", "cp1252"),
        (FRENCH.encode()[:20] + b"\xc3", "cp1252"),
        (FRENCH.encode("cp1252"), "cp1252"),
        (FRENCH.encode("mac-roman"), "mac_roman"),
    ],
)
def test_the_first_block_tells_how_lines_are_read_that_are_not_utf8(block: bytes, encoding: str) -> None:
    assert fallback_encoding(block) == encoding


def test_damaged_utf8_stays_utf8(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(FRENCH.encode() + "été".encode()[:-1])
    assert read_text(path) == (FRENCH + "ét\ufffd", ("damaged UTF-8: 1 unreadable place became \ufffd",))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "the document is empty"),
        (b" \r\n\t\xc2\xa0\n", "the document is empty"),
        (bytes(range(256)) * 20, "not text in an encoding"),
        (random.Random(1).randbytes(4000), "not text in an encoding"),
        (b"\x01\x02\x03\x04" * 500, "not a text file"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(InputError, match=problem) as caught:
        read_text(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


def test_line_ends_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"Un.\r\nDeux.\rTrois.\n")
    assert read_text(path)[0] == "Un.\r\nDeux.\rTrois.\n"


def test_a_document_carries_its_record(tmp_path: Path) -> None:
    (tmp_path / "a b.txt").write_text("Bonjour.", encoding="utf-8")
    (tmp_path / "a b.toml").write_text('title = "T"\ndate = 2024-09-11\nlanguage = "fr-FR"\n', encoding="utf-8")
    document = read_document(tmp_path / "a b.txt", language="fr").document
    assert (document.id, document.text) == ("a-b", "Bonjour.")
    assert document.record == Record(title="T", date="2024-09-11")


def test_no_record_is_an_empty_record(tmp_path: Path) -> None:
    assert read_record(tmp_path / "absent.toml") == RecordFile()


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        ("title = ", "not valid TOML"),
        ("title = 3", "'title' must be a string"),
        ("language = 'de'", "the language is 'de', not 'fr'"),
    ],
)
def test_a_bad_record_is_refused(tmp_path: Path, record: str, problem: str) -> None:
    (tmp_path / "a.txt").write_text("Bonjour.", encoding="utf-8")
    (tmp_path / "a.toml").write_text(record, encoding="utf-8")
    with pytest.raises(InputError, match=problem):
        read_document(tmp_path / "a.txt", language="fr")


def test_the_records_of_the_corpus_are_sound(root: Path) -> None:
    readings = [read_document(path, language="fr") for path in sorted((root / "corpus" / "fr").glob("*.txt"))]
    assert len(readings) == 5
    for reading in readings:
        assert reading.notes == ()
        assert reading.document.record.date in reading.document.id
        assert reading.document.record.title in " ".join(reading.document.text.split())


def test_a_number_beyond_all_limits_in_a_record_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(f"title = {'9' * 5_000}\n", encoding="utf-8")
    with pytest.raises(InputError, match="the record is not valid TOML"):
        read_record(path)
