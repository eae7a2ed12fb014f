"""The executor against the definition of SRX, and against the way OmegaT executes rules."""

import re

from hypothesis import assume, example, given
from hypothesis import strategies as st

from aligner.errors import InputError
from aligner.text import builtin_srx, pattern
from aligner.text.breaks import Breaker, Rule


def naive(rules: list[Rule], paragraph: str) -> list[int]:
    """SRX 2.0 to the letter: at every position the first rule that matches on both sides decides."""
    return [p for p in range(1, len(paragraph)) if _decision(rules, paragraph, p)]


def _decision(rules: list[Rule], paragraph: str, position: int) -> bool:
    here = rf"(?<=\A[\s\S]{{{position}}})"
    for rule in rules:
        before = re.compile(f"(?:{rule.before}){here}", re.DOTALL)
        if any(before.match(paragraph, start) for start in range(position + 1)) and re.compile(
            rule.after, re.DOTALL
        ).match(paragraph, position):
            return rule.breaks
    return False


ATOMS = ["a", "b", r"\.", " ", "[ab]", "[^a]", r"\s", r"[.!]", r"(?:ab)", r"\b", "^", "$", "(?=a)", "(?! )", "(?<=b)",
         "(?<!a)", ".", r"\B", "(?:(?<=^)|(?<=a))", "(?:a|b )"]  # fmt: skip
QUANTIFIERS = ["", "", "", "?", "*", "+", "{1,2}", "+?", "{2}"]


def _item(atom: str, quantifier: str) -> str:
    zero_width = atom in (r"\b", r"\B", "^", "$") or atom.startswith(("(?=", "(?!", "(?<", "(?:(?<"))
    return atom if zero_width else atom + quantifier


ITEMS = st.builds(_item, st.sampled_from(ATOMS), st.sampled_from(QUANTIFIERS))
SEQUENCES = st.lists(ITEMS, max_size=4).map("".join)
EXPRESSIONS = st.one_of(
    SEQUENCES,
    st.builds("{}|{}".format, SEQUENCES, SEQUENCES),
    st.builds(
        "(?:{}){}{}".format, SEQUENCES.filter(lambda s: "^" not in s), st.sampled_from(["", "?", "{1,2}"]), ITEMS
    ),
)
RULES = st.lists(st.builds(Rule, st.booleans(), EXPRESSIONS, EXPRESSIONS), min_size=1, max_size=4)
PARAGRAPHS = st.text(alphabet="ab. !\n", max_size=14)


@given(RULES, st.lists(PARAGRAPHS, min_size=1, max_size=4))
@example([Rule(True, r"\.+", r"\s")], ["a... b"])
@example([Rule(False, "a", "b"), Rule(True, "", "b"), Rule(False, "", ""), Rule(True, ".", "")], ["aabab"])
def test_executor_is_the_definition(rules: list[Rule], paragraphs: list[str]) -> None:
    try:
        breaker = Breaker(rules)
    except InputError:
        assume(False)
    for paragraph in paragraphs:
        assert breaker.positions(paragraph) == naive(rules, paragraph)


def omegat(rules: list[tuple[bool, re.Pattern[str], re.Pattern[str]]], paragraph: str) -> list[int]:
    """How OmegaT executes rules: searches each expression once, from left to right, without overlaps."""
    breaks: set[int] = set()
    for is_break, before, after in reversed(rules):
        starts = {match.start() for match in after.finditer(paragraph)}
        found = {match.end() for match in before.finditer(paragraph)} & starts
        breaks = breaks | found if is_break else breaks - found
    return sorted(breaks - {0, len(paragraph)})


PIECES = [
    *[
        "M.",
        "Dr.",
        "p.",
        "art.",
        "1.",
        "II.",
        "a)",
        "A.",
        "J.-C.",
        "U.S.",
        "etc.",
        "Inc.",
        "p.m.",
        "°C.",
        "Yahoo!",
        ":)",
    ],
    *[
        "Oui",
        "non",
        "Le",
        "le",
        "avant",
        "I",
        "x",
        "12",
        "Il ",
        "The ",
        "you",
        "5",
        " ",
        "  ",
        "\u00a0",
        "\u202f",
        "\n",
    ],
    *[". ", "! ", "? ", "… ", "... ", "。", "»", "« ", '"', "'", ")", "(", "- ", "— "],
]


def _compiled(language: str) -> list[tuple[bool, re.Pattern[str], re.Pattern[str]]]:
    return [
        (rule.breaks, *(re.compile(pattern.whole(pattern.parse(part))) for part in (rule.before, rule.after)))
        for rule in builtin_srx().rules_for(language)
    ]


COMPILED = {language: _compiled(language) for language in ("fr", "en", "de")}


@given(st.lists(st.sampled_from(PIECES), max_size=16).map("".join))
def test_our_rules_break_alike_in_omegat(paragraph: str) -> None:
    for language, rules in COMPILED.items():
        assert builtin_srx().breaker(language).positions(paragraph) == omegat(rules, paragraph)
