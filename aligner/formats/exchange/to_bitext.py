"""From TMX units to bitexts.

A unit that we wrote comes back as the bead it was made of, as far as TMX could keep it: the segments of both sides,
their numbers, status, origin, confidence, quality, maker, remarks, the fingerprint of the text that went out. A unit
of another tool becomes a 1-1 bead in a paragraph of its own. Offsets are those of the texts set one after the other.
`aligner.formats.exchange.from_bitext` is the way there.

Start reading at `BitextBuilder`.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TypeVar

from aligner.formats.exchange.authors import claims
from aligner.formats.exchange.fingerprints import written
from aligner.formats.exchange.from_bitext import implied_kind
from aligner.formats.exchange.header import Described
from aligner.formats.exchange.matches import match_of
from aligner.formats.exchange.notation import seg_text
from aligner.formats.exchange.units import Unit, Variant
from aligner.model import Bead, Bitext, Kind, Origin, Role, Segment, Status

E = TypeVar("E", Kind, Origin, Role, Status)
_LOCATOR = re.compile(r"([1-9][0-9]{0,8})\.([1-9][0-9]{0,8})")


class BitextBuilder:
    """Collects the units of one document.

    `implied`: a machine's text that is not said to be otherwise is what the machine said.
    """

    def __init__(self, name: str, about: Described, *, implied: bool = True) -> None:
        self.name = name
        self.about = about
        self._implied = implied
        self.beads: list[Bead] = []
        self._segments: tuple[list[Segment], list[Segment]] = ([], [])
        self._seen: set[tuple[str, str]] = set()

    def add(self, unit: Unit, source: Variant, target: Variant) -> bool:
        """Take one unit, a side of which may have no text; False when its two texts have been there before."""
        facts = {kind[2:]: value for kind, value in reversed(unit.properties) if kind.startswith("x-")}
        role = _one_of(Role, facts.get("role"), Role.TEXT)
        roles = role, _one_of(Role, facts.get("target-role"), role)
        ref = facts.get("ref") or unit.tuid.rpartition(":")[2]
        refs = ref, facts.get("target-ref") or facts.get("ref", "")
        cuts = facts.get("source-cuts", ""), facts.get("target-cuts", "")
        texts = seg_text(source.text), seg_text(target.text)
        sides = [self._extend(k, _cut(texts[k], cuts[k]), refs[k].split(), roles[k]) for k in (0, 1)]
        self.beads.append(_bead(sides, unit, facts, target, implied=self._implied))
        new = texts not in self._seen
        self._seen.add(texts)
        return new

    def bitext(self) -> Bitext:
        """The document with all units taken so far."""
        source, target = (
            replace(side, segments=tuple(segments))
            for side, segments in zip((self.about.source, self.about.target), self._segments, strict=True)
        )
        return Bitext(self.name, source, target, tuple(self.beads), self.about.record, self.about.provenance)

    def _extend(self, side: int, texts: list[str], refs: list[str], role: Role) -> tuple[int, ...]:
        """Append segments and return their indices."""
        segments = self._segments[side]
        first = len(segments)
        start = segments[-1].end + 1 if segments else 0
        for k, text in enumerate(texts):
            paragraph, number = _locator(refs, k, len(texts)) or (len(self.beads) + 1, k + 1)
            segments.append(Segment(text, start, start + len(text), paragraph, number, role))
            start += len(text) + 1
        return tuple(range(first, len(segments)))


def _locator(refs: list[str], k: int, count: int) -> tuple[int, int] | None:
    """The paragraph and number of segment `k`, if the unit names as many places as it has segments."""
    match = _LOCATOR.fullmatch(refs[k]) if len(refs) == count else None
    return (int(match[1]), int(match[2])) if match else None


def _cut(text: str, cuts: str) -> list[str]:
    """The segments of a text, cut at the spaces at the given offsets; the whole text when they do not fit."""
    if not cuts:
        return [text] if text else []
    places = [int(cut) for cut in cuts.split() if cut.isascii() and cut.isdigit() and len(cut) < 10]
    if any(text[place : place + 1] != " " for place in places):
        return [text]
    starts, ends = [0, *(place + 1 for place in places)], [*places, len(text)]
    parts = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    return parts if all(parts) else [text]


def _bead(sides: list[tuple[int, ...]], unit: Unit, facts: dict[str, str], variant: Variant, *, implied: bool) -> Bead:
    said = claims(variant, facts)
    text = seg_text(variant.text)
    origin = _one_of(Origin, facts.get("origin"), said.origin)
    score, confidence = _number(facts.get("score")), _share(facts.get("confidence"))
    return Bead(
        sides[0],
        sides[1],
        score=1.0 if score is None else score,
        confidence=1.0 if confidence is None else confidence,
        quality=_share(facts.get("quality")),
        kind=_one_of(Kind, facts.get("kind"), implied_kind(origin)),
        origin=origin,
        status=_one_of(Status, facts.get("status"), said.status),
        machine=facts.get("machine") or (text if implied and origin is Origin.MACHINE else None),
        machine_score=_number(facts.get("machine-score")),
        maker=facts.get("maker", ""),
        written=written(facts.get("written", ""), text),
        flags=tuple(facts.get("flags", "").split()),
        note="\n".join(unit.notes),
        changed=variant.changed,
        by=variant.changed_by if facts.get("origin") else said.by,
        match=match_of(facts),
    )


def _one_of(kind: type[E], value: str | None, otherwise: E) -> E:
    """The member of an enumeration with that value, or `otherwise`."""
    try:
        return kind(value) if value else otherwise
    except ValueError:
        return otherwise


def _number(text: str | None) -> float | None:
    """A finite number, or None."""
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _share(text: str | None) -> float | None:
    """A number from 0 to 1: one beyond is brought to the nearer end; None where there is none."""
    number = _number(text)
    return None if number is None else min(1.0, max(0.0, number))
