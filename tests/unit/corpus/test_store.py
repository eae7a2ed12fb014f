"""Which documents there are: those with a source and pairs, and those that are left over."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

import pytest

from aligner.corpus.store import (
    Project,
    describe_left_over,
    open_project,
    write_bitext,
)
from aligner.errors import InputError
from tests import make

BITEXT = make.bitext(("Un.", "One."), name="x")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Pairs of three documents; the source of one of them is gone."""
    project = open_project(tmp_path / "corpus")
    (project.corpus / "fr").mkdir(parents=True)
    for name in ("a", "c"):
        (project.corpus / "fr" / f"{name}.txt").write_text("Un.", encoding="utf-8")
    for name in ("a", "été-1950", "c"):
        english = replace(BITEXT.target, file="corpus/en/été (1950).txt" if name == "été-1950" else "")
        write_bitext(project.bitext_file(name), replace(BITEXT, id=name, target=english))
    return project


def test_documents_without_a_source_are_passed_over_and_named(
    project: Project, caplog: pytest.LogCaptureFixture
) -> None:
    assert (project.left_over(), project.paired()) == (["été-1950"], ["a", "c"])
    assert project.documents(None) == ["a", "c"]
    assert [record.getMessage() for record in caplog.records] == [describe_left_over(["été-1950"])]


def test_one_that_is_named_is_there_and_said_to_be_left_over(
    project: Project, caplog: pytest.LogCaptureFixture
) -> None:
    assert project.documents(["a"]) == ["a"]
    assert caplog.records == []
    assert project.documents(["été-1950"]) == ["été-1950"]
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


def test_nothing_is_left_over_where_a_corpus_was_handed_on_without_its_sources(project: Project) -> None:
    for path in (project.corpus / "fr").iterdir():
        path.unlink()
    assert project.left_over() == ["a", "c", "été-1950"]
    with pytest.raises(InputError, match="no document has a source"):
        project.documents(None)
    (project.corpus / "fr").rmdir()
    assert project.left_over() == []
    assert project.documents(None) == ["a", "c", "été-1950"]


def test_the_english_of_a_document_that_is_left_over_keeps_its_name(project: Project) -> None:
    assert project.target_file("été-1950").name == "été (1950).txt"
    write_bitext(
        project.bitext_file("été-1950"), replace(BITEXT, target=replace(BITEXT.target, file="corpus/en/other.txt"))
    )
    assert project.target_file("été-1950").name == "été-1950.txt"


def test_a_message_names_the_first_five() -> None:
    said = describe_left_over([f"d{number}" for number in range(1, 8)])
    assert said.startswith("7 documents are left over: their sources are gone (d1, d2, d3, d4, d5, …); ")
