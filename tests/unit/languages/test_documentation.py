"""docs/checks.md says which checks each described pair of languages has."""

from __future__ import annotations

import re
from pathlib import Path

from aligner.checks import CHECKS
from aligner.languages import find_pair

TEXT = " ".join((Path(__file__).parents[3] / "docs" / "checks.md").read_text("utf-8").split())


def test_the_checks_of_each_pair_are_those_in_the_documentation() -> None:
    general = re.search(r"For any two languages run those that need not know them: (.+?), and the glossary", TEXT)
    german = re.search(r"German into English has (.+?) \(", TEXT)
    assert general
    assert german
    pair = find_pair("de", "en")
    assert re.findall(r"`(\w+)`", general[1]) == [code for code, check in CHECKS.items() if check.any_languages]
    assert re.findall(r"`(\w+)`", german[1]) == [
        code for code, check in CHECKS.items() if not check.any_languages and check.holds_for(pair)
    ]


def test_french_into_english_has_every_check() -> None:
    assert all(check.holds_for(find_pair("fr", "en")) for check in CHECKS.values())


def test_a_pair_names_only_checks_that_there_are() -> None:
    known = {check.name for check in CHECKS.values()}
    for source in ("fr", "de"):
        assert find_pair(source, "en").checks <= known
