"""`aligner convert`: a file of pairs in another format, as a user runs it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.ctrl_c import LISTENING
from tests.end_to_end.conftest import ENVIRONMENT, run_aligner

TABLE = "source;target\nOui, enfin.;Yes, at last.\nNon.;No.\n"


def test_from_a_table_to_a_memory_and_back(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(TABLE, encoding="cp1252")
    refused = run_aligner("convert", "a.csv", "a.tmx", folder=tmp_path, code=2)
    assert "the file does not tell its languages; say them with --source and --target" in refused.stderr
    assert not (tmp_path / "a.tmx").exists()
    done = run_aligner("convert", "a.csv", "a.tmx", "--source", "fr", "--target", "en_GB", folder=tmp_path)
    assert done.stderr == "aligner: 2 units written to a.tmx\n"
    assert 'xml:lang="en-GB"' in (tmp_path / "a.tmx").read_text(encoding="utf-8")
    shown = run_aligner("convert", "a.tmx", "-", "--to", "tsv", folder=tmp_path).stdout.splitlines()
    assert [line.split("\t")[5:8] for line in shown[1:]] == [
        ["Oui, enfin.", "Yes, at last.", "fr en-GB"],
        ["Non.", "No.", "fr en-GB"],
    ]


def test_a_ladder_and_its_texts(tmp_path: Path) -> None:
    (tmp_path / "fr.txt").write_text("Un.\nDeux.\n")
    (tmp_path / "en.txt").write_text("One. Two.\n")
    (tmp_path / "align.txt").write_text("0\t0\t0.9\n2\t1\t0\n")
    run_aligner("convert", "align.txt", "a.tmx", "--texts", "fr.txt", "en.txt", "-s", "fr", "-t", "en", folder=tmp_path)
    assert "<seg>Un. Deux.</seg>" in (tmp_path / "a.tmx").read_text()
    (tmp_path / "corpus").mkdir()
    done = run_aligner("memory", "import", "a.tmx", folder=tmp_path)
    assert "a.tmx: 1 unit; wrote corpus/memory/a.tmx" in done.stderr


def test_memory_import_takes_what_convert_reads(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    files = tmp_path / "files"
    files.mkdir()
    (files / "a.csv").write_text(TABLE)
    (files / "b.tsv").write_text("English\tFrench\nPerhaps.\tPeut-être.\n", encoding="utf-16")
    done = run_aligner("memory", "import", "files", folder=tmp_path)
    assert "a.csv: 2 units; wrote corpus/memory/a.tmx" in done.stderr
    found = run_aligner("memory", "search", "Peut-être.", folder=tmp_path).stdout
    assert "Perhaps." in found


def test_what_is_there_is_spared(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("fr,en\nOui.,Yes.\n")
    (tmp_path / "a.tmx").write_text("mine")
    for arguments, message in (
        (("a.csv", "a.tmx"), "it is there already"),
        (("a.csv", "a.csv", "--to", "tsv", "--overwrite"), "the result would overwrite the source"),
        (("a.csv", "b.doc"), "the name does not tell a format"),
        (("nix.csv", "b.tmx"), "nix.csv: there is no such file"),
        (("a.csv", "b.tmx", "--from", "nix"), "there is no format 'nix' to read; choose one of tmx"),
        (("a.csv", "b.tmx", "--texts", "a.csv", "a.csv"), "this file has its texts in it"),
        (("a.csv", "b.tmx", "--source", "!"), "'!' is not a language code"),
    ):
        assert message in run_aligner("convert", *arguments, folder=tmp_path, code=2).stderr
    assert (tmp_path / "a.tmx").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "a.tmx"]


def test_ctrl_c_leaves_no_half_file(tmp_path: Path) -> None:
    lines = "".join(f"Phrase numéro {n}.\tSentence number {n}.\n" for n in range(400_000))
    (tmp_path / "a.tsv").write_text(f"fr\ten\n{lines}", encoding="utf-8")
    command = [sys.executable, "-m", "aligner", "convert", "a.tsv", "a.tmx"]
    process = subprocess.Popen(
        command, cwd=tmp_path, env=ENVIRONMENT, stderr=subprocess.PIPE, text=True, encoding="utf-8", **LISTENING
    )
    deadline = time.monotonic() + 60
    while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert said.startswith("aligner: stopped")
    assert [path.name for path in tmp_path.iterdir()] == ["a.tsv"]
