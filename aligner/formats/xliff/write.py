"""Write XLIFF 1.2: a ``file`` for each bitext, a ``trans-unit`` for each bead.

    <trans-unit id="3.2" approved="yes" xml:space="preserve">
      <source>…</source><target state="signed-off">…</target>
      <context-group name="aligner" purpose="information"><context context-type="x-bead">1-1</context> …
      <note>…</note>
      <alt-trans origin="machine translation"><target>…</target></alt-trans>
      <alt-trans origin="treaties.tmx" match-quality="84%"><source>…</source><target>…</target></alt-trans>
    </trans-unit>

Beads without a counterpart are written with one side empty; texts and what else is known of a bead are written as in
TMX (`aligner.formats.exchange.from_bitext`). Start reading at `write`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from aligner import __version__
from aligner.formats.base import DEFAULTS, WriteOptions
from aligner.formats.exchange.documents import document_properties
from aligner.formats.exchange.from_bitext import language_to_write, unit_of
from aligner.formats.exchange.notation import seg_text
from aligner.formats.exchange.units import Properties, Unit
from aligner.formats.selection import selected_beads
from aligner.formats.xliff.states import QUALIFIERS, state_of
from aligner.formats.xml.markup import (
    DECLARATION,
    Markup,
    element,
    join_markup,
    xml_text,
)
from aligner.model import REVIEWED, Bead, Bitext, Match

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"


def write(bitexts: Iterable[Bitext], stream: BinaryIO, options: WriteOptions = DEFAULTS) -> None:
    """Write the bitexts as one XLIFF file."""
    stream.write(f'{DECLARATION}<xliff version="1.2" xmlns="{NAMESPACE}">\n'.encode())
    for bitext in bitexts:
        stream.write(f"{_file(bitext, options)}\n".encode())
    stream.write(b"</xliff>\n")


def _file(bitext: Bitext, options: WriteOptions) -> Markup:
    units = [_trans_unit(bitext, bead, options) for bead in selected_beads(bitext, options)]
    tool = element("tool", tool_id="aligner", tool_name="aligner", tool_version=__version__)
    facts = [element("note", value, **{"from": kind.removeprefix("x-")}) for kind, value in document_properties(bitext)]
    return element(
        "file",
        _lines([element("header", _lines([tool, *facts])), element("body", _lines(units))]),
        original=xml_text(bitext.source.file) or bitext.id,
        source_language=language_to_write(bitext.source.language, options),
        target_language=language_to_write(bitext.target.language, options),
        datatype="plaintext",
        tool_id="aligner",
    )


def _trans_unit(bitext: Bitext, bead: Bead, options: WriteOptions) -> Markup | None:
    unit = unit_of(bitext, bead, options, one_sided=True)
    if unit is None:
        return None
    source, target = (variant.text for variant in unit.variants)
    rendering = seg_text(bead.machine or "")
    # The schema wants the source and the target first.
    parts = [
        element("source", source),
        element("target", target, state=state_of(bead.status), state_qualifier=QUALIFIERS.get(bead.origin))
        if target
        else None,
        _contexts(unit),
        *[element("note", note) for note in unit.notes],
        element("alt-trans", element("target", rendering), origin="machine translation") if rendering else None,
        _match(bead.match) if bead.match else None,
    ]
    reviewed = bead.status in REVIEWED
    name, approved = unit.tuid.removeprefix(f"{bitext.id}:"), "yes" if reviewed and target else None
    return element(
        "trans-unit", _lines(parts), id=name or bitext.locator(bead), approved=approved, xml_space="preserve"
    )


def _match(match: Match) -> Markup:
    """What a memory had, as CAT tools show it; the contexts have it too, complete."""
    texts = element("source", seg_text(match.source)), element("target", seg_text(match.target))
    quality, origin = f"{match.score}%", seg_text(match.memory) or None
    return element("alt-trans", *texts, match_quality=quality, origin=origin, tool_id="aligner")


def _contexts(unit: Unit) -> Markup:
    target = unit.variants[1]
    facts: Properties = (
        ("x-changed", target.changed),
        ("x-changed-by", target.changed_by),
    )
    contexts = [
        element("context", value, context_type=kind)
        for kind, value in (*unit.properties, *facts)
        # The document is the file element, the machine's rendering an alt-trans that tools show.
        if value and kind not in {"x-document", "x-machine"}
    ]
    return element("context-group", _lines(contexts), name="aligner", purpose="information")


def _lines(parts: Iterable[Markup | None]) -> Markup:
    return join_markup([Markup(), *[part for part in parts if part is not None], Markup()], "\n")
