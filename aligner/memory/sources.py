"""Units for a memory: from TMX and other files of pairs, and from the pairs of the corpus.

What a memory holds was written or approved by a person. Raw machine translation and what a reviewer rejected are left
out, so that a machine's mistake never comes back as a person's word. Start reading at `file_units`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from aligner.errors import counted
from aligner.formats.exchange.authors import MACHINE as BY_MACHINE
from aligner.formats.exchange.authors import claims
from aligner.formats.exchange.languages import closest
from aligner.formats.exchange.units import Unit as TmxUnit
from aligner.formats.exchange.units import Variant
from aligner.formats.opening import OpenedPart, opened_parts
from aligner.memory.index import MemoryUnit
from aligner.memory.index.fold import trimmed_line
from aligner.model import REVIEWED, Bead, Bitext, Languages, Origin, Status

Reading = Callable[[int], None]
"""Told how many bytes of a file have been read."""

SURE = 0.95
"""The confidence from which a pair that nobody looked at counts. (Of the aligner's beads from there on 99 % are right:
the table in docs/algorithm.md.)"""
ONE_SIDED, MACHINE, REJECTED = "without both languages", "raw machine translation", "rejected"
"""Why a unit is left out, in words."""
_OFTEN = 1000
"""Units between two words about progress."""


def none_taken(left_out: Counter[str], *, verb: str = "imported") -> str:
    """Why a file has nothing for a memory, in words, when all its units are among those left out.

    >>> none_taken(Counter({MACHINE: 17}))
    '17 units, all of them raw machine translation: none is imported'
    >>> none_taken(Counter({REJECTED: 1, MACHINE: 2}))
    '3 units, of them 2 raw machine translation, 1 rejected: none is imported'
    """
    if not left_out:
        return "there is no unit in it"
    units = counted(left_out.total(), "unit")
    if len(left_out) == 1:
        [reason] = left_out
        return f"{units}, {'all of them ' if left_out.total() > 1 else ''}{reason}: none is {verb}"
    reasons = ", ".join(f"{count:,} {reason}" for reason, count in left_out.most_common())
    return f"{units}, of them {reasons}: none is {verb}"


def file_units(
    path: Path, languages: Languages, *, left_out: Counter[str], reading: Reading | None = None
) -> Iterator[tuple[TmxUnit, MemoryUnit]]:
    """The units of a file of pairs that hold both languages, as they stand there and as a memory keeps them.

    Every kind of file and archive does (`aligner.formats.opening`). Varieties of the languages count (``fr`` takes
    ``fr-CA`` too), in whatever order a unit has them. Why others are left out is counted in `left_out`;
    defects that can be read over are logged at the end. Raises InputError for a file that is damaged or none of these.
    """
    for part in opened_parts(path):
        yield from _units_of(part, languages, left_out, reading)


def _units_of(
    part: OpenedPart, languages: Languages, left_out: Counter[str], reading: Reading | None
) -> Iterator[tuple[TmxUnit, MemoryUnit]]:
    """The units of one file."""
    source, target = languages
    file = part.units(source, target)
    for number, unit in enumerate(file):
        if reading and number % _OFTEN == 0:
            reading(part.position())
        # For two varieties of one language the second has to be another variant.
        first = next(iter(closest(unit.variants, source)), None)
        others = [variant for variant in unit.variants if variant is not first]
        second = next(iter(closest(others, target)), None)
        if not (first and second and trimmed_line(first.text) and trimmed_line(second.text)):
            left_out[ONE_SIDED] += 1
        elif reason := _refused(unit, second):
            left_out[reason] += 1
        else:
            yield (
                unit,
                MemoryUnit(
                    trimmed_line(first.text),
                    trimmed_line(second.text),
                    unit.tuid or (f"line {unit.line}" if unit.line else f"unit {number + 1}"),
                    second.changed or second.created,
                    second.changed_by or second.created_by,
                    unit.property("x-status") in REVIEWED,
                ),
            )
    # At the end, because only then is it known how many there were of each.
    file.findings.log()


def _refused(unit: TmxUnit, target: Variant) -> str:
    """Why a unit is left out; empty when it is not."""
    status = unit.property("x-status")
    said = claims(target, {name: unit.property(f"x-{name}") for name in ("Origin", "ConfirmationLevel")})
    if Status.REJECTED in (status, said.status):
        return REJECTED
    # What a machine made and a person changed since is the person's, unless the author of the change is a machine.
    made_by_machine = unit.property("x-origin") == Origin.MACHINE and not target.changed_by
    is_machines = said.by.startswith(BY_MACHINE) or made_by_machine
    return MACHINE if is_machines and not {status, said.status} & REVIEWED else ""


def reviewed_units(bitext: Bitext) -> Iterator[MemoryUnit]:
    """The pairs of a bitext that somebody accepted or edited."""
    return _pairs(bitext, lambda bead: bead.status in REVIEWED)


def aligned_units(bitext: Bitext) -> Iterator[MemoryUnit]:
    """The pairs of a bitext that nobody reviewed, but a person wrote, and the aligner is sure of.

    Those that a machine would have said in the same words are left out: they may well be a machine's.
    """

    def wanted(bead: Bead) -> bool:
        # Without the machine's own words, or its drafts would come back as a person's (decision 32).
        drafted = bead.status is Status.DRAFT and bead.origin is Origin.HUMAN
        return drafted and bead.confidence >= SURE and bead.machine != bitext.target_text(bead)

    return _pairs(bitext, wanted)


def _pairs(bitext: Bitext, wanted: Callable[[Bead], bool]) -> Iterator[MemoryUnit]:
    """The wanted pairs with both sides; a null has nothing to say to a memory."""
    for bead in filter(wanted, bitext.beads):
        source, target = trimmed_line(bitext.source_text(bead)), trimmed_line(bitext.target_text(bead))
        if source and target:
            name = f"{bitext.id}:{bitext.locator(bead)}"
            yield MemoryUnit(source, target, name, bead.changed, bead.by, reviewed=bead.status in REVIEWED)
