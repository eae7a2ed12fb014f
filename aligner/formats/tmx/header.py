"""The header of a TMX file: one language pair, and for every document where it came from and how it was made.

A ``prop`` of type ``x-document`` opens the facts about one document; those after it, up to the next, belong to it
(`aligner.formats.exchange.documents`). Start reading at `HeaderFacts`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from aligner import __version__
from aligner.formats.base import WriteOptions
from aligner.formats.exchange.documents import document_properties
from aligner.formats.exchange.units import Properties
from aligner.formats.selection import same_pair
from aligner.model import Bitext


@dataclass(frozen=True, slots=True)
class Header:
    """What a TMX file says about itself."""

    source: str
    """The source language; ``*all*`` where every variant may be the source."""
    tool: str = "aligner"
    tool_version: str = ""
    segmentation: str = "sentence"
    """``block``, ``paragraph``, ``sentence`` or ``phrase``."""
    memory_format: str = "aligner-bitext"
    admin_language: str = "en"
    datatype: str = "plaintext"
    created: str = ""
    changed: str = ""
    notes: tuple[str, ...] = ()
    properties: Properties = ()


_FACTS = 32
"""More than any document has."""


@dataclass(slots=True)
class HeaderFacts:
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
        # A document may come in pieces: what is known of it is said once.
        if ("x-document", bitext.id) not in self.properties[-_FACTS:]:
            self.properties += document_properties(bitext)

    def header(self, options: WriteOptions) -> Header:
        """The header, dated by the documents: made when the first was, changed when the last was."""
        # never the time of writing: the same pairs give the same bytes
        return Header(
            options.tag(self.pair[0]) if self.pair else "und",
            tool_version=__version__,
            segmentation="paragraph" if options.paragraphs else "sentence",
            created=min(self.created, default=""),
            changed=max(self.changed, default=""),
            properties=tuple(self.properties),
        )
