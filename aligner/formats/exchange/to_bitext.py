"""From units to bitexts.

A unit that we wrote comes back as the bead it was made of, as far as the file could keep it: the segments of both
sides, their numbers, status, origin, confidence, quality, maker, remarks, the fingerprint of the text that went out. A
unit of another tool becomes a 1-1 bead in a paragraph of its own. Offsets are those of the texts set one after the
other.
`aligner.formats.exchange.from_bitext` is the way there.

Start reading at `BitextBuilder`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from aligner.formats.exchange.authors import claims
from aligner.formats.exchange.documents import Described
from aligner.formats.exchange.fields import SENT_STATUS, from_properties
from aligner.formats.exchange.fingerprints import written
from aligner.formats.exchange.from_bitext import implied_kind
from aligner.formats.exchange.matches import match_of
from aligner.formats.exchange.notation import seg_text
from aligner.formats.exchange.units import AlternativeKey, Unit, Variant, alternative_of
from aligner.model import Bead, Bitext, Origin, Role, Segment, Status

_STATUSES, _ROLES = frozenset(Status), frozenset(Role)
_LOCATOR = re.compile(r"([1-9][0-9]{0,8})\.([1-9][0-9]{0,8})")


@dataclass(frozen=True, slots=True)
class ExchangedDocument:
    """A document as it comes in from a file."""

    bitext: Bitext
    sent: tuple[Status | None, ...]
    """The status with which each bead went out, where the file tells it apart from the status that it has now."""
    alternatives: tuple[AlternativeKey | None, ...] = ()
    """For each bead, which of several equal source texts it is about, where the file says so; empty: for none."""


class BitextBuilder:
    """Collects the units of one document.

    `implied`: a machine's text that is not said to be otherwise is what the machine said. `written` says how the file
    writes a text, by default as XML can hold it. `before`: how many units of the document another builder took.
    """

    def __init__(
        self,
        name: str,
        about: Described,
        *,
        implied: bool = True,
        written: Callable[[str], str] = seg_text,
        before: int = 0,
    ) -> None:
        self.name = name
        self._before = before
        self.about = about
        self._implied, self._written = implied, written
        self.sent: list[Status | None] = []
        self._alternatives: list[AlternativeKey | None] = []
        self.beads: list[Bead] = []
        self._segments: tuple[list[Segment], list[Segment]] = ([], [])
        self._seen: set[tuple[str, str]] = set()

    def add(self, unit: Unit, source: Variant, target: Variant) -> bool:
        """Take one unit, a side of which may have no text; False when its two texts have been there before."""
        # A type may occur more than once, and the first counts: read from behind, it is written last.
        facts = {kind[2:]: value for kind, value in reversed(unit.properties) if kind.startswith("x-")}
        role = Role(facts["role"]) if facts.get("role") in _ROLES else Role.TEXT
        # The target's is only said where it is another.
        roles = role, Role(facts["target-role"]) if facts.get("target-role") in _ROLES else role
        # A tool that drops props often keeps the id, which names the first source segment.
        ref = facts.get("ref") or unit.tuid.rpartition(":")[2]
        refs = ref, facts.get("target-ref") or facts.get("ref", "")
        cuts = facts.get("source-cuts", ""), facts.get("target-cuts", "")
        texts = self._written(source.text), self._written(target.text)
        sides = [self._extend(k, _cut(texts[k], cuts[k]), refs[k].split(), roles[k]) for k in (0, 1)]
        sent = facts.get(SENT_STATUS, "")
        self._alternatives.append(alternative_of(unit))
        self.sent.append(Status(sent) if sent in _STATUSES else None)
        self.beads.append(_bead(sides, unit, facts, replace(target, text=texts[1]), implied=self._implied))
        new = texts not in self._seen
        self._seen.add(texts)
        return new

    def document(self) -> ExchangedDocument:
        """The document with all units taken so far."""
        source, target = (
            replace(side, segments=tuple(segments))
            for side, segments in zip((self.about.source, self.about.target), self._segments, strict=True)
        )
        about = self.about
        bitext = Bitext(self.name, source, target, tuple(self.beads), about.record, about.provenance)
        return ExchangedDocument(bitext, tuple(self.sent), tuple(self._alternatives))

    def _extend(self, side: int, texts: list[str], refs: list[str], role: Role) -> tuple[int, ...]:
        """Append segments and return their indices."""
        segments = self._segments[side]
        first = len(segments)
        start = segments[-1].end + 1 if segments else 0
        for k, text in enumerate(texts):
            # The numbers hold only if the unit names as many places as it has segments; else it is a paragraph alone.
            match = _LOCATOR.fullmatch(refs[k]) if len(refs) == len(texts) else None
            paragraph, number = (int(match[1]), int(match[2])) if match else (self._before + len(self.beads) + 1, k + 1)
            segments.append(Segment(text, start, start + len(text), paragraph, number, role))
            start += len(text) + 1
        return tuple(range(first, len(segments)))


def _cut(text: str, cuts: str) -> list[str]:
    """The segments of a text, cut at the spaces at the given offsets; the whole text when they do not fit."""
    if not cuts or not text:
        return [text] if text else []
    places = [int(cut) for cut in cuts.split() if cut.isascii() and cut.isdigit() and len(cut) < 10]
    # A text that was edited may have no space there any more; then nothing is known of its segments.
    if any(text[place : place + 1] != " " for place in places):
        return [text]
    starts, ends = [0, *(place + 1 for place in places)], [*places, len(text)]
    parts = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    return parts if all(parts) else [text]


def _bead(sides: list[tuple[int, ...]], unit: Unit, facts: dict[str, str], variant: Variant, *, implied: bool) -> Bead:
    claimed, text = claims(variant, facts), variant.text
    said: dict[str, Any] = {"origin": claimed.origin, "status": claimed.status} | from_properties(facts)
    # The others need more than one property: what usually goes with the origin, or the text itself.
    said.setdefault("kind", implied_kind(said["origin"]))
    said.setdefault("machine", text if implied and said["origin"] is Origin.MACHINE else None)
    said["match"] = match_of(facts)
    said["written"] = written(facts.get("written", ""), text)
    # Our own prop counts for more than the names on a variant: tools put theirs there whatever they did.
    # In a file that has no fingerprints they are all there is to tell that nobody came after the machine.
    by = variant.changed_by if facts.get("origin") and facts.get("written") else claimed.by
    return Bead(sides[0], sides[1], note="\n".join(unit.notes), changed=variant.changed, by=by, **said)
