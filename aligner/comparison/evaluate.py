"""How good is a translation? BLEU, chrF2 and TER, with intervals, significance and signatures.

    hypotheses ┐
    references ┼─evaluate_translation──▶ Evaluation ──to_json──▶ a record to keep beside the text
    baseline   ┘ (optional)

The numbers are sacreBLEU's own, so they can be compared with published ones. Start reading at
`aligner.comparison.scores.evaluate_translation`; the records are in `aligner.comparison.evaluation`.
"""

from aligner.comparison.evaluation import (
    Evaluation,
    MetricScore,
    ScoreDifference,
    SentenceScore,
)
from aligner.comparison.lines import read_lines
from aligner.comparison.scores import SEED, evaluate_translation, worst_sentences

__all__ = [
    "SEED",
    "Evaluation",
    "MetricScore",
    "ScoreDifference",
    "SentenceScore",
    "evaluate_translation",
    "read_lines",
    "worst_sentences",
]
