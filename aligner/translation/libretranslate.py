"""An engine that asks a LibreTranslate server, or any other that speaks its API.

    texts ──cache──▶ missing ──batches──▶ POST /translate {"q": […], "source": …, "target": …} ──▶ renderings

It is used only where the user asks for it, by default a server on this machine; that texts leave the machine is said
in a warning. No redirects, no proxies. A server that is busy is asked again, ever less often; batches it finds too
long are halved. The API does not score its translations, so neither does this engine.

https://docs.libretranslate.com; start reading at `LibreTranslate.translate`.
"""

from __future__ import annotations

import ipaddress
import json
import logging
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import SplitResult, urlsplit

from aligner.errors import AlignerError, EnvironmentProblem, InputError
from aligner.languages.markup import decoded
from aligner.languages.pair import find_pair
from aligner.languages.tags import base_language
from aligner.signature import signature
from aligner.translation.argos.clauses import clauses
from aligner.translation.argos.faults import SERIOUS, Fault, content_faults
from aligner.translation.cache import RenderingCache
from aligner.translation.check_flag import with_check_flag
from aligner.translation.interface import Flag, MadeBy, Progress, Rendering
from aligner.translation.protect.fold import clean, one_line
from aligner.translation.protect.preparations import Prepared
from aligner.translation.protect.repairs import Stage
from aligner.translation.protect.steps import Steps
from aligner.translation.protect.stretches import fixed_texts, has_letters

if TYPE_CHECKING:
    from http.client import HTTPConnection

_log = logging.getLogger(__name__)

LOCAL = "http://127.0.0.1:5000"
KEY_VARIABLE = "LIBRETRANSLATE_API_KEY"
_ANSWER_BYTES = 64 << 20
_LONGEST_WAIT = 60.0
_BUSY = frozenset((429, 500, 502, 503, 504))
_TOO_LONG = frozenset((400, 413))
_FINE = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Server:
    """Where the server is, and how patient we are with it."""

    url: str = LOCAL
    key: str = field(default="", repr=False)
    timeout: float = 120.0
    """Seconds without a sign of life after which a request has failed."""
    retries: int = 5
    wait: float = 1.0
    """Seconds before a failed request is repeated; doubled each time, unless the server says how long."""
    most_texts: int = 50
    """Texts in one request."""
    most_characters: int = 4000
    """Characters in one request, unless a single text has more."""

    def __post_init__(self) -> None:
        url = self.address
        if url.scheme not in ("http", "https") or not url.hostname or url.query or url.fragment:
            raise InputError(f"'{self.url}' is not the address of a server", hint=f"write it like {LOCAL}")
        if url.username or url.password:
            raise InputError("an address must not hold a password", hint=f"put a key into {KEY_VARIABLE}")
        if self.key and url.scheme == "http" and not self.is_local:
            raise InputError("the key would travel unencrypted", where=self.name, hint="use an address with https")

    @classmethod
    def at(cls, url: str | None = None) -> Server:
        """The server at an address, with the key that the environment holds (``LIBRETRANSLATE_API_KEY``)."""
        return cls(url=url or LOCAL, key=os.environ.get(KEY_VARIABLE, ""))

    @property
    def address(self) -> SplitResult:
        """The address in its parts; InputError when it is none."""
        try:
            url = urlsplit(self.url)
            _ = url.port
        except ValueError as error:
            raise InputError(f"'{self.url}' is not the address of a server", hint=f"write it like {LOCAL}") from error
        return url

    @property
    def name(self) -> str:
        """The address without anything that need not be told.

        >>> Server(url="HTTP://localhost:5000/").name
        'http://localhost:5000'
        """
        url = self.address
        return f"{url.scheme}://{url.netloc.lower()}{url.path.rstrip('/')}"

    @property
    def is_local(self) -> bool:
        """Whether it is on this machine.

        >>> Server(url="http://[::1]:5000").is_local, Server(url="https://translate.example.org").is_local
        (True, False)
        """
        host = self.address.hostname or ""
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"


class LibreTranslate:
    """Translates with the engine behind a server."""

    def __init__(self, server: Server, source: str, target: str, *, cache: Path | None = None) -> None:
        self.server, self.source, self.target = server, source, target
        self.fresh = 0
        """Texts that the server had to render, so far; the others came from the cache."""
        self._cache = RenderingCache(cache, self.signature)
        self._connection: HTTPConnection | None = None
        self._answered = False

    @property
    def made_by(self) -> MadeBy:
        """The server; what model it uses it does not say."""
        return MadeBy(f"libretranslate at {self.server.name}")

    @property
    def signature(self) -> str:
        """The server and the languages."""
        return signature(engine="libretranslate", server=self.server.name, languages=f"{self.source}-{self.target}")

    def translate(self, texts: Sequence[str], *, progress: Progress | None = None) -> list[Rendering]:
        """One rendering per text, in order; `progress` is told the characters done and the characters in all.

        Raises InputError when the server refuses (it does not know the languages, or the key), EnvironmentProblem
        when it does not answer. What it answered before that is in the cache.
        """
        distinct = list(dict.fromkeys(texts))
        known = self._cache.get(distinct)
        # The same that the engine here makes of such a text: no server need be asked.
        repair = Steps(find_pair(self.source, self.target)).repair
        copies = {text: one_line(decoded(text)) for text in distinct if not has_letters(text)}
        known.update(
            {
                text: Rendering(repair(Stage.ALONE, Prepared(copy), copy), 1.0, (Flag.COPIED,))
                for text, copy in copies.items()
            }
        )
        missing = [text for text in distinct if text not in known]
        self.fresh += len(missing)
        done, total = 0, sum(map(len, missing))
        try:
            for batch in _batches(missing, self.server):
                answers = self._render([one_line(decoded(text)) for text in batch])
                fresh = {text: _rendering(text, *answer) for text, answer in zip(batch, answers, strict=True)}
                self._cache.put(fresh)
                known.update(fresh)
                done += sum(map(len, batch))
                if progress:
                    progress(done, total)
        finally:
            self._disconnect()
        languages = find_pair(self.source, self.target)
        return [with_check_flag(text, known[text], languages) for text in texts]

    def close(self) -> None:
        """Let go of the cache's file."""
        self._cache.close()

    @cached_property
    def _pair(self) -> tuple[str, str]:
        """The server's codes for the two languages; InputError when it does not translate them."""
        if not self.server.is_local:
            _log.warning("texts leave this machine: they are sent to %s", self.server.name)
        answer = self._ask("GET", "/languages")
        try:
            if not isinstance(answer, list):
                raise TypeError("a list of languages is expected")
            # The languages, with those that the server translates each into.
            offered = {str(entry["code"]): [str(code) for code in entry.get("targets", [])] for entry in answer}
        except (KeyError, TypeError, AttributeError):
            hint = "check the address"
            raise InputError("this is not a LibreTranslate server", where=self.server.name, hint=hint) from None
        source = _code(self.source, offered)
        target = _code(self.target, offered[source]) if source else None
        if source and target:
            return source, target
        what = f"the server does not translate {self.source} → {self.target}"
        raise InputError(what, where=self.server.name, hint=f"it knows {', '.join(offered) or 'no language'}")

    def _render(self, texts: list[str]) -> list[tuple[str, bool]]:
        """The server's translations, and whether each was made in pieces: what is too long for it is halved."""
        source, target = self._pair
        question = {"q": texts, "source": source, "target": target, "format": "text"}
        if self.server.key:
            question["api_key"] = self.server.key
        try:
            answer = self._ask("POST", "/translate", question)
        except _TooLongError as error:
            # How much a server takes it says nowhere, so it is found out by halving.
            if len(texts) > 1:
                middle = len(texts) // 2
                return self._render(texts[:middle]) + self._render(texts[middle:])
            parts = clauses(texts[0], lambda part: len(part) <= len(texts[0]) // 2 + 1)
            if len(parts) < 2 or len(texts[0]) < 20:
                raise InputError(error.what, where=error.where) from error
            return [(" ".join(self._render([part.strip()])[0][0] for part in parts if part.strip()), True)]
        translated = answer.get("translatedText") if isinstance(answer, dict) else None
        if not isinstance(translated, list) or [type(text) for text in translated] != [str] * len(texts):
            raise self._problem("the server's answer is not what was asked for")
        return [(text, False) for text in translated]

    def _ask(self, method: str, path: str, question: Mapping[str, object] | None = None) -> object:
        """A request and its answer; repeated while the server is busy or the connection fails."""
        from http.client import HTTPException  # here, as below: it loads a good deal that most runs never need

        wait = self.server.wait
        for left in reversed(range(self.server.retries + 1)):
            try:
                status, reply, answer = self._send(method, path, question)
            except (OSError, HTTPException) as error:
                self._disconnect()
                # A server that refuses the first connection is not running; one that answered before may be busy.
                if not left or (isinstance(error, ConnectionRefusedError) and not self._answered):
                    raise self._problem(f"the server does not answer ({_reason(error)})") from error
                _log.info("%s: %s; trying again", self.server.name, _reason(error))
            else:
                self._answered = True
                if status == _FINE:
                    return answer
                if status not in _BUSY or not left:
                    self._refuse(status, answer, single=isinstance(answer, dict))
                _log.info("%s: status %d; trying again", self.server.name, status)
                # Retry-After may be a date, too (RFC 9110, section 10.2.3): then we wait as long as we would have.
                wait = (float(reply) if reply.isascii() and reply.isdigit() else 0.0) or wait
            # A server may ask for an hour; nobody waits so long for a sentence.
            time.sleep(min(wait, _LONGEST_WAIT))
            wait *= 2
        raise AssertionError("the last attempt returns or raises")

    def _send(self, method: str, path: str, question: Mapping[str, object] | None) -> tuple[int, str, object]:
        """One request: status, the seconds the server asks us to wait, and the answer (None when it is no JSON)."""
        body = json.dumps(question).encode("ascii") if question is not None else None
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._connection is None:
            from http.client import HTTPConnection, HTTPSConnection

            url = self.server.address
            kind = HTTPSConnection if url.scheme == "https" else HTTPConnection
            self._connection = kind(url.hostname or "", url.port, timeout=self.server.timeout)
        self._connection.request(method, self.server.address.path.rstrip("/") + path, body, headers)
        response = self._connection.getresponse()
        # One byte more than is allowed tells a long answer from one without end; neither fills the memory.
        data = response.read(_ANSWER_BYTES + 1)
        if len(data) > _ANSWER_BYTES:
            self._disconnect()
            raise self._problem("the server's answer is far too long")
        with suppress(ValueError):
            return response.status, response.getheader("Retry-After", ""), json.loads(data)
        return response.status, "", None

    def _disconnect(self) -> None:
        if self._connection:
            self._connection.close()
            self._connection = None

    def _refuse(self, status: int, answer: object, *, single: bool) -> NoReturn:
        """Raise the error for an answer other than a translation."""
        said = clean(str(answer.get("error", ""))) if isinstance(answer, dict) else ""
        # A server may repeat the key in its message, which goes to logs and screens.
        said = (said.replace(self.server.key, "…") if self.server.key else said)[:200]
        what = f"the server refuses: {said}" if said else f"the server answers with status {status}"
        # HTTP has 413 for it; LibreTranslate says 400, as for other mistakes, and "exceeds text limit".
        if status in _TOO_LONG and (status == 413 or "exceeds" in said):
            raise _TooLongError(what, where=self.server.name)
        if status in (401, 403) or "API key" in said:
            raise InputError(what, where=self.server.name, hint=f"put the key for this server into {KEY_VARIABLE}")
        if status in _BUSY:
            raise self._problem(what)
        raise InputError(what, where=self.server.name, hint=None if single else "check the address")

    def _problem(self, what: str) -> EnvironmentProblem:
        return EnvironmentProblem(what, where=self.server.name, hint="check that it is running, and try again")


class _TooLongError(AlignerError):
    """More than the server takes in one request."""


def _batches(texts: Sequence[str], server: Server) -> Iterator[list[str]]:
    """The texts in the groups they are sent in."""
    batch: list[str] = []
    size = 0
    for text in texts:
        if batch and (len(batch) >= server.most_texts or size + len(text) > server.most_characters):
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += len(text)
    if batch:
        yield batch


def _rendering(text: str, answer: str, split: bool) -> Rendering:
    """The server's answer as a rendering, looked at as our own are."""
    target = clean(answer)
    if not target:
        return Rendering(one_line(text), None, (Flag.COPIED, Flag.DOUBTFUL))
    # Nothing is known of how it was made: only what can be seen in any text is looked for.
    faults = content_faults(text, target, fixed_texts(clean(text)))
    flags = (
        (Flag.SPLIT, split),
        (Flag.DOUBTFUL, any(fault.weight >= SERIOUS for fault in faults)),
        (Flag.NUMBERS, Fault.NUMBERS in faults),
    )
    return Rendering(target, None, tuple(flag for flag, holds in flags if holds))


def _code(language: str, offered: Sequence[str] | Mapping[str, object]) -> str | None:
    """A server's code for a language: its own if it has it, else that of the language without its region."""
    by_name = {code.lower(): code for code in offered}
    return by_name.get(language.lower().replace("_", "-")) or by_name.get(base_language(language))


def _reason(error: Exception) -> str:
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error) or type(error).__name__
    return text.lower()
