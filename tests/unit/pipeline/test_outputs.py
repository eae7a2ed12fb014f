"""Whose exports lie in an output folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.corpus.outputs import check_outputs, claim_outputs
from aligner.corpus.store import open_project
from aligner.errors import InputError
from aligner.model import Languages


@pytest.fixture
def corpora(tmp_path: Path) -> tuple[Path, Path]:
    """Two corpora side by side; the exports beside them are the first one's."""
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    check_outputs(open_project(first))
    claim_outputs(open_project(first))
    return first, second


def test_outputs_of_another_corpus_are_refused_and_its_own_are_not(corpora: tuple[Path, Path], tmp_path: Path) -> None:
    first, second = corpora
    for project in (
        open_project(first),
        open_project(first, Languages("fr", "de")),
        open_project(second, output=tmp_path / "o"),
    ):
        check_outputs(project)
    with pytest.raises(InputError, match=f"another corpus here, {first}") as caught:
        check_outputs(open_project(second))
    assert caught.value.hint == "choose another folder with --output DIR"


def test_a_project_may_be_moved_whole(corpora: tuple[Path, Path], tmp_path: Path) -> None:
    moved = tmp_path.rename(tmp_path.with_name("moved"))
    check_outputs(open_project(moved / "first"))
    with pytest.raises(InputError):
        check_outputs(open_project(moved / "second"))
    moved.rename(tmp_path)


def test_a_corpus_that_has_another_name_now_keeps_its_outputs(corpora: tuple[Path, Path]) -> None:
    first, second = corpora
    renamed = first.rename(first.with_name("renamed"))
    check_outputs(open_project(renamed))
    claim_outputs(open_project(renamed))
    with pytest.raises(InputError):
        check_outputs(open_project(second))


@pytest.mark.parametrize("note", [b"", b"\xff\0", b"no/such/folder\n"])
def test_a_note_that_says_nothing_is_none(corpora: tuple[Path, Path], note: bytes) -> None:
    second = open_project(corpora[1])
    (second.cache / "corpus").write_bytes(note)
    check_outputs(second)


def test_the_corpus_may_be_reached_by_a_link(corpora: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link"
    link.symlink_to(corpora[0])
    check_outputs(open_project(link))
