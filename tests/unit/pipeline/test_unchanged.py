"""A document is told to be unchanged by the disk only where that is sure."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from aligner.corpus.facts import facts_of
from aligner.corpus.state import CorpusState, is_settled, stamp_of
from aligner.corpus.store import Project
from aligner.pipeline.report import Done, Outcome
from aligner.pipeline.unchanged import Unchanged
from tests.unit.pipeline.conftest import Add

OUTCOME = Outcome("a", Done.UNCHANGED, 3, 3, 8, ("a note",))


def settle() -> None:
    time.sleep(0.06)


def test_a_document_is_known_until_one_of_its_files_or_a_tool_changes(project: Project, add: Add) -> None:
    add("a.txt")
    settle()
    state, source = CorpusState(project), project.corpus / "fr/a.txt"
    unchanged = Unchanged(project, state, "tools")
    stamps = unchanged.stamps("a", source)
    assert unchanged.find("a", stamps) is None
    unchanged.note(OUTCOME, stamps)
    assert unchanged.find("a", unchanged.stamps("a", source)) == OUTCOME
    assert Unchanged(project, state, "other tools").find("a", stamps) is None
    for path in (source, source.with_suffix(".toml"), project.target_file("a"), project.bitext_file("a")):
        before = path.read_bytes() if path.exists() else None
        path.write_bytes((before or b"") + b" ")
        assert unchanged.find("a", unchanged.stamps("a", source)) is None
        path.unlink() if before is None else path.write_bytes(before)


def test_the_same_size_and_the_same_time_are_not_enough(project: Project, add: Add) -> None:
    add("a.txt")
    settle()
    unchanged, source = Unchanged(project, CorpusState(project), "tools"), project.corpus / "fr/a.txt"
    unchanged.note(OUTCOME, unchanged.stamps("a", source))
    times = source.stat()
    source.write_bytes(source.read_bytes().replace(b"chat", b"rat "))
    os.utime(source, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert unchanged.find("a", unchanged.stamps("a", source)) is None


def test_a_file_that_was_written_just_now_is_not_trusted(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("a", encoding="utf-8")
    assert not is_settled(stamp_of(path))
    settle()
    assert is_settled(stamp_of(path))
    assert not is_settled(f"1 {time.time_ns() // 10**9 * 10**9} {time.time_ns() // 10**9 * 10**9} 1")
    assert is_settled(stamp_of(tmp_path / "none"))


def test_a_document_that_was_finished_is_noted_as_it_was_written(project: Project, add: Add) -> None:
    made, source = add("a.txt"), project.corpus / "fr/a.txt"
    settle()
    state = CorpusState(project)
    for change in (False, True):
        unchanged = Unchanged(project, state, f"tools {change}")
        unchanged.note_later(OUTCOME, source, unchanged.stamps("a", source), made)
        if change:  # somebody writes into it while the run is at it
            project.target_file("a").write_text("Another text.", encoding="utf-8")
        unchanged.close()
        assert (unchanged.find("a", unchanged.stamps("a", source)) is None) == change


def test_a_damaged_state_file_is_made_again_and_one_that_cannot_be_used_is_done_without(
    project: Project, add: Add
) -> None:
    add("a.txt")
    path = project.cache / "state.sqlite"
    path.write_bytes(b"not a database" * 400)
    facts = facts_of(project, "a", CorpusState(project))
    assert facts.summary.id == "a"
    assert facts.units == ((), ())
    path.unlink()
    path.mkdir()
    assert facts_of(project, "a", CorpusState(project)) == facts


@pytest.mark.parametrize("times", [1, 2])
def test_facts_follow_the_file(project: Project, add: Add, times: int) -> None:
    add("a.txt")
    state = CorpusState(project)
    for _ in range(times):
        assert facts_of(project, "a", state).summary.beads == 3
        settle()
    project.bitext_file("a").write_text("{", encoding="utf-8")
    with pytest.raises(Exception, match="bitext"):
        facts_of(project, "a", state)
