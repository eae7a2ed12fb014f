"""Merging three ways: what was exported, what the corpus says now, what the file says.

====================  ===========================  ====================================================
the corpus changed    the file changed             then
====================  ===========================  ====================================================
no                    no                           the status follows the file, if a person stands for it
yes                   no                           the corpus stays
no                    yes                          the file's text is taken: human, edited
yes                   yes, to the same text        the status follows the file
yes                   yes, to another text         conflict
====================  ===========================  ====================================================

Where it is not known what was exported, it was the machine's rendering; of a text that a person wrote nothing is
assumed, and another text is a conflict. So is one that is older than the corpus's. No conflict comes of white space:
the corpus keeps what stands between two segments apart from them, and CAT tools change it. Start reading at `decide`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from aligner.editing.rewrite import plain_line
from aligner.formats.selection import RANK
from aligner.formats.tmx.notation import seg_text
from aligner.importing.proposals import Proposal
from aligner.model import Bead, Bitext, Kind, Origin, Status


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a bead: at most one of the three is set; none: it stays as it is."""

    bead: Bead | None = None
    """The bead with its new status and remark."""
    text: str | None = None
    """Its new English text; None: the old one stays."""
    reason: str = ""
    """Why nothing is taken over although the file has another text."""


KEPT = Decision()


def decide(bitext: Bitext, bead: Bead, proposal: Proposal, *, now: str) -> Decision:
    """What becomes of a bead under a proposal; `now` dates a change that the file does not date."""
    ours = seg_text(bitext.target_text(bead))
    if _says(bitext, bead, proposal.target):
        return _reviewed(bead, proposal, now)
    base = _base(bitext, bead, ours, proposal)
    if not proposal.target or proposal.is_by_machine or proposal.target == base:
        return KEPT
    if bead.kind is Kind.EXCLUDED:
        return Decision(reason="boilerplate has no translation")
    if base is not None and even(ours) == even(base) and not _is_older(bead, proposal):
        return Decision(_edited(bead, proposal, now), proposal.target)
    if even(proposal.target) == even(ours):
        return _reviewed(bead, proposal, now)
    unchanged = base is not None and even(proposal.target) == even(base)
    return KEPT if unchanged else Decision(reason="the English was changed here too")


def even(text: str) -> str:
    """A text with one space wherever it has white space: what is compared where white space makes no difference."""
    return " ".join(text.split())


def _says(bitext: Bitext, bead: Bead, text: str) -> bool:
    """Whether a text is a bead's English, whatever white space it has between the segments."""
    segments = [plain_line(seg_text(bitext.target.segments[j].text)) for j in bead.target]
    return re.fullmatch(r"\s*".join(map(re.escape, segments)), plain_line(text)) is not None


def _base(bitext: Bitext, bead: Bead, ours: str, proposal: Proposal) -> str | None:
    """What was exported; None when there is no telling."""
    if proposal.base is not None:
        return proposal.base
    untouched = bead.origin is not Origin.HUMAN and RANK[bead.status] < RANK[Status.ACCEPTED]
    if untouched or (proposal.exported_from and proposal.exported_from == bitext.target.sha256):
        return ours
    return None if bead.machine is None else seg_text(bead.machine)


def _is_older(bead: Bead, proposal: Proposal) -> bool:
    """Whether the file's text was there before a person changed the corpus's, as far as both are dated."""
    return bool(proposal.changed) and proposal.changed < bead.changed


def _edited(bead: Bead, proposal: Proposal, now: str) -> Bead:
    """The bead with a person's text; the date and the name are the file's if they are of this change."""
    changed, by = proposal.changed or now, proposal.by
    if (proposal.changed, proposal.by) == (bead.changed, bead.by):
        changed, by = now, ""
    kind = bead.kind if bead.target else Kind.ALIGNED
    note = _note(bead, proposal)
    sure = 1.0 if bead.kind is Kind.CONSTRUCTED else bead.confidence  # it was the machine's text that was in doubt
    edited = replace(bead, kind=kind, origin=Origin.HUMAN, status=Status.EDITED, note=note, changed=changed, by=by)
    return replace(edited, confidence=sure)


def _reviewed(bead: Bead, proposal: Proposal, now: str) -> Decision:
    """A text that stays: a person who stands for it in the file accepts a draft; remarks are added."""
    status, changed, by = bead.status, bead.changed, bead.by
    person = bool(proposal.by) and not proposal.is_by_machine
    confirmed = proposal.status is not Status.DRAFT or (person and not _is_our_draft(bead, proposal))
    if bead.status is Status.DRAFT and bead.target and confirmed:
        edited = proposal.status is Status.EDITED and bead.origin is Origin.HUMAN
        rejected = proposal.status is Status.REJECTED
        status = Status.EDITED if edited else Status.REJECTED if rejected else Status.ACCEPTED
        changed, by = proposal.changed or now, proposal.by if person else ""
    made = replace(bead, status=status, note=_note(bead, proposal), changed=changed, by=by)
    return KEPT if made == bead else Decision(made)


def _is_our_draft(bead: Bead, proposal: Proposal) -> bool:
    """Whether a draft of the file is one that we exported: who merged two beads, or wrote a remark, accepted neither.

    A tool that dropped what our files say of themselves may have kept the name and date that we wrote.
    """
    return bool(proposal.exported_from) or (proposal.changed, proposal.by) == (bead.changed, bead.by)


def _note(bead: Bead, proposal: Proposal) -> str:
    return bead.note if proposal.note in bead.note else "\n".join(filter(None, (bead.note, proposal.note)))
