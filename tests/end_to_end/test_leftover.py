"""Sources that are deleted or renamed, with the real model: what is said, what is left out, what is removed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from aligner.corpus.store import open_project, read_bitext
from aligner.editing import OpenDocument
from aligner.editing.edits import Before, SetStatus
from aligner.model import Status
from tests.end_to_end.conftest import Aligner
from tests.end_to_end.test_run import LETTER, NOTE, beads, snapshot

SAID = "aligner: 1 document is left over: its source is gone (note); put it back, or see `aligner prune`\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, aligner: Aligner) -> Path:
    """A project that has been run once."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "corpus/fr").mkdir(parents=True)
    for name, text in (("lettre", LETTER), ("note", NOTE)):
        (folder / f"corpus/fr/{name}.txt").write_text(text, encoding="utf-8")
    aligner("run", folder=folder)
    return folder


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Path:
    """A copy of that project, to change."""
    return Path(shutil.copytree(made, tmp_path / "copy"))


def accept(folder: Path, document: str) -> None:
    """Accept the first pair of a document."""
    opened = OpenDocument(open_project(folder / "corpus"), document)
    bitext = opened.read().bitext
    before = Before(bitext.target_text(bitext.beads[0]), Status.DRAFT)
    assert not opened.apply([SetStatus(bead="1.1", before=before, status=Status.ACCEPTED)], by="ada").refused


def test_a_deleted_document_is_said_and_takes_no_part(project: Path, aligner: Aligner) -> None:
    (project / "corpus/fr/note.txt").unlink()
    for command in (("check",), ("export", "--one-file", "-o", "out"), ("terms", "extract"), ("diff", "--machine")):
        done = aligner(*command, folder=project)
        assert done.stderr.startswith(SAID)
        assert "note:" not in done.stdout
    assert "note:" not in (project / "out/corpus.fr-en.tmx").read_text(encoding="utf-8")
    aligner("export", "--format", "omegat-project", "-o", "omegat", folder=project)
    assert [path.name for path in (project / "omegat/source").iterdir()] == ["lettre.txt"]

    done = aligner("run", folder=project)
    assert done.stderr == SAID
    assert "1 unchanged" in done.stdout
    for page in ("index", "lettre"):
        assert "note.html" not in (project / f"review/{page}.html").read_text(encoding="utf-8")


def test_a_deleted_document_that_is_named_is_still_there(project: Path, aligner: Aligner) -> None:
    (project / "corpus/fr/note.txt").unlink()
    done = aligner("export", "note", "-o", "out", folder=project)
    assert done.stderr.startswith(SAID)
    assert (project / "out/note.fr-en.tmx").exists()
    done = aligner("export", "note", "--format", "omegat-project", "-o", "omegat", folder=project, code=2)
    assert "the source of 'note' is gone; put it back or leave the document out" in done.stderr


def test_prune_removes_what_aligner_made(project: Path, aligner: Aligner) -> None:
    aligner("run", folder=project)
    assert "Nothing to prune: every document has its source." in aligner("prune", folder=project).stdout
    (project / "corpus/fr/note.txt").unlink()
    before = snapshot(project)
    dry = aligner("prune", "--dry-run", folder=project).stdout
    assert snapshot(project) == before
    assert "5 files would be removed." in dry
    done = aligner("prune", "note", folder=project).stdout
    assert dry.replace("would be removed", "removed") == done
    assert [name for name in snapshot(project) if "note" in name] == []
    assert aligner("run", folder=project).stderr == ""


def test_prune_keeps_what_a_person_did_and_it_stays_a_memory(project: Path, aligner: Aligner) -> None:
    accept(project, "note")
    (project / "corpus/fr/lettre.txt").write_text(LETTER + NOTE, encoding="utf-8")
    aligner("run", folder=project)
    assert "memory" in [bead["origin"] for bead in beads(project, "lettre")]
    (project / "corpus/fr/note.txt").unlink()
    before = beads(project, "lettre")
    aligner("run", folder=project)
    done = aligner("prune", folder=project).stdout
    assert "stays: a person wrote or reviewed 1 pair" in done
    assert "3 files removed, 2 files stay." in done
    assert (project / "corpus/en/note.txt").exists()
    aligner("run", "--force", folder=project)
    assert beads(project, "lettre") == before
    (project / "corpus/fr/note.txt").write_text(NOTE, encoding="utf-8")
    assert aligner("run", folder=project).stderr == ""
    assert beads(project, "note")[0]["status"] == "accepted"


def test_a_renamed_document_keeps_its_review(project: Path, aligner: Aligner) -> None:
    accept(project, "note")
    aligner("run", folder=project)
    (project / "corpus/fr/note.txt").rename(project / "corpus/fr/séance du 9 mai.txt")
    done = aligner("run", folder=project)
    assert done.stderr == "aligner: 'note' was renamed to 'séance-du-9-mai': its 1 reviewed pair went with it\n"
    assert "0 segments translated by the model" in done.stdout
    files = [name for name in snapshot(project) if not any(other in name for other in ("lettre", "index", "search"))]
    assert files == [
        "corpus/bitext/séance-du-9-mai.fr-en.jsonl",
        "corpus/en/séance du 9 mai.txt",
        "corpus/fr/séance du 9 mai.txt",
        "review/séance-du-9-mai.html",
        "tei/séance-du-9-mai.xml",
        "tmx/séance-du-9-mai.fr-en.tmx",
    ]
    assert beads(project, "séance-du-9-mai")[0]["status"] == "accepted"
    assert read_bitext(project / files[0]).id == "séance-du-9-mai"
    assert "Nothing to do: all 2 documents are up to date" in aligner("run", folder=project).stdout


def test_two_candidates_are_said(project: Path, aligner: Aligner) -> None:
    source = project / "corpus/fr/note.txt"
    for name in ("a", "b"):
        shutil.copy(source, source.with_name(f"{name}.txt"))
    source.unlink()
    done = aligner("run", folder=project)
    assert "'note' is left over, with the text of 'a' and 'b': which of them was renamed is not known" in done.stderr
    assert SAID in done.stderr
    header = json.loads((project / "corpus/bitext/a.fr-en.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert header["id"] == "a"
