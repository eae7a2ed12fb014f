"""The guard at the door: every request is looked at before anything else happens.

====================  =============================================================================================
a page elsewhere …    is stopped by
====================  =============================================================================================
sends requests here   the token, which it does not know; the origin, which must be ours; a cookie that stays at home
renames its own host  the host, which must be 127.0.0.1 or localhost with our port (DNS rebinding)
frames our pages      ``frame-ancestors 'none'``, ``X-Frame-Options``
reads our answers     no CORS header is ever sent; ``Cross-Origin-Resource-Policy: same-origin``
====================  =============================================================================================

The token is in the address that is printed at the start; it becomes a cookie (``SameSite=Strict``, ``HttpOnly``) for
pages, while the interface asks for it in a header, which no form and no foreign page can set. The browser is started
with another key, good for once: all users of a machine can see how programs are started. Start reading at `Guard`.
"""

from __future__ import annotations

import hmac
import logging

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aligner.citations.statements import stop_after

log = logging.getLogger(__name__)

API = "/api/"
HEADER = "X-Aligner-Token"
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""The Content-Security-Policy of an answer that is not a page."""

_HEADERS = {
    "Content-Security-Policy": NOTHING,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_LOST = "open the address that `aligner review` printed: it holds the key to these pages"


class Guard:
    """Refuses who has no business here, and sets the headers that every answer carries."""

    def __init__(self, app: ASGIApp, *, token: str, port: int, once: str = "") -> None:
        self.app, self.token, self.port = app, token, port
        self._once = once
        self.hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with a refusal."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        # nothing here speaks over a websocket, and browsers open them across origins
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        request = Request(scope)
        answer = self._refusal(request) or self.app
        try:
            await answer(scope, receive, send_guarded)
        except Exception as error:
            # It was answered as a fault already; one line for the terminal, the rest for those who ask for it.
            log.error("a fault in aligner itself (%s: %s) at %r", type(error).__name__, error, request.scope["path"])
            log.debug("in full", exc_info=error)

    def _refusal(self, request: Request) -> Response | None:
        """Why a request is not let in; None when it is."""
        # Exactly one host: a request with two would be read one way here and another way elsewhere.
        if [host.lower() for host in request.headers.getlist("host")] not in [[host] for host in self.hosts]:
            return refusal(request, 403, "this server answers only as 127.0.0.1 or localhost")
        origins = {f"http://{host}" for host in self.hosts}
        if not origins.issuperset(request.headers.getlist("origin")):
            return refusal(request, 403, "requests from other origins are not answered")
        asked, programs = request.query_params, request.scope["path"].startswith(API)
        # of the interface only the header's token counts: no form and no foreign page can set it
        pages = [*asked.getlist("token"), request.cookies.get(self.cookie, "")]
        if any(_same(given, self.token) for given in (request.headers.getlist(HEADER) if programs else pages)):
            return None
        # the key that is good for once opens a page, and is used up then
        if self._once and not programs and _same(asked.get("token", ""), self._once):
            self._once = ""
            return None
        return refusal(request, 403, _LOST)

    @property
    def cookie(self) -> str:
        """The cookie's name; cookies do not know ports, so the port is part of it."""
        return cookie_name(self.port)


def _same(given: str, secret: str) -> bool:
    """Compare in a time that tells nothing of where they differ."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode())


def cookie_name(port: int) -> str:
    """The name of the cookie of the server at a port."""
    return f"aligner-{port}"


def refusal(request: Request, status: int, sentence: str) -> Response:
    """An answer that says in one sentence why not: JSON for the interface, plain text for a person."""
    if request.scope["path"].startswith(API):
        return JSONResponse({"error": sentence}, status)
    return PlainTextResponse(f"{sentence[:1].upper()}{sentence[1:]}{stop_after(sentence)}\n", status)
