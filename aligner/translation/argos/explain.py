"""How one text was rendered: what was done to it, what the model was given and said, what was mended, what was wrong.

The text goes through the engine as any other, without the cache; then the repairs of the best attempts are made once
more, with a note of those that changed something. Start reading at `Explained`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from aligner.translation.argos.passage import Passage, Trial
from aligner.translation.argos.plan import assemble
from aligner.translation.argos.source_text import SourceText
from aligner.translation.interface import Rendering
from aligner.translation.protect.preparations import Prepared
from aligner.translation.protect.repairs import Stage
from aligner.translation.protect.steps import Acted, Steps


@dataclass(frozen=True, slots=True)
class Explained:
    """The way of one text through the engine."""

    preparations: tuple[Acted, ...]
    """Those that changed it, in order."""
    trials: tuple[tuple[Trial, ...], ...]
    """For each of its passages the attempts that were made."""
    repairs: tuple[Acted, ...]
    """Those that changed what the model said, in order."""
    rendering: Rendering

    def lines(self) -> Iterator[str]:
        """The same for people to read, a line each."""
        yield from _acted("prepared", self.preparations)
        for trials in self.trials:
            for trial in trials:
                for given, said in zip(trial.given, trial.said, strict=True):
                    yield f"model given   {given}"
                    yield f"model said    {said}"
                faults = ", ".join(fault.value for fault in trial.output.faults) or "no fault"
                yield f"attempt {trial.number}     {faults}"
        yield from _acted("repaired", self.repairs)
        flags = f"  ({', '.join(self.rendering.flags)})" if self.rendering.flags else ""
        yield f"rendering     {self.rendering.text}{flags}"


def _acted(verb: str, steps: tuple[Acted, ...]) -> Iterator[str]:
    if not steps:
        yield f"{verb:13} nothing"
    for step in steps:
        before, after = _differing(step.before.split(), step.after.split())
        yield f"{verb:13} {step.name}: {before} → {after}"


def _differing(before: list[str], after: list[str]) -> tuple[str, str]:
    """The words that differ, with one on either side.

    >>> _differing("Le bureau ouvre à 9 h demain matin".split(), "Le bureau ouvre à 9:00 demain matin".split())
    ('à 9 h demain', 'à 9:00 demain')
    """
    shorter = min(len(before), len(after))
    same = [first == second for first, second in zip(before, after, strict=False)]
    first = same.index(False) if False in same else shorter
    same = [first == second for first, second in zip(before[::-1], after[::-1], strict=False)][: shorter - first]
    last = same.index(False) if False in same else shorter - first
    first, last = max(0, first - 1), max(0, last - 1)
    return " ".join(before[first : len(before) - last]), " ".join(after[first : len(after) - last])


def explain_text(
    text: SourceText, preparations: list[Acted], passages: Mapping[str, Passage], steps: Steps
) -> Explained:
    """Explain a text whose passages are through.

    >>> Explained((Acted("hours", "à 9 h", "à 9:00"),), (), (), Rendering("at 9:00", 0.5)).lines().__next__()
    'prepared      hours: à 9 h → à 9:00'
    """
    # While attempts compete nobody knows which will win, so its repairs are noted when they are made once more.
    noted: list[Acted] = []
    steps.acted = noted
    outputs = {}
    for source, passage in passages.items():
        if passage.best is None:
            continue
        outputs[source] = passage.best
        # The last attempt that gave the best output, mended once more from the model's own words.
        best = next(trial for trial in passage.trials if trial.output is passage.best)
        parts = zip(best.plan.to_translate, best.said, strict=True)
        said = [steps.repair(Stage.PART, Prepared(part), words) for part, words in parts]
        steps.repair(Stage.PASSAGE, Prepared(source), assemble(best.plan, said, steps))
    rendering = text.rendering(outputs)
    steps.acted = None
    trials = tuple(tuple(passages[source].trials) for source in dict.fromkeys(text.passages))
    return Explained(tuple(dict.fromkeys(preparations)), trials, tuple(dict.fromkeys(noted)), rendering)
