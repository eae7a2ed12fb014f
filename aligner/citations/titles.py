"""What a document is called where it is cited. Start reading at `title_of`."""

from __future__ import annotations

from aligner.model import Bitext, Role


def title_of(bitext: Bitext) -> str:
    """The title of a document: the record's, without one the first heading of the source; empty where there is none.

    The TEI header, the TMX header, the review page and every citation take it from here.
    """
    return bitext.record.title or title_heading(bitext)


def title_heading(bitext: Bitext) -> str:
    """The first heading of the source, with the lines that go on with it; empty where there is none."""
    segments = bitext.source.segments
    first = next((segment for segment in segments if segment.role is Role.HEADING), None)
    if first is None:
        return ""
    return " ".join(each.text for each in segments if each.paragraph == first.paragraph)
