"""What every format shares: the record that describes it and the options of its writer.

A format is a pair of functions, ``write(bitexts, stream, options)`` and ``read(stream)``, and words that say what it
keeps and loses. Start reading at `Format`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import TYPE_CHECKING, BinaryIO, Protocol

from aligner.errors import InputError
from aligner.model import Bitext, Status

if TYPE_CHECKING:
    from aligner.formats.exchange.to_bitext import ExchangedDocument
    from aligner.formats.exchange.units import Unit


class Standing(StrEnum):
    """Who stands for the target text of a bead (`aligner.formats.selection.standing`)."""

    REVIEWED = "reviewed"
    """Somebody accepted it or edited it."""
    MACHINE = "machine"
    """A machine or a memory said it, and nobody has reviewed it."""
    PERSON = "person"
    """A person wrote it, and nobody has reviewed it; or there is none."""
    REJECTED = "rejected"
    """Somebody rejected it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOptions:
    """What a writer includes. A format says in ``docs/formats.md`` which of these it heeds."""

    keep_boilerplate: bool = False
    """Write segments marked as boilerplate too."""
    standings: tuple[Standing, ...] = tuple(Standing)
    """Write only beads for whose target text one of these stands."""
    min_status: Status | None = None
    """Leave out beads reviewed less than this: draft < accepted < edited. Rejected beads never pass a minimum."""
    min_confidence: float = 0.0
    """Leave out beads whose alignment is less sure than this, 0 to 1."""
    min_quality: float = 0.0
    """Leave out beads whose target text is expected to be worse than this, 0 to 1. What has no such figure stays: a
    person's text, and a machine's of which nothing is known."""
    locale: Mapping[str, str] = field(default_factory=dict)
    """Language tags to write instead of the bitext's own, e.g. ``{"fr": "fr-FR", "en": "en-GB"}``."""
    tuid: bool = True
    """TMX: give every translation unit its id."""
    deduplicate: bool = True
    """TMX: write one unit per source text (a reviewed one before a draft, then the first)."""
    context: bool = False
    """TMX: add the source text before and after every unit, for tools that match in context."""
    paragraphs: bool = False
    """TMX: write one unit per paragraph instead of one per bead, for tools that cut texts into paragraphs."""

    xliff_version: int = 1
    """XLIFF: 1 for version 1.2, 2 for version 2.0."""

    def tag(self, language: str) -> str:
        """The language tag to write for one of the bitext's."""
        return self.locale.get(language, language)


DEFAULTS = WriteOptions()
"""What a writer does when nothing else is asked for."""


class FormatWriter(Protocol):
    """Writes bitexts to a binary stream; the same bitexts and options give the same bytes."""

    def __call__(self, bitexts: Iterable[Bitext], stream: BinaryIO, options: WriteOptions = ...) -> None:
        """Write all bitexts; InputError when the format cannot express one."""


class FormatReader(Protocol):
    """Reads the bitexts of a binary stream, one at a time."""

    def __call__(self, stream: BinaryIO) -> Iterator[Bitext]:
        """Yield every bitext; InputError, with the place, when the stream is damaged."""


class UnitReader(Protocol):
    """Reads the units of a file one by one: no document is in memory whole."""

    def __call__(self, stream: BinaryIO) -> Iterator[Unit]:
        """Yield every unit; InputError, with the place, when the stream is damaged."""


class ExchangeReader(Protocol):
    """Reads the documents of a file that people work on, with what it says of each unit beside its bead."""

    def __call__(self, stream: BinaryIO) -> Iterator[ExchangedDocument]:
        """Yield every document; InputError, with the place, when the stream is damaged."""


@dataclass(frozen=True, slots=True)
class Format:
    """One file format: its name, its two verbs, and what survives them."""

    name: str
    suffix: str
    """File name ending with its dot: ``.tmx``."""
    media_type: str
    description: str
    """One line for ``--help``."""
    write: FormatWriter
    read: FormatReader | None
    """None where the format alone cannot give a bitext back."""
    keeps: str
    """What is in the file, in words."""
    loses: str
    """What is not, in words; empty: nothing."""
    heeds: frozenset[str] = frozenset()
    """The fields of `WriteOptions` that change what is written."""
    documents: ExchangeReader | None = None
    """How work comes back from such a file; None where nobody works on one."""
    has_documents: bool = True
    """Whether it says what is known of a document: its record, and how it was made."""
    has_headings: bool = True
    has_offsets: bool = False
    """Whether it says where a segment is in the text file."""
    many: bool = True
    """Whether one file may hold several bitexts."""
    in_pieces: bool = False
    """Whether a document may be written as several bitexts of the same id, one after the other: a large one is then
    never in memory whole."""

    def unheeded(self, options: WriteOptions) -> list[str]:
        """The options that were chosen although this format cannot heed them.

        Boilerplate is not counted: a format that does not heed it always holds all of it, or none.
        """
        # Options that were not chosen are as in DEFAULTS: only what somebody asked for can be in vain.
        chosen = [name.name for name in fields(options) if getattr(options, name.name) != getattr(DEFAULTS, name.name)]
        return [name for name in chosen if name not in self.heeds and name != "keep_boilerplate"]


def place_in(stream: BinaryIO, line: int | None = None) -> str | None:
    """Where in a stream something stands, for an error: ``corpus/a.jsonl, line 3``; None when nothing is known."""
    name = getattr(stream, "name", None)
    parts = [name] if isinstance(name, str) else []
    if line is not None:
        parts.append(f"line {line}")
    return ", ".join(parts) or None


def status_in(cell: str, *, where: str | None = None) -> Status:
    """The status that somebody typed into a cell, in capitals or not; an empty cell is a draft.

    Raises InputError, with `where` it stands, for a word that is no status.

    >>> status_in("Accepted ")
    <Status.ACCEPTED: 'accepted'>
    """
    try:
        return Status(cell.strip().lower() or Status.DRAFT)
    except ValueError as error:
        raise InputError(f"unknown status '{cell.strip()}'", where=where, hint=f"use {', '.join(Status)}") from error
