"""What the state file says of exports: whose they are, and whether they are as aligner wrote them."""

from __future__ import annotations

import hashlib
import json

import aligner
from aligner.corpus.exported import ExportState
from aligner.corpus.exports import EXPORTS
from aligner.corpus.store import Project
from aligner.formats import WriteOptions
from aligner.model import Languages
from tests.unit.pipeline.conftest import Add, names


def test_a_changed_file_and_one_that_is_not_named_are_somebodys(project: Project, add: Add) -> None:
    add("a.txt")
    tmx, page = (project.export_file("a", EXPORTS[name]) for name in ("tmx", "html"))
    assert ExportState(project).is_as_written(tmx)
    tmx.write_bytes(tmx.read_bytes() + b" ")
    assert not ExportState(project).is_as_written(tmx)
    assert ExportState(project).is_as_written(page)
    (project.cache / "state.sqlite").unlink()
    assert not ExportState(project).is_as_written(page)


def test_exports_are_known_by_their_document_also_where_its_name_has_dots(project: Project, add: Add) -> None:
    add("été.2.txt")
    state = ExportState(project)
    assert names(state.documents()["été.2"]) == ["été.2.fr-en.tmx", "été.2.html", "été.2.xml"]
    other = Project(project.corpus, project.output, Languages("de", "en"))
    assert names(ExportState(other).documents()["été.2"]) == ["été.2.html", "été.2.xml"]


def test_older_state_files_are_understood(project: Project, add: Add) -> None:
    add("a.txt")
    path = project.export_file("a", EXPORTS["tmx"])
    former = hashlib.sha256(f"{aligner.__version__} {WriteOptions(keep_boilerplate=True)!r}".encode())
    former.update(hashlib.sha256(path.read_bytes()).digest())
    state = {"tmx/a.fr-en.tmx": f"key {former.hexdigest()}"}
    (project.cache / "exports.json").write_text(json.dumps(state), encoding="utf-8")
    assert ExportState(project).is_as_written(path)
