"""The alignment of an edition, outside the texts (TEI P5, chapter 17.1 and 17.10).

    1-1   <link xml:id="al.3.2" type="1-1" target="#fr.3.2 #en.3.2" cert="0.97"/>
    2-1   <ptr xml:id="al.3.2.source" target="#fr.3.2 #fr.3.3"/>
          <link xml:id="al.3.2" type="2-1" target="#al.3.2.source #en.3.2" cert="0.83"/>
    1-0   <ptr xml:id="al.3.2" type="1-0" target="#fr.3.2" ana="#bead.null"/>     (a link needs two ends)

``@subtype`` says how the bead came about, ``@ana`` its status and origin, ``@cert`` the probability that these
sentences belong together, ``@resp`` who changed it last. What does not fit into attributes (the quality to be expected
of a machine's text and what made it, its rendering where the text differs, remarks, scores) is an ``annotation`` on the
link. Start reading at `stand_off`.
"""

from __future__ import annotations

from collections.abc import Iterator

from aligner.formats.exchange.fields import edition_notes
from aligner.formats.exchange.matches import match_facts
from aligner.formats.tei.edition import Edition
from aligner.formats.tei.words import when
from aligner.formats.xml.markup import Markup, element, lines
from aligner.model import Bead, Origin


def stand_off(edition: Edition) -> Markup | None:
    """The links and the annotations on them; None where there is nothing to link."""
    if not edition.beads:
        return None
    reviewers = edition.reviewers()
    links = [line for bead in edition.beads for line in _links(edition, bead, reviewers)]
    parts = [
        element(
            "linkGrp",
            lines(*links),
            xml_id=edition.id("al"),
            type="translation",
            targFunc="source target",
            domains=" ".join(edition.text_pointers()),
            resp=edition.pointer("resp", "aligner"),
        )
    ]
    annotations = []
    for bead in edition.beads:
        notes = list(_notes(edition, bead, reviewers))
        if notes:
            locator = edition.bitext.locator(bead)
            names = {"xml_id": edition.id("an", locator), "target": edition.pointer("al", locator)}
            annotations.append(element("annotation", *notes, **names))
    # An empty list is not valid.
    if annotations:
        parts.append(element("listAnnotation", lines(*annotations), type="beads"))
    return element("standOff", lines(*parts), type="alignment")


def _links(edition: Edition, bead: Bead, reviewers: dict[str, str]) -> Iterator[Markup]:
    name = edition.id("al", edition.bitext.locator(bead))
    ends = []
    for side, segments in zip(("source", "target"), edition.pointers(bead), strict=True):
        # A link has two ends, so several sentences of one side are first made one by a pointer.
        if len(segments) > 1 and not bead.is_null:
            yield element("ptr", xml_id=f"{name}.{side}", target=" ".join(segments))
            ends.append(f"#{name}.{side}")
        else:
            ends += segments
    analyses = [edition.pointer("status", bead.status.value), edition.pointer("origin", bead.origin.value)]
    if bead.is_null:
        analyses.append(edition.pointer("bead", "null"))
    yield element(
        # A link needs two ends: what has no counterpart is pointed to.
        "ptr" if bead.is_null else "link",
        xml_id=name,
        type=bead.type,
        subtype=bead.kind.value,
        target=" ".join(ends),
        cert=repr(bead.confidence),
        ana=" ".join(analyses),
        resp=f"#{reviewers[bead.by]}" if bead.by else None,
    )


def _notes(edition: Edition, bead: Bead, reviewers: dict[str, str]) -> Iterator[Markup]:
    """What is known of a bead beyond its link; the schema wants the change first."""
    if bead.changed:
        who = f"#{reviewers[bead.by]}" if bead.by else None
        # A date that is not in ISO 8601, as other tools write it, is kept as words.
        date = when(bead.changed)
        change = element("change", *([] if date else [bead.changed]), when=date, who=who)
        yield element("revisionDesc", change)
    machine_made = bead.origin is Origin.MACHINE
    if bead.machine is None:
        # Of machine output the target goes without saying; that it is not known has to be said.
        if machine_made:
            yield element("note", type="machine", subtype="unknown")
    elif not machine_made or bead.machine != edition.bitext.target_text(bead):
        yield element("note", bead.machine, type="machine", xml_lang=edition.target_tag)
    for kind, text in (*edition_notes(bead), *match_facts(bead.match)):
        yield element("note", text, type=kind)
