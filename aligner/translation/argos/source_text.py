"""A text to be rendered: cut into passages for the model, put together from their outputs, and flagged."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from aligner.languages.markup import decoded
from aligner.translation.argos.faults import SERIOUS, Fault
from aligner.translation.argos.passage import Output, is_guess, join
from aligner.translation.argos.plan import assemble, make_plan, split_pieces
from aligner.translation.argos.required import NOTHING, Required
from aligner.translation.interface import Flag, Rendering
from aligner.translation.protect.fold import one_line
from aligner.translation.protect.preparations import Prepared, Recipient
from aligner.translation.protect.repairs import Stage
from aligner.translation.protect.steps import Steps


class SourceText:
    """One text and its plan."""

    def __init__(
        self,
        text: str,
        reader: Recipient,
        steps: Steps,
        fits: Callable[[str], bool],
        required: Required = NOTHING,
    ) -> None:
        self.text, self.required, self._steps = text, required, steps
        self.plan = split_pieces(make_plan(text, reader, steps), fits, required.together)
        self.passages = self.plan.to_translate

    def rendering(self, outputs: Mapping[str, Output]) -> Rendering:
        """The rendering, from the outputs for the text's passages."""
        if not self.passages:
            # A number alone is copied, too, in the writing of the other language.
            copy = one_line(decoded(self.text))
            return Rendering(self._steps.repair(Stage.ALONE, Prepared(copy), copy), 1.0, (Flag.COPIED,))
        parts = [outputs[passage] for passage in self.passages]
        said = [
            self._steps.repair(Stage.TEXT, Prepared(passage), part.text)
            for passage, part in zip(self.passages, parts, strict=True)
        ]
        text = self.required.with_capitals(self.text, assemble(self.plan, said, self._steps))
        if not text:
            return Rendering(one_line(self.text), 0.0, (Flag.COPIED, Flag.DOUBTFUL))
        # Whether the terms are kept is seen in the text as a whole; everything else was seen in its passages.
        faults: tuple[Fault, ...] = tuple(f for part in parts for f in part.faults if f is not Fault.TERM)
        faults += tuple(self.required.faults(self.text, text))
        guessed = any(is_guess(passage, part) for passage, part in zip(self.passages, parts, strict=True))
        split = len(parts) > 1 or any(part.split for part in parts)
        whole = join(parts, text, faults=faults, attempt=max(part.attempt for part in parts), split=split)
        # In the order of `Flag`, so that equal renderings are equal.
        flags = (
            (Flag.SPLIT, whole.split),
            (Flag.RETRIED, whole.attempt > 1),
            (Flag.DOUBTFUL, guessed or any(fault.weight >= SERIOUS for fault in whole.faults)),
            (Flag.NUMBERS, Fault.NUMBERS in whole.faults),
            (Flag.OMITTED, Fault.OMITTED in whole.faults),
            (Flag.INSERTED, whole.is_forced),
            (Flag.TERMS, Fault.TERM in whole.faults),
        )
        # Rounding may leave a log probability a little above 0, and a score is never above 1.
        return Rendering(text, math.exp(min(0.0, whole.log_probability)), tuple(flag for flag, holds in flags if holds))
