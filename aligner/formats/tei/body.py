"""The two texts of an edition: ``group/text[@xml:lang]/body/div/(head|p|ab)/s``.

A heading opens a division; several in a row share it. Paragraphs and sentences carry their numbers in ``@n``, so that
``fr:3.2`` can be found, and ``@source`` says which characters of the source file a sentence is (RFC 5147). ``@corresp``
points to the sentences of the other text. Start reading at `group`.
"""

from __future__ import annotations

from collections.abc import Iterator

from aligner.formats.tei.edition import Edition, paragraphs
from aligner.formats.xml.markup import Markup, element, join_markup
from aligner.model import Role, Segment, Side

Numbered = list[tuple[int, Segment]]
Corresponding = dict[int, list[str]]


def group(edition: Edition) -> Markup:
    """Both texts in one, the source first."""
    return element("text", element("group", join_markup([Markup(), *texts(edition), Markup()], "\n")))


def texts(edition: Edition) -> tuple[Markup, Markup]:
    """The text elements of the source and of the target."""
    bitext = edition.bitext
    to_target = {i: edition.target_pointers(bead) for bead in edition.beads for i in bead.source}
    to_source = {j: edition.source_pointers(bead) for bead in edition.beads for j in bead.target}
    return (
        _text(edition, bitext.source, edition.source_tag, to_target),
        _text(edition, bitext.target, edition.target_tag, to_source),
    )


def _text(edition: Edition, side: Side, tag: str, corresponding: Corresponding) -> Markup:
    divisions = [
        element(
            "div",
            join_markup([Markup(), *[_paragraph(edition, tag, part, corresponding) for part in parts], Markup()], "\n"),
        )
        for parts in _divisions(paragraphs(edition.segments(side)))
    ]
    body = element("body", join_markup([Markup(), *(divisions or [element("div")]), Markup()], "\n"))
    return element("text", body, xml_id=edition.id(tag), xml_lang=tag)


def _divisions(parts: Iterator[Numbered]) -> Iterator[list[Numbered]]:
    """Paragraphs in divisions: a heading after something else than headings begins a new one."""
    division: list[Numbered] = []
    for part in parts:
        # A title and its subtitle are two headings of one division.
        if division and _kind(part) is Role.HEADING and _kind(division[-1]) is not Role.HEADING:
            yield division
            division = []
        division.append(part)
    if division:
        yield division


def _kind(part: Numbered) -> Role:
    """What a paragraph is: heading or boilerplate when all its segments are."""
    roles = {segment.role for _, segment in part}
    return roles.pop() if len(roles) == 1 else Role.TEXT


def _paragraph(edition: Edition, tag: str, part: Numbered, corresponding: Corresponding) -> Markup:
    kind, number = _kind(part), str(part[0][1].paragraph)
    name = {Role.HEADING: "head", Role.BOILERPLATE: "ab", Role.TEXT: "p"}[kind]
    sentences = [_sentence(edition, tag, segment, kind, corresponding.get(i, [])) for i, segment in part]
    return element(
        name,
        join_markup(sentences, " "),
        xml_id=edition.id(tag, number),
        n=number,
        type="boilerplate" if kind is Role.BOILERPLATE else None,
    )


def _sentence(edition: Edition, tag: str, segment: Segment, kind: Role, corresponding: list[str]) -> Markup:
    role = segment.role.value if segment.rule or segment.role is not kind else None
    return element(
        "s",
        segment.text,
        xml_id=edition.id(tag, segment.locator),
        n=str(segment.number),
        type=role,
        subtype=segment.rule or None,
        corresp=" ".join(corresponding) or None,
        source=f"text-{tag.lower()}:{segment.start},{segment.end}",
    )
