"""What a format does not keep of what it is given, counted under the words that people read.

What each keeps is in two tables: of beads in `aligner.formats.exchange.fields`, of documents in
`aligner.formats.table`. Start reading at `losses`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from aligner.formats.base import Format
from aligner.formats.exchange.fields import ROWS, SENT_STATUS
from aligner.formats.exchange.from_bitext import implied_kind
from aligner.formats.exchange.units import Unit
from aligner.model import Bead, Bitext, Origin, Record, Role, wording

_UNIT_FACTS = frozenset((
    "document", "ref", "target-ref", "bead", "role", "target-role", "source-cuts", "target-cuts", "context-pre",
    "context-post", "match-score", "match-memory", "match-unit", "match-source", "match-target", "match-note",
    "Origin", "ConfirmationLevel", SENT_STATUS, *(row.property for row in ROWS if row.property),
))  # fmt: skip
"""Properties that are taken from a unit, without their ``x-``."""
_ALTERNATIVE = frozenset(("file", "prev", "next", "id"))


def losses(bitext: Bitext, into: Format) -> Iterator[str]:
    """What a format that holds these beads does not say of them, a word for each bead or document that has it."""
    for bead in bitext.beads:
        yield from bead_losses(bead, into.name, bitext.target_text(bead))
    segments = (*bitext.source.segments, *bitext.target.segments)
    if not into.has_headings:
        yield from ("headings" for segment in segments if segment.role is Role.HEADING)
    # What a file leaves open about a licence is no record.
    known = replace(bitext.record, licence="") if bitext.record.licence == Record().licence else bitext.record
    if not into.has_documents and known != replace(Record(), licence=""):
        yield "records of documents"
    if not into.has_documents and bitext.provenance.signature:
        yield "signatures of documents"
    if not into.has_offsets and bitext.source.sha256:
        yield "places in the text files"


def bead_losses(bead: Bead, form: str, target: str) -> Iterator[str]:
    """What a format, by its name, does not keep of a bead with this target text.

    >>> list(bead_losses(Bead((0,), (0,), note="See?", by="Ada"), "csv", "Yes."))
    ['notes', 'names of who wrote or changed them']
    """
    goes_without_saying = {
        "kind": implied_kind(bead.origin),
        "machine": target if bead.origin is Origin.MACHINE else None,
        # The fingerprint of the text that is there is made of it again.
        "written": bead.written if set(bead.written) <= {wording(target)} else (),
    }
    for row in ROWS:
        value = getattr(bead, row.name)
        if row.words and form not in row.formats and value != goes_without_saying.get(row.name, row.default):
            yield row.words


def unit_losses(unit: Unit) -> Iterator[str]:
    """What a bead has no place for of a unit of another tool.

    >>> list(unit_losses(Unit((), properties=(("client", "ACME"), ("x-ref", "1.1")))))
    ['properties "client"']
    """
    for name in dict.fromkeys(name for name, _ in unit.properties):
        if name.removeprefix("x-") not in _UNIT_FACTS and name not in _ALTERNATIVE:
            yield f'properties "{name}"'
    if any(variant.markup for variant in unit.variants):
        yield "inline tags"
