"""Read XLIFF 1.2: our own files as they come back from a CAT tool, and other tools' files as far as they are bitexts.

What a file says of a target is believed (`aligner.formats.xliff.states`): one that is not translated is left out, one
that a tool put there and nobody confirmed is a machine's or a memory's draft, by ``MT!`` and the tool's word for it. A
target of ours that has another text than went out is edited, and a person's from then on; one approved or signed off as
it was is accepted. Inline tags are dropped. Start reading at `read`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from aligner.errors import InputError
from aligner.formats.base import place_in
from aligner.formats.defects import Defect, Defects
from aligner.formats.exchange.documents import described, document_name
from aligner.formats.exchange.fields import SENT_STATUS
from aligner.formats.exchange.fingerprints import written
from aligner.formats.exchange.notation import language_tag, seg_text
from aligner.formats.exchange.to_bitext import BitextBuilder, ExchangedDocument
from aligner.formats.exchange.units import Properties, Unit, Variant
from aligner.formats.xliff.states import Said, is_as_written, target_says, tools_origin
from aligner.formats.xml.read import (
    children,
    line_of,
    local_name,
    release,
    stream_elements,
)
from aligner.model import REVIEWED, Bitext, Origin, Status, wording

_CODES = frozenset(("bpt", "ept", "ph", "it", "bx", "ex", "x"))
"""Elements that hold native codes; ``g`` and ``mrk`` hold text."""


def read(stream: BinaryIO) -> Iterator[Bitext]:
    """Yield a bitext for each ``file``; InputError for a file that is not XLIFF 1."""
    return (document.bitext for document in documents(stream))


def documents(stream: BinaryIO) -> Iterator[ExchangedDocument]:
    """Yield a document for each ``file``, with the status with which each unit went out."""
    findings = Defects(place_in(stream) or "XLIFF")
    for found in stream_elements(
        stream, findings, names=("file",), check_root=lambda root: _check_root(root, findings)
    ):
        yield _document(found, findings)
        release(found)
    findings.log()


def _check_root(root: etree._Element, findings: Defects) -> None:
    if local_name(root) != "xliff" or not root.get("version", "").startswith("1."):
        what = f"<{local_name(root)}> {root.get('version', '')}".strip()
        raise InputError(f"this is not XLIFF 1.2 but {what}", where=findings.name, hint="save it as XLIFF 1.2")


def _document(found: etree._Element, findings: Defects) -> ExchangedDocument:
    source, target = (language_tag(found.get(f"{side}-language") or "und") for side in ("source", "target"))
    notes = found.iterfind("{*}header/{*}note")
    facts = tuple((f"x-{note.get('from')}", note.text or "") for note in notes)
    unknown = (("x-document", document_name(found.get("original", ""), "xliff")),)
    known = described(facts, source, target) or described(unknown, source, target)
    name, about = next(iter(known.items()))
    builder = BitextBuilder(name, about, implied=False)
    for unit in found.iter("{*}trans-unit"):
        made = _unit(unit, source, target)
        if made is None:
            findings.note(Defect.EMPTY_SEGMENT, line=line_of(unit))
        else:
            builder.add(made, *made.variants)
    return builder.document()


def _unit(found: etree._Element, source: str, target: str) -> Unit | None:
    parts = children(found)
    texts = [_plain(parts[name][0]) if name in parts else "" for name in ("source", "target")]
    if not any(text.strip() for text in texts):
        return None
    facts = {context.get("context-type", ""): context.text or "" for context in found.iter("{*}context")}
    # With a quality, an alternative is a match of a memory; without one it is what a machine said.
    alternatives = (each for each in found.iterfind("{*}alt-trans") if each.get("match-quality") is None)
    machine = next((_plain(target) for each in alternatives for target in each.iterfind("{*}target")), "")
    # A target without text says nothing, whatever its state is.
    if seg_text(texts[1]):
        # Our contexts are what went out: what a person did is in the states, which are read after this.
        facts |= {f"x-{SENT_STATUS}": facts.get("x-status", "")}
        answer = _Answer(found, parts["target"][0], texts, facts, machine)
        facts |= answer.facts()
        texts[1] = "" if answer.is_undone else texts[1]
    if machine:
        facts["x-machine"] = machine
    properties: Properties = tuple(facts.items())
    variants = (
        Variant(source, texts[0]),
        Variant(target, texts[1], changed=facts.get("x-changed", ""), changed_by=facts.get("x-changed-by", "")),
    )
    notes = tuple(note.text or "" for note in parts.get("note", ()))
    return Unit(variants, found.get("id", ""), notes, properties, line_of(found))


class _Answer:
    """What a file says of a target that has a text, beside what we wrote of it."""

    def __init__(
        self, unit: etree._Element, target: etree._Element, texts: list[str], facts: dict[str, str], machine: str
    ) -> None:
        source, self.text = map(seg_text, texts)
        self.machine = machine
        self.state, self.qualifier = target.get("state", ""), target.get("state-qualifier", "")
        self.approved = unit.get("approved") == "yes"
        self.said = target_says(
            self.state,
            self.qualifier,
            approved=self.approved,
            translate=unit.get("translate") != "no",
            copied=wording(source) == wording(self.text),
        )
        status = facts.get("x-status")
        self.sent_status = Status(status) if status in list(Status) else None
        """The status that the target went out with, where it is known."""
        sent = written(facts.get("x-written", ""), self.text)
        self.is_as_sent = sent == (wording(self.text),)
        self.is_another = bool(sent) and not self.is_as_sent
        self.is_undone = self.said is Said.UNDONE and not self.is_as_sent

    def facts(self) -> dict[str, str]:
        """What to know of the unit in place of what it says of what went out."""
        # A state of ours that came back as it was tells nothing new: what we wrote of the unit holds.
        status = self.sent_status
        as_written = status is not None and is_as_written(self.state, status, approved=self.approved)
        if self.is_as_sent:
            return {} if as_written else self._raised()
        # A tool that says "needs translation" of a text that it changed itself has half done something; it is no
        # translation.
        if self.is_undone:
            return {**self._by(Status.DRAFT, Origin.NONE), "x-quality": "", "x-target-cuts": ""}
        origin = tools_origin(self.qualifier)
        # A qualifier such as leveraged-mt on a changed target may be left over from us, so it is not believed there.
        if self.said is Said.TOOLS or (origin and not self.is_another):
            status = Status.ACCEPTED if self.said is Said.DONE else Status.DRAFT
            return {**self._by(status, origin or Origin.MACHINE, f"MT!{self.qualifier}"), "x-quality": ""}
        if self.said is Said.REJECTED:
            return self._by(Status.REJECTED, Origin.HUMAN)
        if self.is_another:
            return {**self._by(Status.EDITED, Origin.HUMAN), "x-quality": ""}
        # It is not known what went out.
        return {} if as_written else {"x-status": self._said_status().value}

    def _raised(self) -> dict[str, str]:
        """A text that went out so, with another state now: the status is a person's word where it was raised."""
        if self.sent_status is None:
            return {"x-status": self._said_status().value}
        # Who raised the state, and when, the file does not say: the name and date are not those that went out.
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

    @staticmethod
    def _by(status: Status, origin: Origin | None = None, by: str = "") -> dict[str, str]:
        """A status of the file's own: who gave it, and when, is not what went out."""
        facts = {"x-status": status.value, "x-changed": "", "x-changed-by": by}
        return facts if origin is None else {**facts, "x-origin": origin.value}


def _plain(found: etree._Element) -> str:
    """The text without inline tags and their codes."""
    parts = [found.text or ""]
    for child in found:
        if local_name(child) not in _CODES:
            parts.append(_plain(child))
        parts.append(child.tail or "")
    return "".join(parts)
