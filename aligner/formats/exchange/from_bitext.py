"""From a bead to a unit.

A property says what else is known of a bead (`aligner.formats.exchange.fields`); one that goes without saying is left
out. Their names begin with ``x-``, as the TMX standard asks, and because OmegaT takes ``file``, ``id``, ``prev``,
``next`` and ``path`` for the keys of alternative translations. `aligner.formats.exchange.to_bitext` is the way back.
Start reading at `unit_of`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import accumulate

from aligner.formats.base import WriteOptions
from aligner.formats.exchange.fields import properties
from aligner.formats.exchange.matches import match_facts
from aligner.formats.exchange.notation import seg_text
from aligner.formats.exchange.units import Unit, Variant
from aligner.formats.xml.markup import xml_text
from aligner.model import Bead, Bitext, Kind, Origin, Role, Segment, wording

MACHINE = "MT!aligner"
"""The author of machine output, in the notation of OmegaT."""


def unit_of(
    bitext: Bitext,
    bead: Bead,
    options: WriteOptions,
    *,
    one_sided: bool = False,
    written: Callable[[str], str] = seg_text,
) -> Unit | None:
    """The unit of a bead, or None when a side of it is empty; `one_sided`: None only when both are.

    A side has only what the file can hold of it: `written` says how a text is written, by default as XML can hold it.
    What then is all boilerplate is no unit, unless boilerplate is asked for.
    """
    source, target = (
        [side.segments[i] for i in indices if written(side.segments[i].text)]
        for side, indices in ((bitext.source, bead.source), (bitext.target, bead.target))
    )
    if not (source or target) or not (one_sided or (source and target)):
        return None
    if not options.keep_boilerplate and all(segment.role is Role.BOILERPLATE for segment in (*source, *target)):
        return None
    # Segments are written one by one, so that the cuts between them are those of the file, not of the store.
    texts = [[written(segment.text) for segment in side] for side in (source, target)]
    properties = [*_identity(bitext, source, target), *_review(bead, " ".join(texts[1]))]
    # Where a side of several segments is cut: the offsets of the spaces between them, in characters.
    for name, parts in (("source-cuts", texts[0]), ("target-cuts", texts[1])):
        if len(parts) > 1:
            ends = accumulate(map(len, parts[:-1]))
            properties.append((name, " ".join(str(end + spaces) for spaces, end in enumerate(ends))))
    if options.context and source:
        properties += _context(bitext, bead)
    variants = (
        Variant(options.tag(bitext.source.language), " ".join(texts[0])),
        Variant(
            options.tag(bitext.target.language),
            " ".join(texts[1]),
            created=bitext.provenance.created,
            # OmegaT shows who made a unit, and its users tell machine output by this name.
            created_by=MACHINE if bead.origin is Origin.MACHINE else "",
            changed=bead.changed,
            changed_by=bead.by,
        ),
    )
    locator = source[0].locator if source else f"t{target[0].locator}"
    return Unit(
        variants,
        tuid=f"{bitext.id}:{locator}" if options.tuid else "",
        notes=(bead.note,) if xml_text(bead.note).strip() else (),
        properties=tuple((f"x-{kind}", value) for kind, value in properties),
    )


def implied_kind(origin: Origin) -> Kind:
    """How a bead usually came about, given who wrote its target."""
    return Kind.CONSTRUCTED if origin is Origin.MACHINE else Kind.ALIGNED


def _identity(bitext: Bitext, source: list[Segment], target: list[Segment]) -> Iterator[tuple[str, str]]:
    """Where the unit stands: its document, the paragraphs and segments of both sides, its shape."""
    places, target_places = (" ".join(segment.locator for segment in side) for side in (source, target))
    yield "document", bitext.id
    if places:
        yield "ref", places
    # Most beads are 1-1 in texts with the same paragraphs: a second prop on each would say nothing.
    if target_places != places:
        yield "target-ref", target_places
    yield "bead", f"{len(source)}-{len(target)}"
    role, target_role = _role(source), _role(target)
    if role is not Role.TEXT:
        yield "role", role.value
    if target and target_role is not role:
        yield "target-role", target_role.value


def _role(side: list[Segment]) -> Role:
    """The role that all segments of a side share, otherwise text."""
    roles = {segment.role for segment in side}
    return roles.pop() if len(roles) == 1 else Role.TEXT


def _review(bead: Bead, target: str) -> Iterator[tuple[str, str]]:
    """How good the unit is, who made it and who says so."""
    instead: dict[str, object] = {"written": (wording(target),)}
    # What the machine said is said once: of its own unchanged text it is the target.
    if bead.origin is Origin.MACHINE and seg_text(bead.machine or "") == target:
        instead["machine"] = None
    for name, text in properties(bead, instead):
        if name != "kind" or bead.kind is not implied_kind(bead.origin):
            yield name, text
    yield from ((name, text) for name, value in match_facts(bead.match) if (text := seg_text(value)))


def _context(bitext: Bitext, bead: Bead) -> Iterator[tuple[str, str]]:
    """The source text before and after the unit."""
    segments = bitext.source.segments
    # Tools that match in context ask whether the neighbours are the same too.
    if bead.source[0] > 0:
        yield "context-pre", seg_text(segments[bead.source[0] - 1].text)
    if bead.source[-1] + 1 < len(segments):
        yield "context-post", seg_text(segments[bead.source[-1] + 1].text)
