"""Read memories of Trados Studio (``.sdltm``) as a stream of units.

A memory is an SQLite database; the table ``translation_units`` has each segment as XML:

    <Segment><Elements><Text><Value>La cantine</Value></Text><Tag>…</Tag> …</Elements><CultureName>fr-FR</CultureName>

The database is opened read-only, and nothing in it is executed but one question. Start reading at `SdltmFile`.
"""

from __future__ import annotations

import io
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from aligner.errors import InputError
from aligner.formats.base import place_in
from aligner.formats.defects import Defect, Defects
from aligner.formats.exchange.notation import language_tag
from aligner.formats.exchange.to_bitext import ExchangedDocument
from aligner.formats.exchange.units import Unit, Variant
from aligner.formats.tmx.header import Header
from aligner.formats.tmx.read import documents_of
from aligner.formats.xml.markup import FORBIDDEN
from aligner.formats.xml.read import local_name

_NEEDED = ("source_segment", "target_segment")
_MORE = ("creation_date", "creation_user", "change_date", "change_user")
_ILLEGAL = re.compile(rf"[{FORBIDDEN}]|&#x?0*(?:1?[0-9A-Fa-f]|3[01]);")
_HINT = "in Trados, export the memory as TMX, and import that"


def documents(stream: BinaryIO, *, source: str | None = None, target: str | None = None) -> Iterator[ExchangedDocument]:
    """Yield the one document of a memory, in the wanted languages."""
    yield from documents_of(SdltmFile(stream), place_in(stream) or "sdltm", source, target)


class SdltmFile:
    """An open memory: iterate over it for its units."""

    def __init__(self, stream: BinaryIO) -> None:
        self.findings, self.header = Defects(place_in(stream) or "SDLTM"), Header("*all*", tool="SDL")
        self._stream = stream

    def __iter__(self) -> Iterator[Unit]:
        """Yield the units in order; InputError when the file is not a memory of Trados, or damaged."""
        try:
            with _database(self._stream) as database:
                yield from self._units(database)
        except (sqlite3.Error, UnicodeDecodeError) as error:  # a damaged layout may not even be text
            what = f"this Trados memory cannot be read ({error})"
            raise InputError(what, where=self.findings.name, hint=_HINT) from error

    def _units(self, database: sqlite3.Connection) -> Iterator[Unit]:
        asked = "SELECT name FROM sqlite_master WHERE name = 'translation_units' AND type = 'table'"
        is_there = database.execute(asked).fetchone() is not None
        # A view could ask anything of anything; a table is only read.
        columns = [row[1] for row in database.execute("PRAGMA table_info(translation_units)")]
        if not is_there or not set(_NEEDED) <= set(columns):
            what = "this is an SQLite database, but not a memory of Trados Studio: it lacks the table of units"
            if is_there:
                lacking = " and ".join(name for name in _NEEDED if name not in columns)
                what = f"this Trados memory lacks the column {lacking}"
            raise InputError(what, where=self.findings.name, hint=_HINT)
        languages = _languages(database)
        named = [*_NEEDED, *(name if name in columns else f"'' AS {name}" for name in _MORE)]
        rows = database.execute(f"SELECT rowid, {', '.join(named)} FROM translation_units ORDER BY rowid")  # noqa: S608
        for number, source, target, created, creator, changed, changer in rows:
            sides = [self._side(xml, languages[k], number) for k, xml in enumerate((source, target))]
            texts = [each for each in sides if each is not None and each[1].strip()]
            variants = [Variant(*side) for side in texts]
            if len(texts) == len(sides):
                people = str(creator or ""), str(changer or "")
                variants[1] = Variant(*texts[1], "", _iso(created), people[0], _iso(changed), people[1])
            else:
                self.findings.note(Defect.EMPTY_SEGMENT, detail=f"unit {number}")
            yield Unit(tuple(variants), line=number)

    def _side(self, xml: object, language: str, number: int) -> tuple[str, str] | None:
        """The language and the text of a segment; None when it cannot be read."""
        text = xml.decode("utf-8", "replace") if isinstance(xml, bytes) else str(xml or "")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            root = etree.fromstring(_ILLEGAL.sub("", text), parser)
        except (etree.XMLSyntaxError, ValueError):
            self.findings.note(Defect.EMPTY_SEGMENT, detail=f"unit {number} is not XML")
            return None
        named = next((child.text for child in root if local_name(child) == "CultureName" and child.text), language)
        values = (each for each in root.iter("{*}Value") if local_name(each.getparent()) == "Text")  # type: ignore[arg-type]
        return language_tag(named or "und"), "".join(value.text or "" for value in values)


def _languages(database: sqlite3.Connection) -> tuple[str, str]:
    """The languages of the memory, where its segments do not name theirs."""
    try:
        found = database.execute("SELECT source_language, target_language FROM translation_memories LIMIT 1").fetchone()
    except sqlite3.OperationalError:
        found = None
    return (str(found[0] or "und"), str(found[1] or "und")) if found else ("und", "und")


@contextmanager
def _database(stream: BinaryIO) -> Iterator[sqlite3.Connection]:
    """The database in a stream. SQLite wants a file: of one inside an archive a copy is made."""
    raw = getattr(stream, "raw", None)
    with tempfile.NamedTemporaryFile(suffix=".sdltm") as copy:
        path = Path(str(raw.name)) if isinstance(raw, io.FileIO) else Path(copy.name)
        if path == Path(copy.name):
            shutil.copyfileobj(stream, copy)
            copy.flush()
        # Immutable: no lock, no journal, nothing written beside the translator's memory.
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        with closing(connection):
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.text_factory = lambda data: data.decode("utf-8", "replace")
            yield connection


def _iso(date: object) -> str:
    """A time as SQLite has it, in UTC, in ISO 8601.

    >>> _iso("2026-01-02 10:10:10.123")
    '2026-01-02T10:10:10Z'
    """
    match = re.match(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)", str(date or ""))
    return f"{match[1]}T{match[2]}Z" if match else ""
