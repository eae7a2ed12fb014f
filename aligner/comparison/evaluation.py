"""What an evaluation says: scores with their intervals and signatures, and comparisons of two systems.

All records are frozen; `Evaluation.to_json` turns the whole into plain JSON values. Start reading at `Evaluation`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

LOWER_IS_BETTER = frozenset({"TER"})
"""Metrics that count errors."""


@dataclass(frozen=True, slots=True)
class MetricScore:
    """One metric's score of a whole text, on sacreBLEU's scale (0 to 100; TER may be higher)."""

    name: str
    """``BLEU``, ``chrF2`` or ``TER``."""
    score: float
    signature: str
    """sacreBLEU's signature: every choice and version behind the number."""
    mean: float | None = None
    """Mean over the bootstrap resamples; None without resampling."""
    interval: float | None = None
    """Half the width of the 95 % confidence interval around `mean`; None without resampling."""

    @property
    def higher_is_better(self) -> bool:
        """Whether a larger number is a better translation."""
        return self.name not in LOWER_IS_BETTER

    def __str__(self) -> str:
        """Give the line that sacreBLEU prints, to be quoted as it is.

        >>> print(MetricScore("chrF2", 61.234, "nrefs:1|version:2.6.0", mean=61.2, interval=1.25))
        chrF2|nrefs:1|version:2.6.0 = 61.2 (μ = 61.2 ± 1.2)
        """
        # the mean is that of the resamples, which sacreBLEU prints beside the score of the whole
        interval = "" if self.interval is None else f" (μ = {self.mean:.1f} ± {self.interval:.1f})"
        return f"{self.name}|{self.signature} = {self.score:.1f}{interval}"


@dataclass(frozen=True, slots=True)
class ScoreDifference:
    """Whether one metric tells the system from the baseline."""

    name: str
    baseline: float
    """The baseline's score."""
    system: float
    """The system's score."""
    p_value: float
    """Probability of a difference at least this large if the two systems were equally good."""
    test: str
    """``paired bootstrap`` or ``approximate randomization``."""

    @property
    def difference(self) -> float:
        """System minus baseline, in points of the metric."""
        return self.system - self.baseline

    def is_significant(self, level: float = 0.05) -> bool:
        """Whether the difference would be rare by chance: the p-value lies below `level`."""
        return self.p_value < level


@dataclass(frozen=True, slots=True)
class SentenceScore:
    """One line with its sentence-level chrF2."""

    line: int
    """1-based line number."""
    score: float
    hypothesis: str
    reference: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of a text and, where a baseline was given, how it differs from that."""

    lines: int
    """How many lines were scored."""
    scores: tuple[MetricScore, ...]
    comparisons: tuple[ScoreDifference, ...] = ()
    """One per metric, in the order of `scores`; empty without a baseline."""

    def __getitem__(self, name: str) -> MetricScore:
        """Look up the score of one metric by its name.

        >>> Evaluation(1, (MetricScore("BLEU", 12.5, "nrefs:1"),))["BLEU"].score
        12.5
        """
        for score in self.scores:
            if score.name == name:
                return score
        raise KeyError(name)

    def to_json(self) -> Mapping[str, Any]:
        """Give plain values for `json.dumps`: lines, scores and comparisons, in that order."""
        return {
            "lines": self.lines,
            "scores": [asdict(score) for score in self.scores],
            "comparisons": [asdict(each) | {"difference": each.difference} for each in self.comparisons],
        }
