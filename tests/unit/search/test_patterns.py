"""Regular expressions for which accents do not count."""

from __future__ import annotations

import pytest

from aligner.search.candidates import required_words
from aligner.search.patterns import compiled


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("ete", "L'ÉTÉ", "ÉTÉ"),
        ("été", "ete", "ete"),
        ("[e]t[é]", "été", "été"),
        ("[a-z]+", "éab", "ab"),
        ("coeur", "CŒUR", "CŒUR"),
        ("cœur", "coeur", "coeur"),
        ("noe?l", "Nol", "Nol"),
        (r"\w+\s\d", "né 5", "né 5"),
        (r"\x65", "e", "e"),
        (r"\u00e9", "é", "é"),
        (r"(?P<name>e)(?P=name)", "ee", "ee"),
        (r"(?P<a>e)\g<a>", "ee", "ee"),
        ("(?:a|e)b", "éb", "éb"),
        ("(?<=a)e", "àé", "é"),
        ("(?<!a)e", "bé", "é"),
        ("(?i:E)", "é", "é"),
        ("e{2}", "éè", "éè"),
        ("e{,2}x", "éèx", "éèx"),
        (r"\p{Lu}e", "Aé", "Aé"),
        (r"\N{LATIN SMALL LETTER E WITH ACUTE}", "é", "é"),
        (r"\[e\]", "[é]", "[é]"),
        ("[]e]+", "]é", "]é"),
        ("[^e]", "éa", "a"),
    ],
)
def test_accents_do_not_count(pattern: str, text: str, found: str) -> None:
    match = compiled(pattern).search(text)
    assert match is not None
    assert match.group() == found


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\bconseil de \w+", ['"conseil"', '"de"']),
        (r"\bconseils?\b", ['"conseil" *']),
        (r"\bmises* en", ['"mise" *', '"en" *']),
        (r"a b?c", []),
        ("abc", []),
        (r"\b(un )?an\b", []),
        (r"\bun|deux\b", []),
        (r"\b[ab]c de ", ['"de"']),
        (r"\bcœur\b", ['"coeur"']),
        (r"le {0,2}mot", []),
        (r"x le mot(s)*", []),
    ],
)
def test_words_that_must_be_there(pattern: str, words: list[str]) -> None:
    assert required_words(pattern) == words
