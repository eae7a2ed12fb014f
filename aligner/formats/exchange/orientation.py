"""Which way round a file of pairs is: what it has is put into the languages that are asked for.

Start reading at `oriented`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from aligner.errors import InputError
from aligner.formats.exchange.languages import distance, is_turned
from aligner.formats.exchange.to_bitext import ExchangedDocument
from aligner.formats.exchange.units import Unit
from aligner.formats.tsv.rows import OUR_ID
from aligner.model import Bead, Bitext

LanguagePair = tuple[str, str]
"""The source and the target that are asked for; empty: whatever the file has."""
_OTHER_WAY = {
    "x-document": "x-document", "x-confidence": "x-confidence", "x-score": "x-score", "x-ref": "x-target-ref",
    "x-target-ref": "x-ref", "x-source-cuts": "x-target-cuts", "x-target-cuts": "x-source-cuts",
}  # fmt: skip
"""What still holds of a unit that is turned round, and what it is called then."""


def in_languages(unit: Unit, languages: LanguagePair, where: str) -> Unit:
    """A unit of two variants in the languages that are asked for, turned round if it has them the other way."""
    if not any(languages):
        return unit
    if _turned([variant.language for variant in unit.variants], languages, where):
        unit = turned_round(unit)
    if all(variant.language != "und" for variant in unit.variants):
        return unit
    variants = (
        replace(variant, language=tag or "und") if variant.language == "und" else variant
        for variant, tag in zip(unit.variants, languages, strict=True)
    )
    return replace(unit, variants=tuple(variants))


def turned_round(unit: Unit) -> Unit:
    """A unit with its sides exchanged: what is said of a target, who made it and who reviewed it, holds no longer."""
    known = {_OTHER_WAY[kind]: value for kind, value in unit.properties if kind in _OTHER_WAY}
    # Where both sides stand at the same places it is said once.
    if "x-target-ref" in known and "x-ref" not in known:
        known["x-ref"] = known["x-target-ref"]
    first, second = unit.variants
    return replace(
        unit,
        variants=(replace(second, changed="", changed_by="", created="", created_by=""), first),
        tuid=unit.tuid if not OUR_ID.fullmatch(unit.tuid) else "",
        properties=tuple(known.items()),
    )


def _turned(has: list[str], wanted: LanguagePair, where: str) -> bool:
    """Whether a pair has its languages the other way round; InputError when it has others."""
    straight, crossed = _distances(has, wanted), _distances(has, wanted[::-1])
    if straight is not None or crossed is not None:
        # Two varieties of one language fit both ways: the nearer way counts.
        return straight is None or (crossed is not None and crossed < straight)
    asked = "–".join(tag or "…" for tag in wanted)
    raise InputError(f"the file is {has[0]}–{has[1]}, not {asked}", where=where)


def _distances(has: list[str], wanted: LanguagePair) -> int | None:
    """How far two languages are from those wanted; None where one of them is another one."""
    known = [pair for pair in zip(has, wanted, strict=True) if "und" not in pair and pair[1]]
    each = [distance(*pair) for pair in known]
    return None if None in each else sum(filter(None, each))


def oriented(bitext: Bitext, languages: LanguagePair, where: str) -> Bitext:
    """A bitext in the languages that are asked for: named where it does not name its own, turned round if need be."""
    if not any(languages):
        return bitext
    sides = [bitext.source, bitext.target]
    beads: Iterable[Bead] = bitext.beads
    if _turned([side.language for side in sides], languages, where):
        sides = sides[::-1]
        # What a machine said and who reviewed it is about the text that is now the source: it says nothing any more.
        beads = [
            Bead(bead.target, bead.source, bead.score, confidence=bead.confidence, note=bead.note) for bead in beads
        ]
    source, target = (
        replace(side, language=tag if side.language == "und" and tag else side.language)
        for side, tag in zip(sides, languages, strict=True)
    )
    return replace(bitext, source=source, target=target, beads=tuple(beads))


def document_in_order(document: ExchangedDocument, languages: LanguagePair) -> ExchangedDocument:
    """A document turned round if it has exactly the two languages in the other order; any other as it is."""
    bitext = document.bitext
    if not is_turned((bitext.source.language, bitext.target.language), languages):
        return document
    return replace(document, bitext=oriented(bitext, languages, bitext.id))
