"""The header of an edition: its description, how it was encoded, its languages, when it changed."""

from __future__ import annotations

from aligner.formats.tei.description import file_description
from aligner.formats.tei.edition import Edition
from aligner.formats.tei.encoding import encoding_description
from aligner.formats.tei.words import language_in_words, lines, when
from aligner.formats.xml.markup import Markup, element


def edition_header(edition: Edition) -> Markup:
    """The teiHeader element."""
    parts = (file_description(edition), encoding_description(edition), _profile(edition), _revisions(edition))
    return element("teiHeader", lines(*parts))


def _profile(edition: Edition) -> Markup:
    languages = [
        element("language", language_in_words(tag), ident=tag) for tag in (edition.source_tag, edition.target_tag)
    ]
    return element("profileDesc", element("langUsage", lines(*languages)))


def _revisions(edition: Edition) -> Markup | None:
    """The dates of the bitext, the last first."""
    made = edition.bitext.provenance
    changes = [
        element("change", text, when=when(date), type=kind)
        for kind, date, text in (
            ("changed", made.changed, "Last changed."),
            ("created", made.created, "Aligned."),
        )
        if date
    ]
    return element("revisionDesc", lines(*changes)) if changes else None
