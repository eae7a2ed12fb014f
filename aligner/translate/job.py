"""One text on its way through the model: its plan, its attempts and the best draft so far."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aligner.translate.decoder import Decoding, Hypothesis
from aligner.translate.faults import SERIOUS, Fault, content_faults, length_faults
from aligner.translate.fold import one_line
from aligner.translate.interface import Flag, Rendering
from aligner.translate.plan import assemble, make_plan, split_pieces
from aligner.translate.tokenizer import Tokens

_SHORTEST_PIECE = 8
"""Tokens; a text is not cut any finer in search of a better rendering."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way to render a text."""

    number: int
    decoding: Decoding
    piecemeal: bool = False
    """Cut the text at its islands and in half, whatever its length."""


@dataclass(frozen=True, slots=True)
class Output:
    """What the model gave for one piece."""

    text: str
    tokens: int
    log_probability: float
    """Mean over the tokens."""
    faults: tuple[Fault, ...]

    @property
    def rank(self) -> tuple[int, float]:
        """Lower is better: the weight of the faults, then the probability."""
        return sum(fault.weight for fault in self.faults), -self.log_probability


@dataclass(frozen=True, slots=True)
class Draft:
    """What an attempt gave for a whole text."""

    text: str
    score: float
    faults: frozenset[Fault]
    split: bool
    retried: bool

    @property
    def rank(self) -> tuple[int, float]:
        """Lower is better: the weight of the faults, then the score."""
        return sum(fault.weight for fault in self.faults), -self.score


class Job:
    """A text to be rendered."""

    def __init__(self, text: str, knows: Callable[[str], bool]) -> None:
        self.text = text
        self.weight = 0
        self.plan = make_plan(text, knows)
        self._knows = knows
        self._attempt: Attempt | None = None
        self._outputs: list[Output | None] = []
        self._best: Draft | None = None

    @property
    def is_good(self) -> bool:
        """Whether the best draft has no fault."""
        return self._best is not None and not self._best.faults

    def begin(self, attempt: Attempt, count: Callable[[str], int], longest: int) -> list[str]:
        """Start an attempt; returns the pieces to be translated, none when there is nothing new to try.

        `count` tells how many tokens a piece has, `longest` how many the model may get at once.
        """
        plan = make_plan(self.text, self._knows, cut_islands=attempt.piecemeal)
        lengths = [count(piece.text) for piece in plan.pieces if not piece.literal]
        self.weight = self.weight or sum(lengths)
        if attempt.piecemeal:
            longest = min(longest, max(_SHORTEST_PIECE, max(lengths, default=0) // 2 + 1))
        if max(lengths, default=0) > longest:
            plan = split_pieces(plan, lambda text: count(text) <= longest)
        if attempt.piecemeal and plan == self.plan:
            return []
        self._attempt, self.plan = attempt, plan
        pieces = [piece.text.strip() for piece in plan.pieces if not piece.literal]
        self._outputs = [None] * len(pieces)
        return pieces

    def take(self, slot: int, output: Output, *, english: bool) -> bool:
        """Take the output for one piece; True when it was the last one and the attempt is a draft."""
        self._outputs[slot] = output
        outputs = [output for output in self._outputs if output is not None]
        if len(outputs) < len(self._outputs):
            return False
        draft = self._draft(outputs, english=english)
        if self._best is None or draft.rank < self._best.rank:
            self._best = draft
        return True

    def rendering(self) -> Rendering:
        """The best draft, or the text itself where there is none; flagged."""
        best = self._best
        if best is None:
            return Rendering(one_line(self.text), 1.0, (Flag.COPIED,))
        if not best.text:
            return Rendering(one_line(self.text), 0.0, (Flag.COPIED, Flag.DOUBTFUL))
        flags = (
            (Flag.SPLIT, best.split),
            (Flag.RETRIED, best.retried),
            (Flag.DOUBTFUL, best.rank[0] >= SERIOUS),
            (Flag.NUMBERS, Fault.NUMBERS in best.faults),
        )
        return Rendering(best.text, best.score, tuple(flag for flag, holds in flags if holds))

    def _draft(self, outputs: Sequence[Output], *, english: bool) -> Draft:
        text = assemble(self.plan, [output.text for output in outputs], english=english)
        tokens = sum(output.tokens for output in outputs)
        mean = sum(output.log_probability * output.tokens for output in outputs) / max(1, tokens)
        faults = {fault for output in outputs for fault in output.faults} - {Fault.LOST}
        faults.update(content_faults(self.text, text, self.plan.kept))
        retried = self._attempt is not None and self._attempt.number > 1
        return Draft(text, math.exp(min(0.0, mean)), frozenset(faults), self.plan.is_split, retried)


@dataclass(frozen=True, slots=True)
class Unit:
    """One piece of a job, ready for the model."""

    job: Job
    slot: int
    text: str
    tokens: Tokens

    def output(self, hypothesis: Hypothesis, text: str) -> Output:
        """A hypothesis for this piece, whose tokens spell `text`, with its faults."""
        faults = length_faults(self.tokens, hypothesis.tokens, complete=hypothesis.complete)
        faults += content_faults(self.text, text, [kept for kept in self.job.plan.kept if kept in self.text])
        return Output(text, len(hypothesis.tokens), hypothesis.log_probability, tuple(faults))
