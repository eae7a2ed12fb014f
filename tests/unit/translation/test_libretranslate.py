"""The engine that asks a LibreTranslate server, with a real one on this machine."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from aligner.errors import EnvironmentProblem, InputError
from aligner.model import Languages
from aligner.terms import Glossary, Term
from aligner.translation import ArgosTranslator, Flag, LibreTranslate, Server, open_engine
from tests.libretranslate_server import LibreServer, serving

TEXTS = ["Le Conseil a adopté le rapport.", "12 %", "", "Bonjour.", "Le 12 mars 2024.", "Bonjour."]


@pytest.fixture
def server(translator: ArgosTranslator) -> Iterator[LibreServer]:
    with serving(translator) as state:
        yield state


def engine(server: LibreServer, *, source: str = "fr", cache: Path | None = None, **options: object) -> LibreTranslate:
    return LibreTranslate(Server(url=server.url, wait=0.01, **options), source, "en", cache=cache)  # type: ignore[arg-type]


def test_it_says_what_the_engine_behind_the_server_says(server: LibreServer, translator: ArgosTranslator) -> None:
    told: list[tuple[int, int]] = []
    client = engine(server)
    renderings = client.translate(TEXTS, progress=lambda done, total: told.append((done, total)))
    client.close()
    assert [r.text for r in renderings] == [r.text for r in translator.translate(TEXTS)]
    assert renderings[1].flags == (Flag.COPIED,)
    assert renderings[0].score is None
    assert [question["q"] for question in server.asked] == [[TEXTS[0], TEXTS[3], TEXTS[4]]]
    assert server.asked[0].keys() == {"q", "source", "target", "format"}
    assert told[-1][0] == told[-1][1] == sum(len(TEXTS[i]) for i in (0, 3, 4))
    assert client.fresh == 3


def test_the_provenance_names_the_server(server: LibreServer) -> None:
    client = engine(server)
    assert client.made_by.engine == f"libretranslate at {server.url.rstrip('/')}"
    assert client.signature == f"engine:libretranslate|server:{server.url.rstrip('/')}|languages:fr-en"


def test_regions_are_left_out_where_the_server_does_not_know_them(server: LibreServer) -> None:
    assert engine(server, source="fr-CA").translate(["Bonjour."])[0].text
    assert server.asked[0]["source"] == "fr"


def test_texts_are_sent_in_batches(server: LibreServer) -> None:
    texts = [f"Bonjour {n} fois." for n in range(7)]
    client = engine(server, most_texts=3, most_characters=40)
    assert len(client.translate(texts)) == 7
    assert [len(question["q"]) for question in server.asked] == [2, 2, 2, 1]


def test_what_the_server_finds_too_long_is_halved(translator: ArgosTranslator) -> None:
    long = "Le Conseil a adopté le rapport, et la Commission a pris note de la décision."
    with serving(translator, most_texts=2, most_characters=60) as server:
        renderings = engine(server).translate(["Bonjour.", long, "Merci."])
    assert renderings[1].flags == (Flag.SPLIT,)
    assert "Council" in renderings[1].text
    assert "Commission" in renderings[1].text
    assert renderings[0].flags == ()


def test_a_limit_that_nothing_fits_is_an_error(translator: ArgosTranslator) -> None:
    with serving(translator, most_characters=5) as server, pytest.raises(InputError, match="exceeds text limit"):
        engine(server).translate(["Le Conseil a adopté le rapport."])


@pytest.mark.parametrize("trouble", [[429, 503], ["drop", 500, "drop"]])
def test_a_busy_server_is_asked_again(server: LibreServer, trouble: list[int | str]) -> None:
    server.trouble = list(trouble)
    assert engine(server).translate(["Bonjour."])[0].text
    assert server.trouble == []


@pytest.mark.parametrize(
    ("trouble", "says"),
    [
        ([503] * 3, "Slowdown"),
        (["drop"] * 3, "does not answer"),
        (['{"translatedText": ["a", "b"]}'], "not what was asked"),
        (['{"translatedText": [1]}'], "not what was asked"),
        (["<html>"], "not what was asked"),
    ],
)
def test_in_the_end_it_is_given_up(server: LibreServer, trouble: list[int | str], says: str) -> None:
    server.trouble = list(trouble)
    with pytest.raises(EnvironmentProblem, match=says):
        engine(server, retries=2).translate(["Bonjour."])


def test_what_was_answered_before_is_in_the_cache(server: LibreServer, tmp_path: Path) -> None:
    texts = [f"Bonjour {n} fois." for n in range(4)]
    server.trouble = [400]
    client = engine(server, cache=tmp_path / "c.sqlite", most_texts=2)
    with pytest.raises(InputError, match="Slowdown"):
        client.translate(texts)
    client.translate(texts[:2])
    server.trouble = [400]
    with pytest.raises(InputError, match="Slowdown"):
        client.translate(texts)
    before = len(server.asked)
    client.translate(texts)
    assert [question["q"] for question in server.asked[before:]] == [texts[2:]]
    client.close()


def test_a_key_is_sent_and_never_shown(translator: ArgosTranslator) -> None:
    with serving(translator, key="secret") as server:
        assert engine(server, key="secret").translate(["Bonjour."])[0].text
        with pytest.raises(InputError, match="put the key for this server into LIBRETRANSLATE_API_KEY") as caught:
            engine(server, key="wrong-one").translate(["Bonjour."])
    assert "wrong-one" not in str(caught.value)
    assert "secret" not in repr(Server(key="secret"))


def test_the_key_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIBRETRANSLATE_API_KEY", "secret")
    assert Server.at(None) == Server(url="http://127.0.0.1:5000", key="secret")
    with pytest.raises(InputError, match="travel unencrypted; use an address with https"):
        Server.at("http://translate.example.org")


@pytest.mark.parametrize(
    "url", ["", "localhost:5000", "ftp://a", "http://", "http://a:x", "http://a?b", "http://a#b", "file:///etc/passwd"]
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(InputError, match="not the address of a server"):
        Server(url=url)


def test_a_password_in_the_address_is_refused() -> None:
    with pytest.raises(InputError, match="password") as caught:
        Server(url="https://me:hidden@example.org")
    assert "hidden" not in str(caught.value)


def test_languages_the_server_does_not_know(server: LibreServer) -> None:
    with pytest.raises(InputError, match=r"does not translate br → en; it knows en, fr"):
        engine(server, source="br").translate(["Demat."])


def test_another_kind_of_server(server: LibreServer) -> None:
    server.url += "elsewhere"
    with pytest.raises(InputError, match="status 404; check the address"):
        engine(server).translate(["Bonjour."])


def test_no_server_at_all() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(EnvironmentProblem, match=r"does not answer \(connection refused\); check that it is running"):
        LibreTranslate(Server(url=url), "fr", "en").translate(["Bonjour."])


def test_a_server_that_says_nothing_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        server = Server(url=f"http://127.0.0.1:{silent.getsockname()[1]}", timeout=0.1, retries=1, wait=0.01)
        with pytest.raises(EnvironmentProblem, match="timed out"):
            LibreTranslate(server, "fr", "en").translate(["Bonjour."])


def test_texts_that_leave_the_machine_are_announced(caplog: pytest.LogCaptureFixture) -> None:
    far = LibreTranslate(Server(url="http://translate.invalid", retries=0), "fr", "en")
    with caplog.at_level(logging.WARNING):
        far.translate(["12 %"])
        assert caplog.text == ""
        with pytest.raises(EnvironmentProblem):
            far.translate(["Bonjour."])
    assert "texts leave this machine: they are sent to http://translate.invalid" in caplog.text


def test_a_server_keeps_no_glossary() -> None:
    with pytest.raises(InputError, match="cannot keep the terms of a glossary"):
        open_engine(Languages("fr", "en"), server=Server(), glossary=Glossary((Term("paix", ("peace",)),)))
