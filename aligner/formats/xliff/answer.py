"""What is to be known of a unit that came in: what went out, unless the file says something else of its target.

Our files tell what went out in their contexts, what a tool or a person did since in the states. A target of ours that
has another text than went out is edited, and a person's from then on, unless the file says that a tool put it there;
one approved or signed off as it was is accepted. Start reading at `Answer.facts`.
"""

from __future__ import annotations

from collections.abc import Mapping

from aligner.formats.exchange.fingerprints import written
from aligner.formats.exchange.notation import seg_text
from aligner.formats.xliff.marks import TargetMarks
from aligner.formats.xliff.states import Said, is_as_written, target_says, tools_origin
from aligner.model import REVIEWED, Origin, Status, wording


class Answer:
    """What a file says of a target that has a text, beside what we wrote of it."""

    def __init__(
        self, marks: TargetMarks, texts: tuple[str, str], went_out: Mapping[str, str], machine: str, *, translate: bool
    ) -> None:
        source, self.text = map(seg_text, texts)
        self.marks, self.machine = marks, machine
        self.said = target_says(
            marks.state,
            marks.qualifier,
            approved=marks.approved,
            translate=translate,
            copied=wording(source) == wording(self.text),
        )
        status = went_out.get("x-status")
        self.sent_status = Status(status) if status in list(Status) else None
        """The status that the target went out with, where it is known."""
        sent = written(went_out.get("x-written", ""), self.text)
        self.is_as_sent = sent == (wording(self.text),)
        self.is_another = bool(sent) and not self.is_as_sent
        self.is_undone = self.said is Said.UNDONE and not self.is_as_sent

    def facts(self) -> dict[str, str]:
        """What to know of the unit in place of what it says of what went out."""
        # A state of ours that came back as it was tells nothing new: what we wrote of the unit holds.
        status, marks = self.sent_status, self.marks
        as_written = status is not None and is_as_written(marks.state, status, approved=marks.approved)
        if self.is_as_sent:
            return {} if as_written else self._raised()
        # A tool that says "needs translation" of a text that it changed itself has half done something; it is no
        # translation.
        if self.is_undone:
            return {**self._by(Status.DRAFT, Origin.NONE, ""), "x-quality": "", "x-target-cuts": ""}
        origin = tools_origin(marks.qualifier)
        # A qualifier such as leveraged-mt on a changed target may be left over from us, so it is not believed there.
        if self.said is Said.TOOLS or (origin and not self.is_another):
            status = Status.ACCEPTED if self.said is Said.DONE else Status.DRAFT
            return {**self._by(status, origin or Origin.MACHINE, f"MT!{marks.qualifier}"), "x-quality": ""}
        if self.said is Said.REJECTED:
            return self._by(Status.REJECTED, Origin.HUMAN)
        if self.is_another:
            return {**self._by(Status.EDITED, Origin.HUMAN), "x-quality": ""}
        # It is not known what went out.
        return {} if as_written else {"x-status": self._said_status().value, **self._who()}

    def _raised(self) -> dict[str, str]:
        """A text that went out so, with another state now: the status is a person's word where it was raised."""
        if self.sent_status is None:
            return {"x-status": self._said_status().value}
        # Who raised the state, and when, most files do not say: the name and date are not those that went out.
        if self.said is Said.DONE and self.sent_status not in REVIEWED:
            return self._by(Status.ACCEPTED)
        if self.said is Said.REJECTED:
            return self._by(Status.REJECTED)
        return {} if self.said is Said.DONE else {"x-status": Status.DRAFT.value}

    def _said_status(self) -> Status:
        if self.said is not Said.DONE:
            return Status.DRAFT
        changed = bool(self.machine) and seg_text(self.machine) != self.text
        return Status.EDITED if changed else Status.ACCEPTED

    def _who(self) -> dict[str, str]:
        return {"x-changed": self.marks.changed, "x-changed-by": self.marks.by} if self.marks.by else {}

    def _by(self, status: Status, origin: Origin | None = None, by: str | None = None) -> dict[str, str]:
        """A status of the file's own: who gave it, and when, is not what went out."""
        who = (self.marks.changed, self.marks.by) if by is None else ("", by)
        facts = {"x-status": status.value, "x-changed": who[0], "x-changed-by": who[1]}
        return facts if origin is None else {**facts, "x-origin": origin.value}
