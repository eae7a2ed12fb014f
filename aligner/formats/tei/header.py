"""The header of an edition: its description, how it was encoded, its languages, when it changed."""

from __future__ import annotations

from aligner.formats.tei.description import file_description
from aligner.formats.tei.edition import Edition
from aligner.formats.tei.encoding import encoding_description
from aligner.formats.tei.words import language_in_words, when
from aligner.formats.xml.markup import Markup, element, lines


def edition_header(edition: Edition) -> Markup:
    """The teiHeader element."""
    languages = [
        element("language", language_in_words(tag), ident=tag) for tag in (edition.source_tag, edition.target_tag)
    ]
    made = edition.bitext.provenance
    # TEI asks for the last change first.
    dates = (("changed", made.changed, "Last changed."), ("created", made.created, "Aligned."))
    changes = [element("change", text, when=when(date), type=kind) for kind, date, text in dates if date]
    return element(
        "teiHeader",
        lines(
            file_description(edition),
            encoding_description(edition),
            element("profileDesc", element("langUsage", lines(*languages))),
            # TEI forbids a revisionDesc without a change.
            element("revisionDesc", lines(*changes)) if changes else None,
        ),
    )
