"""Cut a text into segments with exact offsets.

    text ──paragraphs──▶ spans ──SRX rules──▶ spans ──roles──▶ Segments

A paragraph is a line, as in a CAT tool's filter for plain text, a block between blank lines ("blank"), or in a
hard-wrapped text the lines that go on ("wrapped": `wrapping`). Each paragraph is cut by the SRX rules of the language
(`srx`, `breaks`); then whole paragraphs are
recognised as headings (`headings`) or as boilerplate (`boilerplate`). Nothing is changed:
``text[s.start:s.end] == s.text``; only in a wrapped text has a segment its lines joined.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from aligner.model import Role, Segment
from aligner.text.boilerplate import find_boilerplate
from aligner.text.breaks import Breaker
from aligner.text.headings import find_headings
from aligner.text.paragraphs import Paragraphs, Span, paragraph_spans, trim
from aligner.text.srx import Srx, builtin_srx
from aligner.text.wrapping import is_wrapped, unwrap


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
    every line break ("line"), blank lines ("blank"), or the line breaks that no sentence and no paragraph goes across
    ("wrapped"; `line_layout` chooses). With `boilerplate` leftovers of web pages are marked (never
    dropped). Offsets count characters of `text`; outer space belongs to no segment. A text of only space has none.

    >>> [s.text for s in segment("M. Wang a souri. « Oui ! » dit-il.", "fr")]
    ['M. Wang a souri.', '« Oui ! » dit-il.']
    """
    if paragraphs == "wrapped":
        whole = unwrap(text)
        found = segment(whole.text, language, rules=rules, boilerplate=boilerplate)
        # the text of each stays the joined one, its place is that in the file
        places = [whole.span(each.start, each.end) for each in found]
        return [replace(each, start=a, end=b) for each, (a, b) in zip(found, places, strict=True)]
    breaker = (rules or builtin_srx()).breaker(language)
    spans = list(paragraph_spans(text, paragraphs))
    blocks = [text[start:end] for start, end in spans]
    pieces = [_pieces(breaker, text, block, span) for block, span in zip(blocks, spans, strict=True)]
    # boilerplate first: a menu's entries look like headings
    marked = find_boilerplate(blocks) if boilerplate else {}
    headings = find_headings(blocks, [len(p) == 1 and index not in marked for index, p in enumerate(pieces)])
    roles: dict[int, tuple[Role, str]] = dict.fromkeys(headings, (Role.HEADING, ""))
    roles |= {index: (Role.BOILERPLATE, code) for index, code in marked.items()}
    plain = (Role.TEXT, "")
    return [
        Segment(text[a:b], a, b, paragraph, number, *roles.get(paragraph - 1, plain))
        for paragraph, parts in enumerate(pieces, 1)
        for number, (a, b) in enumerate(parts, 1)
    ]


def line_layout(text: str, *, wrapped: bool | None = None) -> Paragraphs:
    r"""What separates the paragraphs of a text: "wrapped" or "line"; `wrapped` None lets the text itself tell.

    >>> line_layout("Un.\nDeux."), line_layout("Un.\nDeux.", wrapped=True)
    ('line', 'wrapped')
    """
    return "wrapped" if (is_wrapped(text) if wrapped is None else wrapped) else "line"


def _pieces(breaker: Breaker, text: str, block: str, span: Span) -> list[Span]:
    """The trimmed spans between the breaks of one paragraph, none of them empty."""
    start, end = span
    positions = breaker.positions(block)
    if not positions:
        return [span]
    cuts = [start, *(start + position for position in positions), end]
    pieces = (trim(text, a, b) for a, b in pairwise(cuts))
    return [piece for piece in pieces if piece[0] < piece[1]]
