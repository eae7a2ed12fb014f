"""What of a text the model gets to see, and how its outputs are put together.

A plan is a text cut into pieces that, joined, are the text as it was prepared for the model: most often a single one.
Literal pieces come out as they went in; the others are translated one by one. Start reading at `make_plan`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from aligner.languages.marks import Span
from aligner.translation.argos.clauses import clauses, no_spans
from aligner.translation.protect.fold import clean
from aligner.translation.protect.preparations import Prepared, Recipient
from aligner.translation.protect.repairs import Stage
from aligner.translation.protect.steps import Steps
from aligner.translation.protect.stretches import has_letters, protected_stretches

_AFTER = re.compile(r"[\s,;:.!?…)\]»%€°–—-]*")
"""Punctuation after a protected stretch."""
_BEFORE = re.compile(r"[\s(\[«–—-]*\Z")
"""Punctuation before one."""


@dataclass(frozen=True, slots=True)
class PlannedPiece:
    """A stretch of the text."""

    text: str
    literal: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """A text as the model will see it, and what it takes to put the output together."""

    pieces: tuple[PlannedPiece, ...]
    prepared: Prepared = field(default_factory=Prepared)

    @property
    def to_translate(self) -> list[str]:
        """The pieces that the model gets, without the spaces around them."""
        return [piece.text.strip() for piece in self.pieces if not piece.literal]


def make_plan(text: str, reader: Recipient, steps: Steps) -> Plan:
    """Plan the translation of one text: prepare it, and cut it at what the model does not get."""
    prepared = steps.prepare(text, reader)
    text = prepared.text
    pieces: list[PlannedPiece] = []
    stretch_end = 0
    for start, end in [*prepared.protected, (len(text), len(text))]:
        # Alone a bracket or a full stop means nothing to a model: it stays with the stretch that it stands beside.
        after = _AFTER.match(text, stretch_end, start) if stretch_end else None
        first = after.end() if after else stretch_end
        before = _BEFORE.search(text, first, start) if start < len(text) else None
        last = before.start() if before else start
        pieces += [
            PlannedPiece(text[stretch_end:first], literal=True),
            PlannedPiece(text[first:last], literal=not has_letters(text[first:last])),
            PlannedPiece(text[last:start], literal=True),
            PlannedPiece(text[start:end], literal=True),
        ]
        stretch_end = end
    return Plan(tuple(piece for piece in pieces if piece.text), prepared)


def split_pieces(plan: Plan, fits: Callable[[str], bool], together: Callable[[str], Sequence[Span]] = no_spans) -> Plan:
    """The plan with every piece that does not fit cut into clauses, not through what `together` finds or addresses."""
    pieces: list[PlannedPiece] = []

    def kept(part: str) -> Sequence[Span]:
        return [*together(part), *protected_stretches(part, str.isprintable)]

    def is_kept(part: str) -> bool:
        ends = [0, *(place for span in protected_stretches(part, str.isprintable) for place in span), len(part)]
        return not any(has_letters(part[start:end]) for start, end in zip(ends[::2], ends[1::2], strict=True))

    for piece in plan.pieces:
        if piece.literal:
            pieces.append(piece)
        else:
            parts = clauses(piece.text, lambda part: fits(part) or is_kept(part), kept)
            pieces += [PlannedPiece(part, literal=is_kept(part)) for part in parts]
    return replace(plan, pieces=tuple(pieces))


def assemble(plan: Plan, outputs: Sequence[str], steps: Steps) -> str:
    """Put the outputs for the pieces to be translated back between the literal ones."""
    parts: list[str] = []
    rest = iter(outputs)
    for piece in plan.pieces:
        if piece.literal:
            parts.append(steps.repair(Stage.COPIED, Prepared(piece.text), piece.text))
            continue
        output = next(rest)
        # What is alone is a whole sentence, whose full stop is its own.
        if len(outputs) > 1:
            output = steps.repair(Stage.CLAUSE, Prepared(piece.text.strip()), output)
        # The spaces around a piece were kept from the model.
        parts.append((" " if piece.text[:1] == " " else "") + output + (" " if piece.text[-1:] == " " else ""))
    return steps.repair(Stage.JOINED, plan.prepared, clean("".join(parts)))
