"""Sentence cases by language: each joins its segments and expects them back."""

import json
from pathlib import Path
from typing import Any

import pytest

from aligner.text import segment

CASES = Path(__file__).parents[2] / "cases" / "segmentation"


def _cases() -> list[Any]:
    found = []
    for file in sorted(CASES.glob("*.json")):
        for case in json.loads(file.read_text("utf-8")):
            marks = [pytest.mark.xfail(strict=True, reason="known limit")] if case.get("xfail") else []
            found.append(pytest.param(file.stem, case, id=f"{file.stem}: {case['why']}", marks=marks))
    return found


@pytest.mark.parametrize(("name", "case"), _cases())
def test_case(name: str, case: dict[str, Any]) -> None:
    text = case.get("joint", " ").join(case["segments"])
    assert [s.text for s in segment(text, case.get("language", name))] == case["segments"]
