"""The TMX header: one language pair, and for every document where it came from and how it was made.

A ``prop`` of type ``x-document`` opens the facts about one document; those after it, up to the next, belong to it. What
is unknown is left out. Start reading at `Facts`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from aligner import __version__
from aligner.formats.base import WriteOptions
from aligner.formats.exchange.from_bitext import language
from aligner.formats.exchange.units import Header, Properties
from aligner.formats.selection import same_pair
from aligner.formats.xml.markup import clean
from aligner.model import Bitext, Provenance, Record, Side

PROVENANCE = (
    "signature", "basis", "rules", "boilerplate", "memory", "engine", "package", "fingerprint", "created", "changed",
)  # fmt: skip
RECORD = ("title", "date", "author", "publisher", "url", "licence")


@dataclass(slots=True)
class Facts:
    """What the header says, gathered while the units are written."""

    pair: tuple[str, str] | None = None
    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    properties: list[tuple[str, str]] = field(default_factory=list)

    def add(self, bitext: Bitext) -> None:
        """Take one document's facts; InputError when its languages are not those of the documents before."""
        self.pair = same_pair(self.pair, bitext)
        self.created += [bitext.provenance.created] if bitext.provenance.created else []
        self.changed += [bitext.provenance.changed] if bitext.provenance.changed else []
        self.properties += document_properties(bitext)

    def header(self, options: WriteOptions) -> Header:
        """The header, dated by the documents: made when the first was, changed when the last was."""
        return Header(
            language(self.pair[0], options) if self.pair else "und",
            tool_version=__version__,
            segmentation="paragraph" if options.paragraphs else "sentence",
            created=min(self.created, default=""),
            changed=max(self.changed, default=""),
            properties=tuple(self.properties),
        )


@dataclass(frozen=True, slots=True)
class Described:
    """What a header says about one document."""

    source: Side
    target: Side
    record: Record
    provenance: Provenance


def described(properties: Properties, source: str, target: str) -> dict[str, Described]:
    """The documents of a header that we wrote, by id, in order; the sides have no segments yet."""
    facts: dict[str, dict[str, str]] = {}
    for kind, value in properties:
        if kind == "x-document":
            facts[value] = {}
        elif facts and kind.startswith("x-"):
            facts[next(reversed(facts))][kind[2:]] = value
    return {name: _described(known, source, target) for name, known in facts.items()}


def _described(known: dict[str, str], source: str, target: str) -> Described:
    def named(names: tuple[str, ...]) -> dict[str, str]:
        return {name: known.get(name, "") for name in names}

    return Described(
        Side(source, (), known.get("source-file", ""), known.get("source-sha256", "")),
        Side(target, (), known.get("target-file", ""), known.get("target-sha256", "")),
        Record(**named(RECORD)),
        Provenance(**named(PROVENANCE)),
    )


def document_properties(bitext: Bitext) -> Iterator[tuple[str, str]]:
    """What a header says about one document, its id first."""
    facts = {
        "document": bitext.id,
        "source-file": bitext.source.file,
        "source-sha256": bitext.source.sha256,
        "target-file": bitext.target.file,
        "target-sha256": bitext.target.sha256,
        **{name: getattr(bitext.provenance, name) for name in PROVENANCE},
        **{name: getattr(bitext.record, name) for name in RECORD},
    }
    return ((f"x-{kind}", value) for kind, value in facts.items() if clean(value))
