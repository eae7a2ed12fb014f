"""Which documents the server knows."""

from __future__ import annotations

from pathlib import Path

from aligner.editing.server.documents import Documents
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
