"""An honest sentence about a translation: who made it, and who answers for it.

    machine translation (translate-fr_en 0.5), unreviewed
    machine draft, edited by Ada
    3.2: human translation, reviewed by Ada; 3.3–3.4: machine translation, unreviewed

Everything comes from the beads (origin, status, by, maker, written); where pairs differ, each stretch is told apart,
and where there are many stretches the pairs are counted. ``scripts/cite.js`` says the same on the review page: a test
compares the two. Start reading at `statement_of`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from aligner.errors import counted
from aligner.model import Bead, Bitext, Kind, Origin, Status, wording

MADE = {
    Origin.MACHINE: "machine translation",
    Origin.MEMORY: "from a translation memory",
    Origin.HUMAN: "human translation",
    Origin.NONE: "not translated",
}
"""Who wrote a text."""
JUDGED = {
    Status.DRAFT: "unreviewed",
    Status.ACCEPTED: "reviewed",
    Status.EDITED: "edited",
    Status.REJECTED: "rejected",
}
"""What a person said of it."""
MOST_STRETCHES = 4
"""Of more stretches the pairs are counted instead."""
_ENDED = re.compile(r"[.!?…](?:[\"”’'»*]|</\w+>|&quot;)*\Z")
"""What ends a sentence, with what may close behind it."""
_FINGERPRINT = re.compile(r" [0-9a-f]{8,}$")


def stop_after(text: str) -> str:
    """The full stop that ends a sentence with these words; empty where they have one, or another end, already.

    The words may be marked up as Markdown or HTML. ``scripts/cite.js`` does the same.

    >>> [stop_after(each) for each in ("edited by Ada", "by Ada L.", "*Où va-t-on ?*", "Ren et al. (ed.)")]
    ['.', '', '', '.']
    """
    return "" if _ENDED.search(text) else "."


def statement_of(bitext: Bitext, beads: Sequence[Bead]) -> str:
    """What there is to say of the translation of some beads, in order.

    >>> from aligner.model import Segment, Side
    >>> sides = Side("fr", (Segment("Oui.", 0, 4),)), Side("en", (Segment("Yes.", 0, 4),))
    >>> made = {"origin": Origin.MACHINE, "maker": "fr_en 0.5 3f0c3f0c3f0c3f0c"}
    >>> bead = Bead((0,), (0,), **made, status=Status.ACCEPTED, by="Ada")
    >>> statement_of(Bitext("d", *sides, (bead,)), [bead])
    'machine translation (fr_en 0.5), reviewed by Ada'
    """
    stretches = [(said, list(group)) for said, group in groupby(beads, lambda bead: _said(bitext, bead))]
    if len({said for said, _ in stretches}) <= 1:
        return stretches[0][0] if stretches else MADE[Origin.NONE]
    if len(stretches) <= MOST_STRETCHES:
        return "; ".join(f"{_stretch(bitext, group)}: {said}" for said, group in stretches)
    counts = Counter[str]()
    for said, group in stretches:
        counts[said] += len(group)
    return "; ".join(f"{said} ({counted(count, 'pair')})" for said, count in counts.most_common())


def _stretch(bitext: Bitext, group: Sequence[Bead]) -> str:
    """Where a stretch of beads is: the segments of its source, or of its target where it has none."""
    ends = [bitext.locator(group[0]), bitext.locator(group[-1])]
    if group[-1].source:
        ends[1] = bitext.source.segments[group[-1].source[-1]].locator
    return ends[0] if ends[0] == ends[1] else "–".join(ends)


def _said(bitext: Bitext, bead: Bead) -> str:
    """Who made a bead's text and who answers for it."""
    if not bead.target:
        return MADE[Origin.NONE]
    made, edited = MADE[bead.origin], bead.status is Status.EDITED
    if bead.origin is Origin.HUMAN and (draft := draft_of(bitext, bead)):
        made = f"{draft} draft" if edited else f"{draft} draft, edited"
    elif bead.origin is Origin.HUMAN and bitext.record.translator:
        made = f"{made} by {bitext.record.translator}"
    elif bead.origin is Origin.MACHINE and (maker := maker_name(bead)):
        made = f"{made} ({maker})"
    who = f" by {bead.by}" if bead.by and bead.status is not Status.DRAFT else ""
    return f"{made}, {JUDGED[bead.status]}{who}"


def maker_name(bead: Bead) -> str:
    """The package that made a bead's text, without its fingerprint."""
    return _FINGERPRINT.sub("", bead.maker)


def draft_of(bitext: Bitext, bead: Bead) -> str:
    """What a bead's text began as, or is: ``machine``, ``memory``, or nothing where a person wrote it from the start.

    `Bead.written` has what aligner itself wrote for the sentence; a text of a person's own translation has none.
    """
    if bead.origin in {Origin.MACHINE, Origin.MEMORY}:
        return "machine" if bead.origin is Origin.MACHINE else "memory"
    # Files of version 1 count the machine's rendering among what aligner wrote, also beside a person's translation;
    # what they do not say of the whole document (`basis`) is told by how the pair came about.
    basis, constructed = bitext.provenance.basis, bead.kind is Kind.CONSTRUCTED
    if not bead.written or basis == Origin.HUMAN or not (basis or constructed):
        return ""
    remembered = wording(bead.match.target) if bead.match else ""
    return "memory" if bead.written[-1] == remembered and bead.written[-1] != wording(bead.machine or "") else "machine"
