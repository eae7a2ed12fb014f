"""A comparison in figures: how much changed, of a document and in all. Start reading at `score_figures`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from aligner.comparison.differences import Scored
from aligner.comparison.sentences import chrf, ter
from aligner.pages.comparison_data import (
    ChangeBand,
    Figures,
    SentenceOutcome,
    Words,
)

LIMITS = (10.0, 25.0, 50.0)
"""Upper ends of the bands of TER."""
BANDS = ("unchanged", "up to 10", "10 to 25", "25 to 50", "over 50")
"""The bands by which post-editing is commonly counted: sentences by the share of them that changed."""


def score_figures(sentences: Sequence[Scored]) -> Figures:
    """Add up the figures of these sentences; TER and chrF2 are those of the sentences that both versions have."""
    outcomes = Counter(sentence.pair.outcome for sentence in sentences)
    paired = [sentence for sentence in sentences if sentence.pair.old and sentence.pair.new]
    counts = [sentence.counts for sentence in paired]
    segments, words = Counter[int](), Counter[int]()
    for sentence in paired:
        place = band(sentence)
        segments[place] += 1
        words[place] += sentence.words.new
    rate = ter(counts) if counts else None
    # TER with what was added and removed says how much text is lacking, not how much was edited: it stands beside.
    in_all = ter(sentence.counts for sentence in sentences) if len(paired) < len(sentences) else None
    return Figures(
        unchanged=outcomes[SentenceOutcome.UNCHANGED],
        changed=outcomes[SentenceOutcome.CHANGED],
        added=outcomes[SentenceOutcome.ADDED],
        removed=outcomes[SentenceOutcome.REMOVED],
        words=sum((sentence.words for sentence in sentences), Words()),
        edits=sum(each.edits for each in counts),
        length=sum(each.length for each in counts),
        ter=rate,
        chrf=chrf(counts) if counts else None,
        ter_in_all=in_all if rate is not None else None,
        bands=tuple(ChangeBand(name, segments[place], words[place]) for place, name in enumerate(BANDS)),
    )


def band(sentence: Scored) -> int:
    """Return the index of a sentence's band in `BANDS`; -1 where only one version has it."""
    if not (sentence.pair.old and sentence.pair.new):
        return -1
    if sentence.pair.outcome is SentenceOutcome.UNCHANGED:
        return 0
    rate = ter([sentence.counts])
    return 1 + sum(rate > limit for limit in LIMITS)
