"""The records that every stage shares; standard library only.

    Document ──segment──▶ Segments ┐
    Document ──segment──▶ Segments ┴─align──▶ Alignment (Beads) ──pair──▶ Bitext

A `Document` is one text with its bibliographic `Record`. A `Segment` is the smallest unit, usually a sentence.
A `Bead` says which source segments correspond to which target segments; an alignment (`aligner.alignment.result`) is
all beads of two texts, in order, every segment exactly once. A `Bitext` is two segmented texts, their beads and where
they came from: it is what the store keeps and what every export derives from.

All records are frozen; constructors check their invariants. Indices are 0-based, offsets half-open, locators 1-based
(``"3.2"``: paragraph 3, segment 2). Start reading at `Bitext`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufeff\ufffe\uffff]")
"""Characters that XML 1.0 forbids, and the byte order mark."""


class Role(StrEnum):
    """What a segment is in its document."""

    TEXT = "text"
    HEADING = "heading"
    BOILERPLATE = "boilerplate"


class Origin(StrEnum):
    """Who wrote the target side of a bead."""

    MACHINE = "mt"
    HUMAN = "human"
    MEMORY = "memory"
    NONE = "none"
    """There is no target side (1-0 beads)."""


class Status(StrEnum):
    """How far a bead has been reviewed."""

    DRAFT = "draft"
    ACCEPTED = "accepted"
    EDITED = "edited"
    REJECTED = "rejected"


REVIEWED = frozenset((Status.ACCEPTED, Status.EDITED))
"""The statuses of what a reviewer stands for."""

UNRELATED = 0.3
"""Below this probability the sides of a bead are said to have nothing to do with each other: in loosely parallel texts
nine of ten such beads have not, in close translations at most one bead in a hundred is said to wrongly."""

REMEMBERED = 50
"""Texts of its own that aligner knows again for each bead."""


class Kind(StrEnum):
    """How a bead came about."""

    CONSTRUCTED = "constructed"
    """Known by construction: rendering i belongs to sentence i."""
    ALIGNED = "aligned"
    """Found by the aligner."""
    LOCKED = "locked"
    """Fixed beforehand (a reviewer accepted it) and kept by the aligner."""
    EXCLUDED = "excluded"
    """Boilerplate: marked, kept in the text, aligned to nothing."""


class Languages(NamedTuple):
    """The languages of the two sides, by their codes (BCP 47): of a project, a memory, a glossary or a bitext.

    What is known of them is a matter of `aligner.languages`. It is a tuple, so that it can be compared with the codes
    that a file names, and taken apart.
    """

    source: str = "fr"
    target: str = "en"


USUAL_LANGUAGES = Languages()
"""The pair that is meant where none is named."""


@dataclass(frozen=True, slots=True)
class Record:
    """The bibliographic record of a document (`aligner.citations.fields`); empty means unknown, nothing is invented."""

    title: str = ""
    date: str = ""
    """ISO 8601 date of publication, as far as known: ``2024-09-11``, ``2024-09`` or ``2024``."""
    author: str = ""
    """``Family, Given``; several with ``;`` between them. A name without a comma is written as it stands."""
    publisher: str = ""
    url: str = ""
    licence: str = "unknown"
    type: str = ""
    """What it is, in CSL's words: ``report``, ``treaty``, ``legal_case`` …"""
    editor: str = ""
    translator: str = ""
    container: str = ""
    series: str = ""
    edition: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    number: str = ""
    place: str = ""
    court: str = ""
    jurisdiction: str = ""
    archive: str = ""
    fonds: str = ""
    shelfmark: str = ""
    doi: str = ""
    isbn: str = ""
    issn: str = ""
    accessed: str = ""
    note: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    """Fields of other names that the file has, kept as they are."""


@dataclass(frozen=True, slots=True)
class Document:
    """One text: its id, its language (BCP 47), its text verbatim and its record."""

    id: str
    language: str
    text: str
    record: Record = Record()

    @property
    def sha256(self) -> str:
        """Hexadecimal SHA-256 of the text in UTF-8."""
        return sha256(self.text)


@dataclass(frozen=True, slots=True)
class Segment:
    """The smallest unit of a text, usually a sentence: ``text == document.text[start:end]`` as segmented.

    In a hard-wrapped text ``text`` has its lines joined (`aligner.text.wrapping`); the offsets are those of the file.
    """

    text: str
    start: int
    end: int
    paragraph: int = 1
    """1-based number of the paragraph in the whole text, boilerplate counted."""
    number: int = 1
    """1-based number of the segment in its paragraph."""
    role: Role = Role.TEXT
    rule: str = ""
    """Code of the boilerplate rule that marked the segment (empty unless the role is boilerplate)."""

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"offsets {self.start}:{self.end} are not a half-open span")
        if self.paragraph < 1 or self.number < 1:
            raise ValueError(f"paragraph {self.paragraph}, number {self.number}: both count from 1")

    @property
    def locator(self) -> str:
        """Where the segment stands: ``"3.2"`` is paragraph 3, segment 2.

        >>> Segment("Oui.", 0, 4, paragraph=3, number=2).locator
        '3.2'
        """
        return f"{self.paragraph}.{self.number}"


@dataclass(frozen=True, slots=True)
class Match:
    """What a translation memory had for a source text."""

    score: int
    """How alike the two source texts are, 0 to 100 (`aligner.memory.index.fold`); 100 is the same text."""
    memory: str
    """The memory's name, e.g. ``treaties.tmx``."""
    unit: str
    """What the memory calls the unit."""
    source: str
    """The source text found."""
    target: str
    """Its translation."""
    note: str = ""
    """What else there is to know, e.g. that the memory has other translations too."""

    def __post_init__(self) -> None:
        if not 0 <= self.score <= 100:
            raise ValueError(f"score {self.score} is not between 0 and 100")


@dataclass(frozen=True, slots=True)
class Bead:
    """Source segments and target segments that correspond; a null bead has one side empty."""

    source: tuple[int, ...]
    """0-based indices of the source segments, consecutive."""
    target: tuple[int, ...]
    """0-based indices of the target segments, consecutive."""
    score: float = 1.0
    """How good the aligner found the bead; higher is better. Not comparable between aligners."""
    confidence: float = 1.0
    """How sure the alignment is, 0 to 1: the estimated probability that exactly these segments belong together. 1.0
    where it is known by construction or a person said so."""
    quality: float | None = None
    """How good the machine's target text is expected to be, 0 to 1 (`aligner.translation.argos.confidence`); None
    where a person wrote it, or nothing is known."""
    kind: Kind = Kind.ALIGNED
    origin: Origin = Origin.HUMAN
    status: Status = Status.DRAFT
    machine: str | None = None
    """The machine's rendering of the source side, where one is known."""
    machine_score: float | None = None
    """The engine's own score of that rendering, 0 to 1 (length-normalised probability)."""
    maker: str = ""
    """The package and its fingerprint that made the target text, where a machine did (`Provenance.maker`)."""
    written: tuple[str, ...] = ()
    """Fingerprints (`wording`) of the target texts that aligner itself wrote for the source side, the latest last; at
    most `REMEMBERED`. A text whose fingerprint is among them is never a person's, wherever it comes back from."""
    flags: tuple[str, ...] = ()
    """What the translation loop noticed about the rendering: ``split``, ``retried``, ``doubtful`` …"""
    note: str = ""
    changed: str = ""
    """When a person last changed the bead: ISO 8601, UTC, to the second. Empty: never."""
    by: str = ""
    """Who last changed it."""
    match: Match | None = None
    """The best that the translation memories had for the source side when the bead was made, if anything."""
    related: float | None = None
    """The estimated probability, 0 to 1, that the two sides correspond at all, even if only in part; None where the
    aligner did not find the bead, or a side is empty."""
    moved: tuple[str, ...] = ()
    """Of a null bead: the locators of the segments of the other side that correspond to it, but stand elsewhere."""

    def __post_init__(self) -> None:
        if not self.source and not self.target:
            raise ValueError("a bead needs at least one segment")
        # what lies between two segments of a bead would otherwise belong to it and to another one
        for side in (self.source, self.target):
            if any(after != before + 1 for before, after in pairwise(side)):
                raise ValueError(f"the indices of a bead must be consecutive: {list(side)}")
        for name, value in (("confidence", self.confidence), ("quality", self.quality), ("related", self.related)):
            if value is not None and not 0.0 <= value <= 1.0:
                raise ValueError(f"{name} {value} is not between 0 and 1")

    @property
    def type(self) -> str:
        """The bead's shape, source–target: ``"1-1"``, ``"2-1"``, ``"1-0"`` and so on."""
        return f"{len(self.source)}-{len(self.target)}"

    @property
    def seems_unrelated(self) -> bool:
        """Whether the aligner paired the sides only because of their place: probably nothing in them corresponds.

        Never of what a person stands for.
        """
        return self.related is not None and self.related < UNRELATED and self.status not in REVIEWED

    @property
    def is_null(self) -> bool:
        """Whether one side is empty."""
        return not self.source or not self.target


def check_coverage(beads: Sequence[Bead], source_length: int, target_length: int) -> None:
    """Raise ValueError unless the beads cover both sides, each segment exactly once and in order."""
    for name, length in (("source", source_length), ("target", target_length)):
        # once and in order is the law that every reader, aligner and edit must keep: nothing is lost or said twice
        seen = [i for bead in beads for i in getattr(bead, name)]
        if seen != list(range(length)):
            first = next((n for n, i in enumerate(seen) if i != n), min(len(seen), length))
            raise ValueError(f"the beads do not cover the {name} side once and in order (near segment {first})")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a bitext: a segmented text, its language and its file."""

    language: str
    segments: tuple[Segment, ...]
    file: str = ""
    """Path of the text, relative to the project folder, with forward slashes."""
    sha256: str = ""
    """Hexadecimal SHA-256 of that file's text."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a bitext was made: enough to cite it and to tell whether anything changed."""

    created: str = ""
    """When the bitext was first made: ISO 8601, UTC, to the second."""
    changed: str = ""
    """When its content last changed."""
    signature: str = ""
    """Every choice and version that could change the result, on one line; memories apart."""
    basis: str = ""
    """What the English text began as: ``mt``, aligner's own draft, or ``human``, a person's translation."""
    rules: str = ""
    """The segmentation rules (`aligner.text.Srx.signature`). Empty: unknown."""
    boilerplate: str = ""
    """What was done with boilerplate: ``marked`` or ``kept``. Empty: unknown."""
    memory: str = ""
    """The translation memories that took part, by name, and a digest of what they said. Empty: none did."""
    engine: str = ""
    """The translation engine and its version, e.g. ``ctranslate2 4.8.5``. Empty: no machine translation."""
    package: str = ""
    """The Argos package, e.g. ``translate-fr_en 0.1``."""
    fingerprint: str = ""
    """Fingerprint of the package's content."""

    @property
    def maker(self) -> str:
        """What `Bead.maker` says of a text that this engine made: its package and the package's fingerprint.

        >>> Provenance(package="translate-fr_en 0.5", fingerprint="3f0c" * 16).maker
        'translate-fr_en 0.5 3f0c3f0c3f0c3f0c'
        """
        return " ".join(filter(None, (self.package or self.engine, self.fingerprint[:16])))


@dataclass(frozen=True, slots=True)
class Bitext:
    """Two segmented texts, the beads between them, and where they came from."""

    id: str
    source: Side
    target: Side
    beads: tuple[Bead, ...]
    record: Record = Record()
    provenance: Provenance = field(default=Provenance())

    def __post_init__(self) -> None:
        check_coverage(self.beads, len(self.source.segments), len(self.target.segments))

    @property
    def languages(self) -> Languages:
        """The languages of both sides."""
        return Languages(self.source.language, self.target.language)

    def source_text(self, bead: Bead) -> str:
        """The source side of a bead, segments joined with a space."""
        return " ".join(self.source.segments[i].text for i in bead.source)

    def target_text(self, bead: Bead) -> str:
        """The target side of a bead, segments joined with a space."""
        return " ".join(self.target.segments[j].text for j in bead.target)

    def locator(self, bead: Bead) -> str:
        """The id of a bead inside its bitext, the same in every export.

        It is the locator of the bead's first source segment (``"3.2"``); a bead with no source side has ``t`` and the
        locator of its first target segment (``"t3.2"``).
        """
        # by the source, which translators do not change: the id stays when the English is cut otherwise
        if bead.source:
            return self.source.segments[bead.source[0]].locator
        return "t" + self.target.segments[bead.target[0]].locator


def sha256(text: str) -> str:
    """Hexadecimal SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def wording(text: str) -> str:
    r"""The fingerprint by which a text is known again: 16 hexadecimal digits.

    White space, Unicode composition and characters that XML forbids make no difference, because files of other tools
    change them.

    >>> wording("Oui,\u00a0dit-il.") == wording(" Oui, \n dit-il.")
    True
    """
    plain = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
    return hashlib.sha256(" ".join(plain.split()).encode("utf-8", "surrogatepass")).hexdigest()[:16]
