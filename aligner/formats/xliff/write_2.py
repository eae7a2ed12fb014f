"""Write XLIFF 2.0: a ``file`` for each bitext, a ``unit`` of one ``segment`` for each bead.

    <unit id="3.2" canResegment="no">
      <mda:metadata><mda:metaGroup category="aligner"><mda:meta type="bead">1-1</mda:meta> …
      <mtc:matches><mtc:match ref="#s" type="mt">…
      <notes><note>…</note></notes>
      <segment id="s" state="final"><source>…</source><target>…</target></segment>
    </unit>

What is known of a bead is told as in XLIFF 1.2 (`aligner.formats.xliff.write`), in the standard's modules for metadata
and matches. XLIFF 2 has no ``state-qualifier``: whose a text is that nobody confirmed stands in ``subState``. Start
reading at `write_2`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from aligner.formats.base import WriteOptions
from aligner.formats.exchange.documents import document_properties
from aligner.formats.exchange.from_bitext import unit_of
from aligner.formats.exchange.notation import seg_text
from aligner.formats.exchange.units import Unit
from aligner.formats.selection import same_pair, selected_beads
from aligner.formats.xliff.marks import PREFIX, state_2
from aligner.formats.xliff.states import QUALIFIERS, STATES
from aligner.formats.xml.markup import DECLARATION, Markup, element, lines, xml_text
from aligner.model import REVIEWED, Bead, Bitext, Status

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
_MODULES = 'xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0" xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0"'
_SEGMENT = "s"
"""The id of the one segment of a unit."""


def write_2(bitexts: Iterable[Bitext], stream: BinaryIO, options: WriteOptions) -> None:
    """Write the bitexts as one XLIFF 2.0 file; InputError when they are not all of one language pair.

    A bitext without a unit is left out: the standard has no empty ``file``.
    """
    pair: tuple[str, str] | None = None
    for number, bitext in enumerate(bitexts, 1):
        if pair is None:
            languages = [options.tag(side.language) for side in (bitext.source, bitext.target)]
            opening = f'<xliff version="2.0" srcLang="{languages[0]}" trgLang="{languages[1]}"'
            stream.write(f'{DECLARATION}{opening} xmlns="{NAMESPACE}" {_MODULES}>\n'.encode())
        pair = same_pair(pair, bitext)
        if file := _file(bitext, number, options):
            stream.write(f"{file}\n".encode())
    if pair is None:
        opening = f'<xliff version="2.0" srcLang="und" xmlns="{NAMESPACE}"'
        stream.write(f"{DECLARATION}{opening}>\n".encode())
    stream.write(b"</xliff>\n")


def _file(bitext: Bitext, number: int, options: WriteOptions) -> Markup | None:
    units = [unit for bead in selected_beads(bitext, options) if (unit := _unit(bitext, bead, options))]
    if not units:
        return None
    facts = [(kind.removeprefix("x-"), value) for kind, value in document_properties(bitext)]
    original = xml_text(bitext.source.file) or bitext.id
    return element("file", lines(_metadata(facts), *units), id=f"f{number}", original=original, xml_space="preserve")


def _unit(bitext: Bitext, bead: Bead, options: WriteOptions) -> Markup | None:
    unit = unit_of(bitext, bead, options, one_sided=True)
    if unit is None:
        return None
    source, target = unit.variants
    changes = (("x-changed", target.changed), ("x-changed-by", target.changed_by))
    facts = [
        (kind.removeprefix("x-"), value)
        for kind, value in (*unit.properties, *changes)
        # The document is the file element, the machine's rendering a match that tools show.
        if value and kind not in {"x-document", "x-machine"}
    ]
    name = unit.tuid.removeprefix(f"{bitext.id}:") or bitext.locator(bead)
    # What XLIFF 2 has no state for is said beside it.
    word = None if bead.status in REVIEWED or not target.text else QUALIFIERS.get(bead.origin) or STATES[bead.status]
    word = STATES[bead.status] if word and bead.status is Status.REJECTED else word
    state = state_2(word) if word else "final" if target.text else None
    substate = f"{PREFIX}{word}" if word else None
    sides = [element("source", source.text), element("target", target.text) if target.text else None]
    segment = element("segment", *filter(None, sides), id=_SEGMENT, state=state, subState=substate)
    parts = lines(_metadata(facts), _matches(bead, unit), _notes(unit), segment)
    return element("unit", parts, id=name, canResegment="no")


def _metadata(facts: Iterable[tuple[str, str]]) -> Markup:
    metas = [element("mda:meta", value, type=kind) for kind, value in facts]
    return element("mda:metadata", element("mda:metaGroup", lines(*metas), category="aligner"))


def _matches(bead: Bead, unit: Unit) -> Markup | None:
    """What the machine said and what a memory had, as tools show it."""
    found = []
    ref = f"#{_SEGMENT}"
    if rendering := seg_text(bead.machine or ""):
        texts = element("source", unit.variants[0].text), element("target", rendering)
        found.append(element("mtc:match", *texts, ref=ref, type="mt", origin="machine translation"))
    if bead.match:
        texts = element("source", seg_text(bead.match.source)), element("target", seg_text(bead.match.target))
        memory, quality = seg_text(bead.match.memory) or None, f"{bead.match.score}.0"
        found.append(element("mtc:match", *texts, ref=ref, type="tm", origin=memory, matchQuality=quality))
    return element("mtc:matches", *found) if found else None


def _notes(unit: Unit) -> Markup | None:
    return element("notes", *[element("note", note) for note in unit.notes]) if unit.notes else None
