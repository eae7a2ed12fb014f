"""Every file of pairs as one stream of units with two variants each, the source first.

A file may hold several languages, in any order: those that are asked for are taken, or the source language of its
header and the first other one. Start reading at `exchange_units`.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from aligner.errors import InputError, counted
from aligner.formats.base import WriteOptions
from aligner.formats.exchange.documents import Described, described
from aligner.formats.exchange.from_bitext import unit_of
from aligner.formats.exchange.languages import closest, fits_language
from aligner.formats.exchange.orientation import LanguagePair, in_languages, oriented, turned_round
from aligner.formats.exchange.units import Unit
from aligner.formats.links.read import linked_units
from aligner.formats.opening import OpenedPart, opened_parts

_log = logging.getLogger(__name__)

Told = Callable[[int], None]
"""Told how many bytes of the file have been read."""
_EVERYTHING = WriteOptions(keep_boilerplate=True)
_OFTEN = 1000
"""Units between two words about progress."""


def _silent(done: int) -> None:
    """Tell nobody."""


@dataclass(slots=True)
class UnitSource:
    """A file that is read as units, or an archive of files."""

    path: Path
    read_as: str = ""
    """Its kind (`aligner.formats.inputs`); empty: what it shows itself to be."""
    texts: tuple[Path, Path] | None = None
    """The two texts of an alignment."""
    languages: LanguagePair = ("", "")
    told: Told = _silent
    known: dict[str, Described] = field(default_factory=dict)
    """What the file says of its documents, by id; filled when the first unit is there."""
    left_out: Counter[str] = field(default_factory=Counter)
    """How many units had not both languages, by the languages that they had."""

    def parts(self) -> Iterator[OpenedPart]:
        """Its files, one after the other; InputError for texts beside a file that has its own in it."""
        for part in opened_parts(self.path, read_as=self.read_as):
            if self.texts and not part.kind.is_alignment:
                raise InputError("this file has its texts in it", where=part.name, hint="leave out --texts")
            yield part


def exchange_units(source: UnitSource) -> Iterator[Unit]:
    """Yield the units of a file of any kind; InputError, with the place, for one that is damaged."""
    for part in source.parts():
        yield from part_units(part, source)


def part_units(part: OpenedPart, source: UnitSource) -> Iterator[Unit]:
    """Yield the units of one of its files."""
    if part.kind.is_alignment:
        alignment = part.on_disk()
        yield from linked_units(part.kind.name, alignment, source.texts, source.languages, source.told)
    elif part.kind.is_memory:
        yield from _of_memory(part, source)
    elif part.kind.units and part.kind.name != "xliff":
        for number, unit in enumerate(part.units()):
            if number % _OFTEN == 0:
                source.told(part.position())
            yield in_languages(unit, source.languages, part.name)
    else:
        # XLIFF says what its documents are before their units come.
        first, second = source.languages
        for document in part.documents(first or None, second or None):
            source.told(part.position())
            turned = oriented(document.bitext, source.languages, part.name)
            made = (unit_of(turned, bead, _EVERYTHING, one_sided=True, written=str) for bead in turned.beads)
            yield from (unit for unit in made if unit)


def _of_memory(part: OpenedPart, source: UnitSource) -> Iterator[Unit]:
    """Units in several languages, each with the two that are wanted."""
    file = part.units()
    first, second = source.languages
    others: Counter[str] = Counter()
    is_described = False
    for number, unit in enumerate(file):
        if number % _OFTEN == 0:
            source.told(part.position())
        header = file.header
        if not first:
            # "*all*" means that any language may be the source: then the first variant is taken for it.
            is_any = header.source == "*all*" or not closest(unit.variants, header.source)
            first = unit.variants[0].language if is_any and unit.variants else header.source
        found = next(iter(closest(unit.variants, first)), None)
        # By identity: two variants of one unit may be equal.
        rest = [variant for variant in unit.variants if variant is not found]
        other = next(iter(closest(rest, second) if second else rest), None)
        if found is None or other is None:
            source.left_out["-".join(sorted({variant.language for variant in unit.variants}))] += 1
            continue
        if not is_described:
            is_described, second = True, second or other.language
            source.known.update(described(header.properties, found.language, other.language))
        others.update(variant.language for variant in rest if variant is not other)
        # The header says which way the units were made, whatever order their variants stand in.
        against = not fits_language(first, header.source) and fits_language(other.language, header.source)
        pair = replace(unit, variants=(other, found) if against else (found, other))
        yield turned_round(pair) if against else pair
    file.findings.log()
    if others:
        languages = ", ".join(f"{name} ({count:,})" for name, count in others.most_common(5))
        message = "%s: taken: %s–%s; left out: %s: ask for them with --target"
        _log.warning(message, part.name, first, second, languages)


def said_left_out(left_out: Counter[str]) -> str:
    """What was left out, in words; empty when nothing was.

    >>> said_left_out(Counter({"en": 2, "": 1}))
    '3 units without both languages (but en)'
    """
    names = ", ".join(name for name in left_out if name)
    units = counted(left_out.total(), "unit")
    return f"{units} without both languages{f' (but {names})' if names else ''}" if left_out else ""
