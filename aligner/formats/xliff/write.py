"""Write XLIFF 1.2: a ``file`` for each bitext, a ``trans-unit`` for each bead.

    <trans-unit id="3.2" approved="yes" xml:space="preserve">
      <source>…</source><target state="signed-off">…</target>
      <context-group purpose="information"><context context-type="x-bead">1-1</context> …
      <note>…</note>
      <alt-trans origin="machine translation"><target>…</target></alt-trans>
      <alt-trans origin="treaties.tmx" match-quality="84%"><source>…</source><target>…</target></alt-trans>
    </trans-unit>

Beads without a counterpart are written with one side empty; texts and what else is known of a bead are written as in
TMX (`aligner.formats.exchange.from_bitext`). `aligner.formats.xliff.write_2` writes version 2.
Start reading at `write`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from aligner import __version__
from aligner.formats.base import DEFAULTS, WriteOptions
from aligner.formats.exchange.documents import document_properties
from aligner.formats.exchange.from_bitext import unit_of
from aligner.formats.exchange.notation import seg_text
from aligner.formats.selection import selected_beads
from aligner.formats.xliff.states import QUALIFIERS, STATES
from aligner.formats.xliff.write_2 import write_2
from aligner.formats.xml.markup import (
    DECLARATION,
    Markup,
    element,
    lines,
    xml_text,
)
from aligner.model import REVIEWED, Bead, Bitext

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"


def write(bitexts: Iterable[Bitext], stream: BinaryIO, options: WriteOptions = DEFAULTS) -> None:
    """Write the bitexts as one XLIFF file; InputError for one of version 2 in several languages."""
    if options.xliff_version == 2:
        write_2(bitexts, stream, options)
        return
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
        lines(element("header", lines(tool, *facts)), element("body", lines(*units))),
        # The schema wants the name of a file, but a bitext that came from a memory has none.
        original=xml_text(bitext.source.file) or bitext.id,
        source_language=options.tag(bitext.source.language),
        target_language=options.tag(bitext.target.language),
        datatype="plaintext",
        tool_id="aligner",
    )


def _trans_unit(bitext: Bitext, bead: Bead, options: WriteOptions) -> Markup | None:
    unit = unit_of(bitext, bead, options, one_sided=True)
    if unit is None:
        return None
    source, target = unit.variants
    changes = (("x-changed", target.changed), ("x-changed-by", target.changed_by))
    contexts = [
        element("context", value, context_type=kind)
        for kind, value in (*unit.properties, *changes)
        # The document is the file element, the machine's rendering an alt-trans that tools show.
        if value and kind not in {"x-document", "x-machine"}
    ]
    rendering, match = seg_text(bead.machine or ""), None
    if bead.match:
        # What a memory had, as CAT tools show it; the contexts have it too, complete.
        texts = element("source", seg_text(bead.match.source)), element("target", seg_text(bead.match.target))
        quality, memory = f"{bead.match.score}%", seg_text(bead.match.memory) or None
        match = element("alt-trans", *texts, match_quality=quality, origin=memory, tool_id="aligner")
    state, qualifier = STATES[bead.status], QUALIFIERS.get(bead.origin)
    # The schema wants the source and the target first.
    parts = [
        element("source", source.text),
        element("target", target.text, state=state, state_qualifier=qualifier) if target.text else None,
        # Without a name: the schema wants the names of all groups in a file to differ.
        element("context-group", lines(*contexts), purpose="information"),
        *[element("note", note) for note in unit.notes],
        element("alt-trans", element("target", rendering), origin="machine translation") if rendering else None,
        match,
    ]
    name = unit.tuid.removeprefix(f"{bitext.id}:") or bitext.locator(bead)
    # There is nothing to approve where a unit has no target.
    approved = "yes" if bead.status in REVIEWED and target.text else None
    return element("trans-unit", lines(*parts), id=name, approved=approved, xml_space="preserve")
