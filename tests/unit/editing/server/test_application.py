"""What the editor's server answers: real requests to a real server."""

from __future__ import annotations

import json
import re
import signal
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from aligner.corpus.exports import EXPORTS, PAGE
from aligner.corpus.publish import republish
from aligner.corpus.store import read_bitext
from aligner.editing import OpenDocument
from aligner.files import write_atomically
from tests.unit.editing.conftest import edit_json
from tests.unit.editing.server.conftest import Server

Start = Callable[..., Server]


def test_the_first_page_lists_the_documents_and_names_the_damaged_one(server: Server) -> None:
    page = server.page("/").body.decode()
    assert re.findall(r'<a href="(/[^"#]*)"', page) == ["/d", "/%C3%A9t%C3%A9.2"]
    assert re.search(r"<li>broken: .*broken\.fr-en\.jsonl.*not JSON", page)
    answer = server.page("/broken")
    assert (answer.status, answer.headers["content-type"]) == (422, "text/plain; charset=utf-8")
    assert "not JSON in UTF-8; restore the file" in answer.body.decode()
    assert server.api("broken").status == 422


def test_a_page_holds_its_data_and_where_edits_go(server: Server) -> None:
    page = server.page("/%C3%A9t%C3%A9.2").body.decode()
    assert '<script type="application/json" id="bitext-data"' in page
    assert server.token in page
    assert re.findall(r'rel="(prev|next)" href="([^"]+)"', page) == [("prev", "/d")]
    data = server.api("%C3%A9t%C3%A9.2").json
    assert (data["id"], data["languages"], len(data["beads"])) == ("été.2", ["fr", "en"], 7)
    told = {"api": "/api", "token": server.token, "by": "ada", "named": True}
    assert data["server"] == told | {"undo": False, "redo": False}
    assert data["version"] == OpenDocument(server.project, "été.2").read().version
    assert data["beads"][4]["findings"][0][:2] == ["E101", "empty"]
    assert server.page("/nowhere").status == server.api("nowhere").status == 404


def test_a_page_has_the_findings_of_the_static_page(start: Start) -> None:
    server = start()

    def found() -> list[list[str]]:
        return [[finding[0] for finding in bead["findings"]] for bead in server.api("d").json["beads"]]

    def on_disk() -> list[list[str]]:
        republish(server.project, ["d"])
        page = server.project.export_file("d", EXPORTS[PAGE]).read_text(encoding="utf-8")
        data = re.search(r'id="bitext-data">(.*?)</script>', page)
        assert data is not None
        return [[finding[0] for finding in bead.get("findings", [])] for bead in json.loads(data[1])["beads"]]

    before = found()
    assert before == on_disk()
    glossary = server.project.corpus / "glossary.tsv"
    for text, codes in (("chat\ttomcat\n", ["W701"]), ("chat\tcat\n", []), ("no glossary", [])):
        write_atomically(glossary, text)
        assert found() == on_disk() == [before[0], codes, *before[2:]]
    glossary.unlink()
    assert found() == on_disk() == before
    assert server.edit("d", "text", 1, text="A dog dog sleeps.").json["data"]["beads"][1]["findings"] != []
    assert found() == on_disk()


def test_an_edit_is_saved_undone_and_done_again(start: Start) -> None:
    server = start()
    version = server.api("d").json["version"]
    answer = server.edit("d", "text", 1, text="One cat.")
    assert answer.status == 200
    assert list(answer.json) == ["version", "data"]
    assert answer.json["version"] == answer.json["data"]["version"] != version
    bead = answer.json["data"]["beads"][1]
    assert (bead["status"], bead["by"], bead["origin"]) == ("edited", "ada", "human")
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", bead["changed"])
    assert "One cat." in server.project.target_file("d").read_text(encoding="utf-8")
    undone = server.api("d/undo", {"version": answer.json["version"]})
    assert (undone.status, undone.json["version"]) == (200, version)
    assert server.api("d/redo", {"version": version}).json["version"] == answer.json["version"]
    nothing = server.api("d/redo", {"version": answer.json["version"]})
    assert (nothing.status, nothing.json["error"]) == (409, "there is nothing to redo")
    assert nothing.json["data"]["version"] == answer.json["version"]


def test_conflicts_come_with_the_document_as_it_is(start: Start) -> None:
    server = start()
    old = OpenDocument(server.project, "d").read()
    assert server.edit("d", "text", 1, text="One cat.").status == 200
    late = {"version": old.version, "edits": [edit_json(old.bitext, "text", 1, text="Two cats.")]}
    answer = server.api("d/edits", late)
    assert (answer.status, answer.json["error"]) == (409, "this pair was changed in the meantime")
    assert answer.json["data"]["beads"][1]["status"] == "edited"
    merge = {"version": old.version, "edits": [edit_json(old.bitext, "merge", 2)]}
    assert server.api("d/edits", merge).status == 409
    assert server.api("d/undo", {"version": old.version}).status == 409


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "the request is not JSON"),
        (b"[" * 100_000, "the request is not JSON"),
        (b"\xff", "the request is not JSON"),
        (b"[]", "the request is not a JSON object"),
        (b'{"version": "x"}', "'edits' must be a list of one to 10,000 edits"),
        (b'{"version": "x", "edits": []}', "'edits' must be a list of one to 10,000 edits"),
        (b'{"version": "x", "edits": [1]}', "an edit must be a JSON object"),
        (b'{"version": "x", "edits": [{"op": "merge"}]}', "an edit lacks 'before'"),
        (
            b'{"version": 1, "edits": [{"op": "merge", "bead": "1.1", "before": {"target": "", "status": "draft"}}]}',
            "'version' is missing: the version of the document that the person saw",
        ),
    ],
)
def test_what_is_no_request_is_refused_in_a_sentence(server: Server, body: bytes, sentence: str) -> None:
    answer = server.ask("/api/d/edits", method="POST", body=body, headers={"X-Aligner-Token": server.token})
    assert (answer.status, answer.json) == (400, {"error": sentence})


def test_only_the_methods_of_an_address_are_answered(server: Server) -> None:
    for path, method in (("d/edits", "GET"), ("d", "PUT"), ("d", "DELETE"), ("d/undo", "GET")):
        headers = {"X-Aligner-Token": server.token}
        assert server.ask(f"/api/{path}", method=method, headers=headers).status == 405


def test_waiting_for_changes(start: Start) -> None:
    server = start()
    version = server.api("d").json["version"]
    assert server.api("d/changes?since=other").json["version"] == version
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(server.api, f"d/changes?since={version}")
        time.sleep(0.5)
        assert not waiting.done()
        edited = server.edit("d", "status", 1, status="accepted")
        assert waiting.result(timeout=5).json == edited.json["data"]
        again = pool.submit(server.api, f"d/changes?since={edited.json['version']}")
        stored = OpenDocument(server.project, "d").read()
        path = server.project.bitext_file("d")
        write_atomically(path, path.read_bytes().replace(b'"note": ""', b'"note": "from a program"', 1))
        assert again.result(timeout=5).json["beads"][0]["note"] == "from a program"
        assert stored.version == edited.json["version"]


def test_slow_clients_and_many_open_pages_do_not_hold_up_an_edit(start: Start) -> None:
    server = start()
    version = server.api("d").json["version"]
    headers = f"HTTP/1.1\r\nHost: {server.host}\r\nX-Aligner-Token: {server.token}\r\n"
    ask = f"GET /api/d/changes?since={version} {headers}\r\n"
    slow = f"POST /api/d/edits {headers}Content-Length: 9\r\n\r\n{{"
    with ExitStack() as stack:
        connections = [
            stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=10)) for _ in range(200)
        ]
        for number, connection in enumerate(connections):
            connection.sendall((ask if number % 2 else slow if number % 4 else "GET / HT").encode())
        begun = time.monotonic()
        assert server.edit("d", "status", 1, status="accepted").status == 200
        assert time.monotonic() - begun < 10
        for connection in connections[1::2]:
            assert connection.recv(1024).startswith(b"HTTP/1.1 200 ")
        code, said = server.stop()
    assert code == 0
    assert [line.partition(": ")[0] for line in said.splitlines()] == ["aligner"] * 2, said


def test_tabs_that_edit_at_the_same_time_lose_nothing(start: Start) -> None:
    server = start()

    def tab(index: int) -> int:
        refused = 0
        for number in range(4):
            while server.edit("d", "note", index, note=f"{index} {number}").status != 200:
                refused += 1
        return refused

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(tab, range(6))) == [0] * 6
    bitext = read_bitext(server.project.bitext_file("d"))
    assert [bead.note for bead in bitext.beads[:6]] == [f"{index} 3" for index in range(6)]


def test_exports_follow_when_it_is_quiet_and_at_the_end(start: Start) -> None:
    server = start()
    memory = server.project.output / "tmx" / "d.fr-en.tmx"
    assert server.edit("d", "text", 1, text="Quiet cats.").status == 200
    end = time.monotonic() + 20
    while not (memory.exists() and "Quiet cats." in memory.read_text(encoding="utf-8")):
        assert time.monotonic() < end
        time.sleep(0.1)
    assert server.edit("d", "text", 1, text="Last cats.").status == 200
    code, said = server.stop()
    assert (code, said.splitlines()[-1]) == (
        0,
        "aligner: review ended; 2 edits in 1 document saved, the exports are up to date",
    )
    for name in ("tmx/d.fr-en.tmx", "tei/d.xml", "review/d.html"):
        assert "Last cats." in (server.project.output / name).read_text(encoding="utf-8"), name
    assert 'href="d.html"' in (server.project.output / "review/index.html").read_text(encoding="utf-8")
    assert not (server.project.output / "tmx/été.2.fr-en.tmx").exists(), "only what was edited is exported"


@pytest.mark.parametrize("name", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_at_once_and_cleanly(start: Start, name: signal.Signals) -> None:
    server = start()
    version = server.api("d").json["version"]
    waiting = threading.Thread(target=server.api, args=(f"d/changes?since={version}",))
    waiting.start()
    time.sleep(0.3)
    begun = time.monotonic()
    code, said = server.stop(name)
    assert (code, said) == (
        0,
        "aligner: every edit is saved at once; Ctrl-C ends the review\naligner: review ended; nothing was changed\n",
    )
    assert time.monotonic() - begun < 10
    waiting.join()


def test_undo_reaches_back_over_a_restart_and_a_kill(start: Start) -> None:
    first = start()
    version = first.api("d").json["version"]
    edited = first.edit("d", "text", 1, text="One cat.").json["version"]
    first.stop(signal.SIGKILL)
    second = start()
    assert second.api("d").json["version"] == edited
    assert second.token != first.token
    assert second.api("d/undo", {"version": edited}).json["version"] == version


def test_only_the_named_documents_are_served(start: Start) -> None:
    server = start("été.2")
    assert server.address.startswith(f"http://127.0.0.1:{server.port}/%C3%A9t%C3%A9.2?token=")
    assert server.page("/d").status == server.api("d").status == 404
    assert server.api("%C3%A9t%C3%A9.2").status == 200


def test_clients_that_go_away_are_nobodys_fault(start: Start) -> None:
    server = start()
    headers = f"HTTP/1.1\r\nHost: {server.host}\r\nX-Aligner-Token: {server.token}\r\n"
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
            connection.sendall(f"POST /api/d/edits {headers}Content-Length: 900\r\n\r\n{{".encode())
            time.sleep(0.05)
    assert server.edit("d", "status", 1, status="accepted").status == 200
    _, said = server.stop()
    assert "fault" not in said


def test_what_is_said_to_be_too_large_is_not_read(start: Start) -> None:
    server = start()
    headers = f"HTTP/1.1\r\nHost: {server.host}\r\nX-Aligner-Token: {server.token}\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(f"POST /api/d/edits {headers}Content-Length: 900000000\r\n\r\n".encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 413 ")


def test_exports_that_a_killed_server_owed_are_made_by_the_next_one(start: Start) -> None:
    first = start()
    assert first.edit("d", "text", 1, text="Late cats.").status == 200
    first.stop(signal.SIGKILL)
    memory = first.project.output / "tmx" / "d.fr-en.tmx"
    assert not memory.exists()
    assert start().stop()[0] == 0
    assert "Late cats." in memory.read_text(encoding="utf-8")
