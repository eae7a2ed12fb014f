"""Downloads, against a real server on the loopback."""

from __future__ import annotations

import hashlib
import json
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from aligner.errors import EnvironmentProblem, InputError
from aligner.translation import download_package, find_package
from aligner.translation.packages import transfer

Pack = Callable[..., Path]


class Site(ThreadingHTTPServer):
    """Serves `files` with ETags and ranges; `breaks` transfers end after so many bytes."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.files: dict[str, bytes] = {}
        self.breaks: list[int] = []
        self.requests: list[tuple[str, str | None]] = []
        self.moved: dict[str, str] = {}

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"

    def offer(self, path: Path, **more: Any) -> None:
        """Put a package into the index."""
        self.files["/p.argosmodel"] = path.read_bytes()
        entry = {"from_code": "fr", "to_code": "en", "package_version": "3.1", "links": [self.address + "p.argosmodel"]}
        self.files["/index.json"] = json.dumps([{"type": "sbd"}, {**entry, **more}]).encode()

    def handle_error(self, *_: Any) -> None:
        """A client that hangs up is no news."""


class Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        wanted = self.headers["Range"]
        self.server.requests.append((self.path, wanted))
        if self.path in self.server.moved:
            self.send_response(302)
            self.send_header("Location", self.server.moved[self.path])
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        data = self.server.files.get(self.path)
        if data is None:
            self.send_error(404)
            return
        tag = f'"{hashlib.sha256(data).hexdigest()}"'
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and self.headers["If-Range"] == tag else 0
        self.send_response(206 if start else 200)
        self.send_header("ETag", tag)
        self.send_header("Content-Length", str(len(data) - start))
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        self.end_headers()
        end = start + self.server.breaks.pop(0) if self.server.breaks and self.path != "/index.json" else len(data)
        self.wfile.write(data[start:end])
        self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Tests are quiet."""


@pytest.fixture
def site(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    for variable in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(variable, raising=False)
    with Site() as server:
        monkeypatch.setenv("ARGOS_PACKAGE_INDEX", server.address)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def packages_of(site: Site) -> list[str | None]:
    """The ranges asked for of the package."""
    return [wanted for path, wanted in site.requests if path == "/p.argosmodel"]


def leftovers(tmp_path: Path) -> list[str]:
    folder = tmp_path / "cache" / "downloads"
    return sorted(p.name for p in folder.iterdir()) if folder.exists() else []


def test_the_package_of_a_pair_is_fetched_and_installed(site: Site, pack: Pack, tmp_path: Path) -> None:
    path = pack(package_version="3.1")
    site.offer(path, sha256=hashlib.sha256(path.read_bytes()).hexdigest().upper(), size=path.stat().st_size)
    seen: list[tuple[int, int]] = []
    package = download_package("fr", "en", progress=lambda *done: seen.append(done))
    assert package == find_package("fr", "en")
    assert package.version == "3.1"
    assert seen[-1] == (path.stat().st_size, path.stat().st_size)
    assert seen == sorted(seen)
    assert leftovers(tmp_path) == []


def test_a_broken_transfer_is_taken_up_where_it_ended(site: Site, pack: Pack) -> None:
    site.offer(pack())
    site.breaks = [1_000_000, 500_000]
    assert download_package("fr", "en").found == "installed"
    assert packages_of(site) == [None, "bytes=1000000-", "bytes=1500000-"]


def test_the_next_call_goes_on_too(site: Site, pack: Pack) -> None:
    site.offer(pack())
    site.breaks = [1000] * 4
    with pytest.raises(EnvironmentProblem, match=r"keeps breaking off.*run the same command again"):
        download_package("fr", "en")
    assert download_package("fr", "en").found == "installed"
    assert packages_of(site)[-1] == "bytes=4000-"


def test_a_file_that_changed_meanwhile_is_fetched_anew(site: Site, pack: Pack) -> None:
    site.offer(pack("a"))
    site.breaks = [1000] * 4
    with pytest.raises(EnvironmentProblem):
        download_package("fr", "en")
    site.offer(pack("b", argos_version="other"))
    assert download_package("fr", "en").found == "installed"


@pytest.mark.parametrize("more", [{"sha256": "0" * 64}, {"size": 17}])
def test_what_is_not_as_announced_is_thrown_away(site: Site, pack: Pack, tmp_path: Path, more: dict[str, Any]) -> None:
    site.offer(pack(), **more)
    with pytest.raises(InputError, match="not what the index announces"):
        download_package("fr", "en")
    assert leftovers(tmp_path) == []


def test_garbage_is_not_installed(site: Site, tmp_path: Path, home: Path) -> None:
    (tmp_path / "garbage").write_bytes(b"<html>Not here any more</html>")
    site.offer(tmp_path / "garbage")
    with pytest.raises(InputError, match="not a whole Argos package"):
        download_package("fr", "en")
    assert leftovers(tmp_path) == []
    assert not list(home.rglob("translate-*"))


def test_a_package_for_another_pair_is_not_installed(site: Site, pack: Pack) -> None:
    site.offer(pack(to_code="de"))
    with pytest.raises(InputError, match="translates fr → de, not fr → en"):
        download_package("fr", "en")


def test_the_second_link_is_tried_when_the_first_is_dead(site: Site, pack: Pack) -> None:
    site.offer(pack(), links=["ipfs://Qm", site.address + "gone", site.address + "p.argosmodel"])
    assert download_package("fr", "en").found == "installed"


def test_the_newest_version_is_taken(site: Site, pack: Pack) -> None:
    site.offer(pack())
    newest = json.loads(site.files["/index.json"])[1]
    older = {**newest, "package_version": "3.0", "links": [site.address + "gone"]}
    site.files["/index.json"] = json.dumps([older, {**newest, "package_version": "3.10"}, older]).encode()
    assert download_package("fr", "en").found == "installed"


def test_dead_links_say_what_the_server_said(site: Site, pack: Pack) -> None:
    site.offer(pack())
    del site.files["/p.argosmodel"]
    with pytest.raises(EnvironmentProblem, match=r"404.*aligner model install FILE"):
        download_package("fr", "en")


def test_a_pair_nobody_offers(site: Site, pack: Pack) -> None:
    site.offer(pack())
    with pytest.raises(InputError, match="no package for fr → xx"):
        download_package("fr", "xx")


@pytest.mark.parametrize("index", [b"<html>", b"[1, 2", b"\xff\xfe\x00"])
def test_an_index_that_is_none(site: Site, index: bytes) -> None:
    site.files["/index.json"] = index
    with pytest.raises(EnvironmentProblem, match="not an index of packages"):
        download_package("fr", "en")


@pytest.mark.parametrize("index", [b"{}", b"[]", b"3", b'[null, {"links": "x"}, {"from_code": "fr", "to_code": "en"}]'])
def test_an_index_without_the_pair(site: Site, index: bytes) -> None:
    site.files["/index.json"] = index
    with pytest.raises(InputError, match="no package for fr → en"):
        download_package("fr", "en")


def test_redirects_are_followed_to_http_only(site: Site, pack: Pack, tmp_path: Path) -> None:
    site.offer(pack(), links=[site.address + "moved"])
    site.moved["/moved"] = "/p.argosmodel"
    assert download_package("fr", "en").found == "installed"
    site.moved["/moved"] = (tmp_path / "made.argosmodel").as_uri()
    with pytest.raises(EnvironmentProblem):
        download_package("fr", "en")


def test_other_addresses_are_refused(tmp_path: Path) -> None:
    for address in ("file:///etc/passwd", "ftp://127.0.0.1/x", "http:///x"):
        with pytest.raises(InputError, match="not an http or https address"):
            transfer.read_all(address, most_bytes=10)


def test_without_a_network_the_way_out_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", f"http://127.0.0.1:{port}/")
    with pytest.raises(EnvironmentProblem, match=r"cannot be reached.*aligner model install FILE.argosmodel"):
        download_package("fr", "en")


def test_a_server_that_says_nothing_is_given_up(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transfer, "TIMEOUT_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("ARGOS_PACKAGE_INDEX", f"http://127.0.0.1:{silent.getsockname()[1]}/")
        with pytest.raises(EnvironmentProblem, match="cannot be reached"):
            download_package("fr", "en")
