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


FIELDS = (
    RecordField("title", "Title", "the title as the source gives it", "title", "TI", TeiPlace("work", "title")),
    RecordField(
        "author", "Author", "`Family, Given` and a semicolon before the next; an institution as it stands",
        "author", "AU", TeiPlace("work", "author"), "names",
    ),
    RecordField("editor", "Editor", "as the author", "editor", "A2", TeiPlace("work", "editor", "role", "editor"), "names"),
    RecordField(
        "translator", "Translator", "who made a translation that was there already",
        "translator", "A4", TeiPlace("work", "editor", "role", "translator"), "names",
    ),
    RecordField(
        "container", "In", "the newspaper, journal or volume that it is in",
        "container-title", "T2", TeiPlace("monogr", "title", "level", "m"),
    ),
    RecordField("edition", "Edition", "`2nd`", "edition", "ET", TeiPlace("monogr", "edition")),
    RecordField("place", "Place", "of publication", "publisher-place", "CY", TeiPlace("imprint", "pubPlace")),
    RecordField("publisher", "Publisher", "or the issuing body", "publisher", "PB", TeiPlace("imprint", "publisher")),
    RecordField("date", "Date", "of publication: `2024-09-11`, `2024-09` or `2024`", "issued", "DA",
                TeiPlace("imprint", "date"), "date"),
    RecordField("volume", "Volume", "`12`", "volume", "VL", TeiPlace("imprint", "biblScope", "unit", "volume")),
    RecordField("issue", "Issue", "of a journal: `3`", "issue", "IS", TeiPlace("imprint", "biblScope", "unit", "issue")),
    RecordField("pages", "Pages", "`14-27`", "page", "SP", TeiPlace("imprint", "biblScope", "unit", "page")),
    RecordField("series", "Series", "the series that it is part of", "collection-title", "T3", TeiPlace("series", "title", "level", "s")),
    RecordField("number", "Number", "of an act, a decision or a report: `2016-1321`", "number", "M1",
                TeiPlace("work", "idno", "type", "number")),
    RecordField("court", "Court", "or the authority: `Cour de cassation`", "authority", "", TeiPlace("", "note", "type", "court")),
    RecordField("jurisdiction", "Jurisdiction", "`fr`, `eu`", "jurisdiction", "", TeiPlace("", "note", "type", "jurisdiction")),
    RecordField("archive", "Archive", "who keeps it: `Archives nationales`", "archive", "DB", TeiPlace("work", "idno", "type", "archive")),
    RecordField("fonds", "Fonds", "the collection in the archive", "archive_collection", "", TeiPlace("work", "idno", "type", "fonds")),
    RecordField("shelfmark", "Shelfmark", "`F/7/1234`", "archive_location", "CN", TeiPlace("work", "idno", "type", "shelfmark")),
    RecordField("doi", "DOI", "`10.1000/182`", "DOI", "DO", TeiPlace("work", "idno", "type", "DOI")),
    RecordField("isbn", "ISBN", "of a book", "ISBN", "SN", TeiPlace("work", "idno", "type", "ISBN")),
    RecordField("issn", "ISSN", "of a journal", "ISSN", "", TeiPlace("work", "idno", "type", "ISSN")),
    RecordField("url", "Address", "where it was found", "URL", "UR", TeiPlace("work", "idno", "type", "URI")),
    RecordField("accessed", "Accessed", "when it was found there: `2026-11-22`", "accessed", "Y2",
                TeiPlace("", "note", "type", "accessed"), "date"),
    RecordField("licence", "Licence", "under which the source may be used; `unknown` without it"),
    RecordField("type", "Type", "what it is, in CSL's words: `report`, `treaty`, `legal_case`, `book` …", "type", "TY",
                TeiPlace("", "note", "type", "genre")),
    RecordField("note", "Note", "anything else", "note", "N1", TeiPlace("", "note", "type", "remark")),
)  # fmt: skip
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
    """The record that JSON has; ValueError for a field that is missing or unknown, TypeError for one of another type."""
    known = {each.name for each in fields(Record)}
    if odd := sorted({*_FIRST} - values.keys() | values.keys() - known):
        raise ValueError(f"missing or unknown: {', '.join(odd)}")
    extra = values.get("extra", {})
    texts = {name: value for name, value in values.items() if name != "extra"}
    if not isinstance(extra, dict) or not all(isinstance(value, str) for value in (*texts.values(), *extra.values())):
        raise TypeError("record has a value of the wrong type")
    return Record(**texts, extra=tuple(extra.items()))
