"""The beads of an edition, from its stand-off links and the annotations on them.

`aligner.formats.tei.links` says how they are written. Start reading at `beads_of`.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from aligner.formats.exchange.matches import match_of
from aligner.formats.xml.read import XML
from aligner.model import Bead, Kind, Origin, Side, Status

Places = dict[str, tuple[int, int]]
"""Where the sentences stand, by the pointers to them: side (0 source, 1 target) and index."""


def beads_of(
    stand_off: etree._Element | None, places: Places, target: Side, reviewers: dict[str, str]
) -> Iterator[Bead]:
    """Yield the beads in order; LookupError or ValueError where the links are not as we write them."""
    if stand_off is None:
        return
    annotations = {found.get("target", ""): found for found in stand_off.iter("{*}annotation")}
    groups: dict[str, list[str]] = {}
    for link in stand_off.iterfind("{*}linkGrp/*"):
        name, pointers = f"#{link.get(f'{XML}id')}", link.get("target", "").split()
        # A pointer without a type only groups the segments of one side, for the link after it.
        if link.get("type") is None:
            groups[name] = pointers
            continue
        ends = [places[end] for pointer in pointers for end in groups.get(pointer, [pointer])]
        source, aligned = (tuple(index for side, index in ends if side == wanted) for wanted in (0, 1))
        text = " ".join(target.segments[j].text for j in aligned)
        yield _bead(link, source, aligned, _Annotation(annotations.get(name)), text, reviewers)


def _bead(
    link: etree._Element,
    source: tuple[int, ...],
    target: tuple[int, ...],
    annotation: _Annotation,
    text: str,
    reviewers: dict[str, str],
) -> Bead:
    values = dict(pointer.removeprefix("#").rsplit(".", 2)[-2:] for pointer in link.get("ana", "").split())
    origin = Origin(values["origin"])
    score = annotation.number("score")
    return Bead(
        source,
        target,
        score=1.0 if score is None else score,
        confidence=float(link.get("cert", "")),
        quality=annotation.number("quality"),
        kind=Kind(link.get("subtype", "")),
        origin=origin,
        status=Status(values["status"]),
        machine=annotation.machine(text if origin is Origin.MACHINE else None),
        machine_score=annotation.number("machine-score"),
        maker="".join(annotation.texts("maker")),
        flags=tuple(annotation.texts("flag")),
        note="".join(annotation.texts("remark")),
        changed=annotation.changed(),
        by=reviewers[link.get("resp", "")] if link.get("resp") else "",
        match=match_of(annotation.named()),
    )


class _Annotation:
    """What is noted of a bead beyond its link; perhaps nothing."""

    def __init__(self, found: etree._Element | None) -> None:
        self._notes = [] if found is None else found.findall("{*}note")
        self._change = None if found is None else found.find("{*}revisionDesc/{*}change")

    def texts(self, kind: str) -> list[str]:
        """The notes of one type."""
        return [note.text or "" for note in self._notes if note.get("type") == kind]

    def named(self) -> dict[str, str]:
        """The notes by their types, the last of each."""
        return {note.get("type", ""): note.text or "" for note in self._notes}

    def number(self, kind: str) -> float | None:
        """The number in the note of a type."""
        return next(map(float, self.texts(kind)), None)

    def machine(self, implied: str | None) -> str | None:
        """The machine's rendering: as noted, or what goes without saying."""
        if any(note.get("subtype") == "unknown" for note in self._notes):
            return None
        return next(iter(self.texts("machine")), implied)

    def changed(self) -> str:
        """When a person last changed the bead."""
        return "" if self._change is None else self._change.get("when") or self._change.text or ""
