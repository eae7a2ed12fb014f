"""Running the command as a user does: another process, its exit code, its two streams."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.end_to_end.warm import Warm

Aligner = Callable[..., "subprocess.CompletedProcess[str]"]

ENVIRONMENT = {**os.environ, "SOURCE_DATE_EPOCH": "1767225600", "COLUMNS": "200"}

_warm: list[Warm] = []
"""The process that runs the commands of this session, where the system can fork."""


@pytest.fixture(scope="session", autouse=True)
def account(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A cache of the tests' own: what the account's holds, or another process writes there, changes no test."""
    ENVIRONMENT["ALIGNER_CACHE"] = str(tmp_path_factory.mktemp("account"))


@pytest.fixture(scope="session", autouse=True)
def warm() -> Iterator[None]:
    """Keep a process with the program loaded, as long as tests of this folder run."""
    if not hasattr(os, "fork"):
        yield
        return
    with Warm() as started:
        _warm.append(started)
        yield
        _warm.clear()


def run_aligner(
    *arguments: str | Path,
    folder: Path,
    code: int = 0,
    text: str | None = None,
    fresh: bool = False,
    **environment: str,
) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder and check its exit code; a traceback is never right.

    With `fresh` Python itself is started; otherwise a process that has loaded the program forks (`Warm`).
    """
    command = [sys.executable, "-m", "aligner", *map(str, arguments)]
    if fresh or not _warm:
        done = subprocess.run(
            command, cwd=folder, env={**ENVIRONMENT, **environment}, capture_output=True, input=text, encoding="utf-8",
            check=False,
        )  # fmt: skip
    else:
        done = _forked(command, folder, {**ENVIRONMENT, **environment}, text)
    assert "Traceback" not in done.stderr
    assert done.returncode == code, done.stderr
    return done


def _forked(
    command: list[str], folder: Path, environment: dict[str, str], text: str | None
) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as told:
        given.write((text or "").encode())
        given.seek(0)
        streams = [stream.fileno() for stream in (given, said, told)]
        code = _warm[0].run(command[3:], folder=folder, environment=environment, streams=streams)
        for stream in (said, told):
            stream.seek(0)
        return subprocess.CompletedProcess(command, code, said.read().decode("utf-8"), told.read().decode("utf-8"))


@pytest.fixture(scope="session")
def aligner() -> Aligner:
    """The command: ``aligner("run", folder=…, code=0, text=standard input, VARIABLE="value")``."""
    return run_aligner
