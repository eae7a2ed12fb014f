"""Who wrote a text, and what becomes of a bead when one comes in: decided here for every way by which work comes back.

    page, edits of a page ──set_text──┐
    TMX · XLIFF · XLSX · TSV ──decide──┼──▶ the bead, its new text, or why nothing is taken
    an English file changed by hand ──author──┘

A text that aligner itself wrote for the source side is never a person's, wherever it comes back from: its fingerprint
is in `Bead.written`, or it is what the machine says now. A person may accept it; the bead then keeps its origin, with
who and when. Every other text is a person's. A text that comes in from a file is judged three ways, against the
wording that went out:

======================================  =====================================================================
the file's text is                      then
======================================  =====================================================================
the corpus's                            the bead's status and remark follow the file, where a person says so
what went out, and not reviewed there   nothing, whatever the corpus says now
ours, accepted or put there by a person it comes back as the machine's, accepted
ours, otherwise                         nothing
a person's, the corpus's is unreviewed  it is taken: human, edited
a person's, the corpus's went out       it is taken: human, edited
a person's, the corpus changed too      conflict
======================================  =====================================================================

An unreviewed text of the machine is nobody's work: another wording of it since is no contradiction. Where it is not
known what went out, it was the machine's rendering; of a text that a person wrote nothing is assumed, and another text
is a conflict. So is one that is older than the corpus's. Start reading at `author` and `decide`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from aligner.editing.wordings import even, is_known, same, says
from aligner.formats.exchange.authors import MACHINE
from aligner.model import REMEMBERED, REVIEWED, Bead, Bitext, Kind, Origin, Status, wording

CHANGED_HERE = "the English was changed here too"
ACCEPTED_HERE = "another English was accepted here"


class Nature(Enum):
    """What a text of a file is, whatever the corpus says."""

    UNTOUCHED = "untouched"
    """As it went out, and nobody said anything of it."""
    UNDONE = "not translated"
    """Not translated, or rejected."""
    MACHINES = "by a machine"
    """A machine or a memory put it there, and nobody confirmed it."""
    WORK = "work"
    """All else: what a person may have done."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A text that comes in from a file, and what the file says of it."""

    text: str
    """Empty: not translated."""
    source: str = ""
    """The source text beside it."""
    status: Status = Status.DRAFT
    origin: Origin = Origin.HUMAN
    """Whose the text that went out was."""
    maker: str = ""
    """The package that made the text that went out (`Bead.maker`)."""
    sent: str = ""
    """The fingerprint of the text that went out; empty: unknown."""
    sent_status: Status | None = None
    """The status with which it went out; None: unknown, and then dates tell whether a person changed it."""
    base: str | None = None
    """The text that went out, where something else tells it."""
    exported_from: str = ""
    """SHA-256 of the English text from which the file was exported; empty: unknown."""
    is_export: bool = False
    """Whether the file says that it is an export of ours."""
    by: str = ""
    """Who wrote or confirmed it, as far as the file says; ``MT!…`` for a machine."""
    changed: str = ""
    """When, as far as the file says."""
    tells_dates: bool = True
    """Whether such a file says when and by whom what went out had been reviewed."""
    note: str = ""

    @property
    def is_as_sent(self) -> bool:
        """Whether the text is the one that went out."""
        return bool(self.sent) and is_known(self.text, self.sent)

    @property
    def is_another(self) -> bool:
        """Whether the text is certainly not the one that went out."""
        return bool(self.sent) and not self.is_as_sent

    @property
    def is_by_machine(self) -> bool:
        """Whether the file says that a machine put the text there."""
        return self.by.startswith(MACHINE)

    @property
    def is_news(self) -> bool:
        """Whether the file certainly says something else than what went out."""
        undated = self.status is not Status.DRAFT and self.tells_dates and not self.changed
        reviewed = undated if self.sent_status is None else self.is_raised
        return bool(self.text) and (reviewed or not self.is_as_sent)

    @property
    def is_raised(self) -> bool:
        """Whether the status is certainly a person's word in the file: another than the one that went out."""
        return self.sent_status is not None and self.status not in {Status.DRAFT, self.sent_status}

    def as_edited(self) -> Incoming:
        """The same where a person says that texts with a machine's mark that are not as they went out are theirs.

        Editors that change nothing but the text leave our mark of the machine on it, and machines write the same mark:
        only a person can tell. What aligner itself wrote stays its own all the same (`author`).
        """
        is_left = self.is_another and self.nature is Nature.MACHINES
        return replace(self, by="", status=Status.EDITED, origin=Origin.HUMAN, maker="") if is_left else self

    @property
    def nature(self) -> Nature:
        """What the text is, whatever the corpus says."""
        if self.is_as_sent:
            return Nature.UNTOUCHED if self.status is Status.DRAFT and not self.note else Nature.WORK
        if not self.text:
            return Nature.UNDONE
        if self.is_by_machine and self.status not in REVIEWED:
            return Nature.MACHINES
        copied = self.status is Status.DRAFT and not self.by and same(self.text, self.source)
        return Nature.UNDONE if copied or (self.status is Status.REJECTED and self.is_another) else Nature.WORK


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a bead; nothing set: it stays as it is."""

    bead: Bead | None = None
    """The bead as it is to be, but for its target segments."""
    text: str | None = None
    """Its new English text; None: the old one stays."""
    reason: str = ""
    """Why nothing is taken over although the file has another text."""


KEPT = Decision()


@dataclass(frozen=True, slots=True)
class Byline:
    """Who stands for a change, and when it was made."""

    by: str
    at: str
    """ISO 8601, UTC, to the second."""

    def edited(self, bead: Bead, origin: Origin) -> Bead:
        """The bead to which this person gave a text, or from which they took it."""
        kind = bead.kind if bead.target or bead.kind is Kind.LOCKED else Kind.ALIGNED
        # A person who wrote a text for this sentence leaves no doubt that the two belong together.
        sure = 1.0 if bead.kind is Kind.CONSTRUCTED else bead.confidence
        bead = replace(bead, kind=kind, confidence=sure, status=Status.EDITED, changed=self.at, by=self.by)
        return as_persons(bead, origin)

    def accepted(self, bitext: Bitext, bead: Bead, text: str, origin: Origin, maker: str = "") -> Bead:
        """The bead with a text of ours that this person chose, another than it has now."""
        kind = bead.kind if bead.target or bead.kind is Kind.LOCKED else Kind.ALIGNED
        present = bead.machine is not None and same(text, bead.machine)
        if origin is Origin.MACHINE and present:
            maker = maker or bitext.provenance.maker
        written = remembered(bead.written, (wording(text),))
        bead = replace(bead, kind=kind, origin=origin, written=written)
        bead = replace(bead, status=Status.ACCEPTED, changed=self.at, by=self.by)
        return replace(bead, maker=maker, quality=None, flags=bead.flags if present else ())


def author(bead: Bead, present: str, text: str) -> Origin:
    """Who wrote a text that stands, or is to stand, where a bead's text `present` is.

    >>> bead = Bead((0,), (0,), origin=Origin.MACHINE, machine="A cat.", written=(wording("One cat."),))
    >>> [author(bead, "A cat.", text).value for text in ("A  cat.", "One cat.", "The cat.", "")]
    ['mt', 'mt', 'human', 'none']
    """
    if not text:
        return Origin.NONE
    # First what is there: a bead of a memory stays the memory's although the machine says the same.
    if same(text, present) and bead.origin in {Origin.MACHINE, Origin.MEMORY}:
        return bead.origin
    if is_ours(bead, text):
        return Origin.MEMORY if bead.match and same(text, bead.match.target) else Origin.MACHINE
    return bead.origin if same(text, present) else Origin.HUMAN


def is_ours(bead: Bead, text: str) -> bool:
    """Whether aligner itself wrote this text for the bead's source side."""
    if bead.machine is not None and same(text, bead.machine):
        return True
    return any(is_known(text, fingerprint) for fingerprint in bead.written)


def set_text(
    bitext: Bitext, bead: Bead, text: str, byline: Byline, *, offered: Origin = Origin.HUMAN, maker: str = ""
) -> Bead:
    """The bead when a person gives it a text, but for its target segments: edited, or accepted if it is ours.

    `offered` says that the person took a text that a machine (`maker`) or a memory offered, as it is: it is never the
    person's own.
    """
    present = bitext.target_text(bead)
    origin = author(bead, present, text)
    if origin is Origin.HUMAN and offered in {Origin.MACHINE, Origin.MEMORY} and not same(text, present):
        return byline.accepted(bitext, bead, text, offered, maker if offered is Origin.MACHINE else "")
    if origin is Origin.HUMAN or not text:
        return byline.edited(bead, origin)
    if same(text, present):
        return replace(bead, status=Status.ACCEPTED, by=byline.by, changed=byline.at)
    return byline.accepted(bitext, bead, text, origin)


def accept(bitext: Bitext, bead: Bead, text: str, byline: Byline, *, maker: str) -> Bead:
    """The bead when a person accepts a text of ours that it has no longer, but for its target segments."""
    origin = author(bead, bitext.target_text(bead), text)
    # the page was made with it, so it was ours, whatever the bead remembers
    origin = Origin.MACHINE if origin is Origin.HUMAN else origin
    return byline.accepted(bitext, bead, text, origin, maker)


def is_retold(bead: Bead, seen: str, *, written: str = "", maker: str = "") -> bool:
    """Whether the machine only says something else since a person saw its text: nobody else changed anything.

    `written` and `maker` are the fingerprint of the text that went out, and who made it, as far as known.
    """
    ours = is_ours(bead, seen) or (bool(written and maker) and is_known(seen, written))
    return _is_open(bead) and bool(seen) and ours


def decide(bitext: Bitext, bead: Bead, new: Incoming, byline: Byline) -> Decision:
    """What becomes of a bead when a file has this text for it.

    `byline` says who stands for it and when, where the file does not.
    """
    segments, present = [bitext.target.segments[j].text for j in bead.target], bitext.target_text(bead)
    # An untouched unit of an older export says nothing about what was done since.
    if new.is_as_sent and _is_older(bead, new):
        return KEPT
    # The file says who stands for the text and when, unless that is only what went out with the bead.
    if not new.is_by_machine and (new.changed, new.by) != (bead.changed, bead.by):
        byline = Byline(new.by or byline.by, new.changed or byline.at)
    # Tools join sentences with other spaces than ours: the segments count, not what stands between.
    if new.text and (same(new.text, present) or says(segments, new.text)):
        return _reviewed(bead, new, byline)
    if not _is_work(bead, new):
        return _changed(bead, _noted(bead, new)) if new.is_as_sent else KEPT
    if bead.kind is Kind.EXCLUDED:
        return Decision(reason="boilerplate has no translation")
    origin = author(bead, present, new.text)
    # A text of ours that the store no longer remembers is still ours: the fingerprint in the file proves it.
    if origin is Origin.HUMAN and (new.is_as_sent or new.is_by_machine):
        origin = new.origin
    if origin is Origin.HUMAN:
        return _merged(bead, present, new, byline)
    return _taken_back(bitext, bead, new, origin, byline)


def decide_among(bitext: Bitext, bead: Bead, several: Sequence[Incoming], byline: Byline) -> Decision:
    """What becomes of a bead when a file has these texts for it, each said once or more often."""
    decisions = {}
    for new in several:
        # Where only the file's header tells what went out, it is the corpus's text, unchanged since.
        unknown = not new.sent and new.base is None and bool(new.exported_from)
        if unknown and new.exported_from == bitext.target.sha256:
            new = replace(new, base=bitext.target_text(bead))  # noqa: PLW2901
        decisions[even(new.text)] = decide(bitext, bead, new, byline)
    changing = [decision for decision in decisions.values() if decision != KEPT]
    # which of several is meant only the person knows; the same wording twice is one
    if len(decisions) > 1 and any(decision.text or decision.reason for decision in changing):
        return Decision(reason="the file has several translations")
    return changing[0] if changing else KEPT


def remembered(*lists: tuple[str, ...]) -> tuple[str, ...]:
    """Fingerprints of several lists as one, each once, the latest last, as many as a bead keeps."""
    # from the end, so that of a fingerprint that comes twice the later place counts
    latest = dict.fromkeys(fingerprint for each in reversed(lists) for fingerprint in reversed(each))
    return tuple(reversed(list(latest)[:REMEMBERED]))


def as_persons(bead: Bead, origin: Origin) -> Bead:
    """The bead with a text that a person wrote, or with none: what was known of the machine's is not about this one.

    So it is whichever way the text came in: by an edit, or typed into the English file (decision 43).
    """
    return replace(bead, origin=origin, maker="", quality=None, flags=())


def _taken_back(bitext: Bitext, bead: Bead, new: Incoming, origin: Origin, byline: Byline) -> Decision:
    """A text of ours, but not the one that the corpus has: taken if a person chose it, and none stands for another."""
    # A name alone counts only if no tool of ours put it there on the way out.
    named = bool(new.by) and not (new.is_by_machine or _is_our_draft(bead, new))
    if new.status not in REVIEWED and not new.is_another and not named:
        return KEPT
    if _is_open(bead):
        maker = new.maker if new.is_as_sent else ""
        accepted = byline.accepted(bitext, bead, new.text, origin, maker)
        return Decision(_noted(accepted, new), new.text)
    if _is_older(bead, new):
        return KEPT
    return Decision(reason=CHANGED_HERE if bead.origin is Origin.HUMAN else ACCEPTED_HERE)


def _merged(bead: Bead, present: str, new: Incoming, byline: Byline) -> Decision:
    """A person's text, but not the one that the corpus has."""
    if _is_open(bead):
        unchanged_here = True
    elif new.sent:
        unchanged_here = is_known(present, new.sent)
    else:
        # Where it is not known what went out, it was the machine's rendering.
        base = bead.machine if new.base is None else new.base
        unchanged_here = base is not None and same(present, base)
    if unchanged_here and not _is_older(bead, new):
        return Decision(_noted(byline.edited(bead, Origin.HUMAN), new), new.text)
    # The corpus changed and the file did not: the corpus stays, and that is no conflict.
    unchanged_there = new.base is not None and same(new.text, new.base)
    return KEPT if unchanged_there else Decision(reason=CHANGED_HERE)


def _is_work(bead: Bead, new: Incoming) -> bool:
    """Whether another text than the corpus's is something that a person did, or stands for."""
    if not new.text or new.status is Status.REJECTED or (new.is_by_machine and new.status not in REVIEWED):
        return False
    return not new.is_as_sent or _is_raised(bead, new)


def _is_open(bead: Bead) -> bool:
    """Whether nobody stands for the bead's text: it is ours, and not reviewed."""
    return bead.origin is not Origin.HUMAN and bead.status not in REVIEWED


def _is_older(bead: Bead, new: Incoming) -> bool:
    """Whether the file's text was there before a person changed the bead, as far as both are dated."""
    return bool(new.changed) and new.changed < bead.changed


def _is_raised(bead: Bead, new: Incoming) -> bool:
    """Whether the status of a text is a person's word in the file, not what went out with it.

    What went out reviewed went out with a date, and our tables and files keep it; a draft may have one too.
    """
    if new.status is Status.DRAFT or not new.is_as_sent:
        return new.status is not Status.DRAFT
    if new.sent_status is not None:
        return new.is_raised
    if not new.tells_dates:
        return bead.status not in REVIEWED
    return not new.changed or (bead.status is Status.DRAFT and (new.changed, new.by) == (bead.changed, bead.by))


def _reviewed(bead: Bead, new: Incoming, byline: Byline) -> Decision:
    """A text that stays: a person who stands for it in the file accepts a draft; remarks are added."""
    # a remark is added whoever wrote the text: it says something in any case
    made = _noted(bead, new)
    person = bool(new.by) and not new.is_by_machine
    confirmed = _is_raised(bead, new) or (person and not _is_our_draft(bead, new))
    if bead.status is Status.DRAFT and bead.target and (confirmed or new.is_another):
        # "edited" of a text that is ours would claim a person's work: it is accepted
        edited = new.status is Status.EDITED and bead.origin is Origin.HUMAN
        rejected = new.status is Status.REJECTED
        status = Status.EDITED if edited else Status.REJECTED if rejected else Status.ACCEPTED
        made = replace(made, status=status, changed=byline.at, by=byline.by)
    return _changed(bead, made)


def _changed(bead: Bead, made: Bead) -> Decision:
    """The decision for a bead whose text stays."""
    return KEPT if made == bead else Decision(made)


def _is_our_draft(bead: Bead, new: Incoming) -> bool:
    """Whether a draft of the file is one that we exported: who merged two beads, or wrote a remark, accepted neither.

    A tool that dropped what our files say of themselves may have kept the name and date that we wrote.
    """
    return new.is_export or bool(new.sent) or (new.changed, new.by) == (bead.changed, bead.by)


def _noted(bead: Bead, new: Incoming) -> Bead:
    """The bead with the file's remark added to its own."""
    return bead if new.note in bead.note else replace(bead, note="\n".join(filter(None, (bead.note, new.note))))
