"""The addresses of the editor and what they answer.

====================================  ==========================================================================
GET  /                                the list of documents
GET  /<id>                            the page of one
GET  /api/<id>                        its data (see `aligner.pages.page_data`)
GET  /api/<id>/rows?version=&from=200 some rows of a version that a page of a long document was made of; 404
                                      when that is gone
GET  /api/<id>/findings?version=      the findings that a page of a long document came without; 204 where there is
                                      another version by now
GET  /api/<id>/changes?since=VERSION  waits up to 20 s: the data when the version differs, 204 when it does not;
                                      ``{"others"}`` when somebody else has come, gone or moved (see `presence`)
POST /api/<id>/edits                  {"version": …, "edits": […], "by": …}: all of them are applied, or none
POST /api/<id>/export                 {"format": …, "beads": […]}: these pairs as a file (see `share`)
POST /api/<id>/undo, /api/<id>/redo   {"version": …}
GET  /api/<id>/beside?bead=3.2         matches and terms of a pair (see `aligner.editing.server.beside`)
GET  /api/<id>/renderings?bead=3.2     what else the model would say for it
GET  /api/~documents?text=…           a view of the list of documents (see `aligner.pages.listing`)
GET  /api/~find?q=…                   pairs of the whole corpus (see `aligner.editing.server.lookup`); no id has a ~
====================================  ==========================================================================

A POST answers with ``{"version", "data"}``, or 409 and ``{"error", "data"}`` when it cannot be done to the document as
it is. Work on documents is done in threads, waiting is not: neither slow clients nor many open pages hold up an edit.
Start reading at `application`.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from collections.abc import Awaitable, Callable
from functools import partial
from html import escape
from typing import Any, TypeVar
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from aligner.editing import EditResult, OpenDocument, parse_edit
from aligner.editing.reviewer import somebody
from aligner.editing.server.beside import Beside
from aligner.editing.server.documents import Documents, as_json
from aligner.editing.server.guard import (
    NOTHING,
    Guard,
    cookie_name,
    refusal,
)
from aligner.editing.server.listing import DocumentList
from aligner.editing.server.lookup import Lookup
from aligner.editing.server.presence import Presence, Visitor
from aligner.editing.server.publishing import Publishing
from aligner.editing.server.share import some_pairs
from aligner.errors import AlignerError, InputError

LIMIT = 16_000_000
"""Bytes of a request at most."""
EDITS = 10_000
"""Edits in one request at most."""
WAIT = 20.0
"""Seconds that a request for changes waits."""
LOOK = 0.25
"""Seconds between two looks at a file, of a request that waits."""
SLOW = 20.0
"""Seconds that a client may take to send a request."""

_Result = TypeVar("_Result")
_POLICY = re.compile('http-equiv="Content-Security-Policy" content="([^"]+)"')


class Services:
    """What the handlers share."""

    def __init__(self, documents: Documents, publishing: Publishing, *, by: str, port: int, once: str = "") -> None:
        self.documents, self.publishing, self.by, self.port, self.once = documents, publishing, by, port, once
        self.lookup, self.beside = Lookup(documents.project), Beside(documents.project)
        self.list, self.presence = DocumentList(documents), Presence()
        self.closing = False
        self.edits = 0
        """Edits that were saved."""

    async def work(self, function: Callable[[], _Result]) -> _Result:
        """Do something that takes a while in a thread."""
        return await run_in_threadpool(function)

    async def change(self, name: str, function: Callable[[], _Result]) -> _Result:
        """Do something in a thread that changes a document."""

        def changed() -> _Result:
            self.publishing.expect(name)
            return function()

        return await self.work(changed)

    async def version(self, name: str) -> str:
        """The present version of a document; its file is read, in a thread, only when it was replaced."""
        known = self.documents.known_version(name)
        return await self.work(lambda: self.documents.version(name)) if known is None else known

    async def document(self, request: Request) -> str:
        """The document that an address names, looked up among those there are; else 404."""
        name: str = request.path_params["document"]
        if not await self.work(lambda: name in self.documents):
            raise HTTPException(404, "there is no such document")
        return name


def application(services: Services) -> Guard:
    """The application, with the guard at its door."""
    handlers: dict[str, tuple[str, Callable[[Services, Request], Awaitable[Response]]]] = {
        "/": ("GET", _index),
        "/{document}": ("GET", _page),
        "/api/~find": ("GET", _find),
        "/api/~documents": ("GET", _documents),
        "/api/{document}": ("GET", _data),
        "/api/{document}/rows": ("GET", _rows),
        "/api/{document}/findings": ("GET", _findings),
        "/api/{document}/changes": ("GET", _changes),
        "/api/{document}/beside": ("GET", partial(_beside, Beside.of)),
        "/api/{document}/renderings": ("GET", partial(_beside, Beside.renderings)),
        "/api/{document}/edits": ("POST", _edits),
        "/api/{document}/export": ("POST", _export),
        "/api/{document}/undo": ("POST", partial(_step, OpenDocument.undo)),
        "/api/{document}/redo": ("POST", partial(_step, OpenDocument.redo)),
    }
    routes = [Route(path, partial(handler, services), methods=[method]) for path, (method, handler) in handlers.items()]
    app = Starlette(routes=routes, exception_handlers=_HANDLERS)
    # a redirect would lose the key in the address
    app.router.redirect_slashes = False
    return Guard(app, token=services.documents.token, port=services.port, once=services.once)


async def _index(services: Services, request: Request) -> Response:
    if "token" in request.query_params:
        return _welcome(services, "/")
    listed = await services.work(services.list.listed)
    page = await services.work(services.list.page)
    if listed.damaged:
        items = "".join(f"<li>{escape(sentence)}</li>" for sentence in listed.damaged)
        notice = f"<section><h2>Documents that cannot be read</h2><ul>{items}</ul></section>"
        # the page lists what can be read; what cannot is named where it is missed
        page = page.replace("</main>", f"{notice}</main>", 1)
    return _html(page)


async def _page(services: Services, request: Request) -> Response:
    name = await services.document(request)
    if "token" in request.query_params:
        return _welcome(services, f"/{quote(name, safe='')}")
    return _html(await services.work(lambda: services.documents.page(name)))


def _welcome(services: Services, address: str) -> Response:
    """Put the token into a cookie and go on to the address without it.

    A page that leads on, not a redirect: a browser that comes from another site would not send the cookie along.
    """
    page = f'<!DOCTYPE html><title>aligner</title><meta http-equiv="refresh" content="0;url={escape(address)}">'
    answer = HTMLResponse(page, headers={"Content-Security-Policy": NOTHING})
    token = services.documents.token
    answer.set_cookie(cookie_name(services.port), token, httponly=True, samesite="strict", path="/")
    return answer


def _html(page: str) -> Response:
    """A page with its own policy as a header: what may run is named by hash, and nobody may frame it."""
    # the page says itself which scripts and styles may run, so that it is as safe when opened from disk
    found = _POLICY.search(page)
    policy = f"{found[1].rstrip('; ')}; frame-ancestors 'none'" if found else NOTHING
    return HTMLResponse(page.encode("utf-8", "replace"), headers={"Content-Security-Policy": policy})


async def _data(services: Services, request: Request) -> Response:
    name = await services.document(request)
    return _json(await services.work(lambda: services.documents.show(name).data))


async def _rows(services: Services, request: Request) -> Response:
    name = await services.document(request)
    version, start = request.query_params.get("version", ""), request.query_params.get("from", "")
    if not (start.isdecimal() and len(start) < 9):
        raise HTTPException(400, "'from' must be the number of a row")
    rows = await services.work(lambda: services.documents.part(name, version, int(start)))
    if rows is None:
        raise HTTPException(404, "this version of the document is gone: load the page again")
    return _json(rows)


async def _findings(services: Services, request: Request) -> Response:
    name, version = await services.document(request), request.query_params.get("version", "")
    found = await services.work(lambda: services.documents.findings(name, version, lambda: services.closing))
    # An edit came meanwhile, which every page makes: no fault of the one that asks.
    return Response(status_code=204) if found is None else _json(found)


async def _find(services: Services, request: Request) -> Response:
    return _json(as_json(await services.work(lambda: services.lookup.answer(request.query_params))))


async def _documents(services: Services, request: Request) -> Response:
    return _json(as_json(await services.work(lambda: services.list.view(request.query_params))))


async def _beside(question: Callable[..., Any], services: Services, request: Request) -> Response:
    name = await services.document(request)
    bead, documents = request.query_params.get("bead", ""), services.documents

    def answer() -> Any:
        return question(services.beside, documents.opened(name).read().bitext, bead, documents.glossary())

    return _json(as_json(await services.work(answer)))


async def _changes(services: Services, request: Request) -> Response:
    """Answer when the version differs, when somebody else has moved, or when the time is over.

    A waiting request holds no thread.
    """
    name, asked = await services.document(request), request.query_params
    since, known = asked.get("since", ""), asked.get("others")
    page = services.presence.note(name, asked)
    if asked.get("gone"):
        return Response(status_code=204)
    loop = asyncio.get_running_loop()
    end = loop.time() + WAIT
    while await services.version(name) == since:
        others = services.presence.others(name, page)
        if page and known is not None and _stamp(others) != known:
            told = [{"name": each.name, "at": each.place, "writing": each.writing} for each in others]
            return _json(as_json({"others": told, "stamp": _stamp(others)}))
        if loop.time() >= end or services.closing or asked.get("ask") or await request.is_disconnected():
            return Response(status_code=204)
        await asyncio.sleep(LOOK)
    known_there = since if asked.get("part") else ""
    return _json(await services.work(lambda: services.documents.news(name, known_there)))


def _stamp(others: list[Visitor]) -> str:
    """What changes whenever somebody comes, goes or moves; empty where nobody else is there."""
    return hashlib.sha256(repr(others).encode("utf-8", "backslashreplace")).hexdigest()[:16] if others else ""


async def _export(services: Services, request: Request) -> Response:
    name = await services.document(request)
    asked = await _asked(request)
    wanted, form = asked.get("beads"), asked.get("format")
    if not isinstance(wanted, list) or not all(isinstance(each, str) for each in wanted) or not isinstance(form, str):
        raise HTTPException(400, "'beads' must be a list of locators, and 'format' a name")
    made = await services.work(lambda: some_pairs(services.documents.opened(name).read().bitext, set(wanted), form))
    disposition = f"attachment; filename*=UTF-8''{quote(made.name, safe='')}"
    return Response(made.data, media_type=made.media_type, headers={"Content-Disposition": disposition})


async def _edits(services: Services, request: Request) -> Response:
    name = await services.document(request)
    asked = await _asked(request)
    edits = asked.get("edits")
    if not isinstance(edits, list) or not 0 < len(edits) <= EDITS:
        raise HTTPException(400, f"'edits' must be a list of one to {EDITS:,} edits")
    parsed = [parse_edit(edit) for edit in edits]
    version = _version(asked)
    # Several people may use one machine: each page says who sits before it.
    by = asked.get("by")
    by = somebody(by[:80]) if isinstance(by, str) and by.strip() else services.by
    outcome = await services.change(name, lambda: services.documents.opened(name).apply(parsed, by=by, version=version))
    return await _outcome(services, name, outcome, asked)


async def _step(step: Callable[..., EditResult], services: Services, request: Request) -> Response:
    name = await services.document(request)
    asked = await _asked(request)
    version = _version(asked)
    outcome = await services.change(name, lambda: step(services.documents.opened(name), version=version))
    return await _outcome(services, name, outcome, asked)


async def _outcome(services: Services, name: str, outcome: EditResult, asked: dict[str, Any]) -> Response:
    """What became of a request, with the document as it is now: all of it, or with ``part`` what the page lacks."""
    version = _version(asked)
    # edits that were there already change nothing: nothing is published again
    if not outcome.refused and outcome.stored.version != version:
        services.edits += 1
        services.publishing.touch(name)
    since = version if asked.get("part") else ""
    data = await services.work(lambda: services.documents.news(name, since, outcome.stored))
    first = {"error": outcome.refused} if outcome.refused else {"version": outcome.stored.version}
    # the data are JSON already: put in as bytes, they are not written a second time
    return _json(as_json(first)[:-1] + b',"data":' + data + b"}", 409 if outcome.refused else 200)


async def _asked(request: Request) -> dict[str, Any]:
    """The JSON object of a request, bounded in size and in time."""
    too_large = HTTPException(413, f"a request may have {LIMIT:,} bytes at most")
    said = request.headers.get("content-length", "")
    # What is said to be too large is not read at all: two hundred of them at once would fill the memory.
    if said.isascii() and said.isdigit() and int(said[:20]) > LIMIT:
        raise too_large
    body = bytearray()
    try:
        # a client that sends a byte a minute would hold its request open for ever
        async with asyncio.timeout(SLOW):
            async for part in request.stream():
                body += part
                if len(body) > LIMIT:
                    raise too_large
    except TimeoutError as error:
        raise HTTPException(408, "the request took too long") from error
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, "the request is not JSON") from error
    if not isinstance(asked, dict):
        raise HTTPException(400, "the request is not a JSON object")
    return asked


def _version(asked: dict[str, Any]) -> str:
    version = asked.get("version")
    if not isinstance(version, str):
        raise HTTPException(400, "'version' is missing: the version of the document that the person saw")
    return version


def _json(data: bytes, status: int = 200) -> Response:
    return Response(data, status, media_type="application/json")


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - it is registered for these alone
    return refusal(request, error.status_code, error.detail.lower() if error.status_code == 405 else error.detail)


async def _failed(request: Request, error: Exception) -> Response:
    """Our own errors as a sentence: the request's fault, or the document's, or the machine's."""
    # an error without a file is about what was sent
    sent = request.method == "POST" or bool(request.url.query)
    asked = sent and isinstance(error, InputError) and error.where is None
    return refusal(request, 400 if asked else 422 if isinstance(error, InputError) else 503, str(error))


async def _fault(request: Request, error: Exception) -> Response:
    return refusal(request, 500, f"a fault in aligner itself ({type(error).__name__}); the terminal says more")


async def _gone(request: Request, error: Exception) -> Response:  # noqa: ARG001 - as a handler is called
    """Of a client that went away before its request was whole: nobody reads the answer, and it is nobody's fault."""
    return refusal(request, 400, "the request broke off")


_HANDLERS: dict[Any, Any] = {ClientDisconnect: _gone, HTTPException: _refused, AlignerError: _failed, Exception: _fault}
