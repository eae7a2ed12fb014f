"""A journal that is damaged costs the undo and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aligner.corpus.journal import Journal, Notes

STATE = {"bitext": "a", "english": "", "edits": ["x"]}
WHOLE = {"states": [STATE], "position": 0, "pending": None, "edits": ["y"]}


@pytest.mark.parametrize(
    "damage",
    [
        {"position": float("inf")},
        {"pending": float("nan")},
        {"edits": [[]], "states": [{**STATE, "edits": [{}]}]},
        {"states": 3},
        {"position": 7},
    ],
    ids=str,
)
def test_a_damaged_journal_is_read_as_far_as_it_goes(tmp_path: Path, damage: dict[str, object]) -> None:
    (tmp_path / "journal.json").write_text(json.dumps({**WHOLE, **damage}), encoding="utf-8")
    found = Journal(tmp_path).load()
    assert found == Notes() or found.position == 0
    found.seen()
