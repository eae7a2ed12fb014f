"""A corpus is run, reviewed in the editor's server, run again: whatever a person did is still there."""

from __future__ import annotations

import http.client
import json
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from aligner.corpus.store import Project, open_project, read_bitext
from aligner.editing import OpenDocument
from aligner.model import Bead, Bitext, Kind, Status, sha256
from tests.end_to_end.conftest import ENVIRONMENT, Aligner
from tests.unit.editing.conftest import edit_json
from tests.unit.editing.server.conftest import Server, review

FRENCH = """\
Accord de coopération

La France a signé un accord. Oui. Le ministre est venu mardi. Il a remercié les deux délégations.
Le Conseil s'est réuni jeudi. Oui. La séance est levée.
"""
MORE, DRAFT = "Le débat continue.\n", "The debate continues."


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory, aligner: Aligner) -> Path:
    """A project that has been run, once for all tests."""
    folder = tmp_path_factory.mktemp("ran") / "project"
    (folder / "corpus/fr").mkdir(parents=True)
    (folder / "corpus/fr/lettre.txt").write_text(FRENCH, encoding="utf-8")
    aligner("run", folder=folder)
    return folder


@pytest.fixture
def folder(tmp_path: Path, ran: Path) -> Path:
    """A copy of it."""
    return shutil.copytree(ran, tmp_path / "project")


@pytest.fixture
def project(folder: Path) -> Project:
    """Where everything of it lies."""
    return open_project(folder / "corpus")


def bitext_of(project: Project) -> Bitext:
    return read_bitext(project.bitext_file("lettre"))


def said(bitext: Bitext) -> list[tuple[str, str, Status, str, str, str]]:
    """What a person sees of every bead that somebody has touched."""
    return [
        (bitext.source_text(b), bitext.target_text(b), b.status, b.note, b.by, b.changed) for b in bitext.beads if b.by
    ]


def bead_of(bitext: Bitext, source: str, number: int = 0) -> int:
    """The index of the bead with a source text, of the first such one unless told otherwise."""
    return [i for i, bead in enumerate(bitext.beads) if bitext.source_text(bead) == source][number]


def done(server: Server, op: str, french: str, number: int = 0, **fields: Any) -> None:
    """One edit, by the bead's source text."""
    answer = server.edit("lettre", op, bead_of(bitext_of(server.project), french, number), **fields)
    assert answer.status == 200, answer.body


def edit_everything(server: Server) -> None:
    """Every kind of edit, once."""
    done(server, "text", "La France a signé un accord.", text="France signed an agreement")
    done(server, "status", "Oui.", 1, status="accepted")
    done(server, "merge", "Le ministre est venu mardi.")
    done(server, "note", "Accord de coopération", note="Capitals?")
    done(server, "text", "Le Conseil s'est réuni jeudi.", text="")
    done(server, "split", "La séance est levée.", source=1, target=0)
    done(server, "status", "La séance est levée.", status="accepted")


@pytest.mark.parametrize("change", ["nothing", "more French", "force", "other rules"])
def test_all_edits_are_there_after_the_next_run(project: Project, folder: Path, aligner: Aligner, change: str) -> None:
    with review(project) as server:
        edit_everything(server)
        assert server.stop()[0] == 0
    before, english = bitext_of(project), project.target_file("lettre").read_text(encoding="utf-8")
    assert len(said(before)) == 7
    if change == "nothing":
        assert "Nothing to do" in aligner("run", folder=folder).stdout
    elif change == "force":
        aligner("run", "--force", folder=folder)
    elif change == "other rules":
        aligner("run", "--keep-boilerplate", folder=folder)
    else:
        (folder / "corpus/fr/lettre.txt").write_text(MORE + FRENCH + MORE, encoding="utf-8")
        aligner("run", folder=folder)
    after = bitext_of(project)
    assert said(after) == said(before)
    present = project.target_file("lettre").read_text(encoding="utf-8")
    assert present.split() == english.split() or change == "more French"
    assert present.replace(DRAFT, "").split() == english.split()
    if change == "nothing":
        assert after == before
    for name in ("tmx/lettre.fr-en.tmx", "tei/lettre.xml"):
        assert "France signed an agreement" in (folder / name).read_text(encoding="utf-8")
    assert '"note":"Capitals?","by":"ada"' in (folder / "review/lettre.html").read_text(encoding="utf-8")


def test_one_accepted_repetition_stays_the_only_one(project: Project, folder: Path, aligner: Aligner) -> None:
    with review(project) as server:
        done(server, "status", "Oui.", 1, status="accepted")
        server.stop()
    (folder / "corpus/fr/lettre.txt").write_text(FRENCH + MORE, encoding="utf-8")
    assert "1 renewed" in aligner("run", folder=folder).stdout
    bitext = bitext_of(project)
    statuses = [bead.status for bead in bitext.beads if bitext.source_text(bead) == "Oui."]
    assert statuses == [Status.DRAFT, Status.ACCEPTED]
    assert bitext.target_text(bitext.beads[-1]), "the machine goes on where the English is its own"


def test_a_merge_alone_is_kept(project: Project, folder: Path, aligner: Aligner) -> None:
    with review(project) as server:
        done(server, "merge", "Le ministre est venu mardi.")
        server.stop()
    aligner("run", "--force", folder=folder)
    bitext = bitext_of(project)
    bead = bitext.beads[bead_of(bitext, "Le ministre est venu mardi. Il a remercié les deux délégations.")]
    assert (bead.type, bead.kind, bead.by) == ("2-2", Kind.LOCKED, "ada")


def test_run_and_editor_at_the_same_time(project: Project, folder: Path) -> None:
    """The command runs again and again while somebody edits: no edit is lost, no file is torn."""
    stop = threading.Event()
    codes: list[int] = []

    def keep_running() -> None:
        while not stop.is_set():
            command = [sys.executable, "-m", "aligner", "run", "--force"]
            codes.append(
                subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, check=False).returncode
            )

    runner = threading.Thread(target=keep_running)
    runner.start()
    notes = []
    try:
        with review(project) as server:
            end = time.monotonic() + 6
            while time.monotonic() < end:
                notes.append(f"note {len(notes)}")
                while server.edit("lettre", "note", len(notes) % 3, note=notes[-1]).status != 200:
                    pass
                bitext = bitext_of(project)
                assert bitext.beads[len(notes) % 3].note == notes[-1]
            stop.set()
            runner.join()
            server.stop()
    finally:
        stop.set()
        runner.join()
    bitext = bitext_of(project)
    assert {bead.note for bead in bitext.beads[:3]} == set(notes[-3:])
    assert codes
    assert set(codes) == {0}


def keep_editing(server: Server, round_: int, answered: list[str]) -> None:
    """Edit the first bead until nobody answers."""
    for number in range(1000):
        text = f"Round {round_}, edit {number}."
        try:
            if server.edit("lettre", "text", 0, text=text).status == 200:
                answered.append(text)
        except (OSError, http.client.HTTPException):
            return


def test_killed_while_it_edits_nothing_is_torn(project: Project, aligner: Aligner, folder: Path) -> None:
    """Killed (-9) at any moment, the files fit each other, and every edit that was answered is there."""
    for round_ in range(4):
        with review(project) as server:
            answered: list[str] = []
            editor = threading.Thread(target=keep_editing, args=(server, round_, answered))
            editor.start()
            while not answered:
                time.sleep(0.01)
            time.sleep(0.05 + 0.13 * round_)
            server.stop(signal.SIGKILL)
            editor.join()
        opened = OpenDocument(project, "lettre")
        opened.recover()
        bitext, english = opened.read().bitext, project.target_file("lettre").read_text(encoding="utf-8")
        assert bitext.target.sha256 == sha256(english)
        number = int(bitext.target_text(bitext.beads[0]).removesuffix(".").split()[-1])
        assert number in (len(answered) - 1, len(answered)), "the last answered edit, or the one after it"
        assert english.startswith(f"Round {round_}, edit {number}.\n")
    aligner("run", folder=folder)
    assert bitext_of(project).beads[0].by == "ada"


def edits_file(folder: Path, bitext: Bitext, edits: list[dict[str, Any]]) -> Path:
    """A file as the static page saves it."""
    content = {
        "aligner-edits": 1, "document": "lettre", "languages": ["fr", "en"], "base": bitext.target.sha256,
        "version": "", "by": "Bob", "edits": edits,
    }  # fmt: skip
    path = folder / "lettre.edits.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_edits_of_the_static_page_come_back(project: Project, folder: Path, aligner: Aligner) -> None:
    start = bitext_of(project)
    with review(project) as server:
        done(server, "text", "Oui.", text="Yes, indeed.")
        server.stop()
    seen = {"target": "One.", "status": "edited"}
    edits = [
        edit_json(start, "text", 1, text="One.", at="2026-03-01T10:00:00Z"),
        edit_json(start, "text", 1, text="Two.", at="2026-03-01T10:00:05Z") | {"before": seen},
        edit_json(start, "text", 2, text="Not so.", at="2026-03-01T10:01:00Z"),
        edit_json(start, "merge", 3, at="2026-03-01T10:02:00Z"),
        edit_json(start, "status", 5, status="rejected", at="2026-03-01T10:03:00Z"),
    ]
    path = edits_file(folder, start, edits)
    before = bitext_of(project)
    planned = aligner("import", path, "--dry-run", folder=folder, code=1)
    assert bitext_of(project) == before
    first = aligner("import", path, folder=folder, code=1)
    assert first.stderr == planned.stderr
    assert first.stderr == (
        "aligner: lettre:2.2: this pair was changed in the meantime\n"
        "  source: Oui.\n  corpus: Yes, indeed.\n  file:   Not so.\n"
    )
    last = "5 units read: 2 edited, 1 accepted or remarked on, 1 merged, split or moved, 1 conflict."
    assert first.stdout.splitlines()[-1] == last
    after = bitext_of(project)
    touched = [bead for bead in after.beads if bead.by == "Bob"]
    assert [(bead.type, bead.status, bead.changed) for bead in touched] == [
        ("1-1", Status.EDITED, "2026-03-01T10:00:05Z"),
        ("2-2", Status.DRAFT, "2026-03-01T10:02:00Z"),
        ("1-1", Status.REJECTED, "2026-03-01T10:03:00Z"),
    ]
    assert "Two." in (folder / "tmx/lettre.fr-en.tmx").read_text(encoding="utf-8")
    again = aligner("import", path, folder=folder, code=1)
    assert "0 edited, 0 accepted or remarked on, 1 conflict." in again.stdout
    assert bitext_of(project) == after
    path = edits_file(folder, start, [edits[0], edits[1], edits[3], edits[4]])
    assert "0 edited, 0 accepted or remarked on, 0 conflicts" in aligner("import", path, folder=folder).stdout
    assert "Nothing to do" in aligner("run", folder=folder).stdout


def test_what_is_missing_is_said_in_a_sentence(tmp_path: Path, folder: Path, aligner: Aligner) -> None:
    (tmp_path / "new/fr").mkdir(parents=True)
    done = aligner("review", "--corpus", "new", "--no-open", folder=tmp_path, code=2)
    assert done.stderr == "aligner: new/bitext: there are no aligned pairs; run `aligner run` first\n"
    done = aligner("review", "none", "--no-open", folder=folder, code=2)
    assert done.stderr == "aligner: corpus/bitext: there are no aligned pairs of 'none'; run `aligner run` first\n"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = aligner("review", "--no-open", "--port", port, folder=folder, code=3)
    sentence = f"aligner: cannot listen on port {port} (address already in use); choose another --port, or none\n"
    assert done.stderr == sentence


def test_a_bead_is_whose_it_was(project: Project) -> None:
    with review(project) as server:
        done(server, "status", "Oui.", status="accepted")
        server.stop()
    bead: Bead = bitext_of(project).beads[bead_of(bitext_of(project), "Oui.")]
    assert bead.by == "ada"
    assert bead.kind is Kind.CONSTRUCTED
