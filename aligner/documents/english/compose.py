"""The paragraphs of an original in English.

For each paragraph the sentences of the bitext that begin in it are put in the place of its own; what stood between
sentences (a space, a line end) stays. Start reading at `compose`.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field

from aligner.documents.english.styles import Renders, carry
from aligner.documents.english.words import renders_of
from aligner.documents.layout import Block, BlockKind, Layout, Paragraph, Piece
from aligner.errors import counted
from aligner.model import Bead, Bitext, Kind


@dataclass(slots=True)
class Composed:
    """What goes into the paragraphs of an original, and what could not be kept."""

    pieces: dict[int, list[Piece]] = field(default_factory=dict)
    """By the paragraph's index in the original."""
    spread: list[str] = field(default_factory=list)
    """Locators of sentences that took the look of some of their words."""
    lost: list[str] = field(default_factory=list)
    """Locators of sentences some of whose looks are lost."""
    moved: list[str] = field(default_factory=list)
    """Locators of beads that join sentences of several paragraphs."""
    untranslated: int = 0
    """Sentences without English."""
    left: int = 0
    """Paragraphs that stay as they are: page furniture."""

    def remarks(self, *, same_form: bool) -> list[str]:
        """What a reader should know, a sentence each; `same_form` says that the original's other content stays."""
        said = []
        if self.spread:
            whole = "the whole sentence has the style or link that some words had"
            said.append(f"{counted(len(self.spread), 'sentence')} ({_some(self.spread)}): {whole}")
        if self.lost:
            said.append(f"{counted(len(self.lost), 'sentence')} ({_some(self.lost)}): the style of some words is lost")
        if self.moved:
            what = "sentences of several paragraphs are one in English and stand in the first"
            said.append(f"{counted(len(self.moved), 'place')} ({_some(self.moved)}): {what}")
        if self.untranslated:
            said.append(f"{counted(self.untranslated, 'sentence has', 'sentences have')} no English and are left out")
        if self.left:
            lines = f"{counted(self.left, 'line')} of boilerplate (menus, running heads, page numbers)"
            said.append(f"{lines}: {'not translated' if same_form else 'left out'}")
        return said


def _some(locators: Sequence[str]) -> str:
    return ", ".join(locators[:5]) + (" …" if len(locators) > 5 else "")


def compose(bitext: Bitext, paragraphs: Sequence[Paragraph], layout: Layout) -> Composed:
    """The English of every paragraph of an original whose text is the bitext's source text."""
    made = Composed()
    renders = renders_of(bitext)
    homes = _homes(bitext, layout, made)
    starts = [segment.start for segment in bitext.source.segments]
    for block in layout.blocks:
        beads = homes.get(block.start, [])
        if block.part is BlockKind.FURNITURE or (beads and all(bead.kind is Kind.EXCLUDED for bead, _ in beads)):
            made.left += 1
            continue
        # sentences of a bead that begins elsewhere may be here: the paragraph is emptied, not left in French
        at = bisect.bisect_left(starts, block.start)
        if beads or (at < len(starts) and starts[at] < block.end):
            made.pieces[block.index] = _paragraph(bitext, block, paragraphs[block.index], beads, renders, made)
    return made


def _homes(bitext: Bitext, layout: Layout, made: Composed) -> dict[int, list[tuple[Bead, list[tuple[int, int]]]]]:
    """The beads that begin in each block, by its start, each with the spans of its sentences there.

    A bead without source sentences joins the one before it, or the first block.
    """
    homes: dict[int, list[tuple[Bead, list[tuple[int, int]]]]] = {}
    last = layout.blocks[0].start if layout.blocks else 0
    for bead in bitext.beads:
        segments = [bitext.source.segments[i] for i in bead.source]
        blocks = [layout.block_at(segment.start) for segment in segments]
        first = blocks[0] if blocks else None
        home = first.start if first is not None else last
        spans = [(s.start, s.end) for s, b in zip(segments, blocks, strict=True) if b is not None and b.start == home]
        if len(spans) < len(segments):
            made.moved.append(bitext.locator(bead))
        if bead.source and not bead.target and bead.kind is not Kind.EXCLUDED:
            made.untranslated += len(bead.source)
        homes.setdefault(home, []).append((bead, spans))
        last = home
    return homes


def _paragraph(
    bitext: Bitext,
    block: Block,
    paragraph: Paragraph,
    beads: Sequence[tuple[Bead, list[tuple[int, int]]]],
    renders: Renders,
    made: Composed,
) -> list[Piece]:
    """The pieces of one paragraph in English."""
    pieces: list[Piece] = []
    rest, at = list(paragraph.pieces), block.start
    for bead, spans in beads:
        text = bitext.target_text(bead) if bead.kind is not Kind.EXCLUDED else ""
        # sentences that begin in another paragraph: their English joins what is here, in its look
        if not spans:
            own = pieces[-1] if pieces and pieces[-1].text else Piece("")
            pieces += [Piece((" " if pieces else "") + text, own.look, own.own)] if text else []
            continue
        start, end = spans[0][0], spans[-1][1]
        between, rest = take(rest, start - at)
        # what stood between two sentences (a space, a line end) stays only between two that are there
        keeps = any(p.text for p in pieces) and (text or any("\n" in p.text for p in between))
        pieces += between if keeps else _things(between)
        source, rest = take(rest, end - start, behind=True)
        carried = carry(source, text, renders)
        pieces += carried.pieces
        made.spread += [bitext.locator(bead)] if carried.spread else []
        made.lost += [bitext.locator(bead)] if carried.lost else []
        at = end
    return [*pieces, *_things(rest)]


def _things(pieces: Sequence[Piece]) -> list[Piece]:
    return [piece for piece in pieces if not piece.text]


def take(pieces: Sequence[Piece], length: int, *, behind: bool = False) -> tuple[list[Piece], list[Piece]]:
    """The first characters of pieces, and the rest; what is no text at the cut goes with the first if `behind`.

    >>> taken, rest = take([Piece("Un "), Piece("mot."), Piece(""), Piece(" Oui.")], 7, behind=True)
    >>> [piece.text for piece in taken], [piece.text for piece in rest]
    (['Un ', 'mot.', ''], [' Oui.'])
    """
    taken: list[Piece] = []
    for number, piece in enumerate(pieces):
        if length == 0 and (piece.text or not behind):
            return taken, list(pieces[number:])
        if len(piece.text) > length:
            taken.append(Piece(piece.text[:length], piece.look, piece.own))
            return taken, [Piece(piece.text[length:], piece.look, piece.own), *pieces[number + 1 :]]
        taken.append(piece)
        length -= len(piece.text)
    return taken, []
