"""``aligner evaluate`` prints scores, compares two systems and names bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from aligner.cli import explain
from aligner.cli.app import app
from aligner.errors import BAD_INPUT, FINE, AlignerError

REFERENCE = "The council met on Monday.\nNo one was hurt.\nThe two ministers signed a statement.\n"
GOOD = REFERENCE.replace("No one", "Nobody")
BAD = "The advice met Monday.\nPerson has not been wounded.\nBoth ministers have signed it.\n"


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    contents = {"reference": REFERENCE, "good": GOOD, "bad": BAD, "short": "One line.\n"}
    for name, content in contents.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return {name: str(tmp_path / name) for name in contents}


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["evaluate", *arguments], prog_name="aligner")
    if isinstance(result.exception, AlignerError):
        code, message = explain(result.exception)
        return code, result.stdout, f"{result.stderr}aligner: {message}\n"
    return result.exit_code, result.stdout, result.stderr


def test_table_and_signatures(files: dict[str, str]) -> None:
    code, output, _ = run(files["good"], files["reference"], "--bootstrap", "50")
    assert code == FINE
    assert output.startswith("3 lines\n")
    for metric in ("BLEU|nrefs:1|bs:50|seed:12345", "chrF2|nrefs:1", "TER|nrefs:1"):
        assert metric in output


def test_comparison_as_json(files: dict[str, str]) -> None:
    code, output, _ = run(files["good"], files["reference"], "--baseline", files["bad"], "--json", "--worst", "1")
    record = json.loads(output)
    assert code == FINE
    assert [each["name"] for each in record["comparisons"]] == ["BLEU", "chrF2", "TER"]
    assert record["comparisons"][0]["difference"] > 0
    assert record["worst"][0]["line"] == 2


def test_comparison_as_table(files: dict[str, str]) -> None:
    _, output, _ = run(files["good"], files["reference"], "--baseline", files["good"], "--worst", "1")
    assert "not significant" in output
    assert "should be:  No one was hurt." in output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["short", "reference"], "1 line, but the reference has 3"),
        (["good"], "two files are needed, not 1"),
        (["good", "reference", "bad"], "two files are needed, not 3"),
        (["good", "nowhere"], "there is no such file"),
        (["good", "reference", "--test", "magic"], "'magic' is not one of"),
        (["good", "reference", "--bootstrap", "3"], "3 bootstrap resamples are too few"),
    ],
)
def test_bad_input_is_one_sentence(files: dict[str, str], arguments: list[str], message: str) -> None:
    code, output, errors = run(*(files.get(each, each) for each in arguments))
    assert code == BAD_INPUT
    assert message in errors
    assert not output
    assert "Traceback" not in errors
