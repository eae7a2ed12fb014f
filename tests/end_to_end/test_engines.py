"""Other engines with the commands: a LibreTranslate server, and two packages with English between."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from aligner.translation import TranslateOptions, find_package, open_translator
from aligner.translation.packages.folders import EMBEDDED
from tests.end_to_end.conftest import ENVIRONMENT
from tests.libretranslate_server import LibreServer, serving
from tests.unit.translation.conftest import Pack, home, pack, package_files  # noqa: F401 - fixtures

Aligner = Callable[..., "subprocess.CompletedProcess[str]"]
TEXT = "Le Conseil a adopté le rapport.\n\nBonjour à tous.\n"


@pytest.fixture
def server() -> Iterator[LibreServer]:
    package = find_package("fr", "en", model=EMBEDDED)
    with serving(open_translator(package, options=TranslateOptions(beam=1, threads=1))) as state:
        yield state


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(ENVIRONMENT, "ALIGNER_CACHE", str(tmp_path / "account"))
    (tmp_path / "corpus" / "fr").mkdir(parents=True)
    (tmp_path / "corpus" / "fr" / "a.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def provenance(bitext: Path) -> dict[str, str]:
    with bitext.open(encoding="utf-8") as stream:
        header = json.loads(stream.readline())
    return dict(header["provenance"])


def test_a_server_translates_lines_files_and_a_corpus(aligner: Aligner, corpus: Path, server: LibreServer) -> None:
    engine = ("--engine", "libretranslate", "--url", server.url)
    done = aligner("translate", "corpus/fr/a.txt", *engine, folder=corpus)
    assert "Council" in done.stdout
    assert done.stderr == ""
    lines = aligner("translate", "--lines", *engine, folder=corpus, text=TEXT)
    assert lines.stdout == done.stdout
    aligner("run", *engine, folder=corpus)
    assert (corpus / "corpus" / "en" / "a.txt").read_text(encoding="utf-8") == done.stdout
    told = provenance(corpus / "corpus" / "bitext" / "a.fr-en.jsonl")
    assert told["engine"] == f"libretranslate at {server.url.rstrip('/')}"
    assert "libretranslate" in (corpus / "tmx" / "a.fr-en.tmx").read_text(encoding="utf-8")
    asked = len(server.asked)
    assert "Nothing to do" in aligner("run", *engine, folder=corpus).stdout
    assert len(server.asked) == asked


def test_a_glossary_that_cannot_be_kept(
    aligner: Aligner,
    corpus: Path,
    server: LibreServer,
    pack: Pack,  # noqa: F811
) -> None:
    for name in ("glossary.tsv", "glossary.fr-de.tsv"):
        (corpus / "corpus" / name).write_text("Conseil\tBoard\n", encoding="utf-8")
    model = pack("ende", root="translate-en_de", from_code="en", to_code="de")
    for engine, name, what in (
        (("--engine", "libretranslate", "--url", server.url), "glossary.tsv", "a LibreTranslate server"),
        (("--target", "de", "--model", model), "glossary.fr-de.tsv", "the way from fr to de through English"),
    ):
        own = aligner("run", *engine, folder=corpus)
        assert f"corpus/{name}: {what} cannot keep these terms; `aligner check` finds what is missing" in own.stderr
        assert "cannot keep" not in aligner("run", *engine, "--no-glossary", folder=corpus).stderr
        named = aligner("run", *engine, "--glossary", f"corpus/{name}", folder=corpus, code=2)
        assert f"{what} cannot keep the terms of a glossary" in named.stderr


def test_options_that_do_not_agree(aligner: Aligner, corpus: Path) -> None:
    done = aligner("translate", "--lines", "--url", "http://127.0.0.1:1", folder=corpus, text="", code=2)
    assert "--url goes with --engine libretranslate" in done.stderr
    done = aligner("run", "--engine", "libretranslate", "--model", "a", folder=corpus, code=2)
    assert "a server uses its own" in done.stderr


def test_a_server_that_is_not_there(aligner: Aligner, corpus: Path) -> None:
    done = aligner("run", "--engine", "libretranslate", "--url", "http://127.0.0.1:1", folder=corpus, code=3)
    assert done.stderr.count("\n") == 1
    assert "does not answer" in done.stderr


def test_through_english(aligner: Aligner, corpus: Path, pack: Pack) -> None:  # noqa: F811
    model = pack("ende", root="translate-en_de", from_code="en", to_code="de")
    aligner("run", "--target", "de", "--model", model, folder=corpus)
    told = provenance(corpus / "corpus" / "bitext" / "a.fr-de.jsonl")
    assert re.fullmatch(r"translate-fr_en ([\d.]+) \+ translate-en_de \1", told["package"])
    assert len(told["fingerprint"]) == 64
    done = aligner("translate", "corpus/fr/a.txt", "-t", "de", folder=corpus, code=3)
    assert "of the way through English en → de is missing" in done.stderr
