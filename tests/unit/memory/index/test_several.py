"""Several memories together: which translation wins."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.errors import InputError
from aligner.memory.index.build import build
from aligner.memory.index.search import MemoryIndex
from aligner.memory.index.several import Memories, Memory
from aligner.memory.index.units import Likeness, MemoryUnit


def memories(folder: Path, **units: list[MemoryUnit]) -> Memories:
    opened = []
    for name, kept in units.items():
        build(folder / name, kept, {})
        opened.append(Memory(name, f"digest of {name}", MemoryIndex(folder / name)))
    return Memories(opened)


def test_the_newest_reviewed_translation_wins_and_others_are_noted(tmp_path: Path) -> None:
    known = memories(
        tmp_path,
        first=[
            MemoryUnit("Oui.", "Yes.", "a", changed="2026-01-01T00:00:00Z"),
            MemoryUnit("Oui.", "Aye.", "b", changed="2024-01-01T00:00:00Z", reviewed=True),
        ],
        second=[
            MemoryUnit("Oui.", "Yea.", "c", changed="2025-01-01T00:00:00Z", reviewed=True),
            MemoryUnit("Oui.", "Yea.", "d"),
        ],
    )
    found = known.exact("Oui.")
    assert found is not None
    assert (found.match.target, found.match.memory, found.match.unit) == ("Yea.", "second", "c")
    assert (found.others, found.match.note) == (2, "2 other translations")


def test_without_dates_the_memory_named_first_wins(tmp_path: Path) -> None:
    known = memories(
        tmp_path,
        one=[MemoryUnit("Oui.", "Yes.", "a"), MemoryUnit("Oui.", "Yea.", "b")],
        two=[MemoryUnit("Oui.", "Aye.")],
    )
    found = known.exact("Oui.")
    assert found is not None
    assert found.match.target == "Yes."


def test_a_text_typed_differently_is_exact_and_says_so(tmp_path: Path) -> None:
    found = memories(tmp_path, m=[MemoryUnit("L’accord : oui", "Agreement: yes")]).exact("L'accord: oui")
    assert found is not None
    assert (found.likeness, found.match.score, found.match.note) == (Likeness.TYPED, 100, "typed differently")


def test_a_search_gives_exact_before_fuzzy_and_best_first_over_all_memories(tmp_path: Path) -> None:
    known = memories(
        tmp_path,
        one=[MemoryUnit("un deux trois quatre cinq", "a"), MemoryUnit("un deux trois quatre cinq six sept huit", "b")],
        two=[MemoryUnit("un deux trois quatre six", "c"), MemoryUnit("un deux trois quatre cinq six", "d")],
    )
    found = known.search("un deux trois quatre cinq")
    assert [(f.match.score, f.match.target) for f in found] == [(100, "a"), (83, "d"), (80, "c")]
    assert [f.match.target for f in known.search("un deux trois quatre cinq", minimum=100)] == ["a"]
    best = known.best("un deux trois quatre sept")
    assert best is not None
    assert (best.match.score, best.is_exact) == (80, False)


def test_units_that_may_not_be_used_are_passed_over(tmp_path: Path) -> None:
    known = memories(tmp_path, m=[MemoryUnit("Oui.", "Yes.", "a:1"), MemoryUnit("Oui.", "Aye.", "b:1")])
    found = known.exact("Oui.", wanted=lambda _, unit: not unit.id.startswith("a:"))
    assert found is not None
    assert (found.match.target, found.others) == ("Aye.", 0)
    assert known.best("Oui!", wanted=lambda *_: False) is None


def test_a_damaged_text_is_one_clear_sentence(tmp_path: Path) -> None:
    known = memories(tmp_path, m=[MemoryUnit("Oui.", "Yes.")])
    path = tmp_path / "m"
    data = path.read_bytes().replace(b'["Oui.', b'{"Oui.')
    (tmp_path / "n").write_bytes(data)
    broken = Memories([Memory("m", "", MemoryIndex(tmp_path / "n"))])
    with pytest.raises(InputError, match="damaged"):
        broken.exact("Oui.")
    assert len(known) == 1
