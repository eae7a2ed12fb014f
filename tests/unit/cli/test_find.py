"""``aligner find`` as it is typed."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable

import pytest

from aligner.cli import main
from aligner.corpus.store import Project
from tests.unit.search.conftest import project

__all__ = ["project"]

Answer = tuple[int, str, str]
Ask = Callable[..., Answer]


@pytest.fixture
def ask(project: Project, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Run the command; its exit code and what it printed."""

    def run(*arguments: str) -> Answer:
        monkeypatch.setattr(sys, "argv", ["aligner", "find", "--corpus", str(project.corpus), *arguments])
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capfdbinary.readouterr()
        return int(end.value.code or 0), out.decode(), err.decode()

    return run


def test_the_table_has_both_languages_in_context(ask: Ask) -> None:
    code, out, err = ask("conseil de securite")
    assert (code, err) == (0, "aligner: 1 pair of 7\n")
    assert "[Conseil de sécurité] s’est réuni" in " ".join(out.split())
    assert "The {Security Council} met" in " ".join(out.split())
    assert "1.1 draft" in out


def test_context_is_cut_and_the_marks_stay(ask: Ask) -> None:
    _, out, _ = ask("1957", "--context", "5")
    assert "…[1957]." in out
    _, out, _ = ask("réuni", "--context", "12")
    assert "…s’est [réuni] à l'Été…" in " ".join(out.split())


def test_json_and_tsv_are_for_programs(ask: Ask) -> None:
    answer = json.loads(ask("council", "--in", "en", "-f", "json", "-n", "1")[1])
    assert (answer["total"], len(answer["hits"]), answer["languages"]) == (4, 1, ["fr", "en"])
    code, out, _ = ask("conseil", "--document", "b", "-f", "tsv")
    rows = [line.split("\t") for line in out.splitlines()]
    assert code == 0
    assert rows[0][:6] == ["document", "locator", "status", "date", "source", "target"]
    assert rows[1] == ["b", "3.1", "rejected", "2020-05-06", "Le conseil.", "The council.", "conseil", "council"]


def test_html_is_written_whole_and_leads_to_the_pages(ask: Ask, project: Project) -> None:
    file = project.output / "found.html"
    assert ask("conseil", "-f", "html", "-o", str(file))[0] == 0
    page = file.read_text("utf-8")
    assert '"a":"review/a.html"' in page
    assert re.search(r"<script>.*found\.draw", page, re.DOTALL)
    file.write_text("mine", encoding="utf-8")
    code, _, err = ask("conseil", "-f", "html", "-o", str(file))
    assert (code, file.read_text("utf-8")) == (2, "mine")
    assert "not as aligner wrote it" in err


def test_nothing_is_no_error(ask: Ask) -> None:
    assert ask("zzz") == (0, "", "aligner: 0 pairs of 7\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["!?"], "there is no word in the query"),
        (["(a", "-m", "regex"], "not a regular expression: missing ) at character 3"),
        (["a", "--in", "de"], "'de' is not a language of this corpus; choose fr, en or both"),
        (["a", "--status", "good"], "invalid value for '--status'"),
        (["a", "-d", "x"], "no document 'x' is searched"),
        ([], "missing argument"),
    ],
)
def test_bad_input_is_one_sentence(ask: Ask, arguments: list[str], said: str) -> None:
    code, out, err = ask(*arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
