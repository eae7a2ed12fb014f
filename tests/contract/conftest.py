"""A bitext with every kind of bead."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.formats import FORMATS
from aligner.model import Bitext


@pytest.fixture
def sample(root: Path) -> Bitext:
    """Nine paragraphs with every kind of bead; reviewed by eye."""
    read = FORMATS["jsonl"].read
    assert read is not None
    with (root / "tests/golden/formats/sample.jsonl").open("rb") as stream:
        (bitext,) = read(stream)
    return bitext
