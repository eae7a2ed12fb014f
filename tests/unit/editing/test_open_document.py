"""A document on its opened: saved at once, taken back, shared with other programs, whole after a crash."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from aligner.corpus.journal import STEPS, Journal
from aligner.corpus.store import Project, read_bitext
from aligner.editing import OpenDocument, document_lock
from aligner.errors import EnvironmentProblem, InputError
from aligner.files import write_atomically
from aligner.model import Status, sha256
from tests.unit.editing.conftest import ENGLISH, NOW, edit

Files = Callable[[], tuple[bytes, bytes]]


def say(opened: OpenDocument, op: str, index: int, **fields: object) -> str:
    """One edit of the document as it is; the reason if it is refused."""
    stored = opened.read()
    return opened.apply([edit(stored.bitext, op, index, **fields)], by="ada", version=stored.version).refused


def test_an_edit_is_in_both_files_at_once(opened: OpenDocument, project: Project) -> None:
    assert say(opened, "text", 1, text="One cat.") == ""
    bitext = read_bitext(project.bitext_file("d"))
    english = project.target_file("d").read_text(encoding="utf-8")
    assert english == ENGLISH.replace("A cat sleeps.", "One cat.")
    assert bitext.target.sha256 == sha256(english)
    assert (bitext.beads[1].by, bitext.beads[1].changed, bitext.provenance.changed) == ("ada", NOW, NOW)


def test_a_new_paragraph_is_divided_from_the_others_as_in_the_source(opened: OpenDocument, project: Project) -> None:
    for index, text in ((1, ""), (2, ""), (1, "A cat.")):
        assert say(opened, "text", index, text=text) == ""
    assert project.target_file("d").read_text(encoding="utf-8") == "Title\n\nA cat.\nA bird flies. A fish swims.\n"
    (project.corpus / "fr/d.txt").write_text("Another text", encoding="utf-8")
    for text in ("", "One cat."):
        assert say(opened, "text", 1, text=text) == ""
    assert project.target_file("d").read_text(encoding="utf-8") == "Title\nOne cat.\nA bird flies. A fish swims.\n"


def test_one_conflict_stops_the_whole_request(opened: OpenDocument, files: Files) -> None:
    before, stored = files(), opened.read()
    wrong = edit(stored.bitext, "text", 2, text="x", before={"target": "Another", "status": "draft"})
    outcome = opened.apply([edit(stored.bitext, "text", 1, text="y"), wrong], by="ada", version=stored.version)
    assert outcome.refused == "this pair was changed in the meantime"
    assert [conflict.edit for conflict in outcome.conflicts] == [wrong]
    assert files() == before


def test_old_versions_may_change_beads_that_are_as_they_were_but_no_borders(opened: OpenDocument) -> None:
    old = opened.read()
    assert say(opened, "text", 1, text="One cat.") == ""
    fine = opened.apply([edit(old.bitext, "status", 2, status="accepted")], by="bob", version=old.version)
    assert fine.refused == ""
    late = opened.apply([edit(old.bitext, "merge", 2)], by="bob", version=old.version)
    assert late.refused == "the document was changed in the meantime: look at it again"
    same = opened.apply([edit(old.bitext, "text", 1, text="Two cats.")], by="bob", version=old.version)
    assert same.refused == "this pair was changed in the meantime"


def test_an_edit_that_is_sent_twice_is_done_once(opened: OpenDocument) -> None:
    old = opened.read()
    merge = edit(old.bitext, "merge", 3, at="2026-01-01T00:00:00Z")
    assert opened.apply([merge], by="ada", version=old.version).refused == ""
    again = opened.apply([merge], by="ada", version=old.version)
    assert (again.refused, len(again.stored.bitext.beads)) == ("", len(old.bitext.beads) - 1)
    assert opened.undo(version=again.stored.version).refused == ""
    assert opened.read() == old


def test_undo_and_redo_need_the_present_version_and_something_to_do(opened: OpenDocument, project: Project) -> None:
    first = opened.read().version
    assert opened.undo(version=first).refused == "there is nothing to undo"
    say(opened, "status", 1, status="accepted")
    assert opened.undo(version=first).refused == "the document was changed in the meantime: look at it again"
    second = OpenDocument(project, "d")
    assert second.undo(version=second.read().version).stored.version == first
    assert opened.read().version == first
    assert second.redo(version=first).refused == ""
    say(opened, "status", 2, status="accepted")
    assert opened.redo(version=opened.read().version).refused == "there is nothing to redo"


def test_what_another_program_wrote_is_not_taken_back(opened: OpenDocument, project: Project) -> None:
    say(opened, "status", 1, status="accepted")
    path = project.bitext_file("d")
    path.write_bytes(path.read_bytes().replace(b'"note": ""', b'"note": "by hand"', 1))
    version = opened.read().version
    assert opened.undo(version=version).refused.startswith("another program wrote the document since")
    say(opened, "status", 2, status="accepted")
    assert opened.undo(version=opened.read().version).stored.version == version


def test_english_that_another_program_changed_is_not_overwritten(opened: OpenDocument, project: Project) -> None:
    project.target_file("d").write_text("Mine.\n", encoding="utf-8")
    assert say(opened, "text", 1, text="One cat.").startswith("the English text was changed by another program")
    assert say(opened, "status", 1, status="accepted") == ""
    assert project.target_file("d").read_text(encoding="utf-8") == "Mine.\n"


def test_the_journal_is_bounded(opened: OpenDocument, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aligner.corpus.journal.STEPS", 3)
    assert STEPS > 3
    for number in range(6):
        say(opened, "note", 1, note=str(number))
    undone = []
    while not (outcome := opened.undo(version=opened.read().version)).refused:
        undone.append(outcome.stored.bitext.beads[1].note)
    assert undone == ["4", "3", "2"]
    assert len(list(opened.journal.folder.glob("*.z"))) <= 2 * 4
    monkeypatch.setattr("aligner.corpus.journal.STORE", 1)
    say(opened, "note", 1, note="new")
    assert len(opened.journal.load().states) == 2, "the last edit can always be taken back"


def test_without_its_folder_only_the_undo_is_lost(opened: OpenDocument, files: Files) -> None:
    say(opened, "text", 1, text="One cat.")
    for path in opened.journal.folder.glob("*.z"):
        path.unlink()
    before = files()
    assert opened.undo(version=opened.read().version).refused.startswith("the earlier version is lost")
    assert files() == before
    (opened.journal.folder / "journal.json").write_text("{", encoding="utf-8")
    assert opened.undo(version=opened.read().version).refused == "there is nothing to undo"
    assert say(opened, "text", 2, text="One dog.") == ""


def test_the_edits_of_a_file_are_taken_once_as_far_as_they_go(opened: OpenDocument, project: Project) -> None:
    bitext, seen = opened.read().bitext, {"target": "One cat.", "status": "edited"}
    edits = [
        edit(bitext, "text", 1, text="One cat.", at="2026-01-01T00:00:01Z"),
        edit(bitext, "text", 2, text="x", at="2026-01-01T00:00:02Z", before={"target": "?", "status": "draft"}),
        edit(bitext, "merge", 3, at="2026-01-01T00:00:03Z"),
        edit(bitext, "text", 1, text="A.", at="2026-01-01T00:00:04Z", before=seen),
    ]
    planned = opened.take(edits, by="ada", dry_run=True)
    assert (opened.read().bitext, planned.edits) == (bitext, (edits[0], edits[2], edits[3]))
    taken = opened.take(edits, by="ada")
    assert ([conflict.edit for conflict in taken.conflicts], taken.edits) == ([edits[1]], planned.edits)
    assert taken.stored.bitext.target_text(taken.stored.bitext.beads[1]) == "A."
    for _ in range(2):
        again = OpenDocument(project, "d").take(edits, by="ada")
        assert (again.stored, again.edits) == (taken.stored, ())
        assert say(opened, "status", 0, status="accepted") == ""
        say(opened, "status", 0, status="draft")
        taken = opened.take(edits, by="ada")


def test_taken_back_edits_may_come_again(opened: OpenDocument) -> None:
    bitext = opened.read().bitext
    edits = [edit(bitext, "merge", 3, at="2026-01-01T00:00:03Z")]
    merged = opened.take(edits, by="ada").stored
    opened.undo(version=merged.version)
    assert opened.take(edits, by="ada").stored.bitext.beads == merged.bitext.beads


def test_a_document_that_is_missing_or_damaged_is_said(opened: OpenDocument, project: Project) -> None:
    with pytest.raises(InputError, match="there are no aligned pairs"):
        OpenDocument(project, "other").read()
    project.bitext_file("d").write_bytes(b"{\n")
    with pytest.raises(InputError, match="not JSON"):
        opened.read()


def test_one_writer_at_a_time(project: Project) -> None:
    with document_lock(project, "d"), document_lock(project, "another", patience=0.05):
        second = document_lock(project, "d", patience=0.05)
        with pytest.raises(EnvironmentProblem, match="another program is working on 'd'"), second:
            pass


def test_threads_wait_for_one_another_and_no_edit_is_lost(project: Project) -> None:
    def work(index: int) -> None:
        opened = OpenDocument(project, "d")
        for number in range(5):
            assert say(opened, "note", index, note=f"{index} {number}") == ""

    threads = [threading.Thread(target=work, args=(index,)) for index in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    opened = OpenDocument(project, "d")
    assert [bead.note for bead in opened.read().bitext.beads[:6]] == [f"{index} 4" for index in range(6)]
    steps = 0
    while not opened.undo(version=opened.read().version).refused:
        steps += 1
    assert steps == 30


KILLED = """
import os, signal, sys
from pathlib import Path
from aligner import files
from aligner.editing import OpenDocument
from aligner.corpus import two_files as room
from aligner.corpus.store import open_project
from tests.unit.editing.conftest import edit

opened = OpenDocument(open_project(Path(sys.argv[1])), "d")
stored = opened.read()
limit, count = int(sys.argv[2]), 0
write = files.write_atomically

def counted(path, data):
    global count
    if count == limit:
        os.kill(os.getpid(), signal.SIGKILL)
    count += 1
    write(path, data)

room.write_atomically = counted
import aligner.corpus.journal as journal
journal.write_atomically = counted
opened.apply([edit(stored.bitext, "text", 1, text="Killed here.")], by="ada", version=stored.version)
print(count)
"""


def kill_at(project: Project, write: int) -> int:
    """Kill a program before one of the files that an edit writes."""
    arguments = [sys.executable, "-c", KILLED, str(project.corpus), str(write)]
    root = Path(__file__).resolve().parents[3]
    return subprocess.run(arguments, cwd=root, check=False, capture_output=True).returncode


@pytest.mark.parametrize("write", range(9))
def test_killed_at_any_file_the_document_is_whole_and_the_step_is_done_or_not(
    project: Project, files: Files, write: int
) -> None:
    before = files()
    code = kill_at(project, write)
    opened = OpenDocument(project, "d", clock=lambda: NOW)
    opened.recover()
    stored = opened.read()
    english = project.target_file("d").read_text(encoding="utf-8")
    assert stored.bitext.target.sha256 == sha256(english)
    done = "Killed here." in english
    assert done == (stored.bitext.beads[1].status is Status.EDITED)
    assert done or files() == before
    if code == 0:
        assert done
        return
    assert code == -signal.SIGKILL
    assert say(opened, "status", 3, status="accepted") == "", "the lock went with the program"
    assert opened.undo(version=opened.read().version).refused == ""
    if done:
        assert opened.undo(version=opened.read().version).refused == ""
        assert files() == before


def test_killed_between_the_two_files_the_step_is_finished(
    project: Project, opened: OpenDocument, files: Files
) -> None:
    """The one moment in which the two files do not fit each other."""
    say(opened, "text", 1, text="One cat.")
    done = files()
    opened.undo(version=opened.read().version)
    notes = opened.journal.load()
    opened.journal.save(type(notes)(notes.states, 0, 1, notes.edits))
    project.target_file("d").write_bytes(done[1])
    OpenDocument(project, "d").recover()
    assert files() == done
    opened.journal.save(type(notes)(notes.states, 1, 0, notes.edits))
    project.target_file("d").write_text("Somebody else's.\n", encoding="utf-8")
    OpenDocument(project, "d").recover()
    assert files() == (done[0], b"Somebody else's.\n"), "what another program wrote is left alone"


@pytest.mark.parametrize("number", [0, 1], ids=["English", "bitext"])
def test_a_disk_that_refuses_leaves_everything_as_it_was(
    opened: OpenDocument, files: Files, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    say(opened, "text", 1, text="One cat.")
    before, notes = files(), opened.journal.load()
    refused = [opened.english_file, opened.bitext_file][number]

    def write(path: Path, data: bytes) -> None:
        if path == refused:
            raise EnvironmentProblem("cannot write (no space left on device)", where=path)
        write_atomically(path, data)

    with monkeypatch.context() as patched:
        patched.setattr("aligner.corpus.two_files.write_atomically", write)
        with pytest.raises(EnvironmentProblem, match="no space left"):
            say(opened, "text", 2, text="One dog.")
        version = opened.read().version
        with pytest.raises(EnvironmentProblem, match="no space left"):
            opened.undo(version=version)
    assert (files(), opened.journal.load()) == (before, notes)
    assert say(opened, "text", 2, text="One dog.") == ""


def test_a_journal_that_points_nowhere_is_none(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    (tmp_path / "journal.json").write_text(json.dumps({"states": [], "position": 3, "pending": None, "edits": []}))
    assert journal.load().states == ()
