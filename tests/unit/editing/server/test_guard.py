"""Who is let in, and what every answer carries: real requests to a real server."""

from __future__ import annotations

import os
import re
import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.unit.editing.server.conftest import Server, review, small_corpus


def test_the_address_leads_in_and_the_cookie_keeps_it_out_of_sight(server: Server) -> None:
    first = server.ask(f"/?token={server.token}")
    assert first.status == 200
    cookie = first.headers["set-cookie"]
    assert cookie.startswith(f"aligner-{server.port}={server.token};")
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
    assert b'content="0;url=/"' in first.body
    assert server.page("/").status == 200
    document = server.ask(f"/%C3%A9t%C3%A9.2?token={server.token}")
    assert b'content="0;url=/%C3%A9t%C3%A9.2"' in document.body


def test_the_browser_is_started_with_a_key_that_is_good_for_once(tmp_path: Path) -> None:
    opened = tmp_path / "opened"
    browser = tmp_path / "xdg-open"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}.part && mv {opened}.part {opened}\n', encoding="utf-8")
    browser.chmod(0o755)
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "BROWSER": str(browser)}
    with review(small_corpus(tmp_path), browser=True, environment=environment) as server:
        end = time.monotonic() + 20
        while not opened.exists():
            assert time.monotonic() < end
            time.sleep(0.05)
        address = urlsplit(opened.read_text(encoding="utf-8").strip())
        assert server.token not in address.query
        path = f"{address.path}?{address.query}"
        assert server.ask(path.replace("/?", "/api/d?")).status == 403
        first = server.ask(path)
        assert (first.status, first.headers["set-cookie"].split(";")[0]) == (
            200,
            f"aligner-{server.port}={server.token}",
        )
        assert server.ask(path).status == 403


@pytest.mark.parametrize("path", ["/", "/d", "/api/d", "/api/d/changes?since=", "/nowhere", "/api/nowhere"])
def test_without_the_token_nothing_is_said(server: Server, path: str) -> None:
    wrong = "x" * len(server.token)
    join = "&" if "?" in path else "?"
    for answer in (
        server.ask(path),
        server.ask(f"{path}{join}token={wrong}"),
        server.ask(path, headers={"Cookie": f"aligner-{server.port}={wrong}"}),
        server.ask(path, headers={"X-Aligner-Token": wrong}),
        server.ask(path, headers={"X-Aligner-Token": ""}),
        server.ask(path, headers={"X-Aligner-Token": "\xe9"}),
    ):
        assert answer.status == 403
        assert b"open the address that" in answer.body.lower()
        assert b"cat sleeps" not in answer.body


def test_the_interface_takes_the_token_from_its_header_alone(server: Server) -> None:
    cookie = {"Cookie": f"aligner-{server.port}={server.token}"}
    assert server.ask("/api/d", headers=cookie).status == 403
    assert server.ask(f"/api/d?token={server.token}").status == 403
    forged = server.ask("/api/d/edits", method="POST", body=b"{}", headers=cookie)
    assert (forged.status, list(forged.json)) == (403, ["error"])
    assert server.ask("/api/d", headers={"X-Aligner-Token": server.token}).status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        "127.0.0.1:{port}.evil.example",
        "",
        "[",
        "[::1]:{port}",
        "a@b",
    ],
)
def test_another_host_is_refused(server: Server, host: str) -> None:
    headers = {"X-Aligner-Token": server.token, "Host": host.format(port=server.port)}
    answer = server.ask("/api/d", headers=headers)
    assert answer.status in (400, 403)
    assert b"cat sleeps" not in answer.body


def test_hosts_are_sent_once(server: Server) -> None:
    request = f"GET /api/d HTTP/1.1\r\nHost: {server.host}\r\nHost: evil.example\r\nX-Aligner-Token: {server.token}\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(request.encode() + b"Connection: close\r\n\r\n")
        assert re.match(rb"HTTP/1.1 40[03] ", connection.recv(4096))


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "null",
        "https://127.0.0.1:{port}",
        "http://127.0.0.1:1",
        "http://127.0.0.1",
        "file://",
        "",
    ],
)
def test_another_origin_is_refused(server: Server, origin: str) -> None:
    headers = {"X-Aligner-Token": server.token, "Origin": origin.format(port=server.port)}
    assert server.ask("/api/d", headers=headers).status == 403
    assert server.ask("/api/d/undo", method="POST", body=b"{}", headers=headers).status == 403


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST"])
def test_our_own_host_and_origin_are_welcome(server: Server, name: str) -> None:
    headers = {"Host": f"{name}:{server.port}", "X-Aligner-Token": server.token}
    assert server.ask("/api/d", headers=headers).status == 200
    assert server.ask("/api/d", headers={**headers, "Origin": f"http://{name.lower()}:{server.port}"}).status == 200


def test_only_this_machine_is_listened_to(server: Server) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # sends nothing; says which address the machine would use
        address = probe.getsockname()[0]
    if address.startswith("127."):
        pytest.skip("this machine has no address but the loopback")
    with socket.socket() as other:
        other.settimeout(2)
        assert other.connect_ex((address, server.port)) != 0


def test_every_answer_carries_the_headers(server: Server) -> None:
    answers = [
        server.page("/"),
        server.page("/d"),
        server.page("/nowhere"),
        server.page("/broken"),
        server.ask("/"),
        server.ask(f"/?token={server.token}"),
        server.api("d"),
        server.api("d/edits", {}),
        server.api("d/changes?since="),
        server.ask("/api/d", method="OPTIONS", headers={"X-Aligner-Token": server.token}),
    ]
    assert [answer.status for answer in answers] == [200, 200, 404, 422, 403, 200, 200, 400, 200, 405]
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; ")
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"
        assert not any(name.startswith("access-control") for name in answer.headers)
        assert "server" not in answer.headers


def test_a_page_may_run_its_own_script_and_talk_to_us_alone(server: Server) -> None:
    policy = server.page("/d").headers["content-security-policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";") if part.strip())
    assert directives["connect-src"] == "'self'"
    for name in ("script-src", "style-src"):
        assert all(re.fullmatch(r"'(sha256|nonce)-[\w+/=-]+'", source) for source in directives[name].split())


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret",
        "/corpus/fr/d.txt",
        "/d/../d",
        "//evil.example/",
        "/d%00",
        "/.",
        "/bitext",
        "/d.fr-en.jsonl",
    ],
)
def test_no_path_leads_to_a_file(server: Server, path: str) -> None:
    for answer in (server.page(path), server.api(path.removeprefix("/"))):
        assert answer.status == 404
        assert b"secret" not in answer.body.replace(path.encode(), b"")


@pytest.mark.parametrize(
    ("headers", "body"),
    [({"Content-Length": "20000000"}, b""), ({"Transfer-Encoding": "chunked"}, b"")],
    ids=["announced", "in pieces"],
)
def test_a_request_is_bounded(server: Server, headers: dict[str, str], body: bytes) -> None:
    lines = [
        "POST /api/d/edits HTTP/1.1",
        f"Host: {server.host}",
        f"X-Aligner-Token: {server.token}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    piece = b"%x\r\n%b\r\n" % (65536, b" " * 65536) if "Transfer-Encoding" in headers else b" " * 65536
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        try:
            for _ in range(305):
                connection.sendall(piece)
        except (BrokenPipeError, ConnectionResetError):
            pass  # it had heard enough
        assert connection.recv(4096).startswith(b"HTTP/1.1 413 ")
