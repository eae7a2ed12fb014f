"""The bibliographic description of an edition (``fileDesc``): titles, responsibilities, licence, sources.

Only what the record and the provenance say is written; what is unknown is left out or called unknown. Start reading at
`file_description`.
"""

from __future__ import annotations

import re

from aligner import __version__
from aligner.citations.people import people_of
from aligner.citations.titles import title_of
from aligner.errors import counted
from aligner.formats.tei.edition import Edition
from aligner.formats.tei.source import FROM_HEADING, source_description
from aligner.formats.tei.words import LICENCE_MISSING, LICENCE_UNKNOWN, language_in_words, when
from aligner.formats.xml.markup import Markup, element, lines
from aligner.model import Side

_FREE = ("cc0", "cc by", "cc-by", "public domain", "domaine public", "licence ouverte")
_UNNAMED = element("name", "unnamed engine", type="software")


def file_description(edition: Edition) -> Markup:
    """The fileDesc element."""
    tags = (edition.source_tag, edition.target_tag)
    sides = zip((edition.bitext.source, edition.bitext.target), tags, edition.text_pointers(), strict=True)
    measures = [
        element(
            "measure",
            counted(count := len(edition.segments(side)), f"{language_in_words(tag)} sentence"),
            unit="s",
            quantity=str(count),
            corresp=pointer,
        )
        for side, tag, pointer in sides
    ]
    beads = len(edition.beads)
    measures.append(element("measure", counted(beads, "bead"), unit="bead", quantity=str(beads)))
    extent = element("extent", lines(*measures))
    # The schema wants these four in this order.
    return element("fileDesc", lines(_titles(edition), extent, _publication(edition), _sources(edition)))


def _titles(edition: Edition) -> Markup:
    """The titles, and who is responsible for what: the engine, aligner, the reviewers."""
    record, title = edition.bitext.record, title_of(edition.bitext)
    of_heading = None if record.title else FROM_HEADING
    languages = f"{language_in_words(edition.source_tag)}–{language_in_words(edition.target_tag)}"
    return element(
        "titleStmt",
        lines(
            # A heading is a title as well, but nobody wrote it down as such.
            element("title", title, type="main", subtype=of_heading, xml_lang=edition.source_tag) if title else None,
            element("title", f"{edition.bitext.id}: aligned {languages} edition", type="sub", xml_lang="en"),
            *[element("author", person.in_order) for person in people_of(record.author)],
            _machine_translation(edition),
            element(
                "respStmt",
                element("resp", "sentence segmentation and alignment"),
                element("name", f"aligner {__version__}", type="software"),
                xml_id=edition.id("resp", "aligner"),
            ),
            *[
                element("respStmt", element("resp", "review"), element("name", name), xml_id=identifier)
                for name, identifier in edition.reviewers().items()
            ],
        ),
    )


def _machine_translation(edition: Edition) -> Markup | None:
    made = edition.bitext.provenance
    names = {"engine": made.engine, "package": made.package}
    if not (made.engine or made.package or made.fingerprint):
        return None
    work = f"machine translation, {language_in_words(edition.source_tag)} to {language_in_words(edition.target_tag)}"
    return element(
        "respStmt",
        element("resp", work),
        # A respStmt without a name is not valid.
        *([element("name", name, type=kind) for kind, name in names.items() if name] or [_UNNAMED]),
        *([element("note", made.fingerprint, type="fingerprint")] if made.fingerprint else []),
        xml_id=edition.id("resp", "mt"),
    )


def _publication(edition: Edition) -> Markup:
    """The date of the bitext, its id and the licence of its source."""
    changed = edition.bitext.provenance.changed or edition.bitext.provenance.created
    licence = edition.bitext.record.licence
    # A sentence for each case, so that the reader of an edition can tell them apart again.
    if licence in ("", "unknown"):
        text = element("p", LICENCE_UNKNOWN if licence else LICENCE_MISSING)
        availability = element("availability", text, status="unknown")
    else:
        target = licence if re.fullmatch(r"https?://\S+", licence) else None
        free = licence.lower().startswith(_FREE) or "creativecommons.org" in licence
        words = element("licence", licence, target=target)
        # No status where the name of the licence does not tell.
        availability = element("availability", words, status="free" if free else None)
    return element(
        "publicationStmt",
        lines(
            # An edition on somebody's disk has no publisher, but TEI asks for somebody who made it available.
            element("authority", "unpublished"),
            element("date", when=when(changed)) if when(changed) else None,
            element("idno", edition.bitext.id, type="document"),
            availability,
        ),
    )


def _sources(edition: Edition) -> Markup:
    bitext = edition.bitext
    described = source_description(bitext, edition.source_tag)
    pointers = edition.text_pointers()
    source = _file(bitext.source, edition.source_tag, pointers[0])
    return element("sourceDesc", lines(described, source, _file(bitext.target, edition.target_tag, pointers[1])))


def _file(side: Side, tag: str, pointer: str) -> Markup:
    """The text file of a side and its hash."""
    return element(
        "bibl",
        f"{language_in_words(tag)} text file",
        *([" ", element("idno", side.file, type="filename")] if side.file else []),
        *([" ", element("idno", side.sha256, type="sha256")] if side.sha256 else []),
        type="digitalSource",
        corresp=pointer,
    )
