"""A small LibreTranslate server for the tests: its API over HTTP, with our own translator behind it.

What it answers to requests that are wrong, too long or without a key is what LibreTranslate answers.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aligner.translation import Translator


@dataclass
class LibreServer:
    """What the server does, and what it was asked."""

    translator: Translator
    url: str = ""
    key: str = ""
    most_texts: int = -1
    most_characters: int = -1
    trouble: list[int | str] = field(default_factory=list)
    """For the next translations: a status to answer with, ``drop`` (the connection), or a body to send."""
    asked: list[dict[str, Any]] = field(default_factory=list)

    def answer(self, question: dict[str, Any]) -> tuple[int, object]:
        """The status and the answer for a translation."""
        self.asked.append(question)
        texts = question["q"]
        if self.key and question.get("api_key") != self.key:
            return 403, {"error": f"Invalid API key {question.get('api_key')}"}
        for size, limit in ((len(texts), self.most_texts), (sum(map(len, texts)), self.most_characters)):
            if -1 < limit < size:
                return 400, {"error": f"Invalid request: request ({size}) exceeds text limit ({limit})"}
        return 200, {"translatedText": [rendering.text for rendering in self.translator.translate(texts)]}


@contextmanager
def serving(translator: Translator, **options: Any) -> Iterator[LibreServer]:
    """Run a server on a free port of this machine."""
    state = LibreServer(translator, **options)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if self.path == "/libre/languages":
                english = {"code": "en", "name": "English", "targets": ["en", "fr"]}
                self._reply(200, [english, {"code": "fr", "name": "French", "targets": ["en", "fr"]}])
            else:
                self._reply(404, "<html>nothing here</html>")

        def do_POST(self) -> None:
            question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            trouble = state.trouble.pop(0) if state.trouble else None
            if trouble == "drop":
                self.close_connection = True
            elif isinstance(trouble, int):
                self._reply(trouble, {"error": "Slowdown: 1 per minute"}, {"Retry-After": "0"})
            elif trouble is not None:
                self._reply(200, trouble)
            else:
                self._reply(*state.answer(question))

        def _reply(self, status: int, answer: object, headers: dict[str, str] | None = None) -> None:
            body = answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()
            self.send_response(status)
            for name, value in {**(headers or {}), "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.url = f"http://127.0.0.1:{server.server_port}/libre/"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
