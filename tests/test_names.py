"""One name, one meaning: no public class or function of one name in two modules of the package."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "aligner"

VERBS = frozenset(("write", "read", "documents", "units"))
"""What every format has: the same verb means the same in each."""


def public_names(kinds: tuple[type[ast.stmt], ...]) -> dict[str, set[str]]:
    """The modules that define each public name, without commands and the front door: they bear the names they call."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for path in sorted(PACKAGE.rglob("*.py")):
        module = path.relative_to(PACKAGE).as_posix()
        if module.startswith("cli/") or module == "pipeline/library.py":
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, kinds) and not node.name.startswith("_"):  # type: ignore[attr-defined]
                found[node.name].add(module)  # type: ignore[attr-defined]
    return found


@pytest.mark.parametrize(
    "kinds", [(ast.ClassDef,), (ast.FunctionDef, ast.AsyncFunctionDef)], ids=["classes", "functions"]
)
def test_a_name_means_one_thing(kinds: tuple[type[ast.stmt], ...]) -> None:
    twins = {name: sorted(modules) for name, modules in public_names(kinds).items() if len(modules) > 1}
    assert not {name: modules for name, modules in twins.items() if name not in VERBS}
