"""Scores agree with numbers worked out by hand, and bad input is named."""

from __future__ import annotations

import json
import math
import os

import pytest

from aligner.comparison.evaluate import evaluate_translation, worst_sentences
from aligner.errors import InputError

REFERENCES = [
    "The council met on Monday in Geneva to discuss the new treaty.",
    "No one was hurt.",
    "The two ministers signed a joint statement after the talks.",
    "Security is a common good, and every country has a part in it.",
]
GOOD = [
    "The council met on Monday in Geneva to discuss the new treaty.",
    "Nobody was hurt.",
    "The two ministers signed a joint declaration after the talks.",
    "Security is a common good, and each country has a part in it.",
]
BAD = [
    "The advice met Monday at Geneva for to discuss of the new treated.",
    "Person has not been wounded.",
    "Both ministers have signed one declaration joint after talks.",
    "The safety is good common and country each takes part there.",
]


@pytest.mark.parametrize(
    ("hypothesis", "reference", "bleu", "ter"),
    [
        # BLEU: precisions 5/6, 3/5, 2/4, 1/3, no brevity penalty; TER: one substitution in six words
        ("the cat sat on the mat", "the cat sat on a mat", 100 * (5 / 6 * 3 / 5 * 2 / 4 * 1 / 3) ** 0.25, 100 / 6),
        # precisions 1, brevity penalty exp(1 - 6/5); one word missing
        ("the cat sat on a", "the cat sat on a mat", 100 * 2.718281828 ** (1 - 6 / 5), 100 / 6),
        ("the cat sat on a mat", "the cat sat on a mat", 100.0, 0.0),
    ],
)
def test_scores_by_hand(hypothesis: str, reference: str, bleu: float, ter: float) -> None:
    evaluation = evaluate_translation([hypothesis], [reference], bootstrap=0)
    assert evaluation["BLEU"].score == pytest.approx(bleu, abs=1e-6)
    assert evaluation["TER"].score == pytest.approx(ter, abs=1e-6)


def test_chrf_is_between_nothing_and_everything() -> None:
    assert evaluate_translation(["zzz"], ["oui"], bootstrap=0)["chrF2"].score == 0
    assert 0 < evaluate_translation(["ouïe"], ["oui"], bootstrap=0)["chrF2"].score < 100


def test_signature_names_every_choice() -> None:
    evaluation = evaluate_translation(GOOD, REFERENCES, bootstrap=50, seed=7)
    line = str(evaluation["BLEU"])
    for choice in ("nrefs:1", "bs:50", "seed:7", "case:mixed", "tok:13a", "smooth:exp", "version:"):
        assert choice in line
    assert " = " in line
    assert "±" in line


def test_without_resampling_there_is_no_interval() -> None:
    score = evaluate_translation(GOOD, REFERENCES, bootstrap=0)["BLEU"]
    assert (score.mean, score.interval) == (None, None)
    assert "bs:" not in score.signature


def test_same_seed_same_numbers_other_seed_other_interval() -> None:
    first, again = (evaluate_translation(GOOD, REFERENCES, bootstrap=60, seed=1) for _ in range(2))
    other = evaluate_translation(GOOD, REFERENCES, bootstrap=60, seed=2)
    assert first == again
    assert first["BLEU"].score == other["BLEU"].score
    assert first["BLEU"].mean != other["BLEU"].mean


def test_the_seed_leaves_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SACREBLEU_SEED", raising=False)
    evaluate_translation(GOOD, REFERENCES, bootstrap=0)
    assert "SACREBLEU_SEED" not in os.environ
    monkeypatch.setenv("SACREBLEU_SEED", "99")
    evaluate_translation(GOOD, REFERENCES, bootstrap=0)
    assert os.environ["SACREBLEU_SEED"] == "99"


@pytest.mark.parametrize("test", ["bootstrap", "randomization"])
def test_a_clear_difference_is_significant(test: str) -> None:
    evaluation = evaluate_translation(GOOD * 10, REFERENCES * 10, baseline=BAD * 10, bootstrap=100, test=test)  # type: ignore[arg-type]
    for comparison, score in zip(evaluation.comparisons, evaluation.scores, strict=True):
        assert comparison.name == score.name
        assert comparison.is_significant()
        assert (comparison.difference > 0) is score.higher_is_better
        assert comparison.system == score.score


def test_a_system_does_not_differ_from_itself() -> None:
    evaluation = evaluate_translation(GOOD, REFERENCES, baseline=GOOD, bootstrap=100)
    assert [each.difference for each in evaluation.comparisons] == [0, 0, 0]
    assert [each.p_value for each in evaluation.comparisons] == [1, 1, 1]


def test_json_holds_everything() -> None:
    evaluation = evaluate_translation(GOOD, REFERENCES, baseline=BAD, bootstrap=50)
    record = json.loads(json.dumps(evaluation.to_json()))
    assert record["lines"] == len(REFERENCES)
    assert [score["name"] for score in record["scores"]] == ["BLEU", "chrF2", "TER"]
    assert record["scores"][1]["score"] == evaluation["chrF2"].score
    assert record["comparisons"][0]["p_value"] == evaluation.comparisons[0].p_value
    assert record["comparisons"][0]["difference"] > 0


def test_unknown_metric() -> None:
    with pytest.raises(KeyError, match="COMET"):
        evaluate_translation(GOOD, REFERENCES, bootstrap=0)["COMET"]


def test_worst_sentences_come_first() -> None:
    mixed = [GOOD[0], BAD[1], GOOD[2], GOOD[3]]
    worst = worst_sentences(mixed, REFERENCES, count=2)
    assert worst[0].line == 2
    assert worst[0].hypothesis == BAD[1]
    assert worst[0].score <= worst[1].score
    assert worst_sentences(mixed, REFERENCES, count=0) == ()


def test_line_counts_must_agree() -> None:
    with pytest.raises(InputError) as caught:
        evaluate_translation(GOOD[:3], REFERENCES)
    assert str(caught.value).startswith("hypothesis: 3 lines, but the reference has 4; give both files")
    with pytest.raises(InputError, match="5 lines") as caught:
        evaluate_translation(GOOD, REFERENCES, baseline=[*BAD, "more"])
    assert caught.value.where == "baseline"
    with pytest.raises(InputError, match="3 lines"):
        worst_sentences(GOOD[:3], REFERENCES)


@pytest.mark.parametrize("references", [[], ["", "  "]])
def test_an_empty_reference_is_refused(references: list[str]) -> None:
    with pytest.raises(InputError, match="the reference has no text"):
        evaluate_translation([""] * len(references), references)


def test_an_empty_hypothesis_line_scores_badly_but_counts() -> None:
    evaluation = evaluate_translation(["", *GOOD[1:]], REFERENCES, bootstrap=0)
    assert evaluation["BLEU"].score < evaluate_translation(GOOD, REFERENCES, bootstrap=0)["BLEU"].score


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"bootstrap": 5}, "5 bootstrap resamples are too few"),
        ({"bootstrap": -1}, "-1 bootstrap resamples are too few"),
        ({"bootstrap": 0, "baseline": BAD}, "0 bootstrap resamples are too few"),
        ({"seed": 0}, "the seed must be a positive number, not 0"),
        ({"test": "magic"}, "there is no test named 'magic'"),
    ],
)
def test_options_are_checked(options: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        evaluate_translation(GOOD, REFERENCES, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("blank", [1, 5, 20])
@pytest.mark.parametrize("compared", [False, True])
def test_blank_lines_have_scores_and_intervals_too(blank: int, compared: bool) -> None:
    hypotheses = ["The cat sits.", *[""] * blank, "The dog is here now."]
    references = ["The cat sat.", *[""] * blank, "A dog is here."]
    baseline = ["A cat sat.", *[""] * blank, "A dog."] if compared else None
    evaluation = evaluate_translation(hypotheses, references, baseline=baseline, bootstrap=200)
    for name in ("BLEU", "chrF2", "TER"):
        mean, interval = evaluation[name].mean, evaluation[name].interval
        assert mean is not None
        assert interval is not None
        assert math.isfinite(mean)
        assert interval >= 0
