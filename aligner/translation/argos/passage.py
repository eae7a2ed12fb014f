"""A stretch of text that the model is to render, from its first attempt to the best output.

The first attempt is plain. A word that stands alone is also given without its capital, which models take for that of
a name (*Perte*, *Fenêtre*), and the likelier output is kept. If its output is at fault
(`aligner.translation.argos.faults`) others follow: a wider search for an output without the fault; if terms of a
glossary are missing, the source with their renderings written into it; the text in halves, which a model that has lost
its way finds easier; if numbers are still missing, the text around its numbers; and if terms are, a search that must
say them. The best output of all is kept. (On the development texts this order gave the best chrF.)
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from aligner.translation.argos.coverage import left_out
from aligner.translation.argos.decoder import Decoding, Hypothesis
from aligner.translation.argos.faults import (
    OF_TOKENS,
    SERIOUS,
    Fault,
    content_faults,
    language_faults,
    length_faults,
    weight,
)
from aligner.translation.argos.plan import (
    Plan,
    PlannedPiece,
    assemble,
    make_plan,
    split_pieces,
)
from aligner.translation.argos.required import NOTHING, Required
from aligner.translation.argos.tokenizer import Tokens
from aligner.translation.protect.fold import small_alone
from aligner.translation.protect.preparations import Prepared, Recipient
from aligner.translation.protect.repairs import Stage
from aligner.translation.protect.steps import Steps
from aligner.translation.protect.stretches import protected_stretches

_SHORTEST_PART = 8
"""Tokens: nothing is cut any finer in search of a better output."""
_WIDE = 5
SWITCHING, INSERTION = 3, 6
"""The attempts that make the model say terms."""
_LEAST_LEFT = 0.6
"""The share of the best output's length below which one with its terms is no better."""
_GUESSED = math.log(0.6)
"""Mean log probability of the tokens of one word: below it the model's word was seldom the right one (decision 72)."""
_EASY = frozenset((Fault.TERM, Fault.NAME, Fault.REPEATED))
"""Faults that another way to cut the text does not mend."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way to render a text."""

    number: int
    decoding: Decoding
    parts: int = 1
    """Cut the text at its protected stretches and into about so many parts."""
    keep_numbers: bool = False
    """Take the text's numbers for protected stretches."""
    small: bool = False
    """Made only for a word that stands alone with a capital: without it."""
    choosing: bool = False
    """Made only where someone prefers one rendering to another: several to choose from."""
    switching: Literal["", "missing", "all"] = ""
    """Write renderings of terms, of those that the best output lacks or of all, into the source; the model copies."""
    inserting: bool = False
    """Put the terms that are missing into the best output so far (`aligner.translation.argos.inserter`)."""

    @property
    def is_forcing(self) -> bool:
        """Whether it makes the model say terms."""
        return bool(self.switching or self.inserting)


def attempts(beam: int) -> tuple[Attempt, ...]:
    """The attempts made one after the other, while an output is at fault."""
    width = max(_WIDE, beam)
    wide = Decoding(beam=width, hypotheses=width)
    # This order gave the best chrF on the development texts. Terms are written into the source long before the search
    # is made to say them: that takes one more decoding instead of some twenty, and the grammar fits (decision 34).
    return (
        Attempt(1, wide, choosing=True),
        Attempt(1, Decoding(beam=beam)),
        Attempt(1, Decoding(beam=beam), small=True),
        Attempt(2, wide),
        Attempt(SWITCHING, wide, switching="missing"),
        Attempt(SWITCHING, wide, switching="all"),
        Attempt(4, wide, parts=2),
        Attempt(5, wide, keep_numbers=True),
        Attempt(INSERTION, wide, inserting=True),
    )


@dataclass(frozen=True, slots=True)
class Output:
    """What the model gave."""

    text: str
    tokens: int
    log_probability: float
    """Mean over the tokens."""
    faults: tuple[Fault, ...] = ()
    attempt: int = 1
    split: bool = False
    worth: float = 0.0
    """What preferences add to the log probability when one output is chosen among several."""
    said: str = ""
    """The model's own words for a part, before any repair."""

    @property
    def is_forced(self) -> bool:
        """Whether the model was made to say terms in it."""
        return self.attempt in (SWITCHING, INSERTION)

    @property
    def rank(self) -> tuple[int, float]:
        """Lower is better: the weight of the faults, then the probability with what the output is worth besides."""
        return weight(self.faults), -self.log_probability - self.worth


@dataclass(frozen=True, slots=True)
class Trial:
    """An attempt that was made at a passage."""

    number: int
    given: tuple[str, ...]
    """What the model was given, part by part."""
    said: tuple[str, ...]
    """What it said for each."""
    plan: Plan
    output: Output


class Passage:
    """A text short enough for the model, shared by all documents in which it stands."""

    def __init__(
        self,
        text: str,
        reader: Recipient,
        steps: Steps,
        count: Callable[[str], int],
        required: Required = NOTHING,
    ) -> None:
        self.text, self.required, self.steps = text, required, steps
        self.length = count(text)
        """In tokens."""
        self.kept = [text[start:end] for start, end in protected_stretches(text, reader.knows)]
        self.best: Output | None = None
        self.trials: list[Trial] = []
        """All attempts that were made, in order."""
        # What is cut once more was prepared before, so the letters that the model has not learned are gone from it.
        self._reader = replace(reader, learned=reader.knows, cut_inside=True)
        self._count = count
        self._attempt: Attempt | None = None
        self._plan = self._best_plan = Plan((PlannedPiece(text),))
        self._small = small_alone(text)
        self._tried: list[tuple[Plan, Decoding, bool]] = []
        self._outputs: list[Output | None] = []
        self._given: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether the best output has no fault, and nothing else is to be tried."""
        is_owed = bool(self._small) and not any(small for *_, small in self._tried)
        return self.best is not None and not self.best.faults and not is_owed

    def wants(self, attempt: Attempt) -> bool:
        """Whether the attempt could better the best output."""
        if attempt.choosing:
            return bool(self.required.preferences)
        if self.best is None:
            return True
        if attempt.small:
            return bool(self._small)
        if attempt.is_forcing:
            return Fault.TERM in self.best.faults
        # From the third on the model gets another text; a name that is lost is looked for in the wider search only.
        easy = _EASY if attempt.number > 2 else frozenset()
        return any(fault not in easy for fault in self.best.faults)

    def content_faults(self, source: str, text: str) -> list[Fault]:
        """Faults in what a rendering of the text, or of a part of it, says."""
        kept = [thing for thing in self.kept if thing in source]
        found = content_faults(source, text, kept) + self.required.faults(source, text)
        return found + list(language_faults(source, text, self.steps.languages))

    def begin(self, attempt: Attempt) -> list[tuple[str, str]]:
        """Start an attempt; returns the parts, each with what the model is given for it; none if all was tried."""
        if attempt.is_forcing:
            # Terms are put where the text is best rendered without them.
            plan = self._best_plan
        elif attempt.parts == 1 and not attempt.keep_numbers:
            plan = Plan((PlannedPiece(self.text),))
        else:
            plan = make_plan(self.text, replace(self._reader, keep_numbers=attempt.keep_numbers), self.steps)
            longest = max(_SHORTEST_PART, self.length // attempt.parts + 1)
            plan = split_pieces(plan, lambda part: self._count(part) <= longest, self.required.together)
        # A text that cannot be cut was given as a whole before; a forced attempt gives the model another source.
        if (plan, attempt.decoding, attempt.small) in self._tried and not attempt.is_forcing:
            return []
        self._tried.append((plan, attempt.decoding, attempt.small))
        self._attempt, self._plan = attempt, plan
        self._outputs = [None] * len(plan.to_translate)
        given = [self._small] if attempt.small else plan.to_translate
        if attempt.switching and self.best:
            rendered = self.best.text if attempt.switching == "missing" else ""
            given = [self.required.switched(part, rendered) for part in given]
        self._given = tuple(given)
        return list(zip(plan.to_translate, given, strict=True))

    def take(self, slot: int, output: Output) -> bool:
        """Take the output for one part; True when the attempt is complete with it."""
        self._outputs[slot] = output
        outputs = [output for output in self._outputs if output is not None]
        if len(outputs) < len(self._outputs):
            return False
        text = assemble(self._plan, [output.text for output in outputs], self.steps)
        text = self.steps.repair(Stage.PASSAGE, Prepared(self.text), text)
        # What is wrong with the tokens was seen in the parts; what the text says is judged as a whole.
        inside = [fault for output in outputs for fault in output.faults if fault in OF_TOKENS]
        faults = (*inside, *self.content_faults(self.text, text))
        number = self._attempt.number if self._attempt else 1
        whole = join(outputs, text, faults=faults, attempt=number, split=len(outputs) > 1)
        whole = replace(whole, worth=self.required.worth(self.text, text))
        is_better = self.best is None or whole.rank < self.best.rank
        if self.best and whole.is_forced and weight(self.best.faults) < SERIOUS:
            # An output that was made to say terms may pay for them with a good part of what the best one says.
            is_better = is_better and len(whole.text) >= _LEAST_LEFT * len(self.best.text)
        if is_better:
            self.best, self._best_plan = whole, self._plan
        self.trials.append(
            Trial(whole.attempt, self._given, tuple(output.said for output in outputs), self._plan, whole)
        )
        return True


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a passage, ready for the model."""

    passage: Passage
    slot: int
    text: str
    tokens: Tokens

    def output(self, hypothesis: Hypothesis, text: str, *, least_attention: float) -> Output:
        """A hypothesis for this part, whose tokens spell `text`, with its faults."""
        said, text = text, self.passage.steps.repair(Stage.PART, Prepared(self.text), text)
        faults = length_faults(self.tokens, hypothesis.tokens, complete=hypothesis.complete)
        if least_attention:
            faults += [Fault.OMITTED] * len(left_out(self.tokens, hypothesis.attention, least_attention))
        faults += self.passage.content_faults(self.text, text)
        worth = self.passage.required.worth(self.text, text)
        return Output(text, len(hypothesis.tokens), hypothesis.log_probability, tuple(faults), worth=worth, said=said)


def is_guess(text: str, output: Output) -> bool:
    """Whether a text is one word, which nothing around it explains, and the model was far from sure of it."""
    return bool(small_alone(text)) and output.log_probability < _GUESSED


def join(outputs: Sequence[Output], text: str, *, faults: tuple[Fault, ...], attempt: int, split: bool) -> Output:
    """Several outputs as one that reads `text`: tokens added up, log probability averaged over them."""
    tokens = sum(output.tokens for output in outputs)
    mean = sum(output.log_probability * output.tokens for output in outputs) / max(1, tokens)
    return Output(text, tokens, mean, faults, attempt, split)
