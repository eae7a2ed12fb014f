"""The example that a check's docstring shows is found by that check; docs/checks.md shows the same one."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from aligner.checks import CHECKS, Check
from aligner.checks.findings import Pair

NOTHING = "(nothing)"


def pairs(check: Check) -> list[Pair]:
    """The pairs of an example: source → target; or two sources or two targets, parted by a slash."""
    sources, targets = (
        [part.replace(NOTHING, "") for part in side.split(" / ")] for side in check.example.split(" → ")
    )
    count = max(len(sources), len(targets))
    return [Pair(sources[i % len(sources)], targets[i % len(targets)]) for i in range(count)]


@pytest.mark.parametrize("check", CHECKS.values(), ids=lambda check: check.code)
def test_the_example_is_found(check: Check) -> None:
    function = check.start()
    found = [list(function(pair)) for pair in pairs(check)]
    assert found[-1]
    for remark in found[-1]:
        spans = (*remark.source, *remark.target)
        assert spans
        assert all(0 <= span.start < span.end for span in spans)


def rows(root: Path) -> list[str]:
    lines = (root / "docs" / "checks.md").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.startswith(("| `E", "| `W"))]


def test_the_documentation_shows_the_examples_of_the_docstrings(root: Path) -> None:
    documented = [row for row in rows(root) if " → " in row]
    expected = [f"| `{c.code}` | {c.name} | {c.example} |" for c in CHECKS.values()]
    assert [row for row in documented if "W701" not in row] == expected


def test_the_table_is_in_order() -> None:
    assert all(a[1:] < b[1:] for a, b in pairwise(CHECKS))
