"""A result replaces what aligner wrote there itself, and nothing that a person made of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end.conftest import Aligner

MINE = "It is my own sentence.\n"
REFUSED = "it is there already, and not as aligner wrote it; choose another output, or replace it with --overwrite"
COMMANDS = {
    "translate": ("translate", "a.txt", "-o", "b.txt"),
    "lines": ("translate", "--lines", "a.txt", "-o", "b.txt"),
    "segment": ("segment", "a.txt", "-o", "b.txt"),
    "align": ("align", "a.txt", "a.txt", "-o", "b.txt"),
    "diff": ("diff", "a.txt", "c.txt", "-o", "b.txt"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two texts."""
    for name in ("a.txt", "c.txt"):
        (tmp_path / name).write_text(f"Le chat dort.\nIl pleut ({name}).\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_only_own_results_are_replaced(folder: Path, aligner: Aligner, command: tuple[str, ...]) -> None:
    output, cache = folder / "b.txt", str(folder / "cache")
    output.touch()  # as mktemp makes it: nothing is lost
    aligner(*command, folder=folder, ALIGNER_CACHE=cache)
    result = output.read_bytes()
    aligner(*command, folder=folder, ALIGNER_CACHE=cache)
    assert output.read_bytes() == result

    output.write_text(MINE, encoding="utf-8")
    done = aligner(*command, folder=folder, code=2, ALIGNER_CACHE=cache)
    assert f"aligner: b.txt: {REFUSED}" in done.stderr
    assert output.read_text(encoding="utf-8") == MINE
    aligner(*command, "--overwrite", folder=folder, ALIGNER_CACHE=cache)
    assert output.read_bytes() == result
    aligner(*command, folder=folder, ALIGNER_CACHE=cache)


def test_the_source_is_spared_even_so(folder: Path, aligner: Aligner) -> None:
    done = aligner("segment", "a.txt", "-o", "a.txt", "--overwrite", folder=folder, code=2)
    assert "would overwrite the source" in done.stderr


def test_nothing_is_translated_where_one_of_several_is_a_persons(folder: Path, aligner: Aligner) -> None:
    (folder / "en").mkdir()
    (folder / "en" / "c.txt").write_text(MINE, encoding="utf-8")
    for command in ("translate", "a.txt", "c.txt", "-o", "en"), ("align", ".", ".", "-f", "tsv", "-o", "en"):
        (folder / "en" / "c.tsv").write_text(MINE, encoding="utf-8")
        assert REFUSED in aligner(*command, folder=folder, code=2).stderr
        assert sorted(path.name for path in (folder / "en").iterdir()) == ["c.tsv", "c.txt"]


def test_candidates_that_were_edited_stay(folder: Path, aligner: Aligner) -> None:
    (folder / "corpus" / "bitext").mkdir(parents=True)
    (folder / "candidates.tsv").write_text(MINE, encoding="utf-8")
    assert REFUSED in aligner("terms", "extract", "-o", "candidates.tsv", folder=folder, code=2).stderr


def test_without_a_cache_every_file_counts_as_a_persons(folder: Path, aligner: Aligner) -> None:
    cache = str(folder / "a.txt" / "no-folder")
    aligner("segment", "a.txt", "-o", "b.txt", folder=folder, ALIGNER_CACHE=cache)
    assert REFUSED in aligner("segment", "a.txt", "-o", "b.txt", folder=folder, code=2, ALIGNER_CACHE=cache).stderr


@pytest.mark.parametrize(
    ("options", "name"),
    [
        (("-f", "xliff"), "a.fr-en.xlf"),
        (("-f", "xlsx"), "a.fr-en.xlsx"),
        (("-f", "xliff", "--one-file"), "corpus.fr-en.xlf"),
    ],
)
def test_what_a_translator_filled_in_is_not_exported_over(
    folder: Path, aligner: Aligner, options: tuple[str, ...], name: str
) -> None:
    (folder / "corpus" / "fr").mkdir(parents=True)
    (folder / "a.txt").rename(folder / "corpus" / "fr" / "a.txt")
    aligner("run", folder=folder)
    command, output = ("export", *options, "-o", "out"), folder / "out" / name
    aligner(*command, folder=folder)
    written = output.read_bytes()
    aligner(*command, folder=folder)
    output.write_bytes(written + b"\n")
    assert REFUSED in aligner(*command, folder=folder, code=2).stderr
    assert output.read_bytes() == written + b"\n"
    aligner(*command, "--overwrite", folder=folder)
    assert output.read_bytes() == written
