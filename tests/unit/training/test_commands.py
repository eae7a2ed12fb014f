"""The recipe as commands: from parallel text to a scored package."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from aligner.errors import AlignerError, InputError
from aligner.translation import open_translator, read_package
from tests.unit.training.conftest import WORDS, make_parent
from training.__main__ import app
from training.shards import read_shards

CONFIG = """
[data]
vocabulary = 640
least_used = 2
portuguese = 20
max_pieces = 40
[batch]
tokens = 512
window = 200
[model]
width = 16
heads = 8
feed_forward = 24
[train]
pieces = 0.004
warmup = 2
new_first = 4
keep = 2
[interpolation]
beam = 3
shortest = 5
least = 0.0
rare = 0
most = { default = 50 }
"""


def sentence(number: int) -> str:
    return " ".join(WORDS[(number * step) % 1000] for step in (1, 7, 13)).capitalize() + "."


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Write parallel text, a development set, a document and a configuration."""
    for folder in ("data", "data/dev", "documents"):
        (tmp_path / folder).mkdir()
    lines = [f"un\t{sentence(n)}\t{sentence(n + 300)}\n" for n in range(300)]
    (tmp_path / "data" / "part.tsv").write_text("".join(lines), encoding="utf-8")
    for side, shift in (("fr", 0), ("en", 300)):
        text = "".join(f"{sentence(n + shift)}\n" for n in range(5))
        (tmp_path / "data" / "dev" / f"un.{side}").write_text(text, encoding="utf-8")
    (tmp_path / "documents" / "a.txt").write_text(sentence(8), encoding="utf-8")
    (tmp_path / "own.toml").write_text(CONFIG, encoding="utf-8")
    make_parent(tmp_path / "run")
    return tmp_path


def run(project: Path, step: str, *arguments: str) -> str:
    options = [str(project / "own.toml"), *arguments]
    result = CliRunner().invoke(app, [step, *options], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def paths(project: Path) -> tuple[str, ...]:
    return ("--data", str(project / "data"), "--documents", str(project / "documents"), "--work", str(project / "run"))


def test_preparing_twice_does_nothing_the_second_time(project: Path) -> None:
    run(project, "prepare", *paths(project))
    shard = project / "run" / "shards" / "shard-000.npz"
    before = shard.stat().st_mtime_ns
    run(project, "prepare", *paths(project))
    assert shard.stat().st_mtime_ns == before
    assert json.loads((project / "run" / "prepared.json").read_text())["counts"]["protected"] == 6


def test_steps_out_of_order_are_explained(project: Path) -> None:
    pytest.importorskip("torch", reason="training needs PyTorch (the extra training)")
    for step in ("train", "cool", "convert", "package"):
        with pytest.raises(InputError) as caught:
            run(project, step, "--work", str(project / "run"))
        assert "run the step" in str(caught.value)


def test_the_whole_recipe(project: Path) -> None:
    pytest.importorskip("torch", reason="training needs PyTorch (the extra training)")
    run(project, "all", *paths(project), "--package-version", "3.1")
    package = read_package(project / "run" / "translate-fr_en.argosmodel")
    assert (package.source, package.target, package.version) == ("fr", "en", "3.1")
    assert "| un | 5 |" in package.readme
    assert "derived from" in package.readme
    run(project, "curve", "--dev", str(project / "data" / "dev"), "--work", str(project / "run"))
    (rendering,) = open_translator(package, cache=None).translate([sentence(20)])
    assert isinstance(rendering.text, str)
    before = package.path.read_bytes()
    run(project, "all", *paths(project), "--package-version", "3.1")  # nothing is trained again
    assert read_package(package.path).fingerprint == package.fingerprint
    assert len(package.path.read_bytes()) == pytest.approx(len(before), abs=200)  # the README holds speeds


def test_its_own_renderings_become_copies(project: Path) -> None:
    pytest.importorskip("torch", reason="training needs PyTorch (the extra training)")
    for step in ("prepare", "start", "train"):
        run(project, step, *(paths(project) if step == "prepare" else ("--work", str(project / "run"))))
    count, folder = len(read_shards(project / "run" / "shards")), project / "run" / "interpolated"
    added = {}
    for pairs in (20, 50):
        config = CONFIG.replace("[interpolation]", f"[interpolation]\npairs = {pairs}")
        (project / "own.toml").write_text(config, encoding="utf-8")
        run(project, "interpolate", "--dev", str(project / "data" / "dev"), *paths(project)[2:])
        shards = read_shards(project / "run" / "shards")
        added[pairs] = len(shards) - count
        assert json.loads((project / "run" / "prepared.json").read_text())["sources"]["interpolated"] == added[pairs]
    assert 0 < added[20] < added[50] <= 50
    assert shards.names[shards.corpora[-1]] == "interpolated"
    assert {path.name for path in folder.iterdir()} == {"0000-20.tsv", "0000-50.tsv"}
    run(project, "train", "--pieces", "0.006", "--work", str(project / "run"))  # training goes on, and sees the copies


def test_scores_of_a_real_package(project: Path, root: Path) -> None:
    model = root / "aligner" / "translation" / "data" / "translate-fr_en.argosmodel"
    development, output = project / "dev", project / "scores.json"
    development.mkdir()
    (development / "a.fr").write_text("Merci beaucoup.\nLa réunion est terminée.\n", encoding="utf-8")
    (development / "a.en").write_text("Thank you very much.\nThe meeting is over.\n", encoding="utf-8")
    (development / "b.fr").write_text("Où est la gare ?\n", encoding="utf-8")
    (development / "b.en").write_text("Where is the station?\n", encoding="utf-8")
    options = ["score", "--dev", str(development), "--model", str(model), "-o", str(output), "--lines", "2"]
    result = CliRunner().invoke(app, options, catch_exceptions=False)
    assert "| a | 2 |" in result.stdout
    figures = json.loads(output.read_text(encoding="utf-8"))
    assert list(figures["sets"]) == ["a", "b"]
    assert figures["sets"]["a"]["scores"][1]["score"] > 20
    assert figures["pieces_per_second"] > 0
    assert (project / "scores" / "b.en").read_text(encoding="utf-8").count("\n") == 1


def test_scoring_needs_both_sides(project: Path) -> None:
    (project / "data" / "dev" / "un.en").unlink()
    model = str(project / "none.argosmodel")
    options = ["score", "--dev", str(project / "data" / "dev"), "--model", model, "-o", str(project / "x.json")]
    with pytest.raises(AlignerError, match=r"no NAME\.fr and NAME\.en"):
        CliRunner().invoke(app, options, catch_exceptions=False)
