"""The machine's output and the present text of a project, as two versions: what post-editing changed.

The machine's rendering of each bead is on record in the bitext; the present text is its target side. Where a person
corrected the rendering, the difference is HTER (Snover et al. 2006); where the English is a human translation made
without it, the same figures compare machine translation with a reference. The rendering is what the machine says now:
what was accepted or edited when it said something else is named apart. Start reading at `machine_versions`.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from aligner.comparison.differences import ComparedUnit, Version, VersionText
from aligner.comparison.read import left_out_beads, review_page, text_of
from aligner.corpus.store import Project, read_bitext
from aligner.documents import read_text
from aligner.errors import InputError
from aligner.model import Bitext, Kind, Origin, Status, sha256
from aligner.pages.beads import says_else

log = logging.getLogger(__name__)

MACHINE, PRESENT = "machine translation", "present text"


def machine_versions(project: Project, documents: Sequence[str] | None = None) -> tuple[Version, Version]:
    """Return what the machine says and what stands there now, of these documents or of all.

    Segments of which no machine translation is on record are left out, and listed. Raises InputError when a document
    is unknown or none has a machine translation.
    """
    pairs = [_texts(project, read_bitext(project.bitext_file(name))) for name in project.documents(documents)]
    if not any(machine.units for machine, _ in pairs):
        raise InputError(
            "no machine translation is on record", where=project.corpus / "bitext", hint="run `aligner run` first"
        )
    old, new = zip(*pairs, strict=True)
    return Version(MACHINE, old), Version(PRESENT, new)


def _texts(project: Project, bitext: Bitext) -> tuple[VersionText, VersionText]:
    path = project.target_file(bitext.id)
    # The pairs know nothing of what was changed in the file since.
    if path.is_file() and bitext.target.sha256 not in ("", sha256(read_text(path)[0])):
        log.warning("%s: changed since it was aligned; run `aligner run` to have the changes counted", path)
    present = text_of(bitext, page=review_page(project, bitext.id))
    kept = [bead for bead in bitext.beads if bead.kind is not Kind.EXCLUDED]
    # Without a rendering they would count as added, although nobody added them.
    unknown = [bead for bead in kept if bead.source and bead.target and bead.machine is None]
    missing = {bitext.locator(bead) for bead in unknown}
    # HTER needs a text that was made from the machine's: most of it is the machine's still, or was edited.
    known = [bead for bead in kept if bead.machine is not None and bead.target]
    made = sum(
        bead.origin is Origin.MACHINE or bead.status is Status.EDITED or bead.kind is Kind.CONSTRUCTED for bead in known
    )
    machine = (ComparedUnit(bitext.locator(bead), bead.machine or "", bitext.source_text(bead)) for bead in kept)
    old = replace(present, units=tuple(unit for unit in machine if unit.text.strip()), left_out=())
    new = replace(
        present,
        units=tuple(unit for unit in present.units if unit.locator not in missing),
        post_edited=2 * made >= len(known),
        outdated=frozenset(bitext.locator(bead) for bead in kept if says_else(bitext, bead)),
        left_out=(*present.left_out, *left_out_beads("no machine translation on record", bitext, unknown)),
    )
    return old, new
