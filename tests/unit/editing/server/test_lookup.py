"""The concordance of the server: real requests to a real server."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from tests.unit.editing.server.conftest import Answer, Server


def asked(server: Server, **parameters: str) -> Answer:
    """The answer to a question."""
    return server.api(f"~find?{urlencode(parameters)}")


def test_the_whole_corpus_is_searched_with_marks(server: Server) -> None:
    answer = asked(server, q="chat")
    assert answer.status == 200
    assert {hit["document"] for hit in answer.json["hits"]} == {"d", "été.2"}
    hit = answer.json["hits"][0]
    assert hit["source"]["found"]
    assert answer.json["languages"] == ["fr", "en"]


def test_an_edit_is_found_a_moment_later(server: Server) -> None:
    assert asked(server, q="zorblax").json["total"] == 0
    assert server.edit("d", "text", 1, text="A zorblax sleeps.").status == 200
    found = 0
    while not found:
        found = asked(server, q="zorblax").json["total"]
    assert found == 1


@pytest.mark.parametrize(
    ("parameters", "status", "said"),
    [
        ({"q": ""}, 400, "nothing to look for"),
        ({"q": "?!"}, 400, "no word in the query"),
        ({"q": "(a", "match": "regex"}, 400, "not a regular expression"),
        ({"q": "a", "match": "nix"}, 400, "'match' must be"),
        ({"q": "a", "in": "de"}, 400, "'in' must be"),
        ({"q": "a", "status": "x"}, 400, "'status' is not a status"),
        ({"q": "a" * 2000}, 400, "more than 1,000 characters"),
    ],
)
def test_what_cannot_be_asked(server: Server, parameters: dict[str, str], status: int, said: str) -> None:
    answer = asked(server, **parameters)
    assert answer.status == status
    assert said in answer.json["error"]


def test_limits_are_kept(server: Server) -> None:
    assert len(asked(server, q="chat", limit="1").json["hits"]) == 1
    for limit in ("0", "x", "9" * 50, "-1"):
        assert asked(server, q="chat", limit=limit).status == 200


def test_what_would_take_for_ever_or_is_huge_is_refused_or_stopped(server: Server) -> None:
    assert asked(server, q="a" * 100_000).status in (400, 414, 431)
    answer = asked(server, q=r"(\w|\w\w|\s)+#", match="regex")
    assert answer.status == 200
    assert answer.json["total"] == 0
    assert asked(server, q="chat").json["total"]


def test_nobody_without_the_token_is_answered(server: Server) -> None:
    assert server.ask("/api/~find?q=chat").status == 403
    assert server.ask("/api/~find?q=chat", headers={"Cookie": f"aligner-{server.port}={server.token}"}).status == 403
    assert server.api("~find", {"q": "chat"}).status == 405
