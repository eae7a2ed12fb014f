"""What is said where OmegaT cannot be asked; `tests/end_to_end/test_omegat.py` asks it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from aligner.corpus.store import Project
from aligner.errors import EnvironmentProblem
from aligner.model import Kind, Origin
from aligner.omegat.check import VARIABLE, MatchRate, match_rates
from aligner.text import builtin_srx
from tests import make

TEXT = "Il part. Elle reste."


@pytest.fixture
def project(tmp_path: Path) -> Project:
    beads = make.beads(2, kind=Kind.CONSTRUCTED, origin=Origin.MACHINE)
    return make.corpus(tmp_path, make.bitext_of(TEXT, TEXT, beads, name="a"), sources={"a.txt": TEXT})


def ask(project: Project) -> list[MatchRate]:
    return list(match_rates(project, ["a"], rules=builtin_srx()))


def java(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program called java first on the path, and a jar where it is looked for."""
    program, jar = folder / "bin/java", folder / "OmegaT.jar"
    program.parent.mkdir()
    program.write_text(f"#!{sys.executable}\n{script}", encoding="utf-8")
    program.chmod(0o755)
    jar.touch()
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv(VARIABLE, str(jar))


def test_without_omegat_or_java(project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "nowhere.jar"))
    with pytest.raises(EnvironmentProblem, match=r"OmegaT is not installed; install it .* variable OMEGAT_JAR"):
        ask(project)
    (tmp_path / "nowhere.jar").touch()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EnvironmentProblem, match="Java, which OmegaT needs, is not installed"):
        ask(project)


def test_an_omegat_that_fails_is_quoted(project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    java(tmp_path, "import sys; sys.exit('first line\\nno display')", monkeypatch)
    with pytest.raises(EnvironmentProblem, match="OmegaT did not say how it cuts the text: no display"):
        ask(project)
