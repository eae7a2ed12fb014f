"""The review server of a soak: started, asked as the page asks, killed.

Start reading at `Server`.
"""

from __future__ import annotations

import http.client
import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aligner.corpus.store import open_project, read_bitext
from tests.soak.commands import Running, start
from tests.soak.trees import demand_state, work
from tests.soak.trial import Case, Played, demand

_ADDRESS = re.compile(r"Review: http://127\.0\.0\.1:(\d+)/\S*\?token=(\S+)")


@dataclass
class Server:
    """A running ``aligner review``."""

    running: Running
    port: int
    token: str

    def ask(self, path: str, value: object = None, *, timeout: float = 60, **headers: str) -> tuple[int, Any]:
        """Ask the interface as the page does: the status, and the JSON of the answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            body = None if value is None else json.dumps(value)
            given = {"X-Aligner-Token": self.token, **headers}
            connection.request("GET" if body is None else "POST", path, body, given)
            answer = connection.getresponse()
            data = answer.read()
            return answer.status, json.loads(data) if data[:1] == b"{" else data
        finally:
            connection.close()


@contextmanager
def served(folder: Path, *more: str) -> Iterator[Server]:
    """Serve the corpus of a folder."""
    said = folder.parent / f"address-{time.monotonic_ns()}"
    running = start(["review", "--no-open", "--by", "ada", *more], folder, output=said)
    try:
        end = time.monotonic() + 60
        while (found := _ADDRESS.search(said.read_text("utf-8") if said.exists() else "")) is None:
            demand(running.poll() is None, f"the server did not start: {running.poll()}")
            demand(time.monotonic() < end, "the server does not say where it is")
            time.sleep(0.01)
        yield Server(running, int(found[1]), found[2])
    finally:
        running.kill()


Data = dict[str, Any]


def text_edit(data: Data, bead: Data, text: str) -> Data:
    """An edit of a bead's text, as the page that shows `data` sends it."""
    before = {"target": target_of(data, bead), "status": bead["status"]}
    return {"op": "text", "bead": locator_of(data, bead), "before": before, "text": text}


def target_of(data: Data, bead: Data) -> str:
    """The English of a bead in the page's data."""
    return " ".join(data["target"][index][1] for index in bead["t"])


def locator_of(data: Data, bead: Data) -> str:
    """The locator of a bead in the page's data."""
    return data["source"][bead["s"][0]][0] if bead["s"] else f"t{data['target'][bead['t'][0]][0]}"


def edits_under_a_kill(case: Case) -> Played:
    """Edit until the server is killed; every edit that was answered is there, and the next server goes on."""
    chance = case.random
    folder = work("export xlsx").begin(case.folder)
    accepted: dict[str, str] = {}
    sent: dict[str, str] = {}
    count = 0
    for _ in range(2):
        with served(folder) as server:
            end = time.monotonic() + chance.uniform(0.05, 1.2)
            killer = _killing(server, end)
            try:
                _, data = server.ask("/api/lettre")
                _demand_there(data, accepted, sent)
                while True:
                    bead = chance.choice(data["beads"])
                    text = f"Text {case.number} {count} of a person."
                    name = locator_of(data, bead)
                    sent[name] = text
                    asked = {"version": data["version"], "edits": [text_edit(data, bead, text)]}
                    status, answer = server.ask("/api/lettre/edits", asked)
                    demand(status == 200, f"an edit was answered with {status}: {answer}")
                    accepted[name], data = text, answer["data"]
                    count += 1
            except (OSError, http.client.HTTPException):
                pass
            finally:
                killer.join()
        demand_state(folder, "review")
    with served(folder) as server:
        _, data = server.ask("/api/lettre")
        _demand_there(data, accepted, sent)
        _demand_one(folder)
    return Played(2, figures={"edits before a kill": count})


def _demand_there(data: dict[str, Any], accepted: dict[str, str], sent: dict[str, str]) -> None:
    """Demand that a bead has the text of the last edit that was answered, or of the one that was on its way."""
    found = {locator_of(data, bead): target_of(data, bead) for bead in data["beads"]}
    for bead, text in accepted.items():
        demand(found.get(bead) in (text, sent[bead]), f"the edit of {bead} is lost: {text!r}, not {found.get(bead)!r}")


def _demand_one(folder: Path) -> None:
    """Demand that the English file says what the pairs say."""
    bitext = read_bitext(open_project(folder / "corpus").bitext_file("lettre"))
    english = (folder / "corpus/en/lettre.txt").read_text("utf-8")
    for bead in bitext.beads:
        demand(bitext.target_text(bead) in english, f"the English file lacks {bitext.target_text(bead)!r}")


def _killing(server: Server, moment: float) -> Any:
    import os
    import signal
    import threading

    def kill() -> None:
        time.sleep(max(moment - time.monotonic(), 0))
        os.kill(server.running.child, signal.SIGKILL)

    thread = threading.Thread(target=kill)
    thread.start()
    return thread
