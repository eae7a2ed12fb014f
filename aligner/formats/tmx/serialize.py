"""TMX records as XML.

    <tu tuid="brics:3.2" …>
      <note>…</note><prop type="x-document">…</prop> …
      <tuv xml:lang="fr"><seg>…</seg></tuv>
      <tuv xml:lang="en" creationid=… changedate=…><seg>…</seg></tuv>
    </tu>

What CAT tools asked for: notes and props before the variants (the DTD); ids and dates on the variant that they are
about (OmegaT reads them there) and, as others look there, those of the last variant also on the unit.
"""

from __future__ import annotations

from aligner.formats.exchange.units import Unit, Variant
from aligner.formats.tmx.dates import tmx_date
from aligner.formats.tmx.header import Header
from aligner.formats.xml.markup import (
    DECLARATION,
    Markup,
    element,
    join_markup,
)

CLOSING = "</body>\n</tmx>\n"


def opening(header: Header) -> str:
    """Everything before the first unit."""
    return f'{DECLARATION}<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n{_header(header)}\n<body>\n'


def unit_markup(unit: Unit) -> Markup:
    """The tu element."""
    # Notes and props before the variants, or OmegaT 6.1 refuses the whole file.
    lines = [*_annotations(unit.notes, unit.properties), *[_variant(variant) for variant in unit.variants]]
    return element("tu", _lines(lines), tuid=unit.tuid or None, **_facts(unit.variants[-1]))


def _header(header: Header) -> Markup:
    lines = _annotations(header.notes, header.properties)
    return element(
        "header",
        *([_lines(lines)] if lines else []),
        creationtool=header.tool,
        creationtoolversion=header.tool_version,
        segtype=header.segmentation,
        o_tmf=header.memory_format,
        adminlang=header.admin_language,
        srclang=header.source,
        datatype=header.datatype,
        o_encoding="UTF-8",
        creationdate=tmx_date(header.created),
        changedate=tmx_date(header.changed),
    )


def _annotations(notes: tuple[str, ...], properties: tuple[tuple[str, str], ...]) -> list[Markup]:
    return [element("note", note) for note in notes] + [element("prop", value, type=kind) for kind, value in properties]


def _variant(variant: Variant) -> Markup:
    content = Markup(variant.markup) if variant.markup else variant.text
    return element("tuv", element("seg", content), xml_lang=variant.language, **_facts(variant))


def _facts(variant: Variant) -> dict[str, str | None]:
    return {
        "creationdate": tmx_date(variant.created),
        "creationid": variant.created_by or None,
        "changedate": tmx_date(variant.changed),
        "changeid": variant.changed_by or None,
    }


def _lines(parts: list[Markup]) -> Markup:
    return join_markup([Markup(), *parts, Markup()], "\n")
