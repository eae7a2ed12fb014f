"""Texts as they come, through the whole job: hard-wrapped, a table, another language."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Aligner

WRAPPED = """\
Le facteur montait chaque jour jusqu'au hameau, où personne ne
l'attendait plus. Il posait son sac sur le banc, buvait un ver-
re d'eau à la fontaine et redescendait vers la ville par le che-
min des vignes.
"""
TABLE = "Nom\tPrix\tVille\nMarie Blanc\t14,00 €\tLille\n\t2 031\tBrest\n"
ENGLISH = """\
The mayor opened the meeting at eight and the council voted on the budget of the town without debate. The people who
had come with their children stayed in the hall for what was to follow.
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, aligner: Aligner) -> tuple[Path, str]:
    """A corpus that has been run once, and what was said."""
    folder = tmp_path_factory.mktemp("texts")
    (folder / "corpus/fr").mkdir(parents=True)
    for name, text in (("wrapped", WRAPPED), ("table", TABLE), ("english", ENGLISH)):
        (folder / f"corpus/fr/{name}.txt").write_text(text, encoding="utf-8")
    done = aligner("run", folder=folder, code=2)
    return folder, done.stderr


def lines(folder: Path, document: str) -> list[dict[str, object]]:
    content = (folder / f"corpus/bitext/{document}.fr-en.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in content.splitlines()[1:]]


def test_another_language_is_named_and_not_translated(made: tuple[Path, str], aligner: Aligner, tmp_path: Path) -> None:
    folder, said = made
    assert "english.txt: this reads as English, not French: it is not translated" in said
    assert not (folder / "corpus/en/english.txt").exists()
    source = folder / "corpus/fr/english.txt"
    done = aligner("translate", str(source), "-o", "out.txt", folder=tmp_path, code=2)
    assert "reads as English" in done.stderr
    assert not (tmp_path / "out.txt").exists()
    aligner("translate", str(source), "-o", "out.txt", "--any-language", folder=tmp_path)
    assert (tmp_path / "out.txt").exists()


def test_wrapped_lines_are_joined_with_a_word(made: tuple[Path, str], aligner: Aligner, tmp_path: Path) -> None:
    folder, said = made
    assert "wrapped: its lines end where the page was full" in said
    found = [bead["source"][0] for bead in lines(folder, "wrapped")]  # type: ignore[index]
    assert [segment["text"] for segment in found][1].endswith("buvait un verre d'eau à la fontaine et redescendait vers la ville par le chemin des vignes.")  # noqa: E501 # fmt: skip
    assert WRAPPED[found[1]["start"] : found[1]["end"]].endswith("le che-\nmin des vignes.")
    tmx = (folder / "tmx/wrapped.fr-en.tmx").read_text(encoding="utf-8")
    assert "buvait un verre d'eau à la fontaine" in tmx.replace("’", "'")
    copy = tmp_path / "copy"
    shutil.copytree(folder / "corpus", copy / "corpus")
    (copy / "corpus/fr/english.txt").unlink()
    done = aligner("run", "--no-wrapped", folder=copy)
    assert "the page was full" not in done.stderr
    assert len(lines(copy, "wrapped")) > 2


def test_cells_stay_cells_in_order(made: tuple[Path, str]) -> None:
    folder, _ = made
    rows = [line.split("\t") for line in (folder / "corpus/en/table.txt").read_text(encoding="utf-8").splitlines()]
    assert [len(row) for row in rows] == [3, 3, 3]
    assert "14" in rows[1][1]
    assert rows[2][0] == ""
    assert "031" in rows[2][1]


def test_nothing_to_do_the_second_time(made: tuple[Path, str], aligner: Aligner, tmp_path: Path) -> None:
    shutil.copytree(made[0], tmp_path / "again")
    (tmp_path / "again/corpus/fr/english.txt").unlink()
    aligner("run", folder=tmp_path / "again")  # the index no longer names the document that was taken out
    assert "Nothing to do" in aligner("run", folder=tmp_path / "again").stdout
