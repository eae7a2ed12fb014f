"""The beads of an edition, from its stand-off links and the annotations on them.

`aligner.formats.tei.links` says how they are written. Start reading at `beads_of`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from aligner.formats.exchange.fields import from_edition_notes
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
        bead = Bead(source, aligned, by=reviewers[link.get("resp", "")] if link.get("resp") else "")
        text = " ".join(target.segments[j].text for j in aligned)
        yield _described(bead, link, annotations.get(name), text)


def _described(bead: Bead, link: etree._Element, annotation: etree._Element | None, text: str) -> Bead:
    """The bead with what its link and the annotation on it say; `text` is its target."""
    said: defaultdict[str, list[str]] = defaultdict(list)
    change, unknown = None, False
    if annotation is not None:
        change = annotation.find("{*}revisionDesc/{*}change")
        for note in annotation.iterfind("{*}note"):
            said[note.get("type", "")].append(note.text or "")
            unknown = unknown or note.get("subtype") == "unknown"
    # Ids in "ana" may begin with the id of an edition in a corpus: only the last two parts tell something.
    values = dict(pointer.removeprefix("#").rsplit(".", 2)[-2:] for pointer in link.get("ana", "").split())
    origin = Origin(values["origin"])
    # A machine's unchanged text goes without saying: it is not written a second time.
    implied = text if origin is Origin.MACHINE else None
    return replace(
        bead,
        confidence=float(link.get("cert", "")),
        kind=Kind(link.get("subtype", "")),
        origin=origin,
        status=Status(values["status"]),
        machine=None if unknown else next(iter(said["machine"]), implied),
        # A date that is not in ISO 8601 is the text of the change.
        changed="" if change is None else change.get("when") or change.text or "",
        match=match_of({kind: texts[-1] for kind, texts in said.items() if texts}),
        **from_edition_notes(said),
    )
