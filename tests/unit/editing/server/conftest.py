"""A real server, started as a user starts it, and a client that speaks plain HTTP to it."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from aligner.corpus.store import Project, open_project
from aligner.editing import OpenDocument
from tests.ctrl_c import LISTENING
from tests.unit.editing.conftest import (
    ENGLISH,
    bitext_of,
    edit_json,
    in_corpus,
)

ROOT = Path(__file__).resolve().parents[3]
Headers = dict[str, str]


@dataclass(frozen=True)
class Answer:
    """An answer, read to its end."""

    status: int
    headers: Headers
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


@dataclass
class Server:
    """A running `aligner review`."""

    process: subprocess.Popen[str]
    project: Project
    address: str
    port: int = field(init=False)
    token: str = field(init=False)

    def __post_init__(self) -> None:
        parts = urlsplit(self.address)
        assert parts.hostname == "127.0.0.1"
        self.port = parts.port or 0
        self.token = parse_qs(parts.query)["token"][0]

    @property
    def host(self) -> str:
        """What a browser says as its host."""
        return f"127.0.0.1:{self.port}"

    def ask(
        self, path: str, *, method: str = "GET", body: bytes | None = None, headers: Headers | None = None
    ) -> Answer:
        """Send a request exactly as given; nothing is added but the length of a body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            given = {"Host": self.host, **({"Content-Length": str(len(body))} if body is not None else {})}
            for name, value in {**given, **(headers or {})}.items():
                connection.putheader(name, value)
            connection.endheaders(body)
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def api(self, path: str, value: object = None, **headers: str) -> Answer:
        """Ask the interface as the page does: POST when there is something to say."""
        body = None if value is None else json.dumps(value).encode()
        method = "GET" if body is None else "POST"
        return self.ask(f"/api/{path}", method=method, body=body, headers={"X-Aligner-Token": self.token, **headers})

    def page(self, path: str) -> Answer:
        """Ask for a page as a browser does that has been here before."""
        return self.ask(path, headers={"Cookie": f"aligner-{self.port}={self.token}"})

    def edit(self, document: str, op: str, index: int, *, version: str | None = None, **fields: Any) -> Answer:
        """One edit of the document as it is now."""
        stored = OpenDocument(self.project, document).read()
        edits = [edit_json(stored.bitext, op, index, **fields)]
        return self.api(f"{document}/edits", {"version": version or stored.version, "edits": edits})

    def stop(self, name: int = signal.SIGINT) -> tuple[int, str]:
        """Stop it and return its exit code and what it said on standard error."""
        self.process.send_signal(name)
        _, said = self.process.communicate(timeout=30)
        return self.process.returncode, said


@contextmanager
def review(
    project: Project, *arguments: str, browser: bool = False, environment: Headers | None = None
) -> Iterator[Server]:
    """Run `aligner review` on a project."""
    command = [sys.executable, "-m", "aligner", "review", "--corpus", str(project.corpus), "--by", "ada"]
    command += [] if browser else ["--no-open"]
    process = subprocess.Popen(
        [*command, *arguments], cwd=project.output, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})}, **LISTENING,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("Review: http://127.0.0.1:"), line + process.communicate()[1]
        yield Server(process, project, line.removeprefix("Review: ").strip())
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()


def small_corpus(folder: Path) -> Project:
    """Two documents, and one whose bitext is damaged."""
    for name in ("d", "été.2"):
        in_corpus(folder, replace(bitext_of(), id=name), ENGLISH)
    project = open_project(folder / "corpus")
    project.bitext_file("broken").write_text("{", encoding="utf-8")
    (folder / "corpus/fr/broken.txt").write_text("Un texte.", encoding="utf-8")
    (folder / "secret.txt").write_text("secret", encoding="utf-8")
    return project


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for the tests of a module."""
    with review(small_corpus(tmp_path_factory.mktemp("served"))) as running:
        yield running


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Start a server for one test: ``start("--port", "8080")``; again for the same corpus."""
    opened = []

    def begin(*arguments: str) -> Server:
        project = open_project(tmp_path / "corpus") if opened else small_corpus(tmp_path)
        opened.append(review(project, *arguments))
        return opened[-1].__enter__()

    yield begin
    for running in opened:
        running.__exit__(None, None, None)
