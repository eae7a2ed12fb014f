"""A passage to quote: the source, its translation, where it is, and who answers for the translation.

    Bitext, CitedPlace ──quotation──▶ Quotation ──written_quotation (aligner.citations.forms)──▶ text, Markdown, LaTeX …

A quotation is whole pairs: where a pair joins a segment that was asked for with one that was not, both are quoted, and
`Quotation.widened` says so. Start reading at `quotation`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from aligner.citations.places import CitedPlace, find_place, range_of
from aligner.citations.references import Reference, reference_of
from aligner.citations.statements import statement_of
from aligner.errors import InputError, counted
from aligner.languages.tags import base_language
from aligner.model import Bead, Bitext, Kind, Segment, Status


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage of a document in both languages."""

    reference: Reference
    languages: tuple[str, str]
    source: tuple[str, ...]
    """Its paragraphs, as the text has them; empty where there is only a translation."""
    target: tuple[str, ...]
    """Those of the translation; empty where there is none."""
    ids: str
    """Where it is in the source, ``3.2–3.4``; in the translation, with ``t``, where the source has nothing there."""
    target_ids: str
    label: str
    """How people cite the place: ``art. 8 b)``; empty where it was asked for by id."""
    kind: str
    """The kind of part that the label names (`aligner.citations.divisions`)."""
    number: str
    """The number of that part; empty without a label, and where it is not one part alone."""
    statement: str
    """Who made the translation, and who answers for it."""
    widened: str = ""
    """A sentence on what is quoted beyond what was asked for."""
    warnings: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Where it is, for a reader: ``art. 8 b), fr:12.1``; the translation is named where its ids are others."""
        return ", ".join(filter(None, [self.label, place_in_words(self.languages, self.ids, self.target_ids)]))


def place_in_words(languages: tuple[str, str], ids: str, target_ids: str) -> str:
    """The ids of a passage with their languages.

    >>> place_in_words(("fr", "en"), "3.2–3.4", "3.2–3.5"), place_in_words(("fr", "en"), "3.2", "3.2")
    ('fr:3.2–3.4 (en:3.2–3.5)', 'fr:3.2')
    """
    source, target = (f"{language}:{where}" for language, where in zip(languages, (ids, target_ids), strict=True))
    if not ids or not target_ids:
        return source if ids else target
    return source if ids == target_ids else f"{source} ({target})"


def quotation(bitext: Bitext, asked: str) -> Quotation:
    """The passage that a locator names, as whole pairs; InputError where it names none (`find_place`)."""
    place = find_place(bitext, asked)
    beads = _beads(bitext, place)
    sources = [bitext.source.segments[i] for bead in beads for i in bead.source]
    targets = [bitext.target.segments[j] for bead in beads for j in bead.target]
    languages = base_language(bitext.source.language), base_language(bitext.target.language)
    division = place.division
    return Quotation(
        reference_of(bitext),
        languages,
        _paragraphs(sources),
        _paragraphs(targets),
        range_of(sources, 0, len(sources) - 1) if sources else "",
        range_of(targets, 0, len(targets) - 1) if targets else "",
        place.label,
        division.kind if division else "",
        division.number if division and "–" not in place.label else "",
        statement_of(bitext, beads),
        _widened(bitext, place, beads),
        tuple(_warnings(bitext, beads)),
    )


def _beads(bitext: Bitext, place: CitedPlace) -> Sequence[Bead]:
    """The beads from the first to the last that has a segment of the place; those between have their part in it.

    Page furniture is left out, as in every export: a page number inside a passage is no part of it. Who asks for
    nothing else gets it.
    """
    side = [bead.target if place.is_target else bead.source for bead in bitext.beads]
    found = [n for n, indices in enumerate(side) if indices and indices[-1] >= place.first and indices[0] <= place.last]
    beads = bitext.beads[found[0] : found[-1] + 1]
    return [bead for bead in beads if bead.kind is not Kind.EXCLUDED] or beads


def _paragraphs(segments: Sequence[Segment]) -> tuple[str, ...]:
    """The texts of segments, those of a paragraph joined."""
    return tuple(
        " ".join(segment.text for segment in group)
        for _, group in groupby(segments, key=lambda segment: segment.paragraph)
    )


def _widened(bitext: Bitext, place: CitedPlace, beads: Sequence[Bead]) -> str:
    side = bitext.target if place.is_target else bitext.source
    indices = [i for bead in beads for i in (bead.target if place.is_target else bead.source)]
    beyond = [side.segments[i].locator for i in indices if not place.first <= i <= place.last]
    if not beyond:
        return ""
    asked = range_of(side.segments, place.first, place.last)
    verb = "is" if len(beyond) == 1 else "are"
    return f"{asked} is translated together with {', '.join(beyond)}, which {verb} quoted, too"


def _warnings(bitext: Bitext, beads: Sequence[Bead]) -> list[str]:
    """What a person should know before quoting this."""
    said = []
    missing = [bitext.locator(bead) for bead in beads if not bead.target]
    if missing and len(missing) == len(beads):
        said.append("there is no translation of it: only the source is quoted")
    elif missing:
        said.append(f"{', '.join(missing)} {'has' if len(missing) == 1 else 'have'} no translation")
    rejected = [bitext.locator(bead) for bead in beads if bead.status is Status.REJECTED]
    if rejected:
        said.append(f"the translation of {', '.join(rejected)} was rejected in review")
    return said


def split_citation(text: str) -> tuple[str, str]:
    """A document's id and a place in it; the place is empty for the whole document.

    Raises InputError for a range that goes from one document into another.

    >>> split_citation("brics:3.2-3.4"), split_citation("brics"), split_citation("traité:art. 8 b)")
    (('brics', '3.2-3.4'), ('brics', ''), ('traité', 'art. 8 b)'))
    """
    document, _, place = text.partition(":")
    # What follows the hyphen has a colon of its own: another document's id before it, or a language.
    if again := re.search(r"[-–]\s*([^:–-][^:]*):", place):
        if re.fullmatch("[A-Za-z]{2,3}", again[1].strip()):
            hint = "write the language once: fr:3.2-3.4"
            raise InputError("the two ends of a range are on one side", where=text, hint=hint)
        hint = f"name both ends in {document}, or quote twice"
        raise InputError("a quotation is from one document", where=text, hint=hint)
    if not document.strip():
        raise InputError("no document is named", where=text or "''", hint="write ID:3.2")
    return document.strip(), place.strip()


def remark_of(bitext: Bitext) -> str:
    """What there is to say of the translation of a whole document."""
    pairs = [bead for bead in bitext.beads if bead.kind is not Kind.EXCLUDED]
    translated = [bead for bead in pairs if bead.target]
    if not translated:
        return statement_of(bitext, pairs)
    stated = statement_of(bitext, translated)
    left = sum(not bead.target for bead in pairs)
    return f"{stated}; {counted(left, 'pair')} not translated" if left else stated
