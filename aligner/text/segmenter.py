"""Cut a text into segments with exact offsets.

    text ──paragraphs──▶ spans ──SRX rules──▶ spans ──roles──▶ Segments

A paragraph is a line, as in a CAT tool's filter for plain text, or a block between blank lines ("blank") for hard-wrapped
texts. Each paragraph is cut by the SRX rules of the language (`srx`); then whole lines are recognised as headings
(`headings`) or as boilerplate (`boilerplate`). Nothing is changed: ``text[s.start:s.end] == s.text``.
"""

from __future__ import annotations

from typing import Literal

from aligner.model import Role, Segment
from aligner.text.headings import is_heading
from aligner.text.paragraphs import Span, paragraph_spans, trim
from aligner.text.srx import Srx, builtin_srx

Paragraphs = Literal["line", "blank"]


def segment(
    text: str,
    language: str,
    *,
    rules: Srx | None = None,
    paragraphs: Paragraphs = "line",
    boilerplate: bool = True,
) -> list[Segment]:
    """Cut a text into segments, in order, numbered by paragraph.

    `language` is a BCP 47 code; `rules` None takes the packaged ones. `paragraphs` says what separates paragraphs:
    every line break ("line") or blank lines ("blank"). With `boilerplate` leftovers of web pages are marked (never
    dropped). Offsets count characters of `text`; outer space belongs to no segment. A text of only space has none.

    >>> [s.text for s in segment("M. Wang a souri. « Oui ! » dit-il.", "fr")]
    ['M. Wang a souri.', '« Oui ! » dit-il.']
    """
    breaker = (rules or builtin_srx()).breaker(language)
    lines = list(paragraph_spans(text, paragraphs))
    segments: list[Segment] = []
    for number, (start, end) in enumerate(lines, 1):
        paragraph = text[start:end]
        parts = [*breaker.positions(paragraph), end - start]
        spans = _pieces(text, start, parts)
        role = Role.HEADING if is_heading(paragraph, parts=len(spans)) else Role.TEXT
        segments += [Segment(text[a:b], a, b, number, n, role) for n, (a, b) in enumerate(spans, 1)]
    return segments


def _pieces(text: str, start: int, ends: list[int]) -> list[Span]:
    """The trimmed, non-empty pieces of a paragraph between its breaks."""
    pieces, first = [], start
    for end in ends:
        piece = trim(text, first, start + end)
        if piece[0] < piece[1]:
            pieces.append(piece)
        first = start + end
    return pieces
