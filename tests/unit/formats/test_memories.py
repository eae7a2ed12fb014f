"""Memories of Wordfast and of Trados Studio."""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from aligner.errors import InputError
from aligner.formats.exchange.units import Unit
from aligner.formats.opening import opened_parts
from aligner.formats.wordfast.read import WordfastFile, documents

WORDFAST = (
    "%20260101~101010\t%User ID,AB,AB\t%TU=00000003\t%FR-FR\t%Wordfast TM v.5.51/00\t%EN-GB\t%---\t.\r\n"
    "20260102~101010\tAB\t0\tFR-FR\tL&'92;été &tA;ici&tB;.\tEN-GB\tSummer — here.\r\n"
    "20260102~101010\tAB\t-1\tFR-FR\tEffacé.\tEN-GB\tDeleted.\r\n"
    "20260102~101010\tAB\t3\tEN-GB\tNo.\tFR-FR\tNon.\r\n"
    "broken line\r\n"
)


def units(path: Path) -> list[Unit]:
    return [unit for part in opened_parts(path) for unit in part.units()]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-16", "utf-16-le"])
def test_wordfast_in_its_encodings(encoding: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "memory.txt"
    path.write_bytes(WORDFAST.encode(encoding))
    first, second = units(path)
    assert [(v.language, v.text) for v in first.variants] == [("fr-FR", "L’été ici."), ("en-GB", "Summer — here.")]
    assert (first.variants[1].changed, first.variants[1].changed_by) == ("2026-01-02T10:10:10Z", "AB")
    with path.open("rb") as stream:
        (document,) = documents(stream, source="fr", target="en")
    assert [document.bitext.source_text(bead) for bead in document.bitext.beads] == ["L’été ici.", "Non."]
    assert "memory.txt, line 5: a unit without both languages was left out" in caplog.text
    assert second.variants[0].text == "No."


def test_what_is_not_wordfast_is_refused() -> None:
    with pytest.raises(InputError, match="this is not a Wordfast memory"):
        list(WordfastFile(io.BytesIO(b"a\tb\n")))


def segment(text: str, culture: str = "") -> str:
    name = f"<CultureName>{culture}</CultureName>" if culture else ""
    tag = "<Tag><Type>Start</Type><Anchor>1</Anchor><Value>b</Value></Tag>"
    parts = "".join(f"<Text><Value>{escape(part)}</Value></Text>{tag}" for part in text.split("|"))
    return (
        f'<Segment xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><Elements>{parts}</Elements>{name}</Segment>'
    )


def memory(path: Path, rows: list[tuple[object, ...]], columns: str) -> Path:
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE translation_memories(source_language TEXT, target_language TEXT)")
        database.execute("INSERT INTO translation_memories VALUES('fr-FR', 'en-GB')")
        database.execute(f"CREATE TABLE translation_units(id INTEGER PRIMARY KEY, {columns})")
        marks = ", ".join("?" for _ in rows[0])
        database.executemany(f"INSERT INTO translation_units VALUES(NULL, {marks})", rows)
        database.commit()
    return path


COLUMNS = "source_segment TEXT, target_segment TEXT, change_date DATETIME, change_user TEXT"


def test_a_memory_of_trados(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    rows: list[tuple[object, ...]] = [
        (segment("La |cantine & co.", "fr-CA"), segment("The |canteen & co."), "2026-01-02 10:10:10", "AB"),
        (segment("Non.").encode(), segment(" "), "", 7),
        ("<Segment>", segment("?"), "", None),
        ('<!DOCTYPE a [<!ENTITY b "x">]><Segment><Elements><Text><Value>&b;</Value></Text></Elements></Segment>',
         segment("Entity."), "", None),
    ]  # fmt: skip
    path = memory(tmp_path / "a.sdltm", rows, COLUMNS)
    before = path.read_bytes()
    first, *others = units(path)
    assert [(v.language, v.text) for v in first.variants] == [
        ("fr-CA", "La cantine & co."),
        ("en-GB", "The canteen & co."),
    ]
    assert (first.variants[1].changed, first.variants[1].changed_by) == ("2026-01-02T10:10:10Z", "AB")
    assert [len(unit.variants) for unit in others] == [1, 1, 1]
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["a.sdltm"]


def test_a_database_that_is_something_else_is_named(tmp_path: Path) -> None:
    path = memory(tmp_path / "a.sdltm", [("x",)], "source_segment TEXT")
    with pytest.raises(InputError, match="this Trados memory lacks the column target_segment; in Trados, export"):
        units(path)
    other = tmp_path / "b.sdltm"
    with closing(sqlite3.connect(other)) as database:
        database.execute("CREATE VIEW translation_units AS SELECT 'x' AS source_segment, 'y' AS target_segment")
        database.commit()
    with pytest.raises(InputError, match="this is an SQLite database, but not a memory of Trados Studio"):
        units(other)
