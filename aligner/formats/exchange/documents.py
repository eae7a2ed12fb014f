"""What a file says about each document: where it came from and how it was made, as names and values.

A property ``x-document`` opens the facts about one document; those after it, up to the next, belong to it. What is
unknown is left out. TMX has them as props of the header, XLIFF as notes of the file, XLSX on a sheet of their own.
Start reading at `document_properties`; the way back is `described`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PureWindowsPath

from aligner.citations.fields import RECORD_NAMES
from aligner.citations.titles import title_heading
from aligner.errors import InputError
from aligner.files import identifier
from aligner.formats.exchange.units import Properties
from aligner.formats.xml.markup import xml_text
from aligner.model import Bitext, Provenance, Record, Side

PROVENANCE = (
    "signature", "basis", "rules", "boilerplate", "memory", "engine", "package", "fingerprint", "created", "changed",
)  # fmt: skip
_EXTRA = "record."
"""What comes before the name of a field that a record has beyond those that are known."""


@dataclass(frozen=True, slots=True)
class Described:
    """What a file says about one document."""

    source: Side
    target: Side
    record: Record
    provenance: Provenance


def described(properties: Properties, source: str, target: str) -> dict[str, Described]:
    """The documents that a file of ours names, by id, in order; the sides have no segments yet."""
    facts: dict[str, dict[str, str]] = {}
    for kind, value in properties:
        if kind == "x-document":
            facts[value] = {}
        elif facts and kind.startswith("x-"):
            facts[next(reversed(facts))][kind[2:]] = value
    return {
        name: Described(
            Side(source, (), known.get("source-file", ""), known.get("source-sha256", "")),
            Side(target, (), known.get("target-file", ""), known.get("target-sha256", "")),
            _record(known),
            Provenance(**{each: known.get(each, "") for each in PROVENANCE}),
        )
        for name, known in facts.items()
    }


def _record(known: dict[str, str]) -> Record:
    extra = ((name.removeprefix(_EXTRA), value) for name, value in known.items() if name.startswith(_EXTRA))
    return Record(**{each: known.get(_fact(each), "") for each in RECORD_NAMES}, extra=tuple(extra))


def _fact(name: str) -> str:
    """What a field of the record is called among the facts: ``type`` and ``note`` are words of other tools, too."""
    return f"source-{name}" if name in {"type", "note"} else name


def document_name(path: str, otherwise: str) -> str:
    """The id of a document that its file does not name, after the file.

    >>> document_name("/home/anna/brics 2024.tmx", "tmx"), document_name("", "tmx")
    ('brics-2024', 'tmx')
    """
    try:
        return identifier(PureWindowsPath(path).stem)  # both kinds of slashes
    except InputError:  # a name of which no letter is left
        return otherwise


def document_properties(bitext: Bitext) -> Iterator[tuple[str, str]]:
    """What a file says about one document, its id first."""
    facts = {
        "document": bitext.id,
        "source-file": bitext.source.file,
        "source-sha256": bitext.source.sha256,
        "target-file": bitext.target.file,
        "target-sha256": bitext.target.sha256,
        **{name: getattr(bitext.provenance, name) for name in PROVENANCE},
        **{_fact(name): getattr(bitext.record, name) for name in RECORD_NAMES},
        # Said, but not read back: nobody wrote it down as the title.
        "title-from-heading": "" if bitext.record.title else title_heading(bitext),
        # A name of nothing but what XML forbids would come back as none.
        **{f"{_EXTRA}{name}": value for name, value in bitext.record.extra if xml_text(name)},
    }
    # As XML holds it: a file name of nothing but characters that XML forbids would be an empty property.
    return ((f"x-{kind}", value) for kind, value in facts.items() if xml_text(value))
