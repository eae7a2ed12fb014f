"""A text to be rendered: cut into tasks for the model, put together from their outputs, and flagged."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from aligner.translate.argos.faults import SERIOUS, Fault
from aligner.translate.argos.plan import assemble, make_plan, split_pieces
from aligner.translate.argos.task import Output, join
from aligner.translate.argos.wanted import NOTHING, Wanted
from aligner.translate.interface import Flag, Rendering
from aligner.translate.protect.fold import one_line, with_colon


class Job:
    """One text and its plan."""

    def __init__(
        self,
        text: str,
        knows: Callable[[str], bool],
        count: Callable[[str], int],
        longest: int,
        wanted: Wanted = NOTHING,
        learned: Callable[[str], bool] | None = None,
    ) -> None:
        self.text, self.wanted = text, wanted
        plan = make_plan(text, knows, learned=learned)
        self.plan = split_pieces(plan, lambda part: count(part) <= longest, wanted.together)
        self.tasks = self.plan.to_translate

    def rendering(self, outputs: Mapping[str, Output], *, english: bool) -> Rendering:
        """The rendering, from the outputs for the job's tasks."""
        if not self.tasks:
            return Rendering(one_line(self.text), 1.0, (Flag.COPIED,))
        parts = [outputs[task] for task in self.tasks]
        said = [
            with_colon(task, part.text) if english else part.text for task, part in zip(self.tasks, parts, strict=True)
        ]
        text = assemble(self.plan, said, english=english)
        if not text:
            return Rendering(one_line(self.text), 0.0, (Flag.COPIED, Flag.DOUBTFUL))
        faults: tuple[Fault, ...] = tuple(f for part in parts for f in part.faults if f is not Fault.TERM)
        faults += tuple(self.wanted.faults(self.text, text))
        split = len(parts) > 1 or any(part.split for part in parts)
        whole = join(parts, text, faults=faults, attempt=max(part.attempt for part in parts), split=split)
        return Rendering(text, math.exp(min(0.0, whole.log_probability)), _flags(whole))


def _flags(output: Output) -> tuple[str, ...]:
    flags = (
        (Flag.SPLIT, output.split),
        (Flag.RETRIED, output.attempt > 1),
        (Flag.DOUBTFUL, any(fault.weight >= SERIOUS for fault in output.faults)),
        (Flag.NUMBERS, Fault.NUMBERS in output.faults),
        (Flag.OMITTED, Fault.OMITTED in output.faults),
        (Flag.INSERTED, output.is_forced),
        (Flag.TERMS, Fault.TERM in output.faults),
    )
    return tuple(flag for flag, holds in flags if holds)
