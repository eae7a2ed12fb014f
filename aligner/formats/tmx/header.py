"""The TMX header: one language pair, and for every document where it came from and how it was made.

A ``prop`` of type ``x-document`` opens the facts about one document; those after it, up to the next, belong to it. What
is unknown is left out. Start reading at `header`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from aligner import __version__
from aligner.errors import InputError
from aligner.formats.base import WriteOptions
from aligner.formats.markup import Markup, element, join
from aligner.formats.tmx.unit import language, prop, tmx_date
from aligner.model import Bitext

PROVENANCE = ("signature", "engine", "package", "fingerprint", "created", "changed")
RECORD = ("title", "date", "author", "publisher", "url", "licence")


@dataclass(slots=True)
class Facts:
    """What the header says, gathered while the units are written."""

    source: str = ""
    target: str = ""
    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    properties: list[tuple[str, str]] = field(default_factory=list)

    def add(self, bitext: Bitext) -> None:
        """Take one document's facts; InputError when its languages are not those of the documents before."""
        pair = (bitext.source.language, bitext.target.language)
        if (self.source or pair[0], self.target or pair[1]) != pair:
            raise InputError(
                f"this bitext is {pair[0]}–{pair[1]}, the ones before it {self.source}–{self.target}",
                where=bitext.id,
                hint="write one TMX file per language pair",
            )
        self.source, self.target = pair
        self.created += [bitext.provenance.created] if bitext.provenance.created else []
        self.changed += [bitext.provenance.changed] if bitext.provenance.changed else []
        self.properties += _properties(bitext)


def header(facts: Facts, options: WriteOptions) -> Markup:
    """The header element, dated by the documents: made when the first was, changed when the last was."""
    lines = [prop(kind, value) for kind, value in facts.properties]
    return element(
        "header",
        join([Markup(), *lines, Markup()], "\n"),
        creationtool="aligner",
        creationtoolversion=__version__,
        segtype="sentence",
        o_tmf="aligner-bitext",
        adminlang="en",
        srclang=language(facts.source or "fr", options),
        datatype="plaintext",
        o_encoding="UTF-8",
        creationdate=tmx_date(min(facts.created, default="")),
        changedate=tmx_date(max(facts.changed, default="")),
    )


def _properties(bitext: Bitext) -> Iterator[tuple[str, str]]:
    facts = {
        "document": bitext.id,
        "source-file": bitext.source.file,
        "source-sha256": bitext.source.sha256,
        "target-file": bitext.target.file,
        "target-sha256": bitext.target.sha256,
        **{name: getattr(bitext.provenance, name) for name in PROVENANCE},
        **{name: getattr(bitext.record, name) for name in RECORD},
    }
    return ((kind, value) for kind, value in facts.items() if value)
