"""The checks on pairs, in four drawers: in the wild, synthetic, negative (nothing to find), known failures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from aligner.checks.findings import Pair
from aligner.checks.registry import CHECKS
from aligner.checks.run import check_pair

CASES = Path(__file__).resolve().parents[2] / "cases" / "checks"


def cases(drawer: str) -> list[Any]:
    content = json.loads((CASES / f"{drawer}.json").read_text(encoding="utf-8"))
    return [pytest.param(case["source"], case["target"], case["codes"], id=case["about"]) for case in content]


def codes(source: str, target: str) -> list[str]:
    running = [(check, check.start()) for check in CHECKS.values()]
    return [finding.code for finding in check_pair(Pair(source, target), running)]


@pytest.mark.parametrize(
    ("source", "target", "expected"), [*cases("in_the_wild"), *cases("synthetic"), *cases("negative")]
)
def test_exactly_these_checks_speak(source: str, target: str, expected: list[str]) -> None:
    assert codes(source, target) == expected


@pytest.mark.xfail(strict=True, reason="known limits of the checks")
@pytest.mark.parametrize(("source", "target", "expected"), cases("known_failures"))
def test_known_failures(source: str, target: str, expected: list[str]) -> None:
    assert codes(source, target) == expected


def test_every_check_of_one_pair_has_a_case() -> None:
    content = json.loads((CASES / "synthetic.json").read_text(encoding="utf-8"))
    assert {code for case in content for code in case["codes"]} == {code for code in CHECKS if code[1] != "6"}
