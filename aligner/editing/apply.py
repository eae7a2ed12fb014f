"""Applying edits: a pure function from a bitext, its English text and edits to both as they are afterwards.

An edit that does not fit what is there is a conflict and changes nothing; the others are applied. A draft that the
machine only says in other words since fits: nobody else changed anything, and what is accepted is what was seen. An
edit whose result is there already changes nothing either, so that the same edits may come twice. Texts are put into the
English together where they can be: one pass over the document serves many of them. Start reading at `apply_edits`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from aligner.editing.authorship import Byline, accept, decide_among, is_retold, set_text
from aligner.editing.edits import (
    Edit,
    Merge,
    Move,
    SetNote,
    SetStatus,
    SetText,
    Split,
    TakeOver,
)
from aligner.editing.rewrite import rewrite
from aligner.editing.shapes import (
    Refused,
    regrouped,
    shaped,
    unlocked,
)
from aligner.editing.wordings import (
    is_known,
    plain_line,
    same,
    says,
)
from aligner.model import Bead, Bitext, Kind, Origin, Status
from aligner.text import Srx

GONE = "this pair is no longer there: it was merged, split or moved"
CHANGED = "this pair was changed in the meantime"
FOREIGN = "the English text was changed by another program: run `aligner run` first"


@dataclass(frozen=True, slots=True)
class RefusedEdit:
    """An edit that was not applied, and why."""

    edit: Edit
    reason: str
    source: str = ""
    ours: str = ""
    """The English text of the bead as it is."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What edits made of a document."""

    bitext: Bitext
    english: str | None
    conflicts: tuple[RefusedEdit, ...] = ()
    edits: tuple[Edit, ...] = ()
    """The edits that changed something."""
    rewrites: tuple[Edit, ...] = ()
    """Those among them by which a bead got a text of a person's."""


def apply_edits(
    bitext: Bitext,
    english: str | None,
    edits: Sequence[Edit],
    *,
    by: str,
    now: str,
    source: str | None = None,
    rules: Srx | None = None,
) -> Applied:
    """Apply edits one after the other, each to what the one before it left.

    `english` is the text that the target side's offsets are about; None when it is not at hand, and then no text is
    changed. `by` and `now` say who did it and when (an edit's own date counts for more); new paragraphs are divided as
    in the `source` text (None: by a line end); `rules` cut new texts into segments (None: the packaged ones). Coverage
    holds throughout: every segment stays in exactly one bead.
    """
    draft = _Draft(bitext, english, source, rules)
    conflicts, done = [], []
    for edit in edits:
        try:
            if draft.apply(edit, Byline(by, edit.changed or now)):
                done.append(edit)
        except Refused as refusal:
            index = draft.find(edit.bead)
            # a bead that is gone has no texts to show
            texts = () if index is None else (draft.bitext.source_text(draft.beads[index]), draft.target_text(index))
            conflicts.append(RefusedEdit(edit, str(refusal), *texts))
    draft.settle()
    return Applied(
        replace(draft.bitext, beads=tuple(draft.beads)),
        draft.english,
        tuple(conflicts),
        tuple(done),
        tuple(draft.rewrites),
    )


class _Draft:
    """A document under edit: its beads over the segments of `bitext`, and texts not yet put into the English."""

    def __init__(self, bitext: Bitext, english: str | None, source: str | None, rules: Srx | None) -> None:
        self.bitext, self.english, self.source, self.rules = bitext, english, source, rules
        self.beads = list(bitext.beads)
        self.texts: dict[int, str] = {}
        self.rewrites: list[Edit] = []
        self.byline = Byline("", "")
        """That of the edit that is being applied."""
        self._places: dict[str, int] | None = None

    def apply(self, edit: Edit, byline: Byline) -> bool:
        """Apply one edit and return whether it changes anything; Refused when it does not fit."""
        self.byline = byline
        index = self._place(edit)
        if isinstance(edit, TakeOver):
            return self._take_over(index, edit)
        bead, seen, present = self.beads[index], edit.before, self.target_text(index)
        if self._is_done(bead, edit):
            return False
        # Whether only the machine says something else since the person saw its draft. Who rejects a text, or changes
        # the borders of beads, means what stood there then; all other edits still make sense.
        accepts = isinstance(edit, SetStatus) and edit.status is Status.ACCEPTED
        retold = not same(present, seen.target) and (accepts or isinstance(edit, SetText | SetNote))
        retold = retold and is_retold(bead, seen.target, written=seen.written, maker=seen.maker)
        # The status is part of what the person saw: who accepts a rejected text should know that it was rejected.
        if bead.status is not seen.status or not (retold or same(present, seen.target)):
            raise Refused(CHANGED)
        if isinstance(edit, SetStatus) and retold:
            # What is accepted is the text that the person saw: it comes back in the place of the machine's present one.
            if self.english is None:
                raise Refused(FOREIGN)
            text = plain_line(seen.target)
            maker = seen.maker if is_known(text, seen.written) else ""
            self.beads[index] = accept(self.bitext, bead, text, byline, maker=maker)
            self.texts[index] = text
        else:
            self._do(index, edit)
        return True

    def _place(self, edit: Edit) -> int:
        """The index of the edit's bead, with its text settled; Refused when it is gone."""
        # Locators of target-only beads, and the borders of beads, may change when texts are put into the English.
        if self.texts and (edit.bead.startswith("t") or not isinstance(edit, SetText | SetStatus | SetNote | TakeOver)):
            self.settle()
        index = self.find(edit.bead)
        if index is None:
            raise Refused(GONE)
        # A second edit of the same bead is judged by the text that the first one gave it.
        if index in self.texts:
            self.settle()
        return index

    def _do(self, index: int, edit: Edit) -> None:
        """Do an edit that fits."""
        bead = self.beads[index]
        match edit:
            case SetStatus():
                # who takes a review back frees the borders too (decision 17)
                made = replace(bead, status=edit.status, changed=self.byline.at, by=self.byline.by)
                self.beads[index] = unlocked(made) if edit.status is Status.DRAFT else made
            case SetNote():
                self.beads[index] = replace(bead, note=edit.note, changed=self.byline.at, by=self.byline.by)
            case SetText():
                self._write(index, plain_line(edit.text), edit)
                self.rewrites.append(edit)
            case Merge() | Split() | Move():
                change = shaped(self.beads, index, edit)
                made_anew = regrouped(self.bitext, self.beads, change, self.byline, rules=self.rules)
                self.beads[change.start : change.end] = made_anew
                self._places = None

    def _take_over(self, index: int, edit: TakeOver) -> bool:
        """Do what a file says, as far as a person says it there; the new text waits for those of other beads."""
        bead = self.beads[index]
        # the bead was found before the lock was held: it may have other segments since
        if not all(same(self.bitext.source_text(bead), said.source) for said in edit.said):
            raise Refused(GONE)
        decision = decide_among(self.bitext, bead, edit.said, self.byline)
        if decision.reason:
            raise Refused(decision.reason)
        if decision.bead is None:
            return False
        if decision.text is not None:
            if self.english is None:
                raise Refused(FOREIGN)
            self.texts[index] = decision.text
            # a text of ours that comes back accepted is no rewriting by a person
            self.rewrites += [edit] if decision.bead.origin is Origin.HUMAN else []
        self.beads[index] = decision.bead
        return True

    def find(self, locator: str) -> int | None:
        """The index of the bead with a locator; None when there is none."""
        if self._places is None:
            self._places = {self.bitext.locator(bead): index for index, bead in enumerate(self.beads)}
        return self._places.get(locator)

    def target_text(self, index: int) -> str:
        """The English text of a bead as far as it is settled."""
        return self.bitext.target_text(self.beads[index])

    def settle(self) -> None:
        """Put the new texts into the English."""
        if self.texts and self.english is not None:
            self.bitext, self.english = rewrite(
                self.bitext, self.english, self.beads, self.texts, source=self.source, rules=self.rules
            )
            self.beads, self.texts, self._places = list(self.bitext.beads), {}, None

    def _is_done(self, bead: Bead, edit: Edit) -> bool:
        """Whether a bead is already as an edit wants it: the same edits may come twice."""
        match edit:
            case SetStatus():
                return bead.status is edit.status
            case SetNote():
                return bead.note == edit.note
            case SetText():
                return says([self.bitext.target.segments[j].text for j in bead.target], edit.text)
        return False

    def _write(self, index: int, text: str, edit: SetText) -> None:
        """Give a bead a text of a person's, or one that a person took; Refused where there cannot be one."""
        if self.beads[index].kind is Kind.EXCLUDED:
            raise Refused("boilerplate has no translation")
        if self.english is None:
            raise Refused(FOREIGN)
        # an empty file would be taken for one that is ours to write
        if not text and len(self.beads[index].target) == len(self.bitext.target.segments):
            raise Refused("this is the only English of the document: it cannot be empty")
        # where English comes or goes, the lines around it count
        alone = not text or not self.beads[index].target
        if alone:
            self.settle()
        self.beads[index] = set_text(
            self.bitext, self.beads[index], text, self.byline, offered=edit.origin, maker=edit.maker
        )
        self.texts[index] = text
        if alone:
            self.settle()
