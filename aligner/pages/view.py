"""What the review page shows, before it is HTML.

    Bitext ──view──▶ View(summary, blocks) ── block = one paragraph ── row = one bead ── cell = one side of it

The templates only lay out what stands here: no template computes, and everything can be tested without a browser.
Start reading at `view`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from aligner.model import Bead, Bitext, Kind, Role, Segment, Side
from aligner.pages.certainty import Certainty, certainties
from aligner.pages.matches import match_line
from aligner.pages.news import says_else
from aligner.text.diff import (
    Change,
    ChangeKind,
    diff,
    similarity,
)

CHUNK = 50
"""Beads that a browser lays out together: few enough to be quick, many enough that there are few of them."""


FLAGS = {
    "copied": "Nothing to translate: the source stands unchanged",
    "split": "Translated clause by clause",
    "retried": "The first attempt was at fault; another one was taken",
    "doubtful": "No attempt was free of serious faults: check it well",
    "numbers": "A number of the source is missing, or became another one",
    "omitted": "A passage of the source has nothing to stand for it",
    "inserted": "The model was made to say a term of the glossary",
    "terms": "A term of the glossary is missing, or a forbidden one stands there",
}
"""What the flags of the translation say."""
ORIGINS = {"mt": "machine", "human": "human", "memory": "memory", "none": ""}
"""Who wrote a target text, in the words of the page."""


class PieceKind(StrEnum):
    """How a stretch of a cell's text is set."""

    PLAIN = "plain"
    INSERTED = "inserted"
    """Only in the present text."""
    DELETED = "deleted"
    """Only in the machine translation."""
    NUMBER = "number"
    """Not text: the locator of the segment that begins here."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a cell's text and how it is set."""

    kind: PieceKind
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One side of a bead. The plain and inserted pieces joined are the side's text, segments joined with a space."""

    pieces: tuple[Piece, ...]
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One bead, ready to be laid out."""

    locator: str
    bead: Bead
    source: Cell | None
    target: Cell | None
    differs: bool = False
    """Whether a machine translation is known and the present text is another one."""
    machine: str = ""
    """The machine translation to show beside the text, where a diff would not be readable, or not what was done."""
    outdated: bool = False
    """Whether a person accepted or edited the text and the machine now says something else."""
    rule: str = ""
    """Code of the rule that marked the text as boilerplate."""
    aside: bool = False
    """Whether the bead was set aside as boilerplate."""

    @property
    def certainties(self) -> tuple[Certainty, ...]:
        """The figures in the margin."""
        return certainties(self.bead)

    @property
    def match(self) -> tuple[str, str] | None:
        """What a translation memory had: a label and a line."""
        return match_line(self.bead)


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive beads of one source paragraph, or a run of boilerplate."""

    paragraph: str
    rows: tuple[Row, ...]
    aside: bool = False
    continued: bool = False
    """Whether the paragraph began in the block before (very long ones are cut)."""

    @property
    def rules(self) -> tuple[str, ...]:
        """The boilerplate rules at work here, each once, in order."""
        return tuple(dict.fromkeys(row.rule for row in self.rows if row.rule))


def view(bitext: Bitext, *, rewritten_below: float = 0.35, boilerplate: bool = True) -> tuple[Block, ...]:
    """Make the blocks of a bitext's page, every bead once and in order.

    A present text less similar to its machine translation than `rewritten_below` (0 to 1) is shown whole, with the
    machine translation beside it, since a word-level diff of two unrelated sentences is not readable. So is a text that
    was accepted or edited when the machine said something else: nobody made the one out of the other.
    Without `boilerplate`, beads set aside as boilerplate are left out.
    """
    rows = zip(_paragraphs(bitext), (_row(bitext, bead, rewritten_below) for bead in bitext.beads), strict=True)
    blocks = []
    for _, group in groupby(rows, key=lambda pair: (pair[1].aside, not pair[1].aside and pair[0])):
        members = list(group)
        paragraph, first = members[0]
        if first.aside and not boilerplate:
            continue
        for start in range(0, len(members), CHUNK):
            part = tuple(row for _, row in members[start : start + CHUNK])
            blocks.append(Block(paragraph, part, aside=first.aside, continued=start > 0))
    return tuple(blocks)


def chunks(blocks: Iterable[Block]) -> Iterator[tuple[Block, ...]]:
    """Group blocks by about `CHUNK` beads, so that a browser can leave out what is far from view."""
    gathered: list[Block] = []
    for block in blocks:
        gathered.append(block)
        if sum(len(member.rows) for member in gathered) >= CHUNK:
            yield tuple(gathered)
            gathered = []
    if gathered:
        yield tuple(gathered)


def _paragraphs(bitext: Bitext) -> Iterator[str]:
    """Yield the paragraph of each bead; a bead without source stays in the paragraph where it stands."""
    paragraph = ""
    for bead in bitext.beads:
        if bead.source:
            paragraph = str(bitext.source.segments[bead.source[0]].paragraph)
        yield paragraph


def _row(bitext: Bitext, bead: Bead, rewritten_below: float) -> Row:
    sources, targets = _members(bitext.source, bead.source), _members(bitext.target, bead.target)
    first = (sources or targets)[0]
    row = Row(
        locator=bitext.locator(bead),
        bead=bead,
        source=_plain_cell(sources),
        target=_plain_cell(targets),
        rule=first.rule,
        aside=bead.kind is Kind.EXCLUDED,
    )
    if bead.machine is None or not targets or bead.machine == (present := bitext.target_text(bead)):
        return row
    if says_else(bitext, bead):
        return replace(row, differs=True, machine=bead.machine, outdated=True)
    changes = diff(bead.machine, present)
    if similarity(changes) < rewritten_below:
        return replace(row, differs=True, machine=bead.machine)
    return replace(row, differs=True, target=_cell(targets, changes))


def _members(side: Side, indices: Iterable[int]) -> tuple[Segment, ...]:
    return tuple(side.segments[index] for index in indices)


def _plain_cell(segments: tuple[Segment, ...]) -> Cell | None:
    if not segments:
        return None
    return _cell(segments, [Change(ChangeKind.EQUAL, " ".join(segment.text for segment in segments))])


_SET = {
    ChangeKind.EQUAL: PieceKind.PLAIN,
    ChangeKind.INSERT: PieceKind.INSERTED,
    ChangeKind.DELETE: PieceKind.DELETED,
}


def _cell(segments: tuple[Segment, ...], changes: Iterable[Change]) -> Cell:
    """Set the changes as pieces; in a side of several segments each begins with its number, like verses."""
    starts = list(_starts(segments)) if len(segments) > 1 else []
    pieces: list[Piece] = []
    position = 0
    for change in changes:
        text = change.text
        while starts and change.kind is not ChangeKind.DELETE and starts[0][0] < position + len(text):
            start, locator = starts.pop(0)
            pieces.append(Piece(_SET[change.kind], text[: start - position]))
            pieces.append(Piece(PieceKind.NUMBER, locator))
            text, position = text[start - position :], start
        pieces.append(Piece(_SET[change.kind], text))
        position += 0 if change.kind is ChangeKind.DELETE else len(text)
    return Cell(tuple(piece for piece in pieces if piece.text), heading=segments[0].role is Role.HEADING)


def _starts(segments: Iterable[Segment]) -> Iterator[tuple[int, str]]:
    """Where each segment begins in the joined text, with its locator."""
    position = 0
    for segment in segments:
        yield position, segment.locator
        position += len(segment.text) + 1
