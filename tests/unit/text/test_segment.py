"""Paragraphs, numbers, roles and speed of `segment`."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from aligner.model import Role
from aligner.text import segment

LINES = "Un titre\r\n\r\nUne phrase. Une autre.\rUne ligne.\u2028La fin.\x0cVoilà.\n"


def test_paragraphs_are_lines() -> None:
    found = [(s.locator, s.text) for s in segment(LINES, "fr")]
    assert found == [
        ("1.1", "Un titre"), ("2.1", "Une phrase."), ("2.2", "Une autre."), ("3.1", "Une ligne."), ("4.1", "La fin."),
        ("5.1", "Voilà."),
    ]  # fmt: skip


def test_blank_lines_divide_hard_wrapped_text() -> None:
    text = "Une phrase qui\ncontinue. Une\nautre.\n \n\n1. Un point\nlong.\n2. Le suivant."
    found = [(s.locator, s.text) for s in segment(text, "fr", paragraphs="blank")]
    assert found == [
        ("1.1", "Une phrase qui\ncontinue."), ("1.2", "Une\nautre."), ("2.1", "1. Un point\nlong."),
        ("2.2", "2. Le suivant."),
    ]  # fmt: skip


def test_offsets_with_marks_and_odd_characters() -> None:
    text = "\ufeffOui\ud800 ! \U0001f600 Non.\u00a0 Si."
    segments = segment(text, "fr")
    assert [text[s.start : s.end] for s in segments] == ["Oui\ud800 !", "\U0001f600 Non.", "Si."]
    assert segments[0].start == 1


def test_inner_no_break_spaces_stay() -> None:
    assert segment("«\u00a0Oui\u202f!\u00a0» dit-il.", "fr")[0].text == "«\u00a0Oui\u202f!\u00a0» dit-il."


def test_roles() -> None:
    text = "Page d'accueil>>Chine\nUn accord historique\nLa Chine a signé. Elle l’a dit.\nI. Contexte\nTout va bien.\n•"
    found = [(s.role, s.rule) for s in segment(text, "fr")]
    heading, plain = (Role.HEADING, ""), (Role.TEXT, "")
    assert found == [
        (Role.BOILERPLATE, "breadcrumb"),
        heading,
        plain,
        plain,
        heading,
        plain,
        (Role.BOILERPLATE, "bullet"),
    ]


def test_boilerplate_can_be_left_unmarked() -> None:
    assert [s.role for s in segment("Un texte.\nImprimer", "fr", boilerplate=False)] == [Role.TEXT, Role.HEADING]


def test_importing_is_light() -> None:
    code = "import aligner.text, sys; sys.exit(bool({'lxml', 'numpy', 'lxml.etree'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    "unit", ["a", ".", '"', "M. ", " ", "! ", "1. ", "« ", "p. ex. ", "...", "1.1.", "(", "a\n", ").", "\u00a0"]
)
@pytest.mark.parametrize("language", ["fr", "en", "de"])
def test_hostile_text_takes_linear_time(unit: str, language: str) -> None:
    """A fraction of a second; where time grew with the square of the length it would be minutes."""
    text = (unit * 60_000)[:60_000]
    started = time.process_time()
    segment(text, language)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("name", "least"),
    [("fr_gsd", 0.976), ("fr_sequoia", 0.871), ("fr_pud", 0.993), ("en_ewt", 0.867), ("en_pud", 0.998)],
)
def test_development_sets(shared: Path, name: str, least: float) -> None:
    """At least the best published package in every column (see docs/segmentation.md)."""
    command = [
        sys.executable,
        "benchmarks/segmentation.py",
        "--data",
        str(shared / "segmentation"),
        "--only",
        name,
        "--json",
    ]
    result = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[3])
    assert json.loads(result.stdout)[name]["aligner"] >= least
