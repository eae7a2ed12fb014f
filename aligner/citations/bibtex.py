"""BibTeX: entries that classic BibTeX, biber and Zotero read.

    @misc{2020-09-14-note,
      title = {{Des liens plus profonds}},
      author = {Ren, Qi},
      ...
    }

Entries are of classic types, so that every style file knows them; biblatex reads the same. Titles have a second pair of
braces: styles must not touch the capitals of a French title. Whatever classic styles print nowhere (an archive, a
court) is in ``howpublished``, and once more under its own name, for those who read the file. Start reading at
`bibtex_entry`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from aligner.citations.escaping import BIBTEX, notated, raw_address
from aligner.citations.fields import TYPES, RecordField, said_of
from aligner.citations.people import date_parts, people_of
from aligner.citations.references import DOCUMENT, Reference
from aligner.citations.statements import stop_after
from aligner.model import Record

CLASSIC = {"place": "address", "issue": "number", "container": "journal", "archive": "archive", "accessed": "urldate"}
"""Fields that BibTeX calls otherwise."""
_OWN_NUMBER = "reportnumber"
"""``number`` is the issue of a journal: where there is one, the number of an act stands apart."""
LANGUAGES = {"fr": "french", "en": "english", "de": "german", "es": "spanish", "it": "italian", "pt": "portuguese"}
"""What babel calls a language."""
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WANTED = {
    "article": ("container", "publisher"),
    "book": ("publisher",),
    "incollection": ("container",),
    "inproceedings": ("container",),
    "phdthesis": ("publisher",),
    "techreport": ("publisher",),
}
"""Without one of these fields an entry of a type is not complete: it is a ``misc`` then."""
_VERBATIM = frozenset(("url", "doi"))
_PRINTED_NOWHERE = ("container", "court", "number", "archive", "fonds", "shelfmark", "publisher", "place")
"""What the classic styles leave out of a ``misc`` entry."""


def bibtex_entry(reference: Reference, *, quoted: Sequence[str] = ()) -> str:
    """The entry of a reference, with what was quoted of it as an annotation, which Zotero reads as notes."""
    record = reference.record
    kind, _ = TYPES.get(record.type, TYPES[DOCUMENT])
    # Classic styles warn of a book without author and editor; a misc needs neither.
    anonymous = kind == "book" and not (record.author or record.editor)
    if anonymous or not any(getattr(record, name) for name in _WANTED.get(kind, ("title",))):
        kind = "misc"
    fields = dict(_fields(record, kind))
    if language := LANGUAGES.get(reference.language.partition("-")[0]):
        fields["langid"] = language
    remark = f"Translation: {reference.remark}" if reference.remark else ""
    own = f"{record.note}{stop_after(record.note) if remark else ''}"
    if note := " ".join(filter(None, [own if record.note else "", remark])):
        fields["note"] = notated(note, BIBTEX)
    if quoted:
        fields["annote"] = "\n\n".join(notated(passage, BIBTEX) for passage in quoted)
    # A month is a word that the style file knows, without braces.
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'}," for name, value in fields.items()]
    return "\n".join([f"@{kind}{{{reference.key},", *lines, "}", ""])


def _fields(record: Record, kind: str) -> Iterator[tuple[str, str]]:
    for row, value in said_of(record):
        name = _name(row.name, kind, record)
        if row.name in {"type", "note"} or (row.name == "licence" and value == "unknown"):
            continue
        if row.name == "date":
            yield from _dates(value)
        else:
            yield name, _value(row, value)
    if not (record.author or record.editor):
        yield "key", notated(record.title, BIBTEX)  # what it is sorted by
    if kind == "misc" and (printed := [value for name in _PRINTED_NOWHERE if (value := getattr(record, name))]):
        yield "howpublished", notated(", ".join(printed), BIBTEX)
    if kind == "article" and not record.container and record.publisher:
        yield "journal", notated(record.publisher, BIBTEX)
    if record.type:
        # Classic types are few: the record's own word comes back when the file is read again.
        yield "csltype", notated(record.type, BIBTEX)
    for name, value in record.extra:
        if name.isascii() and name.replace("-", "").replace("_", "").isalnum():
            yield f"x-{name}", notated(value, BIBTEX)


def _value(row: RecordField, value: str) -> str:
    if row.name == "title":
        return f"{{{notated(value, BIBTEX)}}}"
    if row.kind == "names":
        # A family name is in braces, or BibTeX would take an institution apart at its spaces.
        families = [(f"{{{notated(person.family, BIBTEX)}}}", person.given) for person in people_of(value)]
        return " and ".join(f"{name}, {notated(given, BIBTEX)}" if given else name for name, given in families)
    return raw_address(value) if row.name in _VERBATIM else notated(value, BIBTEX)


def _name(name: str, kind: str, record: Record) -> str:
    """What BibTeX calls a field in an entry of a kind."""
    special: Mapping[tuple[str, str], str] = {
        ("container", "incollection"): "booktitle",
        ("container", "inproceedings"): "booktitle",
        ("publisher", "techreport"): "institution",
        ("publisher", "phdthesis"): "school",
        ("container", "misc"): "booktitle",
    }
    if name == "number" and record.issue:
        return _OWN_NUMBER
    return special.get((name, kind), CLASSIC.get(name, name))


def _dates(date: str) -> Iterator[tuple[str, str]]:
    parts = date_parts(date)
    if not parts:
        # Words such as "about 1950": classic styles print what stands in "year".
        yield "year", notated(date, BIBTEX)
        return
    yield "year", f"{parts[0]:04}"
    if len(parts) > 1:
        yield "month", MONTHS[parts[1] - 1]
        yield "date", date
