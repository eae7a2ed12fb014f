"""The one table of what a record says of a document: each field's meaning, and its name in every file.

    <id>.toml ──▶ Record ──▶ CSL-JSON (csl), BibTeX (bibtex), RIS (ris), TEI biblStruct, TMX header, review page

A new field of `aligner.model.Record` needs a row here and nothing else to go through every file; a test fails when a
field has no row, or does not come back from a format. Names and dates are read in `aligner.citations.people`. Start
reading at `FIELDS`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from aligner.model import Record


@dataclass(frozen=True, slots=True)
class TeiPlace:
    """Where a ``biblStruct`` says something: the parent, the element, one attribute."""

    parent: Literal["", "work", "monogr", "imprint", "series"]
    """``work`` is the analytic where there is a container, else the monogr; empty: notes of the biblStruct."""
    element: str
    attribute: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class RecordField:
    """One row: a field of `Record`, and how files say it."""

    name: str
    label: str
    """Its name on the review page and in ``aligner record show``."""
    meaning: str
    """What it holds, with an example where the name does not tell."""
    csl: str = ""
    """Its variable in CSL 1.0.2; empty: CSL has none, and it goes into ``custom``."""
    ris: str = ""
    """Its tag in RIS; empty: a note ``name: value``."""
    tei: TeiPlace | None = None
    """None: it is said outside the ``biblStruct``."""
    kind: Literal["text", "names", "date"] = "text"


def _idno(kind: str) -> TeiPlace:
    return TeiPlace("work", "idno", "type", kind)


def _note(kind: str) -> TeiPlace:
    return TeiPlace("", "note", "type", kind)


def _scope(unit: str) -> TeiPlace:
    return TeiPlace("imprint", "biblScope", "unit", unit)


_WORK, _EDITOR = TeiPlace("work", "title"), TeiPlace("work", "editor", "role", "editor")
_AUTHOR, _TRANSLATOR = TeiPlace("work", "author"), TeiPlace("work", "editor", "role", "translator")
_CONTAINER, _SERIES = TeiPlace("monogr", "title", "level", "m"), TeiPlace("series", "title", "level", "s")
_NAME = "`Family, Given` and a semicolon before the next; an institution as it stands"

FIELDS = (
    RecordField("title", "Title", "the title as the source gives it", "title", "TI", _WORK),
    RecordField("author", "Author", _NAME, "author", "AU", _AUTHOR, "names"),
    RecordField("editor", "Editor", "as the author", "editor", "A2", _EDITOR, "names"),
    RecordField(
        "translator", "Translator", "of a translation that was there", "translator", "A4", _TRANSLATOR, "names"
    ),
    RecordField("container", "In", "the newspaper, journal or volume it is in", "container-title", "T2", _CONTAINER),
    RecordField("edition", "Edition", "`2nd`", "edition", "ET", TeiPlace("monogr", "edition")),
    RecordField("place", "Place", "of publication", "publisher-place", "CY", TeiPlace("imprint", "pubPlace")),
    RecordField("publisher", "Publisher", "or the issuing body", "publisher", "PB", TeiPlace("imprint", "publisher")),
    RecordField(
        "date", "Date", "`2024-09-11`, `2024-09` or `2024`", "issued", "DA", TeiPlace("imprint", "date"), "date"
    ),
    RecordField("volume", "Volume", "`12`", "volume", "VL", _scope("volume")),
    RecordField("issue", "Issue", "of a journal: `3`", "issue", "IS", _scope("issue")),
    RecordField("pages", "Pages", "`14-27`", "page", "SP", _scope("page")),
    RecordField("series", "Series", "the series that it is part of", "collection-title", "T3", _SERIES),
    RecordField("number", "Number", "of an act, a decision or a report: `2016-1321`", "number", "M1", _idno("number")),
    RecordField("court", "Court", "or the authority: `Cour de cassation`", "authority", "", _note("court")),
    RecordField("jurisdiction", "Jurisdiction", "`fr`, `eu`", "jurisdiction", "", _note("jurisdiction")),
    RecordField("archive", "Archive", "who keeps it: `Archives nationales`", "archive", "DB", _idno("archive")),
    RecordField("fonds", "Fonds", "the collection in the archive", "archive_collection", "", _idno("fonds")),
    RecordField("shelfmark", "Shelfmark", "`F/7/1234`", "archive_location", "CN", _idno("shelfmark")),
    RecordField("doi", "DOI", "`10.1000/182`", "DOI", "DO", _idno("DOI")),
    RecordField("isbn", "ISBN", "of a book", "ISBN", "SN", _idno("ISBN")),
    RecordField("issn", "ISSN", "of a journal", "ISSN", "", _idno("ISSN")),
    RecordField("url", "Address", "where it was found", "URL", "UR", _idno("URI")),
    RecordField(
        "accessed", "Accessed", "when it was found there: `2026-11-22`", "accessed", "Y2", _note("accessed"), "date"
    ),
    RecordField("licence", "Licence", "under which the source may be used; `unknown` without it"),
    RecordField(
        "type", "Type", "in CSL's words: `report`, `treaty`, `legal_case`, `book` …", "type", "TY", _note("genre")
    ),
    RecordField("note", "Note", "anything else", "note", "N1", _note("remark")),
)
"""Every field of `Record` but `extra`, in the order in which pages and files say them."""

NAMED = {row.name: row for row in FIELDS}
_FIRST = ("title", "date", "author", "publisher", "url", "licence")
"""The fields that every bitext has always had; the store leaves others out where they are empty."""
RECORD_NAMES = (*_FIRST, *(row.name for row in FIELDS if row.name not in _FIRST))
"""The names of all fields, those of earlier versions first, so that files that lack the others stay as they are."""
TYPES = {
    # CSL type: (BibTeX entry, RIS type)
    "article": ("article", "JOUR"),
    "article-journal": ("article", "JOUR"),
    "article-magazine": ("article", "MGZN"),
    "article-newspaper": ("article", "NEWS"),
    "bill": ("misc", "BILL"),
    "book": ("book", "BOOK"),
    "chapter": ("incollection", "CHAP"),
    "document": ("misc", "GEN"),
    "hearing": ("misc", "HEAR"),
    "interview": ("misc", "INTV"),
    "legal_case": ("misc", "CASE"),
    "legislation": ("misc", "STAT"),
    "manuscript": ("misc", "MANSCPT"),
    "map": ("misc", "MAP"),
    "pamphlet": ("misc", "PAMP"),
    "paper-conference": ("inproceedings", "CONF"),
    "personal_communication": ("misc", "PCOMM"),
    "post": ("misc", "ICOMM"),
    "post-weblog": ("misc", "BLOG"),
    "regulation": ("misc", "LEGAL"),
    "report": ("techreport", "RPRT"),
    "speech": ("misc", "SPCH"),
    "standard": ("misc", "STAND"),
    "thesis": ("phdthesis", "THES"),
    "treaty": ("misc", "TREATY"),
    "webpage": ("misc", "ELEC"),
}
"""What a document may be in CSL, with the entry of classic BibTeX and the type of RIS that come nearest."""


def said_of(record: Record) -> Iterator[tuple[RecordField, str]]:
    """What a record says, field by field; nothing of what is empty."""
    for row in FIELDS:
        if value := getattr(record, row.name):
            yield row, value


def record_json(record: Record) -> dict[str, Any]:
    """A record as JSON has it: the six first fields always, the others where there is something to say."""
    told: dict[str, Any] = {name: getattr(record, name) for name in _FIRST}
    told |= {name: value for name in RECORD_NAMES if name not in _FIRST and (value := getattr(record, name))}
    return told | ({"extra": dict(record.extra)} if record.extra else {})


def record_from_json(values: Mapping[str, Any]) -> Record:
    """The record that JSON has; ValueError for a missing or unknown field, TypeError for a value of another type."""
    known = {each.name for each in fields(Record)}
    if odd := sorted({*_FIRST} - values.keys() | values.keys() - known):
        raise ValueError(f"missing or unknown: {', '.join(odd)}")
    extra = values.get("extra", {})
    texts = {name: value for name, value in values.items() if name != "extra"}
    if not isinstance(extra, dict) or not all(isinstance(value, str) for value in (*texts.values(), *extra.values())):
        raise TypeError("record has a value of the wrong type")
    return Record(**texts, extra=tuple(extra.items()))
