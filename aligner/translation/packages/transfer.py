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
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aligner.errors import EnvironmentProblem, InputError
from aligner.files import explained, write_atomically
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
    part, note = file.with_name(f"{file.name}.part"), file.with_name(f"{file.name}.part.note")
    with explained(part, "write"):
        part.parent.mkdir(parents=True, exist_ok=True)
        for _ in range(_TRIES):
            try:
                _transfer(link, part, note, progress)
                break
            except _BrokenOffError as error:
                _log.info("%s: %s", link, error)
        else:
            hint = "run the same command again to go on"
            raise EnvironmentProblem("the transfer keeps breaking off", where=link, hint=hint)
        with part.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest() if sha256 else ""
        if (size and part.stat().st_size != size) or digest != sha256.lower():
            # Kept, it would be taken up again by the next call and be wrong for ever.
            part.unlink()
            note.unlink(missing_ok=True)
            raise InputError("what was fetched is not what the index announces (size or checksum)", where=link)
        part.replace(file)
        note.unlink(missing_ok=True)


def read_all(address: str, *, most_bytes: int) -> bytes:
    """The bytes at an http(s) address, `most_bytes` of them at most; EnvironmentProblem when the network fails."""
    with _opened(address) as response:
        try:
            return bytes(response.read(most_bytes))
        except (OSError, http.client.HTTPException) as error:
            raise EnvironmentProblem(
                "the transfer broke off", where=address, hint="run the same command again"
            ) from error


class _SafeRedirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects, but never from https to anything else."""

    def redirect_request(self, req: urllib.request.Request, *args: Any) -> urllib.request.Request | None:
        newest = str(args[-1])
        if urlsplit(newest).scheme != "https" and req.type == "https":
            raise urllib.error.URLError("the server leads away from https")
        return super().redirect_request(req, *args)


@contextmanager
def _opened(address: str, headers: Mapping[str, str] | None = None) -> Iterator[Any]:
    """Open an http(s) address; every failure becomes one EnvironmentProblem."""
    if urlsplit(address).scheme not in ("http", "https") or not urlsplit(address).hostname:
        raise InputError("this is not an http or https address", where=address)
    request = urllib.request.Request(address, headers={"User-Agent": "aligner", **(headers or {})})  # noqa: S310 - checked
    # Not `urlopen`: that one follows a redirect to ftp: too, and texts or packages come over http(s) alone.
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
    try:
        response = opener.open(request, timeout=TIMEOUT_SECONDS)
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


def _transfer(link: str, part: Path, note: Path, progress: Progress | None) -> None:
    """Fetch what is still missing of the part; _BrokenOffError when it ends before its end."""
    have = part.stat().st_size if part.exists() else 0
    mark = ""
    with suppress(OSError, ValueError):
        address, noted = note.read_text("utf-8").split("\n")
        mark = noted if address == link else ""
    # Without a mark nobody can tell whether the file there is still the same: it is fetched from the beginning.
    headers = {"Range": f"bytes={have}-", "If-Range": mark} if have and mark else {}
    with _opened(link, headers) as response:
        goes_on = response.status == http.client.PARTIAL_CONTENT
        if goes_on and not str(response.headers["Content-Range"]).startswith(f"bytes {have}-"):
            part.unlink(missing_ok=True)
            note.unlink(missing_ok=True)
            raise _BrokenOffError("the server sends another part than asked for")
        have = have if goes_on else 0
        total = have + int(response.headers["Content-Length"] or 0)
        # A weak ETag (W/"…") does not promise the same bytes, and RFC 9110 forbids it in If-Range.
        tag = response.headers.get("ETag") or ""
        mark = tag if tag.startswith('"') else response.headers.get("Last-Modified") or ""
        write_atomically(note, f"{link}\n{mark}")
        with part.open("ab" if goes_on else "wb") as stream:
            while True:
                # Only reading may break off; a write that fails is the disk's fault, and trying again does not help.
                try:
                    chunk = response.read(_CHUNK)
                except (OSError, http.client.HTTPException) as error:
                    raise _BrokenOffError(str(error)) from error
                if not chunk:
                    break
                stream.write(chunk)
                have += len(chunk)
                if max(have, total) > MOST_BYTES:
                    raise InputError("this is far larger than a package", where=link)
                if progress:
                    progress(have, max(have, total))
    if have < total:
        raise _BrokenOffError(f"broke off at byte {have} of {total}")
