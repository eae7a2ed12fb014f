"""References of other programs: CSL-JSON, RIS and BibTeX, as Zotero exports them, to records.

    bytes ──read_references──▶ ForeignReference (a key, a Record, names of files)

What a file is, its content tells. Entries that cannot be read are named and passed over. Start reading at
`read_references`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any

from aligner.citations.bibtex import MONTHS
from aligner.citations.csl import record_of_item
from aligner.citations.escaping import tidied
from aligner.citations.fields import FIELDS, NAMED, RECORD_NAMES, TYPES
from aligner.citations.people import Person, date_parts, inverted_names, iso_date_of
from aligner.errors import InputError
from aligner.files import read_bytes
from aligner.languages.figures import whole_number
from aligner.model import Record

_REMARK = re.compile(r"(?:^|[.\s]+)Translation: .*", re.DOTALL)
"""What aligner says of a translation in an entry: no part of the record."""
_FROM_BIBTEX = {
    "journal": "container", "journaltitle": "container", "booktitle": "container", "institution": "publisher",
    "school": "publisher", "organization": "publisher", "address": "place", "location": "place",
    "reportnumber": "number", "urldate": "accessed", "rights": "licence", "copyright": "licence", "library": "archive",
    "callnumber": "shelfmark", "csltype": "type",
}  # fmt: skip
_ENTRY_TYPES = {
    "article": "article-journal", "book": "book", "inbook": "chapter", "incollection": "chapter",
    "inproceedings": "paper-conference", "techreport": "report", "report": "report", "phdthesis": "thesis",
    "mastersthesis": "thesis", "thesis": "thesis", "online": "webpage", "electronic": "webpage",
    "unpublished": "manuscript", "legislation": "legislation", "jurisdiction": "legal_case",
}  # fmt: skip
_MONTHS = {name: number for number, name in enumerate(MONTHS, 1)}
_FROM_RIS = {row.ris: row.name for row in FIELDS if row.ris} | {
    "T1": "title", "A1": "author", "JO": "container", "JF": "container", "BT": "container", "ED": "editor",
    "AV": "shelfmark", "DP": "archive", "PP": "place",
}  # fmt: skip
_RIS_TYPES = {ris: csl for csl, (_, ris) in reversed(TYPES.items()) if ris != "GEN"} | {"JOUR": "article-journal"}
_VERBATIM = frozenset(("url", "doi", "file", "urldate", "date", "year", "month"))


@dataclass(frozen=True, slots=True)
class ForeignReference:
    """A reference of another program."""

    key: str
    record: Record
    files: tuple[str, ...] = ()
    """The names of files that are attached to it, without their folders."""


def read_references(path: Path) -> tuple[list[ForeignReference], list[str]]:
    """The references of a file, and a sentence on each entry that could not be read.

    Raises InputError for a file that is none of the three formats, or has no reference.
    """
    try:
        text = read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("this file is not in UTF-8", where=path, hint="export it again as UTF-8") from error
    faults: list[str] = []
    if text.lstrip()[:1] in {"[", "{"}:
        found = _csl(text, path)
    elif re.search(r"^TY  ?- ", text, re.MULTILINE):
        found = _ris(text, path)
    elif "@" in text:
        found, faults = _bibtex(text)
    else:
        hint = "export CSL-JSON, RIS or BibTeX"
        raise InputError("this is not a file of references that aligner reads", where=path, hint=hint)
    plain = [replace(each, record=_plain(each.record)) for each in found]
    if not plain:
        raise InputError("there is no reference in this file", where=path, hint="; ".join(faults[:1]) or None)
    return plain, faults


def _plain(record: Record) -> Record:
    """A record whose values are one line each."""
    values = {name: tidied(getattr(record, name)) for name in RECORD_NAMES}
    values["note"] = _REMARK.sub("", values["note"])
    return Record(**values, extra=tuple((tidied(name), tidied(value)) for name, value in record.extra))


def _record(values: Mapping[str, str], extra: Iterable[tuple[str, str]]) -> Record:
    """The record of what was found; what is empty is unknown."""
    return Record(**{name: value for name, value in values.items() if value}, extra=tuple(extra))


def _csl(text: str, path: Path) -> list[ForeignReference]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError("this is not JSON", where=path, hint="export it again as CSL-JSON") from error
    items = data.get("items", [data]) if isinstance(data, dict) else data
    return [
        ForeignReference(str(item.get("citation-key") or item.get("id") or ""), _with_ours(item))
        for item in items
        if isinstance(item, dict)
    ]


def _with_ours(item: Mapping[str, Any]) -> Record:
    """The record of an item, with what aligner itself put into ``custom``."""
    record, custom = record_of_item(item), item.get("custom")
    ours = custom.get("aligner") if isinstance(custom, dict) else None
    if not isinstance(ours, dict):
        return record
    texts = {name: value for name, value in ours.items() if isinstance(value, str) and name != "document"}
    known = {name: value for name, value in texts.items() if name in NAMED}
    return replace(record, **known, extra=tuple((name, value) for name, value in texts.items() if name not in NAMED))


def _ris(text: str, path: Path) -> list[ForeignReference]:
    import rispy
    from rispy.config import TAG_KEY_MAPPING

    # Tags as they are, and every one a list: a name may be repeated where the standard has one only.
    tags = {*TAG_KEY_MAPPING, *_FROM_RIS, "L1", "L2", "L4"}
    try:
        entries = rispy.loads(
            text.replace("\r\n", "\n"),
            mapping={tag: tag for tag in tags},
            list_tags=sorted(tags - {"TY"}),
            delimiter_tags_mapping={},
        )
    except (rispy.parser.ParseError, ValueError, KeyError, OSError) as error:
        raise InputError(f"this RIS file is damaged ({error})", where=path, hint="export it again") from error
    return [_from_ris(entry) for entry in entries]


def _from_ris(entry: Mapping[str, Any]) -> ForeignReference:
    values: dict[str, str] = {"type": _RIS_TYPES.get(str(entry.get("TY", "")), "")}
    extra: list[tuple[str, str]] = []
    for tag, name in _FROM_RIS.items():
        several = [str(each) for each in entry.get(tag, []) if each] if tag not in {"TY", "N1"} else []
        if not several:
            continue
        # Our own tags come first in the table; what other programs write fills only what these leave open.
        kind = NAMED[name].kind
        # A third part of a name (*Jr.*) belongs to the given name.
        names = (each.partition(",") for each in several)
        people = [Person(family.strip(), given.strip(" ,")) for family, _, given in names]
        text = inverted_names(people) if kind == "names" else several[0]
        values.setdefault(name, _ris_date(text) if kind == "date" else text)
    if re.fullmatch(r"\d{4}-?\d{3}[\dXx]", values.get("isbn", "")):
        values["issn"] = values.pop("isbn")  # RIS has one tag for both
    if "date" not in values and entry.get("PY"):
        values["date"] = _ris_date(str(entry["PY"][0]))
    if values.get("pages") and entry.get("EP"):
        values["pages"] += f"-{entry['EP'][0]}"
    # What we write into notes, for want of a tag, comes back as fields; what we say of a translation is left out.
    notes = []
    for note in map(str, entry.get("N1", [])):
        name, colon, value = note.partition(": ")
        if note.startswith(("Translation: ", "Quotation (")):
            continue
        if colon and name in NAMED:
            values[name] = value
        elif colon and re.fullmatch(r"[a-z][\w-]*", name):
            extra.append((name, value))
        else:
            notes.append(note)
    values["note"] = " ".join(notes) or values.get("note", "")
    files = tuple(
        PurePath(str(each).replace("\\", "/")).name for tag in ("L1", "L2", "L4") for each in entry.get(tag, [])
    )
    key = next(iter(entry.get("ID", [])), "")
    return ForeignReference(str(key), _record(values, extra), files)


def _ris_date(text: str) -> str:
    """``2020/09/14/`` as ``2020-09-14``; other words stay."""
    numbers = [n for part in text.split("/")[:3] if (n := whole_number(part)) is not None]
    return iso_date_of(numbers) if numbers and re.match(r"\s*\d{4}(/|$)", text) else text.strip("/")


def _bibtex(text: str) -> tuple[list[ForeignReference], list[str]]:
    import logging

    from bibtexparser.entrypoint import parse_string

    # It reports every faulty block by itself, on standard error; the sentences below say it once.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    library = parse_string(text)
    found = [
        _from_entry(entry.entry_type.casefold(), entry.key, {f.key.casefold(): str(f.value) for f in entry.fields})
        for entry in library.entries
    ]
    faults = [f"the entry at line {(block.start_line or 0) + 1} cannot be read" for block in library.failed_blocks]
    return found, faults


def _from_entry(kind: str, key: str, fields: Mapping[str, str]) -> ForeignReference:
    values = {"type": _ENTRY_TYPES.get(kind, "")}
    extra = []
    for name, value in fields.items():
        ours = _FROM_BIBTEX.get(name, name)
        # In classic BibTeX the number of an article is its issue.
        if name == "number" and kind in {"article", "periodical"} and "issue" not in fields:
            ours = "issue"
        text = value.strip("{} ") if name in _VERBATIM else _from_latex(value)
        if name.startswith("x-"):
            extra.append((name[2:], text))
        elif name in {"author", "editor", "translator"}:
            values[name] = inverted_names(list(_people(value)))
        elif ours in NAMED and ours != "date" and text:
            values[ours] = re.sub("--|–", "-", text) if ours == "pages" else text
    # biblatex has a date, BibTeX a year and a month.
    values["date"] = fields.get("date", "").strip("{} ") or _year_and_month(fields)
    # Classic styles have no field for an address: people write it here.
    if "url" not in values and (link := re.search(r"\\url\{([^{}]+)\}", fields.get("howpublished", ""))):
        values["url"] = link[1]
    # As programs write them, ``name:path:type;…``, or the path alone.
    files = tuple(
        PurePath(part.replace("\\", "/")).name
        for part in re.split(r"[:;]", fields.get("file", ""))
        if re.search(r"\.\w{2,5}$", part)
    )
    return ForeignReference(key, _record(values, extra), files)


def _from_latex(text: str) -> str:
    """Words of LaTeX as they are read: accents, special characters, no braces."""
    from pylatexenc.latex2text import LatexNodes2Text

    # It knows no braces as characters: these are set aside until the others are gone.
    for name, aside in (("left", "\ue020"), ("right", "\ue021")):
        text = text.replace(f"\\textbrace{name}{{}}", aside)
    plain = str(LatexNodes2Text(keep_comments=True).latex_to_text(text))
    return plain.replace("\ue020", "{").replace("\ue021", "}").strip()


def _year_and_month(fields: Mapping[str, str]) -> str:
    year = _from_latex(fields.get("year", ""))
    month = fields.get("month", "").strip("{} ").casefold()
    number = whole_number(month) or _MONTHS.get(month[:3], 0)
    with_month = f"{year}-{number:02}"
    return with_month if number and date_parts(with_month) else year


def _people(text: str) -> Iterator[Person]:
    """The names of a BibTeX field, each ``Family, Given`` or ``Given Family``; braces keep one whole."""
    for name in _parted(text, r"\s+and\s+"):
        parts = [_from_latex(part) for part in _parted(name, r",")]
        if len(parts) > 1:
            yield Person(parts[0], " ".join(reversed(parts[1:])))
        elif name.startswith("{") and name.endswith("}"):
            yield Person(parts[0])
        elif name and name != "others":
            words = parts[0].split()
            # The family name begins with the first word in small letters (*de Gaulle*), or is the last word.
            first = next((n for n, word in enumerate(words[1:-1], 1) if word[:1].islower()), len(words) - 1)
            yield Person(" ".join(words[first:]), " ".join(words[:first]))


def _parted(text: str, separator: str) -> list[str]:
    """A text at its separators, but not inside braces."""
    parts, depth, start = [], 0, 0
    for match in re.finditer(rf"[{{}}]|{separator}", text):
        if match[0] in "{}":
            depth += 1 if match[0] == "{" else -1
        elif depth == 0:
            parts.append(text[start : match.start()])
            start = match.end()
    return [part.strip() for part in [*parts, text[start:]]]
