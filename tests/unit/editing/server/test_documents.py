"""Which documents the server knows, and how it lists them."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from aligner.corpus import facts
from aligner.corpus.state import CorpusState
from aligner.editing.server.documents import Documents
from aligner.editing.server.listing import DocumentList
from aligner.model import Status
from aligner.pages.listing import FIGURES, document_row
from tests import make
from tests.unit.editing.server.conftest import small_corpus


def test_a_document_that_is_left_over_is_served_only_by_name(tmp_path: Path) -> None:
    project = small_corpus(tmp_path)
    every, named = Documents(project, token=""), Documents(project, token="", wanted=["d"])
    assert every.names() == ["broken", "d", "été.2"]
    source = project.corpus / "fr/d.txt"
    text = source.read_bytes()
    source.unlink()
    assert (every.names(), named.names()) == (["broken", "été.2"], ["d"])
    source.write_bytes(text)
    assert every.names() == ["broken", "d", "été.2"]


def test_what_the_state_knows_is_listed_without_reading_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"d{number}" for number in range(3)]
    bitexts = [make.bitext(("Oui.", "Yes."), ("Non.", "No."), name=name) for name in names]
    project = make.corpus(tmp_path, *bitexts, sources={f"{name}.txt": "Oui. Non." for name in names})
    assert len(DocumentList(Documents(project, token="")).view({})["rows"]) == 3
    time.sleep(0.05)  # until a change of the files would show in their stamps
    DocumentList(Documents(project, token="")).view({})

    def refuse(path: Path) -> bytes:
        raise AssertionError(path)

    monkeypatch.setattr(facts, "read_bytes", refuse)
    listed = DocumentList(Documents(project, token=""))
    row = listed.view({"text": "d1"})["rows"][0]
    assert (row["id"], row["pairs"], row["reviewed"], row["address"]) == ("d1", 2, 0, "/d1")
    assert listed.listed().damaged == ()


def test_figures_are_those_of_the_whole_row(tmp_path: Path) -> None:
    accepted, unsure = {"status": Status.ACCEPTED}, {"confidence": 0.5}
    bitext = make.bitext(("Oui.", "Yes.", accepted), ("Il y a 12 chats.", "There are 13 cats.", unsure), name="d")
    project = make.corpus(tmp_path, bitext, sources={"d.txt": "Oui."})
    state = CorpusState(project)
    row = document_row(facts.facts_of(project, "d", state).summary, "/d")
    ((_, figures),) = facts.known_figures(project, state).values()
    assert {**row, "means": [value for value, _ in row["means"]], "words": tuple(row["words"])} == {
        **row,
        **{name: figures[name] for name in FIGURES},
        "means": [value for value, _ in figures["means"]],
    }
