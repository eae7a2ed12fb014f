"""Threads for the machine at hand."""

import os
from pathlib import Path

import pytest

from aligner.translation.argos import machine


@pytest.fixture
def four_threads_on_two_cores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for number in range(4):
        folder = tmp_path / f"cpu{number}" / "topology"
        folder.mkdir(parents=True)
        (folder / "thread_siblings_list").write_text(f"{number % 2},{number % 2 + 2}\n")
    monkeypatch.setattr(machine, "_TOPOLOGY", tmp_path)
    monkeypatch.setattr(machine, "_QUOTA", tmp_path / "cpu.max")
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2, 3}, raising=False)
    return tmp_path


def test_threads_of_one_core_count_once(four_threads_on_two_cores: Path) -> None:
    assert machine.usable_cores() == 2


@pytest.mark.parametrize(("quota", "cores"), [("max 100000", 2), ("150000 100000", 2), ("50000 100000", 1), ("??", 2)])
def test_a_quota_is_respected(four_threads_on_two_cores: Path, quota: str, cores: int) -> None:
    (four_threads_on_two_cores / "cpu.max").write_text(quota)
    assert machine.usable_cores() == cores


def test_processors_this_process_may_not_use_do_not_count(
    four_threads_on_two_cores: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {1, 3}, raising=False)
    assert machine.usable_cores() == 1


def test_there_is_always_one() -> None:
    assert machine.usable_cores() >= 1
