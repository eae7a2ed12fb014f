"""Two corpora in one folder: the second one does not replace the exports of the first."""

from __future__ import annotations

from pathlib import Path

from tests.end_to_end.conftest import Aligner


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_two_corpora_side_by_side(tmp_path: Path, aligner: Aligner) -> None:
    for name, text in (("corpus", "Le texte est clair.\n"), ("c2", "Le vote est clos.\n")):
        (tmp_path / name / "fr").mkdir(parents=True)
        (tmp_path / name / "fr" / "lettre.txt").write_text(text, encoding="utf-8")
    aligner("run", folder=tmp_path)
    before = files(tmp_path)
    for command in (("run",), ("review", "--no-open"), ("import", "tmx/lettre.fr-en.tmx")):
        done = aligner(*command, "--corpus", "c2", folder=tmp_path, code=2)
        assert f"another corpus here, {tmp_path / 'corpus'}" in done.stderr
        assert "--output DIR" in done.stderr
    assert files(tmp_path) == before
    aligner("run", "--corpus", "c2", "--output", "out", folder=tmp_path)
    assert "another corpus" in aligner("export", "--corpus", "c2", folder=tmp_path, code=2).stderr
    aligner("export", "--corpus", "c2", "--output", "tables", "--format", "tsv", folder=tmp_path)
    assert {path: data for path, data in files(tmp_path).items() if path in before} == before
