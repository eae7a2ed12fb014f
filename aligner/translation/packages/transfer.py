"""Fetching a file over http(s), so that nothing is lost when the line is.

What has come is kept in ``<file>.part``, and beside it, in ``<file>.part.note``, the address and the mark (ETag or
date) by which the server can tell that its file is still the same; then, and only then, a transfer is gone on with
(RFC 9110, sections 13.1.5 If-Range and 14.2 Range). Start reading at `fetch`.
"""

from __future__ import annotations

import hashlib
import http.client
import logging
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from aligner.errors import EnvironmentProblem, InputError
from aligner.files import explained
from aligner.translation.interface import Progress
from aligner.translation.packages.contents import MOST_BYTES

_log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 30.0
_TRIES = 4
_CHUNK = 1 << 18
_ELSEWHERE = (
    "without a network, fetch the .argosmodel file on another machine and run 'aligner model install FILE.argosmodel'"
)


class _BrokenOffError(Exception):
    """A transfer ended before its end."""


def fetch(link: str, file: Path, *, sha256: str = "", size: int = 0, progress: Progress | None = None) -> None:
    """Fetch `link` into `file`, going on with an earlier transfer where that is possible.

    `progress` is told the bytes that have come and the bytes in all (0: not known). Raises EnvironmentProblem when the
    network fails, InputError when what came has not the `sha256` or `size` given.
    """
    part = _part(file)
    with explained(part, "write"):
        part.parent.mkdir(parents=True, exist_ok=True)
        _persist(link, file, progress)
        wrong = (size and part.stat().st_size != size) or (sha256 and _digest(part) != sha256.lower())
        if wrong:
            _forget(file)
            raise InputError("what was fetched is not what the index announces (size or checksum)", where=link)
        part.replace(file)
        _forget(file)


def read_all(address: str, *, most_bytes: int) -> bytes:
    """The bytes at an http(s) address, `most_bytes` of them at most; EnvironmentProblem when the network fails."""
    with _opened(address) as response:
        try:
            return bytes(response.read(most_bytes))
        except (OSError, http.client.HTTPException) as error:
            raise EnvironmentProblem(
                "the transfer broke off", where=address, hint="run the same command again"
            ) from error


@contextmanager
def _opened(address: str, headers: Mapping[str, str] | None = None) -> Iterator[Any]:
    """Open an http(s) address; every failure becomes one EnvironmentProblem."""
    if urlsplit(address).scheme not in ("http", "https") or not urlsplit(address).hostname:
        raise InputError("this is not an http or https address", where=address)
    request = urllib.request.Request(address, headers={"User-Agent": "aligner", **(headers or {})})  # noqa: S310 - checked
    try:
        response = _opener().open(request, timeout=TIMEOUT_SECONDS)
    except urllib.error.HTTPError as error:
        error.close()
        raise EnvironmentProblem(
            f"the server answers {error.code} ({error.reason})", where=address, hint=_ELSEWHERE
        ) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise EnvironmentProblem(f"cannot be reached ({reason})", where=address, hint=_ELSEWHERE) from error
    with response:
        yield response


def _persist(link: str, file: Path, progress: Progress | None) -> None:
    """Transfer until all of it is there, taking up a broken transfer a few times."""
    for _ in range(_TRIES):
        try:
            return _transfer(link, file, progress)
        except _BrokenOffError as error:
            _log.info("%s: %s", link, error)
    raise EnvironmentProblem("the transfer keeps breaking off", where=link, hint="run the same command again to go on")


def _transfer(link: str, file: Path, progress: Progress | None) -> None:
    """Fetch what is still missing of the part."""
    part, have = _part(file), _length(_part(file))
    mark = _mark(link, file)
    headers = {"Range": f"bytes={have}-", "If-Range": mark} if have and mark else {}
    with _opened(link, headers) as response:
        goes_on = response.status == http.client.PARTIAL_CONTENT
        if goes_on and not str(response.headers["Content-Range"]).startswith(f"bytes {have}-"):
            _forget(file)
            raise _BrokenOffError("the server sends another part than asked for")
        have = have if goes_on else 0
        total = have + int(response.headers["Content-Length"] or 0)
        _remember(link, file, response.headers)
        with part.open("ab" if goes_on else "wb") as stream:
            for chunk in _chunks(response):
                stream.write(chunk)
                have += len(chunk)
                _report(progress, have, total, link)
    if have < total:
        raise _BrokenOffError(f"broke off at byte {have} of {total}")


def _chunks(response: IO[bytes]) -> Iterator[bytes]:
    """The bytes of a response as they come."""
    while True:
        try:
            chunk = response.read(_CHUNK)
        except (OSError, http.client.HTTPException) as error:
            raise _BrokenOffError(str(error)) from error
        if not chunk:
            return
        yield chunk


def _report(progress: Progress | None, have: int, total: int, link: str) -> None:
    if max(have, total) > MOST_BYTES:
        raise InputError("this is far larger than a package", where=link)
    if progress:
        progress(have, max(have, total))


def _part(file: Path) -> Path:
    return file.with_name(file.name + ".part")


def _note(file: Path) -> Path:
    return file.with_name(file.name + ".part.note")


def _length(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _mark(link: str, file: Path) -> str:
    """The mark by which the server knows the file begun; empty when it was another address, or gave none."""
    try:
        address, mark = _note(file).read_text("utf-8").split("\n")
    except (OSError, ValueError):
        return ""
    return mark if address == link else ""


def _remember(link: str, file: Path, headers: Mapping[str, str]) -> None:
    tag = headers.get("ETag") or ""
    mark = tag if tag.startswith('"') else headers.get("Last-Modified") or ""
    _note(file).write_text(f"{link}\n{mark}", "utf-8")


def _forget(file: Path) -> None:
    for path in (_part(file), _note(file)):
        path.unlink(missing_ok=True)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class _SafeRedirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects, but never from https to anything else."""

    def redirect_request(self, req: urllib.request.Request, *args: Any) -> urllib.request.Request | None:
        newest = str(args[-1])
        if urlsplit(newest).scheme != "https" and req.type == "https":
            raise urllib.error.URLError("the server leads away from https")
        return super().redirect_request(req, *args)


def _opener() -> urllib.request.OpenerDirector:
    """Opens http and https addresses and nothing else."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _SafeRedirects(),
    ):
        opener.add_handler(handler)
    return opener
