"""The two texts of an edition: ``group/text[@xml:lang]/body/div/(head|p|ab)/s``.

A heading opens a division; several in a row share it. Paragraphs and sentences carry their numbers in ``@n``, so that
``fr:3.2`` can be found, and ``@source`` says which characters of the source file a sentence is (RFC 5147). ``@corresp``
points to the sentences of the other text. A part that people cite (`aligner.citations.divisions`) is named where it
begins: the division that its heading opens has its kind and number (``div[@type='article'][@n='8']``), a page is a
``pb``, any other part a ``milestone``. Start reading at `group`.
"""

from __future__ import annotations

from itertools import groupby

from aligner.citations.divisions import PAGE, Division, find_divisions
from aligner.formats.tei.edition import Edition
from aligner.formats.xml.markup import Markup, element, join_markup, lines
from aligner.model import Role, Segment, Side

Numbered = list[tuple[int, Segment]]


def group(edition: Edition) -> Markup:
    """Both texts in one, the source first."""
    return element("text", element("group", lines(*texts(edition))))


def texts(edition: Edition) -> tuple[Markup, Markup]:
    """The text elements of the source and of the target."""
    # Computed once for the whole text: asking for each sentence which beads hold it would take quadratic time.
    pointers = [(bead, *edition.pointers(bead)) for bead in edition.beads]
    to_target = {i: targets for bead, _, targets in pointers for i in bead.source}
    to_source = {j: sources for bead, sources, _ in pointers for j in bead.target}
    bitext = edition.bitext
    return (
        _text(edition, bitext.source, edition.source_tag, to_target),
        _text(edition, bitext.target, edition.target_tag, to_source),
    )


def _text(edition: Edition, side: Side, tag: str, corresponding: dict[int, list[str]]) -> Markup:
    """One text in divisions: a heading after something else than headings begins a new one, and the end of a part."""
    divisions: list[tuple[Division | None, list[Markup]]] = []
    parts = _parts(edition, side)
    before: Role | None = None
    for _, grouped in groupby(edition.segments(side), key=lambda item: item[1].paragraph):
        part = list(grouped)
        # A paragraph is a heading or boilerplate when all its segments are.
        roles = {segment.role for _, segment in part}
        kind = roles.pop() if len(roles) == 1 else Role.TEXT
        # A title and its subtitle are two headings of one division; an article and its chapter are not.
        begun = parts.get(part[0][0], [])
        named = next((each for each in begun if each.kind != PAGE), None) if kind is Role.HEADING else None
        # Signatures and notes after the last article are no part of it.
        open_part = divisions[-1][0] if divisions else None
        is_past = open_part is not None and open_part.last < part[0][0] and not begun
        if before is None or named or is_past or (kind is Role.HEADING and before is not Role.HEADING):
            divisions.append((named, []))
        divisions[-1][1].extend(_milestone(each) for each in begun if each is not named)
        divisions[-1][1].append(_paragraph(edition, tag, part, kind, corresponding, parts))
        before = kind
    # A body must not be empty, even where nothing of a text is shown.
    made = []
    for named, content in divisions:
        cited = {"type": named.kind, "n": named.number} if named else {}
        made.append(element("div", lines(*content), **cited))
    body = element("body", lines(*(made or [element("div")])))
    return element("text", body, xml_id=edition.id(tag), xml_lang=tag)


def _parts(edition: Edition, side: Side) -> dict[int, list[Division]]:
    """The parts that people cite, by the segment with which they begin; only of what is shown."""
    shown = {index for index, _ in edition.segments(side)}
    found: dict[int, list[Division]] = {}
    for division in find_divisions(side.segments, side.language):
        # The mark of a page may be page furniture that is left out: the page begins with what is shown of it.
        first = next((index for index in range(division.first, division.last + 1) if index in shown), None)
        if first is not None:
            found.setdefault(first, []).append(division)
    return found


def _milestone(division: Division) -> Markup:
    if division.kind == PAGE:
        return element("pb", n=division.number)
    return element("milestone", unit=division.kind, n=division.number)


def _paragraph(
    edition: Edition,
    tag: str,
    part: Numbered,
    kind: Role,
    corresponding: dict[int, list[str]],
    parts: dict[int, list[Division]],
) -> Markup:
    # A page or a verse may begin inside a paragraph; what begins with it is before it.
    inside = {i: [_milestone(each) for each in parts.get(i, [])] for i, _ in part[1:]}
    sentences = [
        element(
            "s",
            segment.text,
            xml_id=edition.id(tag, segment.locator),
            n=str(segment.number),
            # The element's name tells the role already, unless the sentence differs from its paragraph.
            type=segment.role.value if segment.rule or segment.role is not kind else None,
            subtype=segment.rule or None,
            corresp=" ".join(corresponding.get(i, [])) or None,
            source=f"text-{tag.lower()}:{segment.start},{segment.end}",
        )
        for i, segment in part
    ]
    content = [
        each for (i, _), sentence in zip(part, sentences, strict=True) for each in (*inside.get(i, []), sentence)
    ]
    number = str(part[0][1].paragraph)
    return element(
        {Role.HEADING: "head", Role.BOILERPLATE: "ab", Role.TEXT: "p"}[kind],
        join_markup(content, " "),
        xml_id=edition.id(tag, number),
        n=number,
        type="boilerplate" if kind is Role.BOILERPLATE else None,
    )
