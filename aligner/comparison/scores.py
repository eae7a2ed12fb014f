"""Score translations with sacreBLEU (Post 2018), and tell whether a difference is more than chance.

BLEU (Papineni et al. 2002) counts word n-grams, chrF2 (Popović 2015) character n-grams, TER (Snover et al. 2006) edits.
Confidence intervals come from bootstrap resampling (Koehn 2004); two systems are compared on the same resamples
(paired bootstrap) or by swapping their sentences at random (approximate randomization, Riezler and Maxwell 2005).
sacreBLEU does all of it; this module checks the input and turns the results into records.

Start reading at `evaluate_translation`. sacreBLEU is imported on the first call.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Literal, cast

from aligner.comparison.evaluation import (
    Evaluation,
    MetricScore,
    ScoreDifference,
    SentenceScore,
)
from aligner.errors import InputError, counted

SEED = 12345
"""sacreBLEU's own default."""
FEWEST_RESAMPLES = 40
"""Below this the 2.5 % tails of the resamples hold not even one sample."""

Test = Literal["bootstrap", "randomization"]
_TESTS = {"bootstrap": ("bs", "paired bootstrap"), "randomization": ("ar", "approximate randomization")}


def evaluate_translation(
    hypotheses: Sequence[str],
    references: Sequence[str],
    *,
    baseline: Sequence[str] | None = None,
    bootstrap: int = 1000,
    seed: int = SEED,
    test: Test = "bootstrap",
) -> Evaluation:
    """Score `hypotheses` against `references`, line by line: BLEU, chrF2 and TER.

    `bootstrap` is the number of resamples behind the 95 % intervals and the paired bootstrap (0: no intervals).
    With a `baseline` (another system's lines) every metric also gets a p-value, from `test`. The same input and
    seed give the same numbers. Raises InputError when the texts differ in length or are empty.

    >>> evaluation = evaluate_translation(["The cat sat."], ["The cat sat."], bootstrap=0)
    >>> [(score.name, round(score.score)) for score in evaluation.scores]
    [('BLEU', 100), ('chrF2', 100), ('TER', 0)]
    """
    systems = {"hypothesis": hypotheses} if baseline is None else {"hypothesis": hypotheses, "baseline": baseline}
    _check(systems, references)
    # sacreBLEU would take these silently and wrongly: it reads the seed 0 as "no seed".
    needed = baseline is not None
    if bootstrap < FEWEST_RESAMPLES and (bootstrap != 0 or needed):
        allowed = f"at least {FEWEST_RESAMPLES}" + ("" if needed else ", or 0 for no intervals")
        raise InputError(f"{bootstrap} bootstrap resamples are too few", hint=f"ask for {allowed}")
    if seed < 1:
        raise InputError(f"the seed must be a positive number, not {seed}")
    if test not in _TESTS:
        raise InputError(f"there is no test named {test!r}", hint=f"choose {' or '.join(_TESTS)}")
    with _seeded(seed):
        if baseline is None:
            return _score(hypotheses, references, bootstrap)
        return _compare(hypotheses, references, baseline, bootstrap, test)


def worst_sentences(
    hypotheses: Sequence[str], references: Sequence[str], *, count: int = 10
) -> tuple[SentenceScore, ...]:
    """Find the `count` lines with the lowest sentence-level chrF2, worst first (ties in the order of the text).

    BLEU says little about a single sentence; chrF2 agrees better with people there (Popović 2015).

    >>> worst_sentences(["Yes.", "Nonsense"], ["Yes.", "The council met."], count=1)[0].line
    2
    """
    from sacrebleu.metrics.chrf import CHRF

    _check({"hypothesis": hypotheses}, references)
    chrf = CHRF()
    scored = [
        SentenceScore(line, float(chrf.sentence_score(hypothesis, [reference]).score), hypothesis, reference)
        for line, (hypothesis, reference) in enumerate(zip(hypotheses, references, strict=True), 1)
    ]
    # A negative count would cut from the other end and give nearly all.
    return tuple(sorted(scored, key=lambda sentence: sentence.score)[: max(count, 0)])


def _check(systems: Mapping[str, Sequence[str]], references: Sequence[str]) -> None:
    """Raise InputError unless every system has as many lines as the reference, and the reference has words."""
    if not any(line.strip() for line in references):
        raise InputError("the reference has no text", where="reference")
    for name, lines in systems.items():
        if len(lines) != len(references):
            raise InputError(
                f"{counted(len(lines), 'line')}, but the reference has {len(references)}",
                where=name,
                hint="give both files one sentence a line, in the same order",
            )


def _metrics() -> dict[str, Any]:
    """Set up the metrics with sacreBLEU's defaults, by the names it prints."""
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

    metrics: dict[str, Any] = {"BLEU": BLEU(), "chrF2": CHRF(), "TER": TER()}
    for metric in metrics.values():
        metric._compute_score_from_stats = _in_floats(metric._compute_score_from_stats)
    return metrics


def _in_floats(compute: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """How sacreBLEU scores a resample, always as a Python number.

    Its resamples are float32, but one that drew only blank lines scores a plain 0.0, and a mean of both kinds fails.
    """

    def computed(stats: Any) -> Any:
        result = compute(stats)
        result.score = float(result.score)
        return result

    return computed


def _score(hypotheses: Sequence[str], references: Sequence[str], bootstrap: int) -> Evaluation:
    """One system alone."""
    scores = []
    for name, metric in _metrics().items():
        # sacreBLEU takes 1 for no resampling.
        result = metric.corpus_score(list(hypotheses), [list(references)], n_bootstrap=max(bootstrap, 1))
        mean, interval = (float(result._mean), float(result._ci)) if bootstrap else (None, None)
        scores.append(MetricScore(name, float(result.score), metric.get_signature().format(), mean, interval))
    return Evaluation(len(references), tuple(scores))


def _compare(
    hypotheses: Sequence[str], references: Sequence[str], baseline: Sequence[str], bootstrap: int, test: Test
) -> Evaluation:
    """One system beside a baseline."""
    from sacrebleu.significance import PairedTest

    code, test_name = _TESTS[test]
    # PairedTest takes the first system for the baseline, and has a name of its own for the trials of each test.
    systems: list[tuple[str, Sequence[str]]] = [("baseline", list(baseline)), ("hypothesis", list(hypotheses))]
    samples = {"n_samples": bootstrap} if code == "bs" else {"n_ar_confidence": bootstrap}
    signatures, answer = PairedTest(systems, _metrics(), [list(references)], test_type=code, **samples)()
    results = cast(Mapping[str, Sequence[Any]], answer)  # one row a metric: baseline, hypothesis
    scores, comparisons = [], []
    for name, signature in signatures.items():
        before, after = results[name]
        scores.append(MetricScore(name, float(after.score), signature.format(), float(after.mean), float(after.ci)))
        p_value = 1.0 if after.score == before.score else float(after.p_value)  # sacreBLEU says 1/n for equal systems
        comparisons.append(ScoreDifference(name, float(before.score), float(after.score), p_value, test_name))
    return Evaluation(len(references), tuple(scores), tuple(comparisons))


@contextmanager
def _seeded(seed: int) -> Iterator[None]:
    """Tell sacreBLEU its seed; an environment variable is the only way it offers."""
    before = os.environ.get("SACREBLEU_SEED")
    os.environ["SACREBLEU_SEED"] = str(seed)
    try:
        yield
    finally:
        if before is None:
            del os.environ["SACREBLEU_SEED"]
        else:
            os.environ["SACREBLEU_SEED"] = before
