"""TER and chrF2 of single sentences, and of any set of them, each sentence looked at once.

    (hypothesis, reference) ──count──▶ SentenceCounts ──ter, chrf──▶ scores of one sentence, a document, everything

Both metrics add up counts before they divide: TER (Snover et al. 2006) edits and words of the reference, chrF2 (Popović
2015) character n-grams. Counts are sacreBLEU's own, so the scores of a whole text are those of its ``corpus_score``.
Against a reference that was made by correcting the hypothesis, TER is HTER (same paper). Start reading at `count_all`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any

SHIFTS_UP_TO = 250
"""Words of a sentence up to which TER looks for shifted phrases: sacreBLEU's search takes seconds and, far above, all
memory. Longer ones are counted without shifts, which can only give more edits."""
ENOUGH = 400
"""Sentences from which several processes are worth starting."""
PORTION = 50

Pair = tuple[str, str]
"""A hypothesis and its reference."""


@dataclass(frozen=True, slots=True)
class SentenceCounts:
    """What TER and chrF2 count in one sentence."""

    edits: int
    """Insertions, deletions, substitutions and shifts of words that make the reference of the hypothesis."""
    length: int
    """Words of the reference."""
    ngrams: tuple[int, ...]
    """For each order, the character n-grams of the hypothesis, of the reference, and those they share."""
    shifted: bool = True
    """Whether shifts were looked for."""


def count(hypothesis: str, reference: str) -> SentenceCounts:
    """Count the edits and n-grams of one sentence.

    >>> counts = count("the cat sat", "the cats sat")
    >>> counts.edits, counts.length, round(ter([counts]), 1)
    (1, 3, 33.3)
    """
    words, wanted = (len(text.split()) for text in (hypothesis, reference))
    # sacreBLEU has no public way to the counts behind a score, and only counts can be added up.
    ngrams = tuple(int(number) for number in _chrf()._extract_corpus_statistics([hypothesis], [[reference]])[0])
    if hypothesis == reference:
        return SentenceCounts(0, wanted, ngrams)
    if max(words, wanted) > SHIFTS_UP_TO:
        from rapidfuzz.distance import Levenshtein

        # Small letters, as in sacreBLEU's TER.
        edits = Levenshtein.distance(hypothesis.lower().split(), reference.lower().split())
        return SentenceCounts(int(edits), wanted, ngrams, shifted=False)
    score = _ter().sentence_score(hypothesis, [reference])
    return SentenceCounts(score.num_edits, int(score.ref_length), ngrams)


def count_all(
    pairs: Sequence[Pair], *, jobs: int = 1, progress: Callable[[int, int], None] | None = None
) -> list[SentenceCounts]:
    """Count every pair, in order; in `jobs` processes where there are enough of them.

    `progress` is called with the pairs done and their number.
    """
    portions = [pairs[start : start + PORTION] for start in range(0, len(pairs), PORTION)]
    counted: list[SentenceCounts] = []

    def gather(results: Iterable[list[SentenceCounts]]) -> list[SentenceCounts]:
        for result in results:
            counted.extend(result)
            if progress:
                progress(len(counted), len(pairs))
        return counted

    if jobs < 2 or len(pairs) < ENOUGH:
        return gather(map(_portion, portions))
    with ProcessPoolExecutor(min(jobs, len(portions))) as pool:
        return gather(pool.map(_portion, portions))


def ter(counts: Iterable[SentenceCounts]) -> float:
    """Return the TER of these sentences together: edits per 100 words of the reference; lower is better.

    >>> ter([count("", "two words"), count("as it is", "as it is")])
    40.0
    """
    counted = list(counts)
    edits, length = sum(each.edits for each in counted), sum(each.length for each in counted)
    # Against a reference without words any edit is as bad as can be; nobody divides by its length.
    return 100 * edits / length if length else 100.0 * bool(edits)


def chrf(counts: Iterable[SentenceCounts]) -> float:
    """Return the chrF2 of these sentences together, 0 to 100; higher is better.

    >>> chrf([count("as it is", "as it is")])
    100.0
    """
    sums = [sum(column) for column in zip(*(each.ngrams for each in counts), strict=True)]
    return float(_chrf()._compute_score_from_stats(sums).score) if sums else 0.0


def sentence_signatures() -> dict[str, str]:
    """Return sacreBLEU's signatures of the two metrics, by name; they hold for the whole text and for a sentence."""
    metrics = {"TER": _ter(), "chrF2": _chrf()}
    for metric in metrics.values():
        metric.sentence_score("a", ["a"])  # a signature knows the number of references only after a score
    return {name: str(metric.get_signature().format()) for name, metric in metrics.items()}


def _portion(pairs: Sequence[Pair]) -> list[SentenceCounts]:
    return [count(hypothesis, reference) for hypothesis, reference in pairs]


@cache
def _ter() -> Any:
    from sacrebleu.metrics.ter import TER

    return TER()


@cache
def _chrf() -> Any:
    from sacrebleu.metrics.chrf import CHRF

    return CHRF()
