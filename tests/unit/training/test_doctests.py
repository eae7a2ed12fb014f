"""The examples in the recipe's docstrings run."""

from __future__ import annotations

import doctest
import importlib

import pytest

MODULES = (
    "augment",
    "clean",
    "config",
    "nouns",
    "protect",
    "reported",
    "schedule",
    "shards",
    "snapshots",
    "speakers",
    "switch",
    "vocabulary",
)


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    result = doctest.testmod(importlib.import_module(f"training.{name}"))
    assert result.attempted
    assert not result.failed
