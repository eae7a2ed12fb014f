"""A document on its desk: saved at once, taken back, shared with other programs, whole after a crash."""

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
from aligner.edit import Desk, document_lock
from aligner.errors import EnvironmentProblem, InputError
from aligner.files import write_atomically
from aligner.model import Status, sha256
from tests.unit.edit.conftest import ENGLISH, NOW, edit

Files = Callable[[], tuple[bytes, bytes]]


def say(desk: Desk, op: str, index: int, **fields: object) -> str:
    """One edit of the document as it is; the reason if it is refused."""
    sheet = desk.read()
    return desk.apply([edit(sheet.bitext, op, index, **fields)], by="ada", version=sheet.version).refused


def test_an_edit_is_in_both_files_at_once(desk: Desk, project: Project) -> None:
    assert say(desk, "text", 1, text="One cat.") == ""
    bitext = read_bitext(project.bitext_file("d"))
    english = project.target_file("d").read_text(encoding="utf-8")
    assert english == ENGLISH.replace("A cat sleeps.", "One cat.")
    assert bitext.target.sha256 == sha256(english)
    assert (bitext.beads[1].by, bitext.beads[1].changed, bitext.provenance.changed) == ("ada", NOW, NOW)


def test_a_new_paragraph_is_divided_from_the_others_as_in_the_source(desk: Desk, project: Project) -> None:
    for index, text in ((1, ""), (2, ""), (1, "A cat.")):
        assert say(desk, "text", index, text=text) == ""
    assert project.target_file("d").read_text(encoding="utf-8") == "Title\n\nA cat.\nA bird flies. A fish swims.\n"
    (project.corpus / "fr/d.txt").write_text("Another text", encoding="utf-8")
    for text in ("", "One cat."):
        assert say(desk, "text", 1, text=text) == ""
    assert project.target_file("d").read_text(encoding="utf-8") == "Title\nOne cat.\nA bird flies. A fish swims.\n"


def test_one_conflict_stops_the_whole_request(desk: Desk, files: Files) -> None:
    before, sheet = files(), desk.read()
    wrong = edit(sheet.bitext, "text", 2, text="x", before={"target": "Another", "status": "draft"})
    outcome = desk.apply([edit(sheet.bitext, "text", 1, text="y"), wrong], by="ada", version=sheet.version)
    assert outcome.refused == "this bead was changed in the meantime"
    assert [conflict.edit for conflict in outcome.conflicts] == [wrong]
    assert files() == before


def test_old_versions_may_change_beads_that_are_as_they_were_but_no_borders(desk: Desk) -> None:
    old = desk.read()
    assert say(desk, "text", 1, text="One cat.") == ""
    fine = desk.apply([edit(old.bitext, "status", 2, status="accepted")], by="bob", version=old.version)
    assert fine.refused == ""
    late = desk.apply([edit(old.bitext, "merge", 2)], by="bob", version=old.version)
    assert late.refused == "the document was changed in the meantime: look at it again"
    same = desk.apply([edit(old.bitext, "text", 1, text="Two cats.")], by="bob", version=old.version)
    assert same.refused == "this bead was changed in the meantime"


def test_an_edit_that_is_sent_twice_is_done_once(desk: Desk) -> None:
    old = desk.read()
    merge = edit(old.bitext, "merge", 3, at="2026-01-01T00:00:00Z")
    assert desk.apply([merge], by="ada", version=old.version).refused == ""
    again = desk.apply([merge], by="ada", version=old.version)
    assert (again.refused, len(again.sheet.bitext.beads)) == ("", len(old.bitext.beads) - 1)
    assert desk.undo(version=again.sheet.version).refused == ""
    assert desk.read() == old


def test_undo_and_redo_need_the_present_version_and_something_to_do(desk: Desk, project: Project) -> None:
    first = desk.read().version
    assert desk.undo(version=first).refused == "there is nothing to undo"
    say(desk, "status", 1, status="accepted")
    assert desk.undo(version=first).refused == "the document was changed in the meantime: look at it again"
    second = Desk(project, "d")
    assert second.undo(version=second.read().version).sheet.version == first
    assert desk.read().version == first
    assert second.redo(version=first).refused == ""
    say(desk, "status", 2, status="accepted")
    assert desk.redo(version=desk.read().version).refused == "there is nothing to redo"


def test_what_another_program_wrote_is_not_taken_back(desk: Desk, project: Project) -> None:
    say(desk, "status", 1, status="accepted")
    path = project.bitext_file("d")
    path.write_bytes(path.read_bytes().replace(b'"note": ""', b'"note": "by hand"', 1))
    version = desk.read().version
    assert desk.undo(version=version).refused.startswith("another program wrote the document since")
    say(desk, "status", 2, status="accepted")
    assert desk.undo(version=desk.read().version).sheet.version == version


def test_english_that_another_program_changed_is_not_overwritten(desk: Desk, project: Project) -> None:
    project.target_file("d").write_text("Mine.\n", encoding="utf-8")
    assert say(desk, "text", 1, text="One cat.").startswith("the English text was changed by another program")
    assert say(desk, "status", 1, status="accepted") == ""
    assert project.target_file("d").read_text(encoding="utf-8") == "Mine.\n"


def test_the_journal_is_bounded(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aligner.corpus.journal.STEPS", 3)
    assert STEPS > 3
    for number in range(6):
        say(desk, "note", 1, note=str(number))
    undone = []
    while not (outcome := desk.undo(version=desk.read().version)).refused:
        undone.append(outcome.sheet.bitext.beads[1].note)
    assert undone == ["4", "3", "2"]
    assert len(list(desk.journal.folder.glob("*.z"))) <= 2 * 4
    monkeypatch.setattr("aligner.corpus.journal.STORE", 1)
    say(desk, "note", 1, note="new")
    assert len(desk.journal.load().states) == 2, "the last edit can always be taken back"


def test_without_its_folder_only_the_undo_is_lost(desk: Desk, files: Files) -> None:
    say(desk, "text", 1, text="One cat.")
    for path in desk.journal.folder.glob("*.z"):
        path.unlink()
    before = files()
    assert desk.undo(version=desk.read().version).refused.startswith("the earlier version is lost")
    assert files() == before
    (desk.journal.folder / "journal.json").write_text("{", encoding="utf-8")
    assert desk.undo(version=desk.read().version).refused == "there is nothing to undo"
    assert say(desk, "text", 2, text="One dog.") == ""


def test_the_edits_of_a_file_are_taken_once_as_far_as_they_go(desk: Desk, project: Project) -> None:
    bitext, seen = desk.read().bitext, {"target": "One cat.", "status": "edited"}
    edits = [
        edit(bitext, "text", 1, text="One cat.", at="2026-01-01T00:00:01Z"),
        edit(bitext, "text", 2, text="x", at="2026-01-01T00:00:02Z", before={"target": "?", "status": "draft"}),
        edit(bitext, "merge", 3, at="2026-01-01T00:00:03Z"),
        edit(bitext, "text", 1, text="A.", at="2026-01-01T00:00:04Z", before=seen),
    ]
    planned = desk.take(edits, by="ada", dry_run=True)
    assert (desk.read().bitext, planned.edits) == (bitext, (edits[0], edits[2], edits[3]))
    taken = desk.take(edits, by="ada")
    assert ([conflict.edit for conflict in taken.conflicts], taken.edits) == ([edits[1]], planned.edits)
    assert taken.sheet.bitext.target_text(taken.sheet.bitext.beads[1]) == "A."
    for _ in range(2):
        again = Desk(project, "d").take(edits, by="ada")
        assert (again.sheet, again.edits) == (taken.sheet, ())
        assert say(desk, "status", 0, status="accepted") == ""
        say(desk, "status", 0, status="draft")
        taken = desk.take(edits, by="ada")


def test_taken_back_edits_may_come_again(desk: Desk) -> None:
    bitext = desk.read().bitext
    edits = [edit(bitext, "merge", 3, at="2026-01-01T00:00:03Z")]
    merged = desk.take(edits, by="ada").sheet
    desk.undo(version=merged.version)
    assert desk.take(edits, by="ada").sheet.bitext.beads == merged.bitext.beads


def test_a_document_that_is_missing_or_damaged_is_said(desk: Desk, project: Project) -> None:
    with pytest.raises(InputError, match="there are no aligned pairs"):
        Desk(project, "other").read()
    project.bitext_file("d").write_bytes(b"{\n")
    with pytest.raises(InputError, match="not JSON"):
        desk.read()


def test_one_writer_at_a_time(project: Project) -> None:
    with document_lock(project, "d"), document_lock(project, "another", patience=0.05):
        second = document_lock(project, "d", patience=0.05)
        with pytest.raises(EnvironmentProblem, match="another program is working on 'd'"), second:
            pass


def test_threads_wait_for_one_another_and_no_edit_is_lost(project: Project) -> None:
    def work(index: int) -> None:
        desk = Desk(project, "d")
        for number in range(5):
            assert say(desk, "note", index, note=f"{index} {number}") == ""

    threads = [threading.Thread(target=work, args=(index,)) for index in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    desk = Desk(project, "d")
    assert [bead.note for bead in desk.read().bitext.beads[:6]] == [f"{index} 4" for index in range(6)]
    steps = 0
    while not desk.undo(version=desk.read().version).refused:
        steps += 1
    assert steps == 30


KILLED = """
import os, signal, sys
from pathlib import Path
from aligner import files
from aligner.edit import Desk
from aligner.corpus import two_files as room
from aligner.corpus.store import open_project
from tests.unit.edit.conftest import edit

desk = Desk(open_project(Path(sys.argv[1])), "d")
sheet = desk.read()
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
desk.apply([edit(sheet.bitext, "text", 1, text="Killed here.")], by="ada", version=sheet.version)
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
    desk = Desk(project, "d", clock=lambda: NOW)
    desk.recover()
    sheet = desk.read()
    english = project.target_file("d").read_text(encoding="utf-8")
    assert sheet.bitext.target.sha256 == sha256(english)
    done = "Killed here." in english
    assert done == (sheet.bitext.beads[1].status is Status.EDITED)
    assert done or files() == before
    if code == 0:
        assert done
        return
    assert code == -signal.SIGKILL
    assert say(desk, "status", 3, status="accepted") == "", "the lock went with the program"
    assert desk.undo(version=desk.read().version).refused == ""
    if done:
        assert desk.undo(version=desk.read().version).refused == ""
        assert files() == before


def test_killed_between_the_two_files_the_step_is_finished(project: Project, desk: Desk, files: Files) -> None:
    """The one moment in which the two files do not fit each other."""
    say(desk, "text", 1, text="One cat.")
    done = files()
    desk.undo(version=desk.read().version)
    notes = desk.journal.load()
    desk.journal.save(type(notes)(notes.states, 0, 1, notes.edits))
    project.target_file("d").write_bytes(done[1])
    Desk(project, "d").recover()
    assert files() == done
    desk.journal.save(type(notes)(notes.states, 1, 0, notes.edits))
    project.target_file("d").write_text("Somebody else's.\n", encoding="utf-8")
    Desk(project, "d").recover()
    assert files() == (done[0], b"Somebody else's.\n"), "what another program wrote is left alone"


@pytest.mark.parametrize("number", [0, 1], ids=["English", "bitext"])
def test_a_disk_that_refuses_leaves_everything_as_it_was(
    desk: Desk, files: Files, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    say(desk, "text", 1, text="One cat.")
    before, notes = files(), desk.journal.load()
    refused = [desk.english_file, desk.bitext_file][number]

    def write(path: Path, data: bytes) -> None:
        if path == refused:
            raise EnvironmentProblem("cannot write (no space left on device)", where=path)
        write_atomically(path, data)

    with monkeypatch.context() as patched:
        patched.setattr("aligner.corpus.two_files.write_atomically", write)
        with pytest.raises(EnvironmentProblem, match="no space left"):
            say(desk, "text", 2, text="One dog.")
        version = desk.read().version
        with pytest.raises(EnvironmentProblem, match="no space left"):
            desk.undo(version=version)
    assert (files(), desk.journal.load()) == (before, notes)
    assert say(desk, "text", 2, text="One dog.") == ""


def test_a_journal_that_points_nowhere_is_none(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    (tmp_path / "journal.json").write_text(json.dumps({"states": [], "position": 3, "pending": None, "edits": []}))
    assert journal.load().states == ()
