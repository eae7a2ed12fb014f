"""The bibliographic record of an edition's source: a ``biblStruct``, and the way back to the record.

    <biblStruct type="source">
      <analytic>  authors, title, numbers    only where the work is in a container: a newspaper, a volume
      <monogr>    authors, title, numbers, edition, <imprint> place, publisher, date, volume, pages
      <series>    title
      <note>      what has no place of its own

Where each field stands is in `aligner.citations.fields`. Editions of earlier versions have a ``bibl`` of the same
elements. Start reading at `source_description`.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from aligner.citations.fields import FIELDS, NAMED, RecordField, TeiPlace, said_of
from aligner.citations.people import Person, inverted_names, people_of
from aligner.citations.titles import title_of
from aligner.formats.tei.words import when
from aligner.formats.xml.markup import Markup, element, lines
from aligner.formats.xml.read import local_name
from aligner.model import Bitext, Record

_PARENTS = ("analytic", "monogr", "imprint", "series")
FROM_HEADING = "heading"
"""The subtype of a title that no record has: the document's first heading."""
_OWN = "x-"
"""What the type of a note begins with that holds a field of the record which aligner does not know."""


def source_description(bitext: Bitext, tag: str) -> Markup:
    """The biblStruct element; what is unknown is left out, but for what TEI asks for."""
    record = bitext.record
    parts: dict[str, list[Markup]] = {parent: [] for parent in (*_PARENTS, "note")}
    work = "analytic" if record.container else "monogr"
    if title := title_of(bitext):
        subtype = None if record.title else FROM_HEADING
        parts[work].append(
            element("title", title, level="a" if record.container else "m", subtype=subtype, xml_lang=tag)
        )
    for row, value in said_of(record):
        if row.tei and row.name != "title":
            parent = work if row.tei.parent == "work" else row.tei.parent or "note"
            parts[parent] += _elements(row, row.tei, value)
    parts["note"] += [element("note", value, type=f"{_OWN}{name}") for name, value in record.extra]
    # The schema wants a title in a monogr, and something in an imprint: an empty element says that it is unknown.
    if not any(part.startswith("<title") for part in parts["monogr"]):
        parts["monogr"].insert(0, element("title", level="m"))
    imprint = element("imprint", lines(*(_dated_last(parts["imprint"]) or [element("date")])))
    return element(
        "biblStruct",
        lines(
            element("analytic", lines(*_ordered(parts["analytic"]))) if parts["analytic"] else None,
            element("monogr", lines(*_ordered(parts["monogr"]), imprint)),
            element("series", lines(*parts["series"])) if parts["series"] else None,
            *parts["note"],
            element("note", f"Document {bitext.id}.", type="document"),
        ),
        type="source",
        xml_lang=tag,
    )


def _elements(row: RecordField, place: TeiPlace, value: str) -> Iterator[Markup]:
    attributes = {place.attribute: place.value} if place.attribute else {}
    if row.kind == "names":
        yield from (element(place.element, *_person(person), **attributes) for person in people_of(value))
    elif row.kind == "date" and place.element == "date":
        yield element("date", value, when=when(value))
    else:
        yield element(place.element, value, **attributes)


def _person(person: Person) -> list[Markup]:
    """A name in its parts, where they are known; else as it stands."""
    if not person.given:
        return [element("name", person.family)]
    return [element("persName", element("surname", person.family), " ", element("forename", person.given))]


def _ordered(parts: list[Markup]) -> list[Markup]:
    """People, title, numbers, edition: the order that the schema wants of a monogr."""
    order = ("<author", "<editor", "<title", "<idno", "<edition>")
    return sorted(parts, key=lambda part: next((n for n, start in enumerate(order) if part.startswith(start)), 9))


def _dated_last(parts: list[Markup]) -> list[Markup]:
    return sorted(parts, key=lambda part: part.startswith("<biblScope"))


def source_record(source: etree._Element, licence: str) -> Record:
    """The record that a biblStruct holds, or the bibl of an earlier version."""
    found: dict[str, list[str]] = {}
    extra = []
    for each in source.iter(etree.Element):
        kind = each.get("type", "")
        if local_name(each) == "note" and kind.startswith(_OWN):
            extra.append((kind.removeprefix(_OWN), each.text or ""))
        elif (row := _row_of(each)) and each.get("subtype") != FROM_HEADING:
            found.setdefault(row.name, []).append(_person_of(each) if row.kind == "names" else each.text or "")
    values = {name: ("; " if name in _NAMES else " ").join(filter(None, each)) for name, each in found.items()}
    return Record(**values, licence=licence, extra=tuple(extra))


_NAMES = frozenset(row.name for row in FIELDS if row.kind == "names")


def _row_of(found: etree._Element) -> RecordField | None:
    """The field that an element of a biblStruct holds, if any."""
    name, parent = local_name(found), found.getparent()
    inside = local_name(parent) if parent is not None else ""
    if name == "title":
        # With an analytic, the title of the monogr is that of the container.
        contained = inside == "monogr" and found.find("../../{*}analytic") is not None
        return NAMED["series" if inside == "series" else "container" if contained else "title"]
    for row in FIELDS:
        place = row.tei
        if place and place.element == name and (not place.attribute or found.get(place.attribute) == place.value):
            return row
    return None


def _person_of(found: etree._Element) -> str:
    """A name as a record writes it."""
    family, given = found.findtext(".//{*}surname"), found.findtext(".//{*}forename")
    if family is not None:
        return inverted_names([Person(family, given or "")])
    name = found.findtext("{*}name")
    # The author of an earlier version is text, and may be several people.
    return found.text or "" if name is None else inverted_names([Person(name)])
