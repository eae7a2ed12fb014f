"""Every file of pairs as one stream of units with two variants each, the source first.

A file may hold several languages, in any order: those that are asked for are taken, or the source language of its
header and the first other one. Start reading at `exchange_units`.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from aligner.errors import InputError, counted
from aligner.files import explained
from aligner.formats.base import WriteOptions
from aligner.formats.conversion.kinds import InputKind
from aligner.formats.exchange.documents import Described, described
from aligner.formats.exchange.from_bitext import unit_of
from aligner.formats.exchange.to_bitext import ExchangedDocument
from aligner.formats.exchange.units import Unit
from aligner.formats.links.read import linked_units
from aligner.formats.links.texts import opened_plain_or_packed
from aligner.formats.tmx.parse import TmxFile
from aligner.formats.tmx.read import fits_language
from aligner.formats.tsv.rows import OUR_ID
from aligner.languages.tags import base_language
from aligner.model import Bead, Bitext

_log = logging.getLogger(__name__)

Languages = tuple[str, str]
"""The source and the target that are asked for; empty: whatever the file has."""
Told = Callable[[BinaryIO], None]
"""Told the stream that is read, so that progress can be shown."""
_OTHER_WAY = {
    "x-document": "x-document", "x-confidence": "x-confidence", "x-score": "x-score", "x-ref": "x-target-ref",
    "x-target-ref": "x-ref", "x-source-cuts": "x-target-cuts", "x-target-cuts": "x-source-cuts",
}  # fmt: skip
"""What still holds of a unit that is turned round, and what it is called then."""
_EVERYTHING = WriteOptions(keep_boilerplate=True)


def _silent(stream: BinaryIO) -> None:
    """Tell nobody."""


@dataclass(slots=True)
class UnitSource:
    """A file that is read as units."""

    path: Path
    kind: InputKind
    texts: tuple[Path, Path] | None = None
    """The two texts of an alignment."""
    languages: Languages = ("", "")
    told: Told = _silent
    known: dict[str, Described] = field(default_factory=dict)
    """What the file says of its documents, by id; filled when the first unit is there."""
    left_out: Counter[str] = field(default_factory=Counter)
    """How many units had not both languages, by the languages that they had."""


def exchange_units(source: UnitSource) -> Iterator[Unit]:
    """Yield the units of a file of any kind; InputError, with the place, for one that is damaged."""
    path, kind = source.path, source.kind
    if kind.read is None:
        yield from linked_units(kind.name, path, source.texts, source.languages, source.told)
        return
    with opened_plain_or_packed(path) as stream, explained(path, "read"):
        if kind.name == "tmx":
            yield from _of_tmx(TmxFile(stream), stream, source)
        elif kind.units:
            for number, unit in enumerate(kind.units(stream)):
                if number % 1000 == 0:
                    source.told(stream)
                yield _named(unit, source.languages, str(path))
        else:
            for bitext in kind.read(stream):
                source.told(stream)
                turned = oriented(bitext, source.languages, str(path))
                made = (unit_of(turned, bead, _EVERYTHING, one_sided=True, written=str) for bead in turned.beads)
                yield from (unit for unit in made if unit)


def _of_tmx(file: TmxFile, stream: BinaryIO, source: UnitSource) -> Iterator[Unit]:
    """Units in several languages, each with the two that are wanted."""
    first, second = source.languages
    others: Counter[str] = Counter()
    is_described = False
    for number, unit in enumerate(file):
        if number % 1000 == 0:
            source.told(stream)
        if not first:
            header = file.header.source
            # "*all*" means that any language may be the source: then the first variant is taken for it.
            is_any = header == "*all*" or not any(fits_language(v.language, header) for v in unit.variants)
            first = unit.variants[0].language if is_any and unit.variants else header
        found = next((variant for variant in unit.variants if fits_language(variant.language, first)), None)
        # By identity: two variants of one unit may be equal.
        rest = [variant for variant in unit.variants if variant is not found]
        other = next((variant for variant in rest if not second or fits_language(variant.language, second)), None)
        if found is None or other is None:
            source.left_out["-".join(sorted({variant.language for variant in unit.variants}))] += 1
            continue
        if not is_described:
            is_described, second = True, second or other.language
            source.known.update(described(file.header.properties, found.language, other.language))
        others.update(variant.language for variant in rest if variant is not other)
        # The header says which way the units were made, whatever order their variants stand in.
        made_from = file.header.source
        against = not fits_language(first, made_from) and fits_language(other.language, made_from)
        pair = replace(unit, variants=(other, found) if against else (found, other))
        yield _turned_round(pair) if against else pair
    file.findings.log()
    if others:
        languages = ", ".join(f"{name} ({count:,})" for name, count in others.most_common(5))
        message = "%s: taken: %s–%s; left out: %s: ask for them with --target"
        _log.warning(message, source.path, first, second, languages)


def _named(unit: Unit, languages: Languages, where: str) -> Unit:
    """A unit of two variants in the languages that are asked for, turned round if it has them the other way."""
    if not any(languages):
        return unit
    if _turned([variant.language for variant in unit.variants], languages, where):
        unit = _turned_round(unit)
    if all(variant.language != "und" for variant in unit.variants):
        return unit
    named = (
        replace(variant, language=tag or "und") if variant.language == "und" else variant
        for variant, tag in zip(unit.variants, languages, strict=True)
    )
    return replace(unit, variants=tuple(named))


def _turned_round(unit: Unit) -> Unit:
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


def _turned(has: list[str], wanted: Languages, where: str) -> bool:
    """Whether a pair has its languages the other way round; InputError when it has others."""

    def fits(one: str, other: str) -> bool:
        return "und" in (one, other) or not other or fits_language(one, other)

    if fits(has[0], wanted[0]) and fits(has[1], wanted[1]):
        return False
    if fits(has[0], wanted[1]) and fits(has[1], wanted[0]):
        return True
    asked = "–".join(tag or "…" for tag in wanted)
    raise InputError(f"the file is {has[0]}–{has[1]}, not {asked}", where=where)


def oriented(bitext: Bitext, languages: Languages, where: str) -> Bitext:
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


def document_in_order(document: ExchangedDocument, languages: Languages) -> ExchangedDocument:
    """A document turned round if it has exactly the two languages in the other order; any other as it is."""
    bitext = document.bitext
    has = [base_language(side.language) for side in (bitext.source, bitext.target)]
    if has != [base_language(tag) for tag in reversed(languages)]:
        return document
    return replace(document, bitext=oriented(bitext, languages, bitext.id))


def said_left_out(left_out: Counter[str]) -> str:
    """What was left out, in words; empty when nothing was.

    >>> said_left_out(Counter({"en": 2, "": 1}))
    '3 units without both languages (but en)'
    """
    names = ", ".join(name for name in left_out if name)
    units = counted(left_out.total(), "unit")
    return f"{units} without both languages{f' (but {names})' if names else ''}" if left_out else ""
