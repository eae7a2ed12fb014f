"""Running the command as a user does: another process, its exit code, its two streams."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Aligner = Callable[..., "subprocess.CompletedProcess[str]"]

ENVIRONMENT = {**os.environ, "SOURCE_DATE_EPOCH": "1767225600", "COLUMNS": "200"}


def run_aligner(
    *arguments: str | Path, folder: Path, code: int = 0, text: str | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder and check its exit code; a traceback is never right."""
    done = subprocess.run(
        [sys.executable, "-m", "aligner", *map(str, arguments)],
        cwd=folder, env={**ENVIRONMENT, **environment}, capture_output=True, input=text, encoding="utf-8", check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert done.returncode == code, done.stderr
    return done


@pytest.fixture(scope="session")
def aligner() -> Aligner:
    """The command: ``aligner("run", folder=…, code=0, text=standard input, VARIABLE="value")``."""
    return run_aligner
