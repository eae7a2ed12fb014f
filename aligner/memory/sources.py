"""Units for a memory: from TMX files, and from the pairs of the corpus.

What a memory holds was written or approved by a person. Raw machine translation and what a reviewer rejected are left
out, so that a machine's mistake never comes back as a person's word. Start reading at `tmx_units`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from aligner.errors import counted
from aligner.files import explained
from aligner.formats.exchange.authors import MACHINE as BY_MACHINE
from aligner.formats.exchange.authors import claims
from aligner.formats.exchange.units import Unit as TmxUnit
from aligner.formats.exchange.units import Variant
from aligner.formats.tmx.read import TmxFile, fits_language
from aligner.memory.index import Unit
from aligner.memory.index.fold import one_line
from aligner.model import REVIEWED, Bead, Bitext, Origin, Status

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


def tmx_units(
    path: Path, *, source: str, target: str, left_out: Counter[str], reading: Reading | None = None
) -> Iterator[tuple[TmxUnit, Unit]]:
    """The units of a TMX file that hold both languages, as they stand there and as a memory keeps them.

    Varieties of the languages count (``fr`` takes ``fr-CA`` too). Why others are left out is counted in `left_out`;
    defects that can be read over are logged at the end. Raises InputError for a file that is not well-formed TMX.
    """
    with explained(path, "read"), path.open("rb") as stream:
        file = TmxFile(stream)
        for number, unit in enumerate(file):
            if reading and number % _OFTEN == 0:
                reading(stream.tell())
            pair = _pair(unit, source, target)
            reason = _refused(unit, pair)
            if pair is None or reason:
                left_out[reason] += 1
            else:
                yield unit, _kept(unit, *pair)
        file.findings.log()


def _pair(unit: TmxUnit, source: str, target: str) -> tuple[Variant, Variant] | None:
    """The variants of the two languages, the first of each."""
    first = next((variant for variant in unit.variants if fits_language(variant.language, source)), None)
    second = next((v for v in unit.variants if v is not first and fits_language(v.language, target)), None)
    return (first, second) if first and second else None


def _refused(unit: TmxUnit, pair: tuple[Variant, Variant] | None) -> str:
    """Why a unit is left out; empty when it is not."""
    if pair is None or not all(one_line(variant.text) for variant in pair):
        return ONE_SIDED
    status = unit.property("x-status")
    if status == Status.REJECTED:
        return REJECTED
    said = claims(pair[1], {name: unit.property(f"x-{name}") for name in ("Origin", "ConfirmationLevel")})
    if said.status is Status.REJECTED:
        return REJECTED
    made_by_machine = unit.property("x-origin") == Origin.MACHINE and not pair[1].changed_by
    is_machines = said.by.startswith(BY_MACHINE) or made_by_machine
    return MACHINE if is_machines and not {status, said.status} & REVIEWED else ""


def _kept(unit: TmxUnit, source: Variant, target: Variant) -> Unit:
    return Unit(
        one_line(source.text),
        one_line(target.text),
        unit.tuid or f"line {unit.line}",
        target.changed or target.created,
        target.changed_by or target.created_by,
        unit.property("x-status") in REVIEWED,
    )


def reviewed_units(bitext: Bitext) -> Iterator[Unit]:
    """The pairs of a bitext that somebody accepted or edited."""
    return _units(bitext, lambda bead: bead.status in REVIEWED)


def aligned_units(bitext: Bitext) -> Iterator[Unit]:
    """The pairs of a bitext that nobody reviewed, but a person wrote, and the aligner is sure of.

    Those that a machine would have said in the same words are left out: they may well be a machine's.
    """

    def wanted(bead: Bead) -> bool:
        drafted = bead.status is Status.DRAFT and bead.origin is Origin.HUMAN
        return drafted and bead.confidence >= SURE and bead.machine != bitext.target_text(bead)

    return _units(bitext, wanted)


def _units(bitext: Bitext, wanted: Callable[[Bead], bool]) -> Iterator[Unit]:
    for bead in filter(wanted, bitext.beads):
        source, target = one_line(bitext.source_text(bead)), one_line(bitext.target_text(bead))
        if source and target:
            name = f"{bitext.id}:{bitext.locator(bead)}"
            yield Unit(source, target, name, bead.changed, bead.by, reviewed=bead.status in REVIEWED)
