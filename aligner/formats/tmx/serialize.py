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
    lines,
)

CLOSING = "</body>\n</tmx>\n"


def opening(header: Header) -> str:
    """Everything before the first unit."""
    annotations = _annotations(header.notes, header.properties)
    markup = element(
        "header",
        *([lines(*annotations)] if annotations else []),
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
    return f'{DECLARATION}<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n{markup}\n<body>\n'


def unit_markup(unit: Unit) -> Markup:
    """The tu element."""
    variants = []
    for variant in unit.variants:
        # Inline tags of another tool's file go out as they came in.
        content = Markup(variant.markup) if variant.markup else variant.text
        variants.append(element("tuv", element("seg", content), xml_lang=variant.language, **_facts(variant)))
    # Notes and props before the variants, or OmegaT 6.1 refuses the whole file.
    parts = lines(*_annotations(unit.notes, unit.properties), *variants)
    return element("tu", parts, tuid=unit.tuid or None, **_facts(unit.variants[-1]))


def _annotations(notes: tuple[str, ...], properties: tuple[tuple[str, str], ...]) -> list[Markup]:
    return [element("note", note) for note in notes] + [element("prop", value, type=kind) for kind, value in properties]


def _facts(variant: Variant) -> dict[str, str | None]:
    """Who made and changed a variant, and when; what is unknown is left out."""
    return {
        "creationdate": tmx_date(variant.created),
        "creationid": variant.created_by or None,
        "changedate": tmx_date(variant.changed),
        "changeid": variant.changed_by or None,
    }
