"""Listening: a socket on this machine alone, until somebody stops it. Start reading at `serve`."""

from __future__ import annotations

import secrets
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from urllib.parse import quote

import uvicorn

from aligner.corpus.store import Project
from aligner.editing.server.application import Services, application
from aligner.editing.server.documents import Documents
from aligner.editing.server.publishing import Publishing
from aligner.errors import EnvironmentProblem
from aligner.text import Srx

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Served:
    """What was done while the server ran."""

    edits: int
    """Requests that changed a document."""
    documents: int
    """Documents that changed."""


def serve(
    project: Project,
    *,
    documents: Sequence[str] = (),
    by: str = "",
    named: bool = True,
    port: int = 0,
    rules: Srx | None = None,
    ready: Callable[[str, str], None] | None = None,
) -> Served:
    """Serve the review editor on this machine until it is interrupted (Ctrl-C, or the signals TERM and HUP).

    Serves `documents`, or all that have aligned pairs; `by` is who edits (not `named`: that is
    only the account, and the page asks); `port` 0 is a free one. As soon as it
    answers, `ready` is called with the address, which holds the token, and with one to start the browser with, which is
    good for once. At the end the exports of what was edited are up to date. Raises InputError when there are no aligned
    pairs, EnvironmentProblem when the port is taken.
    """
    wanted = project.documents(documents)
    listener = _listen(port)
    number = listener.getsockname()[1]
    served = Documents(project, token=secrets.token_urlsafe(32), wanted=documents, rules=rules, by=by, named=named)
    publishing = Publishing(project)
    services = Services(served, publishing, by=by, port=number, once=secrets.token_urlsafe(32))
    # of one document the list would only be one more step
    page = quote(wanted[0], safe="") if len(documents) == 1 else ""
    addresses = [f"http://{HOST}:{number}/{page}?token={key}" for key in (served.token, services.once)]
    try:
        _Server(services, lambda: ready(*addresses) if ready else None).run(sockets=[listener])
    finally:
        listener.close()
        publishing.close()
        services.beside.close()
    return Served(services.edits, len(publishing.documents))


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        # a review that has just ended may begin again at the same port: its last connections still hold it
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
    except OSError as error:
        listener.close()
        reason = (error.strerror or str(error)).lower()
        raise EnvironmentProblem(
            f"cannot listen on port {port} ({reason})", hint="choose another --port, or none"
        ) from error
    return listener


class _Server(uvicorn.Server):
    """Uvicorn, stopped by signals that end here: the exports are still to be made afterwards."""

    def __init__(self, services: Services, ready: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(
                application(services),
                lifespan="off",
                log_config=None,
                log_level="critical",  # the guard says what goes wrong
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=3,
                ws="none",
            )
        )
        self.services, self.ready = services, ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, and say so."""
        await super().startup(sockets=sockets)
        if self.started:
            self.ready()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Let signals end the server, and only the server."""
        # signals can be caught in the main thread only; elsewhere whoever started the server ends it
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        names = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
        before = {name: signal.signal(name, self.handle_exit) for name in names}
        try:
            yield
        finally:
            for name, handler in before.items():
                signal.signal(name, handler)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop; requests that wait for changes are answered at once."""
        self.services.closing = True
        super().handle_exit(sig, frame)
