"""A source that changed since the last run is named; one that was only touched or copied is not."""

from __future__ import annotations

import logging
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from aligner.corpus.stale import changed_sources, describe_changed
from aligner.corpus.state import CorpusState, stamp_of
from aligner.corpus.store import Project, open_project
from aligner.model import sha256
from tests import make

TEXT = "Un.\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Three documents, as a run leaves them."""
    texts = [make.bitext(("Un.", "One."), name=name) for name in ("a", "b", "c")]
    for each in texts:
        object.__setattr__(each.source, "sha256", sha256(TEXT))
    project = make.corpus(tmp_path / "project", *texts, sources={f"{each.id}.txt": TEXT for each in texts})
    with closing(CorpusState(project)) as state:
        for document, source in project.sources().items():
            stamps = "\n".join([stamp_of(source), "", "", ""])
            state.write("INSERT INTO document VALUES (?, ?, '', ?, '[]')", (project.pair, document, stamps))
    return project


def test_a_changed_source_is_named_once(project: Project, caplog: pytest.LogCaptureFixture) -> None:
    project.sources()["b"].write_text("Deux.\n", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        assert project.documents(None) == ["a", "b", "c"]
        assert project.documents(["a"]) == ["a"]
    assert [record.getMessage() for record in caplog.records] == [describe_changed(["b"])]


def test_what_was_touched_or_copied_has_not_changed(project: Project, tmp_path: Path) -> None:
    project.sources()["a"].write_text(TEXT, encoding="utf-8")
    shutil.copytree(project.output, tmp_path / "elsewhere" / "copy")
    moved = open_project(tmp_path / "elsewhere" / "copy" / project.corpus.name)
    assert changed_sources(project, ["a", "b", "c"]) == []
    assert changed_sources(moved, ["a", "b", "c"]) == []


def test_asking_leaves_nothing_behind(project: Project) -> None:
    shutil.rmtree(project.cache)
    project.sources()["b"].write_text("Deux.\n", encoding="utf-8")
    assert changed_sources(project, ["a", "b", "c"]) == []
    assert not project.cache.exists()


def test_many_are_counted_and_the_first_named() -> None:
    said = describe_changed([f"d{number}" for number in range(1, 8)])
    assert said == (
        "the sources of 7 documents changed since they were aligned (d1, d2, d3, d4, d5, …): `aligner run` first"
    )
