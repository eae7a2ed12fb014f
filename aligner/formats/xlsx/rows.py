"""The rows of the table: which columns there are, and a unit as cells and back.

The first columns are for people; the others, hidden, tell what TMX tells in props, so that a row comes back as the
bead it was. ``written`` is a fingerprint of the target (`aligner.formats.exchange.fingerprints`), ``sent-status`` the
status that the row went out with: by these two it is noticed what a person changed.
"""

from __future__ import annotations

from collections.abc import Mapping

from aligner.formats.base import status_in
from aligner.formats.exchange.fields import ROWS, SENT_STATUS
from aligner.formats.exchange.fingerprints import is_changed
from aligner.formats.exchange.notation import seg_text
from aligner.formats.exchange.units import Unit, Variant
from aligner.model import Bead, Origin, Status, wording

VISIBLE = {
    "id": 14, "status": 10, "origin": 8, "confidence": 10, "quality": 10, "source": 70, "target": 70, "note": 30,
}  # fmt: skip
"""The columns for people, with their widths in characters."""
_FIRST_HIDDEN = (
    "document", "ref", "target-ref", "bead", "role", "target-role", "kind", "score", "machine", "machine-score",
    "flags", "source-cuts", "target-cuts", "changed", "changed-by", "maker", "written", "match-score", "match-memory",
    "match-unit", "match-source", "match-target", "match-note", SENT_STATUS,
)  # fmt: skip
"""The columns as they have always stood, newer ones after them."""
HIDDEN = (*_FIRST_HIDDEN, *(r.property for r in ROWS if r.property and r.property not in {*VISIBLE, *_FIRST_HIDDEN}))
"""All others; a field of a bead that is new stands last."""
COLUMNS = (*VISIBLE, *HIDDEN)
NEEDED = ("id", "source", "target")
"""The columns without which a table cannot be read."""
LONGEST = 32_767
"""Characters that a cell can hold."""
_OWN = frozenset(("id", "source", "target", "note", "changed", "changed-by"))
"""Columns that are no property of a unit."""


def row_of(bead: Bead, unit: Unit) -> dict[str, str]:
    """The cells of a bead and its unit, by column."""
    source, target = unit.variants
    facts = {kind.removeprefix("x-"): value for kind, value in unit.properties}
    return {name: facts[name] for name in COLUMNS if name in facts} | {
        "id": unit.tuid,
        "source": source.text,
        "target": target.text,
        "machine": seg_text(bead.machine or ""),
        SENT_STATUS: bead.status.value,
        "note": "\n".join(unit.notes),
        "changed": target.changed,
        "changed-by": target.changed_by,
    }


def unit_of_row(row: Mapping[str, str], source: str, target: str, *, where: str | None = None) -> Unit | None:
    """The unit of a row in two languages; None when neither has a text.

    A target that is not the one that was written is edited, and a person's from then on; but one that is marked as
    rejected, or is the source text itself, is as its status says. Raises InputError, with `where` the row stands, for a
    status that is none.
    """
    texts = seg_text(row["source"]), seg_text(row["target"])
    if not any(texts):
        return None
    document, _, locator = row["id"].rpartition(":")
    facts = {"document": document, "ref": locator} | {name: value for name, value in row.items() if name not in _OWN}
    if row.get("status"):
        facts["status"] = status_in(row["status"], where=where).value
    if is_changed(row.get("written", ""), texts[1]):
        # Nobody edits a text in order to reject it, or types the source into the target as a translation.
        believed = facts.get("status") == Status.REJECTED or wording(texts[0]) == wording(texts[1])
        facts |= {"origin": Origin.HUMAN.value, "quality": ""}
        facts |= {} if believed else {"status": Status.EDITED.value}
    return Unit(
        (
            Variant(source, texts[0]),
            Variant(target, texts[1], changed=row.get("changed", ""), changed_by=row.get("changed-by", "")),
        ),
        row["id"],
        (row["note"],) if row.get("note") else (),
        tuple((f"x-{kind}", value) for kind, value in facts.items() if value),
    )
