"""From a file of pairs to a file of another format.

    units ──pieces──▶ Bitext (a thousand units), Bitext … ──write──▶ stream

Formats whose files can be written a piece of a document at a time get it so, whatever the size of the file; the others
get each document whole. Nothing is left out but what the format cannot hold. Start reading at `convert`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import BinaryIO

from aligner.errors import InputError
from aligner.formats.base import Format, WriteOptions
from aligner.formats.conversion.losses import losses, unit_losses
from aligner.formats.conversion.units import UnitSource, part_units, said_left_out
from aligner.formats.exchange.authors import is_machine
from aligner.formats.exchange.documents import Described, document_name
from aligner.formats.exchange.notation import seg_text
from aligner.formats.exchange.orientation import oriented
from aligner.formats.exchange.to_bitext import BitextBuilder
from aligner.formats.exchange.units import Unit, Variant
from aligner.formats.opening import OpenedPart
from aligner.formats.tables.units import verbatim
from aligner.formats.tsv.rows import OUR_ID
from aligner.model import Bitext, Provenance, Record, Side, Status

PIECE = 1000
"""Units of a document that are in memory at a time."""
_NAMELESS = frozenset(("tsv", "csv", "xlsx", "jsonl", "beads", "ladder"))
"""Formats that can do without the names of the languages."""
_PAIRED = frozenset(("tmx", "moses"))
"""Formats that hold only what has a counterpart and was not rejected."""


@dataclass(slots=True)
class Conversion:
    """What came of a conversion."""

    units: int = 0
    """Beads that were read."""
    left_out: Counter[str] = field(default_factory=Counter)
    """How many of them the format cannot hold, by the reason."""
    not_kept: Counter[str] = field(default_factory=Counter)
    """What else the format, or a bead, has no place for, and how many have it."""


def convert(source: UnitSource, stream: BinaryIO, into: Format, options: WriteOptions) -> Conversion:
    """Write all pairs of a file in another format.

    Raises InputError, with the place, when the file cannot be read as what it is said to be, has no pairs, or does not
    tell its languages and nobody does.
    """
    done = Conversion()
    bitexts = _counted(_bitexts(source, into, done), done, source, into)
    # Before a byte is written: standard output cannot take back a heading.
    first = next((bitext for bitext in bitexts if bitext.beads), None)
    if first is None:
        reason = said_left_out(source.left_out)
        raise InputError(f"nothing to write: {reason}" if reason else "there are no pairs in it", where=source.path)
    into.write(chain([first], bitexts), stream, options)
    return done


def _counted(bitexts: Iterable[Bitext], done: Conversion, source: UnitSource, into: Format) -> Iterator[Bitext]:
    """The bitexts as they are, counted, once it is sure that their languages are known."""
    # Pieces of one document come one after the other, and are one.
    before = ""
    for bitext in bitexts:
        if into.name not in _NAMELESS and "und" in (bitext.source.language, bitext.target.language):
            hint = "say them with --source and --target, such as --source fr --target en"
            raise InputError("the file does not tell its languages", where=source.path, hint=hint)
        done.units += len(bitext.beads)
        if into.name in _PAIRED:
            for bead in bitext.beads:
                if bead.is_null:
                    done.left_out["without a counterpart"] += 1
                elif bead.status is Status.REJECTED:
                    done.left_out["rejected"] += 1
        of_documents = {"records of documents", "signatures of documents", "places in the text files"}
        done.not_kept.update(each for each in losses(bitext, into) if bitext.id != before or each not in of_documents)
        before = bitext.id
        yield bitext


def _bitexts(source: UnitSource, into: Format, done: Conversion) -> Iterator[Bitext]:
    """The bitexts of a file, in pieces or whole as the format wants them."""
    for part in source.parts():
        kind = part.kind
        # A memory has more languages than two, and an alignment its texts elsewhere: both are read as units only.
        if kind.is_alignment or kind.is_memory or (into.in_pieces and kind.units):
            yield from _pieces(part, source, size=PIECE if into.in_pieces else 0, not_kept=done.not_kept)
            continue
        first, second = source.languages
        for document in part.documents(first or None, second or None):
            source.told(part.position())
            yield oriented(document.bitext, source.languages, part.name)


def pieces(source: UnitSource, *, size: int) -> Iterator[Bitext]:
    """The units of a file as bitexts of at most `size` beads (0: documents whole), in their order.

    A document that is cut has its id on every piece, and its paragraphs are numbered through.
    """
    for part in source.parts():
        yield from _pieces(part, source, size=size, not_kept=Counter())


def _pieces(part: OpenedPart, source: UnitSource, *, size: int, not_kept: Counter[str]) -> Iterator[Bitext]:
    otherwise = document_name(part.name.removesuffix(".gz"), part.kind.name)
    builder: BitextBuilder | None = None
    counts: Counter[str] = Counter()
    for unit in part_units(part, source):
        named = OUR_ID.fullmatch(unit.tuid)
        name = unit.property("x-document") or (named[1] if named else otherwise)
        if builder is None or builder.name != name or (size and len(builder.beads) >= size):
            if builder:
                yield builder.document().bitext
            builder = _builder(part, source.known.get(name), name, unit, counts[name])
        counts[name] += 1
        not_kept.update(unit_losses(unit))
        first, second = unit.variants
        builder.add(unit, first, _attributed(second, unit))
    if builder:
        yield builder.document().bitext


def _attributed(variant: Variant, unit: Unit) -> Variant:
    """A text of another tool with who made it and when as its last change, where nobody changed it since."""
    if variant.changed_by or is_machine(variant.created_by) or unit.property("x-origin"):
        return variant
    return replace(variant, changed=variant.changed or variant.created, changed_by=variant.created_by)


def _builder(part: OpenedPart, known: Described | None, name: str, unit: Unit, before: int) -> BitextBuilder:
    tags = [variant.language for variant in unit.variants]
    unknown = Described(Side(tags[0], ()), Side(tags[1], ()), Record(), Provenance())
    about = known or unknown
    # The whole file has the languages of its header, a unit may have a variety of them.
    sides = replace(about.source, language=tags[0]), replace(about.target, language=tags[1])
    return BitextBuilder(
        name,
        replace(about, source=sides[0], target=sides[1]),
        implied=part.kind.is_memory,
        written=seg_text if part.kind.is_memory else verbatim,
        before=before,
    )
