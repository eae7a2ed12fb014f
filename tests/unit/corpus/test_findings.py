"""The findings of a corpus, kept by document, are those of all its bitexts checked together."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.checks import check
from aligner.corpus import findings as room
from aligner.corpus.findings import check_corpus
from aligner.corpus.publish import Publisher
from aligner.corpus.store import Project
from aligner.formats import WriteOptions
from aligner.terms import Glossary
from tests.make import bitext, corpus

SAME = "Le comité s'est réuni hier soir."
TEXTS = {
    "a": [(SAME, "The committee met last night."), ("Il a 12 ans.", "He is 13.")],
    "b": [(SAME, "Yesterday evening the board came together."), ("Un mot.", "")],
    "c": [("Le vote est clos maintenant.", "The committee met last night."), ("Rien &amp; tout va.", "All goes.")],
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = [bitext(*pairs, name=name) for name, pairs in TEXTS.items()]
    return corpus(tmp_path, *made)


def together(project: Project, **choice: list[str]) -> list[object]:
    return list(check((project.bitext(name) for name in TEXTS), **choice))  # type: ignore[arg-type]


@pytest.mark.parametrize("choice", [{}, {"only": ["W6"]}, {"skip": ["W601"]}, {"only": ["E"]}])
def test_they_are_those_of_all_bitexts_together_the_second_time_too(
    project: Project, choice: dict[str, list[str]]
) -> None:
    expected = together(project, **choice)
    assert check_corpus(project, list(TEXTS), Glossary(), **choice) == expected  # type: ignore[arg-type]
    assert check_corpus(project, list(TEXTS), Glossary(), **choice) == expected  # type: ignore[arg-type]


def test_both_checks_of_consistency_find_something_here(project: Project) -> None:
    assert {finding.code for finding in check_corpus(project, list(TEXTS), Glossary())} >= {"W601", "W602", "E201"}


def test_what_did_not_change_is_not_checked_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    before = check_corpus(project, list(TEXTS), Glossary())
    monkeypatch.setattr(room, "check_alone", lambda *_, **__: pytest.fail("checked again"))
    assert check_corpus(project, list(TEXTS), Glossary()) == before


def test_what_is_found_for_a_page_is_not_looked_for_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    before = check_corpus(project, list(TEXTS), Glossary())
    (project.cache / "state.sqlite").unlink()
    publisher = Publisher(project, WriteOptions())
    for document in TEXTS:
        publisher.publish(document)
    publisher.close()
    monkeypatch.setattr(room, "check_alone", lambda *_, **__: pytest.fail("checked again"))
    assert check_corpus(project, list(TEXTS), Glossary()) == before
