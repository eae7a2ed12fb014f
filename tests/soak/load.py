"""The review server under load: two hundred clients at once, of whom many mean no good.

    good       pages, data, waiting for changes, edits           200, 204, 409; p99 of the time to the last byte
    strangers  wrong tokens, hosts, origins, methods             403, 405
    curious    paths that lead out of the corpus                 403, 404
    broken     requests that are too large, cut off, malformed   400, 408, 413, 431, or the connection is closed
    slow       a byte now and then                               held, and nobody waits for them

Nothing is written but what edits ask for. Start reading at `play`.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.soak.mutate import HOSTILE, JSON_VALUES
from tests.soak.serving import Server, served, text_edit
from tests.soak.trees import tree, work
from tests.soak.trial import Case, Played, demand

CLIENTS = 200
"""Connections that are open at once."""
REQUESTS = 2_000
"""Requests in a case."""
PATIENCE = 60.0
"""Seconds that an answer may take."""
OUT = (
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2f..%2fetc/passwd",
    "/api/../../secret.txt",
    "/api/%00",
    "//etc/passwd",
    "/lettre/../../corpus/fr/lettre.txt",
    "/corpus/fr/lettre.txt",
    "/api/lettre%2f..%2fnote",
    "/.aligner/exports.json",
    "/api/lettre\\..\\note",
    "/%c0%ae%c0%ae/",
    "/api/" + "a" * 3_000,
    "/api/lettre;x",
    "/api/lettre/edits/..",
    "/\u00e9",
)


@dataclass
class Log:
    """What was answered."""

    times: list[float] = field(default_factory=list)
    """Seconds that good requests took."""
    answers: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    edits: int = 0


async def ask(server: Server, raw: bytes) -> tuple[int, bytes]:
    """Send bytes and read to the end; status 0 where the connection ends without an answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    try:
        writer.write(raw)
        await writer.drain()
        data = await asyncio.wait_for(reader.read(), PATIENCE)
    except ConnectionError:
        return 0, b""
    finally:
        writer.close()
    found = re.match(rb"HTTP/1\.1 (\d+) ", data)
    return int(found[1]) if found else 0, data.partition(b"\r\n\r\n")[2]


def request(server: Server, path: str, *, method: str = "GET", body: bytes | None = None, **headers: str) -> bytes:
    """A request as the page makes it, with other headers where given (empty: left out)."""
    given = {
        "Host": f"127.0.0.1:{server.port}",
        "X-Aligner-Token": server.token,
        "Connection": "close",
        "Cookie": f"aligner-{server.port}={server.token}",
        **({} if body is None else {"Content-Length": str(len(body))}),
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items() if value)]
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "replace") + (body or b"")


class Crowd:
    """The clients."""

    def __init__(self, server: Server, chance: random.Random, data: dict[str, Any]) -> None:
        self.server, self.chance, self.data, self.log = server, chance, data, Log()

    def expect(self, kind: str, status: int, allowed: tuple[int, ...]) -> None:
        """Note an answer, and that it is one of those that may be."""
        self.log.answers[f"{kind} {status}"] += 1
        if status not in allowed:
            self.log.faults.append(f"{kind}: answered with {status}")

    async def good(self) -> None:
        """What a page asks."""
        path = self.chance.choice(("/", "/lettre", "/api/lettre", "/api/note", "/api/lettre/changes?since=x"))
        begun = time.monotonic()
        status, body = await ask(self.server, request(self.server, path))
        self.log.times.append(time.monotonic() - begun)
        self.expect("good", status, (200,))
        if status == 200 and not body:
            self.log.faults.append(f"good: {path} has no content")

    async def edit(self) -> None:
        """An edit; somebody else may have been there before."""
        bead = self.chance.choice(self.data["beads"])
        asked = {
            "version": self.data["version"],
            "edits": [text_edit(self.data, bead, f"Load {self.chance.random()}.")],
        }
        begun = time.monotonic()
        raw = request(self.server, "/api/lettre/edits", method="POST", body=json.dumps(asked).encode())
        status, body = await ask(self.server, raw)
        self.log.times.append(time.monotonic() - begun)
        self.expect("edit", status, (200, 409))
        self.log.edits += status == 200
        if status in (200, 409):
            self.data = json.loads(body)["data"]

    async def stranger(self) -> None:
        """Who has no business here."""
        wrong: dict[str, str] = self.chance.choice(
            (
                {"X_Aligner_Token": "x" * 43},
                {"X_Aligner_Token": ""},
                {"Host": "evil.example"},
                {"Host": ""},
                {"Host": f"127.0.0.1:{self.server.port + 1}"},
                {"Origin": "http://evil.example"},
                {"Origin": "null"},
                {"Origin": f"https://127.0.0.1:{self.server.port}"},
                {"Host": f"127.0.0.1:{self.server.port}@evil.example"},
                {"Host": f"localhost.evil.example:{self.server.port}"},
            )
        )
        post = self.chance.random() < 0.5
        body = b'{"version": "x", "edits": []}' if post else None
        path = "/api/lettre/edits" if post else "/api/lettre"
        raw = request(self.server, path, method="POST" if post else "GET", body=body, **wrong)
        status, answer = await ask(self.server, raw)
        self.expect("stranger", status, (400, 403))
        if b"ministre" in answer:
            self.log.faults.append(f"stranger: {wrong} reads the corpus")

    async def curious(self) -> None:
        """Who looks for files that are not served."""
        path = self.chance.choice(OUT)
        status, body = await ask(self.server, request(self.server, path))
        self.expect("curious", status, (0, 400, 404, 405))
        if (b"secret" in body and b"error" not in body) or b"root:" in body:
            self.log.faults.append(f"curious: {path} is answered with a file")

    async def broken(self) -> None:
        """What is not a request, or not one that can be done."""
        chance = self.chance
        edit = text_edit(self.data, chance.choice(self.data["beads"]), "x")
        for _ in range(chance.choice((1, 1, 2))):
            edit[chance.choice([*edit, "at", "status", "note", "source", "side"])] = chance.choice(JSON_VALUES)
        edit.update(
            {"op": chance.choice(("text", "note", "status", "split", "move", "x"))} if chance.random() < 0.5 else {}
        )
        # No such edit may be taken by accident: its bead was never so.
        edit["before"] = chance.choice((None, {}, {"target": "never", "status": "draft"}, {"target": 1, "status": []}))
        version = self.data["version"]
        bodies = (
            json.dumps({"version": version, "edits": [edit]}).encode(),
            json.dumps({"version": chance.choice(JSON_VALUES), "edits": chance.choice(JSON_VALUES)}).encode(),
            b"[" * 100_000,
            b"{}",
            b"",
            b"\xff\xfe",
            b'{"version": 1',
            json.dumps(chance.choice(HOSTILE)).encode("utf-8", "replace"),
            b" " * 5_000_000,
        )
        path = chance.choice(("/api/lettre/edits", "/api/lettre/edits", "/api/lettre/undo", "/api/nobody/edits"))
        whole = request(
            self.server, path, method="POST", body=chance.choice(bodies[1:] if path.endswith("undo") else bodies)
        )
        raws = (
            whole,
            whole,
            whole,
            b"GET / HTTP/9.9\r\n\r\n",
            b"\x16\x03\x01\x02\x00\x01",
            b"GET " + b"a" * 100_000,
            b"\r\n" * 50,
            whole.replace(b"Content-Length: ", b"Content-Length: -"),
            whole.replace(b"POST", b"PROPFIND"),
            request(self.server, "/api/lettre", X="y" * 200_000),
            whole + whole,
        )
        status, _ = await ask(self.server, chance.choice(raws) + b"\r\n\r\n")
        self.expect("broken", status, (0, 400, 403, 404, 405, 408, 409, 413, 422, 431))

    async def slow(self) -> None:
        """Who sends a byte now and then."""
        _, writer = await asyncio.open_connection("127.0.0.1", self.server.port)
        try:
            raw = request(self.server, "/api/lettre/edits", method="POST", body=b"{" + b" " * 50)
            for byte in raw[:-40]:
                writer.write(bytes([byte]))
                if self.chance.random() < 0.05:
                    await asyncio.sleep(0.05)
            await asyncio.sleep(0.5)
            self.log.answers["slow"] += 1
        except ConnectionError:
            self.log.answers["slow, cut off"] += 1
        finally:
            writer.close()

    async def everybody(self, requests: int, clients: int) -> None:
        """So many requests, by so many clients at once."""
        kinds = (self.good,) * 6 + (
            self.edit,
            self.edit,
            self.stranger,
            self.stranger,
            self.curious,
            self.broken,
            self.broken,
            self.slow,
        )
        left = iter(range(requests))

        async def client() -> None:
            for _ in left:
                kind = self.chance.choice(kinds)
                try:
                    await kind()
                except (OSError, TimeoutError) as error:
                    self.log.faults.append(f"{kind.__name__}: {type(error).__name__} {error}")

        await asyncio.gather(*(client() for _ in range(clients)))


def play(case: Case) -> Played:
    """A crowd before a server."""
    return crowd(case, REQUESTS, CLIENTS)


def crowd(case: Case, requests: int, clients: int) -> Played:
    """So many requests by so many clients; what must hold."""
    folder = work("export xlsx").begin(case.folder)
    (case.folder / "secret.txt").write_text("secret", encoding="utf-8")
    (folder / "secret.txt").write_text("secret", encoding="utf-8")
    before = tree(folder)
    with served(folder) as server:
        _, data = server.ask("/api/lettre")
        inherited = _memory(server.running.child, "VmRSS")
        many = Crowd(server, case.random, data)
        asyncio.run(many.everybody(requests, clients))
        status, _ = server.ask("/api/lettre")
        demand(status == 200, "the server does not answer any more")
        used = _memory(server.running.child, "VmHWM") - inherited
        demand(used < 500, f"the server takes {used:.0f} MB")
        server.running.signal(15)
        ended = server.running.wait()
    log = many.log
    demand(ended.code == 0, f"the server ends with {ended.code}: {ended.said[-300:]}")
    demand("a fault in aligner" not in ended.said, ended.said[-400:])
    changed = {name for name, data_ in tree(folder).items() if before.get(name) != data_}
    asked = re.compile(r"corpus/(bitext|en)/lettre\.|(tmx|tei|review)/(lettre|index|search)\.")
    demand(not [name for name in changed if not asked.match(name)], f"written without being asked for: {changed}")
    times = sorted(log.times)
    refused = sum(count for kind, count in log.answers.items() if kind[-3:] >= "400")
    figures = {
        "p99, ms": 1000 * times[int(len(times) * 0.99)],
        "median, ms": 1000 * times[len(times) // 2],
        "memory for it, MB": used,
        "edits taken": float(log.edits),
        "refused": float(refused),
    }
    return Played(requests, [f"{count} × {fault}" for fault, count in Counter(log.faults).most_common(5)], figures)


def _memory(process: int, what: str) -> float:
    """The memory that a process has (VmRSS), or the most that it has had (VmHWM), in MB."""
    status = Path(f"/proc/{process}/status")
    found = re.search(rf"{what}:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return int(found[1]) / 1000 if found else 0.0
