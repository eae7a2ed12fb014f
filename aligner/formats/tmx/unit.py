"""One bead as a translation unit.

    <tu tuid="brics:3.2" …>
      <note>…</note><prop type="x-document">…</prop> …
      <tuv xml:lang="fr"><seg>…</seg></tuv>
      <tuv xml:lang="en" creationid=… changedate=…><seg>…</seg></tuv>
    </tu>

What CAT tools asked for, and why: notes and props before the variants (the DTD); ids and dates also on the target
variant (OmegaT reads them there); prop types begin with ``x-``, as OmegaT takes ``file``, ``id``, ``prev``, ``next``
and ``path`` for the keys of alternative translations. A seg holds the text in Unicode NFC with its inner no-break
spaces and no space around it, because that is how the tools cut their own segments.

Props say what else is known of the bead; one that goes without saying is left out. Start at `translation_unit`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import accumulate

from aligner.formats.base import WriteOptions
from aligner.formats.markup import Markup, clean, element, join
from aligner.model import Bead, Bitext, Kind, Origin, Role, Segment

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})Z")


def seg_text(text: str) -> str:
    r"""A text as a seg holds it: NFC, without characters that XML forbids, without outer white space.

    >>> seg_text(" Oui\x0b !\n")
    'Oui !'
    """
    return unicodedata.normalize("NFC", clean(text)).strip()


def tmx_date(iso: str) -> str | None:
    """A time as TMX writes it; None when it is unknown.

    >>> tmx_date("2026-11-22T12:05:00Z")
    '20261122T120500Z'
    """
    match = _ISO.fullmatch(iso)
    return "{}{}{}T{}{}{}Z".format(*match.groups()) if match else None


def language(tag: str, options: WriteOptions) -> str:
    """The language tag to write for one of the bitext's."""
    return options.locale.get(tag, tag)


def prop(kind: str, value: str) -> Markup:
    """One property: ``x-`` and its kind."""
    return element("prop", value, type=f"x-{kind}")


def translation_unit(bitext: Bitext, bead: Bead, options: WriteOptions) -> tuple[str, Markup] | None:
    """The source text of a bead and its unit, or None when a side of it is empty."""
    source, target = _parts(bitext.source.segments, bead.source), _parts(bitext.target.segments, bead.target)
    if not source or not target:
        return None
    facts = {
        "creationdate": tmx_date(bitext.provenance.created),
        "creationid": "MT!aligner" if bead.origin is Origin.MACHINE else None,
        "changedate": tmx_date(bead.changed),
        "changeid": bead.by or None,
    }
    properties = [*_identity(bitext, bead), *_review(bead, " ".join(target)), *_cuts(source, target)]
    if options.context:
        properties += _context(bitext, bead)
    lines = [
        *([element("note", bead.note)] if clean(bead.note).strip() else []),
        *[prop(kind, value) for kind, value in properties],
        _variant(source, language(bitext.source.language, options)),
        _variant(target, language(bitext.target.language, options), **facts),
    ]
    tuid = f"{bitext.id}:{bitext.locator(bead)}" if options.tuid else None
    return " ".join(source), element("tu", join([Markup(), *lines, Markup()], "\n"), tuid=tuid, **facts)


def _parts(segments: tuple[Segment, ...], indices: tuple[int, ...]) -> list[str]:
    """The texts of one side, without segments of which nothing is left."""
    return [text for i in indices if (text := seg_text(segments[i].text))]


def _variant(parts: list[str], tag: str, **facts: str | None) -> Markup:
    return element("tuv", element("seg", " ".join(parts)), xml_lang=tag, **facts)


def _identity(bitext: Bitext, bead: Bead) -> Iterator[tuple[str, str]]:
    """Where the unit stands: its document, the paragraphs and segments of both sides, its shape."""
    source, target = (
        " ".join(side.segments[i].locator for i in indices)
        for side, indices in ((bitext.source, bead.source), (bitext.target, bead.target))
    )
    yield "document", bitext.id
    yield "ref", source
    if target != source:
        yield "target-ref", target
    yield "bead", bead.type
    role = bitext.source.segments[bead.source[0]].role
    if role is not Role.TEXT:
        yield "role", role.value


def _review(bead: Bead, target: str) -> Iterator[tuple[str, str]]:
    """How good the unit is and who says so; what goes without saying is left out."""
    machine = bead.origin is Origin.MACHINE
    yield "confidence", repr(bead.confidence)
    yield "status", bead.status.value
    yield "origin", bead.origin.value
    if bead.kind is not implied_kind(bead.origin):
        yield "kind", bead.kind.value
    if bead.score != 1.0:
        yield "score", repr(bead.score)
    if bead.machine is not None and not (machine and seg_text(bead.machine) == target):
        yield "machine", seg_text(bead.machine)
    if bead.machine_score is not None:
        yield "machine-score", repr(bead.machine_score)
    if bead.flags:
        yield "flags", " ".join(bead.flags)


def implied_kind(origin: Origin) -> Kind:
    """How a bead usually came about, given who wrote its target."""
    return Kind.CONSTRUCTED if origin is Origin.MACHINE else Kind.ALIGNED


def _cuts(source: list[str], target: list[str]) -> Iterator[tuple[str, str]]:
    """Where a side of several segments is cut: the offsets of the spaces between them, in characters."""
    for name, parts in (("source-cuts", source), ("target-cuts", target)):
        if len(parts) > 1:
            yield name, " ".join(str(end + k) for k, end in enumerate(accumulate(map(len, parts[:-1]))))


def _context(bitext: Bitext, bead: Bead) -> Iterator[tuple[str, str]]:
    """The source text before and after the unit."""
    segments = bitext.source.segments
    if bead.source[0] > 0:
        yield "context-pre", seg_text(segments[bead.source[0] - 1].text)
    if bead.source[-1] + 1 < len(segments):
        yield "context-post", seg_text(segments[bead.source[-1] + 1].text)
