"""Bitexts to compare, and a corpus on disk that holds them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aligner.corpus.store import Project
from aligner.model import Bitext, Kind, Origin, Record, Status
from tests import make

Row = tuple[str, str, dict[str, Any]]
"""Source and target text of a bead (either may be empty), and its other fields."""


def bitext(rows: Sequence[Row], *, name: str = "lettre", title: str = "") -> Bitext:
    """A bitext with a paragraph for each bead."""
    return make.bitext(*rows, name=name, record=Record(title))


MACHINE: dict[str, Any] = {"kind": Kind.CONSTRUCTED, "origin": Origin.MACHINE}
EDITED: dict[str, Any] = {"kind": Kind.CONSTRUCTED, "origin": Origin.HUMAN, "status": Status.EDITED}

LETTER = bitext(
    [
        ("Accueil", "", {"kind": Kind.EXCLUDED, "origin": Origin.NONE}),
        ("Le conseil se réunit.", "The council meets.", {**MACHINE, "machine": "The council meets."}),
        ("Il pleut fort.", "It rains hard.", {**EDITED, "machine": "It is raining strong."}),
        ("Fin.", "", {"origin": Origin.NONE, "machine": "End."}),
        ("Un mot.", "A word.", {"origin": Origin.HUMAN}),
        ("", "A remark by hand.", {"origin": Origin.HUMAN}),
        ("Rien.", "", {"origin": Origin.NONE}),
    ],
    title="Une lettre",
)


@pytest.fixture
def make_corpus(tmp_path: Path) -> Callable[..., Project]:
    """Write bitexts as a corpus: ``make_corpus("old", bitext, …)``."""

    return lambda name, *bitexts: make.corpus(tmp_path / name, *bitexts)


def retold(original: Bitext, texts: dict[int, str]) -> Bitext:
    """The bitext with other texts for some target segments."""
    segments = [replace(s, text=texts.get(index, s.text)) for index, s in enumerate(original.target.segments)]
    return replace(original, target=replace(original.target, segments=tuple(segments)))
