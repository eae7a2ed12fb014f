"""The table of a record's fields: none is missing, and each comes back from every file."""

from __future__ import annotations

import dataclasses
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.citations.article import form_named
from aligner.citations.bibtex import bibtex_entry
from aligner.citations.csl import csl_item
from aligner.citations.fields import FIELDS, RECORD_NAMES, TYPES, record_from_json, record_json
from aligner.citations.incoming import read_references
from aligner.citations.people import date_parts, inverted_names, iso_date_of, people_of
from aligner.citations.references import Reference, reference_of
from aligner.citations.ris import ris_entry
from aligner.errors import InputError
from aligner.formats import FORMATS, WriteOptions
from aligner.model import Record
from tests import make

FULL = Record(
    title="Des liens « plus profonds » & 5 % {x} d'Œuvre",
    date="2024-09-11",
    author="Ren, Qi; Xinhua; {Ministère de la Culture, Paris}; de Gaulle, Charles",
    publisher="Éditions_du # Seuil",
    url="https://example.org/a_b?c=1&d=%20e",
    licence="CC BY 4.0",
    type="article-journal",
    editor="Dupont, Jeanne",
    translator="Smith, John",
    container="Le Monde",
    series="Série $ noire",
    edition="2e",
    volume="12",
    issue="3",
    pages="14-27",
    number="2016-1321",
    place="Paris",
    court="Cour de cassation",
    jurisdiction="fr",
    archive="Archives nationales",
    fonds="Police générale",
    shelfmark="F/7/1234",
    doi="10.1000/18_2",
    isbn="978-2-02-000000-0",
    issn="0395-2037",
    accessed="2026-11-22",
    note="Une remarque",
    extra=(("cote-interne", "Z 7"),),
)
"""For every field a value that no reader would think of by itself."""


def as_bibtex(reference: Reference) -> str:
    return bibtex_entry(reference)


def as_ris(reference: Reference) -> str:
    return ris_entry(reference)


def as_csl(reference: Reference) -> str:
    return json.dumps([csl_item(reference)])


ENTRIES: dict[str, Callable[[Reference], str]] = {"bibtex": as_bibtex, "ris": as_ris, "csl-json": as_csl}


def test_every_field_of_a_record_is_in_the_table() -> None:
    assert sorted(row.name for row in FIELDS) == sorted(f.name for f in dataclasses.fields(Record) if f.name != "extra")
    assert set(RECORD_NAMES) == {row.name for row in FIELDS}
    assert all(getattr(FULL, row.name) for row in FIELDS)


@pytest.mark.parametrize("name", ENTRIES)
def test_every_field_comes_back_from_a_file_of_references(name: str, tmp_path: Path) -> None:
    path = tmp_path / "references"
    path.write_bytes(ENTRIES[name](Reference("note", FULL, "fr", "machine translation, unreviewed")).encode())
    ([found], faults) = read_references(path)
    assert faults == []
    assert found.key == "note"
    # RIS has no braces around a name.
    wanted = replace(FULL, author=FULL.author.replace("{", "").replace("}", "")) if name == "ris" else FULL
    got = {row.name: getattr(found.record, row.name) for row in FIELDS}
    expected = {row.name: getattr(wanted, row.name) for row in FIELDS}
    if name == "ris":
        got["author"] = got["author"].replace("{", "").replace("}", "")
    assert got == expected
    assert found.record.extra == FULL.extra


@pytest.mark.parametrize("name", ["jsonl", "parquet", "tei", "tmx", "xliff", "xlsx"])
def test_every_field_comes_back_from_an_export(name: str) -> None:
    if name == "parquet":
        pytest.importorskip("pyarrow", reason="pyarrow is not installed (the extra parquet)")
    row, stream = FORMATS[name], io.BytesIO()
    assert row.read is not None
    for record in (FULL, replace(FULL, container="", series="", extra=()), Record(), Record(title="T", licence="")):
        stream = io.BytesIO()
        row.write([make.bitext(("Oui.", "Yes."), record=record)], stream, WriteOptions())
        stream.seek(0)
        [found] = row.read(stream)
        assert found.record == record


def test_the_store_leaves_out_what_is_empty_and_refuses_what_it_does_not_know() -> None:
    assert list(record_json(Record(title="T"))) == ["title", "date", "author", "publisher", "url", "licence"]
    assert record_from_json(record_json(FULL)) == FULL
    with pytest.raises(ValueError, match="missing or unknown: licence"):
        record_from_json(dict.fromkeys(("title", "date", "author", "publisher", "url"), ""))
    with pytest.raises(ValueError, match="missing or unknown: colour"):
        record_from_json({**record_json(FULL), "colour": "red"})
    with pytest.raises(TypeError):
        record_from_json({**record_json(FULL), "extra": {"a": 1}})


ATTACKS = [
    "}\n@misc{x, title={y}}",
    "x\r\nER  - \r\nTY  - BOOK",
    '","id":"y"',
    "\\input{/etc/passwd}",
    "{{{",
    "}}}",
    "%",
    "\ue000source\ue000",
]


@pytest.mark.parametrize("name", ENTRIES)
@pytest.mark.parametrize("attack", ATTACKS)
def test_a_record_cannot_leave_its_entry(name: str, attack: str, tmp_path: Path) -> None:
    hostile = Record(**{row.name: attack for row in FIELDS if row.name != "type"}, extra=((attack, attack),))
    reference = reference_of(make.bitext(("Oui.", "Yes."), record=hostile))
    path = tmp_path / "references"
    path.write_bytes(ENTRIES[name](reference).encode())
    found, faults = read_references(path)
    assert (len(found), faults) == (1, [])


def test_types_are_those_of_csl() -> None:
    assert len(TYPES) > 20
    assert {"report", "treaty", "legal_case", "legislation", "manuscript"} <= TYPES.keys()


@given(st.lists(st.text("abcdé -'", min_size=1).map(str.strip).filter(bool), max_size=4))
def test_names_come_back(families: list[str]) -> None:
    text = "; ".join(families)
    assert inverted_names(people_of(text)) == text


@pytest.mark.parametrize("date", ["2024-09-11", "2024-09", "2024", "0987-01"])
def test_dates_come_back(date: str) -> None:
    assert iso_date_of(date_parts(date)) == date


def test_keys_are_ascii_and_never_the_same() -> None:
    ids = ["é", "e", "è", "日本", "中国", "note"]
    keys = [Reference(each, Record()).key for each in ids]
    assert len(set(keys)) == len(ids)
    assert all(key.isascii() for key in keys)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"hello", "not a file of references"),
        (b"[1", "not JSON"),
        (b"[]", "no reference in this file"),
        (b"\xff\xfe", "not in UTF-8"),
        (b"@misc{x, title = {y", "no reference in this file"),
        (b"TY  - BOOK\nTI  - x\n", "RIS file is damaged|no reference"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_what_is_no_file_of_references_is_refused(content: bytes, problem: str, tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(content)
    with pytest.raises(InputError, match=problem) as caught:
        read_references(path)
    assert "\n" not in str(caught.value)


def test_zoteros_bibtex_is_read(tmp_path: Path) -> None:
    path = tmp_path / "z.bib"
    path.write_text(
        "@article{k, title={{D{\\'e}claration} \\& suite}, author={Jean de La Fontaine and {ONU} and Wang, Yi},"
        " month=sep, year=2024, journal={Le Monde}, number={3}, pages={1--5},"
        " url={https://x.org/a_b%20c}, file={Full Text:/home/x/note.pdf:application/pdf}}\n@misc{broken, title={x\n",
        encoding="utf-8",
    )
    ([found], faults) = read_references(path)
    record = found.record
    assert (record.title, record.author) == ("Déclaration & suite", "de La Fontaine, Jean; ONU; Wang, Yi")
    assert (record.date, record.issue, record.pages, record.type) == ("2024-09", "3", "1-5", "article-journal")
    assert record.url == "https://x.org/a_b%20c"
    assert found.files == ("note.pdf",)
    assert faults == ["the entry at line 2 cannot be read"]


def test_zoteros_ris_is_read(tmp_path: Path) -> None:
    path = tmp_path / "z.ris"
    path.write_bytes(
        b"TY  - JOUR\r\nTI  - Un titre\r\nAU  - de Gaulle, Charles\r\nAU  - ONU\r\nT2  - Le Monde\r\nPY  - 2019\r\n"
        b"SN  - 0395-2037\r\nSP  - 14\r\nEP  - 27\r\nY2  - 2024/01/02/\r\nL1  - file:///home/x/note.pdf\r\n"
        b"N1  - Une remarque: deux\r\nER  - \r\n\r\nTY  - RPRT\r\nTI  - Autre\r\nER  - \r\n"
    )
    first, second = read_references(path)[0]
    assert first.record == Record(
        "Un titre", "2019", "de Gaulle, Charles; ONU", type="article-journal", container="Le Monde", issn="0395-2037",
        pages="14-27", accessed="2024-01-02", note="Une remarque: deux",
    )  # fmt: skip
    assert first.files == ("note.pdf",)
    assert (second.record.title, second.record.type) == ("Autre", "report")


def test_forms_are_told_by_names_and_files() -> None:
    assert form_named("", "x.TEX").name == "latex"
    with pytest.raises(InputError, match="there is no form 'word'"):
        form_named("word")
