"""Laws of the checks: any text may come, spans lie inside it, the same input gives the same findings."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aligner.checks import CHECKS, Finding
from aligner.checks.findings import Pair
from aligner.checks.repetition import runs
from aligner.checks.run import check_pair
from aligner.languages.figures import readings, roman

PIECES = (
    *(
        "le ",
        "the ",
        "Il ",
        "deux ",
        "two ",
        "quatre-vingt",
        "thousand ",
        "1 234,5",
        "1,234.5",
        "12",
        "XIX",
        "e ",
        "th ",
    ),
    *(
        "mars ",
        "May ",
        " h ",
        "10:30",
        "%",
        "€",
        "(",
        ")",
        "«",
        "»",
        "“",
        '"',
        " ?",
        ". ",
        "ONU ",
        "NATO ",
        "www.a.b/c ",
    ),
    *("Jean Dupont ", "\u00a0", "\u202f", "\n", "'", "’", "İ", "ﬁ", "٣", "²", "\u0301", "\ud800", "1" * 60),
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=12).map("".join))


def findings(pair: Pair) -> list[Finding]:
    return list(check_pair(pair, [(check, check.start()) for check in CHECKS.values()]))


@given(TEXTS, TEXTS)
def test_any_text_may_come_and_spans_lie_inside_it(source: str, target: str) -> None:
    for finding in findings(Pair(source, target)):
        assert finding.message
        for spans, text in ((finding.source, source), (finding.target, target)):
            assert all(0 <= span.start < span.end <= len(text) for span in spans)


@given(TEXTS, TEXTS)
def test_same_input_same_findings(source: str, target: str) -> None:
    assert findings(Pair(source, target)) == findings(Pair(source, target))


@given(st.integers(min_value=0, max_value=10**12))
def test_numbers_agree_in_either_notation(number: int) -> None:
    english = f"{number:,}"
    assert number in readings(english) & readings(english.replace(",", " ")) & readings(english.replace(",", "\u202f"))


@given(st.integers(min_value=1, max_value=3999))
def test_roman_numerals(number: int) -> None:
    table = {1000: "M", 900: "CM", 500: "D", 400: "CD", 100: "C", 90: "XC", 50: "L", 40: "XL", 10: "X", 9: "IX"}
    table |= {5: "V", 4: "IV", 1: "I"}
    numeral, rest = "", number
    for value, letters in table.items():
        numeral, rest = numeral + letters * (rest // value), rest % value
    assert roman(numeral) == number


@given(st.lists(st.sampled_from("abc"), max_size=12))
def test_runs_repeat_and_do_not_overlap(tokens: list[str]) -> None:
    covered: set[int] = set()
    for run in runs(tokens):
        here = tokens[run.first : run.first + run.period * run.times]
        assert here == here[: run.period] * run.times
        assert run.times > 1
        positions = set(range(run.first, run.first + len(here)))
        assert not covered & positions
        covered |= positions
