"""``aligner check`` prints findings as text, JSON and TSV, and says by its exit code whether there are any."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from aligner.cli import main
from aligner.corpus.store import write_bitext
from aligner.errors import BAD_INPUT, FINE, PROBLEMS
from aligner.model import Bead, Bitext, Segment, Side

Run = Callable[..., tuple[int, str, str]]

PAIRS = {
    "good": [("Le ministre est venu.", "The minister came.")],
    "bad": [("Les 47 membres ont voté.", "The members have voted."), ("Qui est\x1b[m venu ?", "Who came ?")],
}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for document, pairs in PAIRS.items():
        beads = tuple(Bead((i,), (i,)) for i in range(len(pairs)))
        sides = [
            Side(language, tuple(Segment(pair[n], 0, len(pair[n]), paragraph=i) for i, pair in enumerate(pairs, 1)))
            for n, language in enumerate(("fr", "en"))
        ]
        bitext = Bitext(document, sides[0], sides[1], beads)
        write_bitext(tmp_path / "bitext" / f"{document}.fr-en.jsonl", bitext)
    return tmp_path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(corpus: Path, *arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["aligner", "check", *arguments, "--corpus", str(corpus)])
        with pytest.raises(SystemExit) as leaving:
            main()
        output, log = capsys.readouterr()
        return int(leaving.value.code or 0), output, log

    return run


def test_findings_as_text(run: Run, corpus: Path) -> None:
    code, output, log = run(corpus)
    assert code == PROBLEMS
    assert output.splitlines() == [
        "bad:1.1: E201 numbers: 47 is missing",
        "bad:2.1: W504 spacing: a space before “?”",
    ]
    assert "2 findings in 2 documents" in log


def test_nothing_found(run: Run, corpus: Path) -> None:
    code, output, log = run(corpus, "good")
    assert (code, output) == (FINE, "")
    assert "0 findings in 1 document\n" in log


def test_findings_as_json(run: Run, corpus: Path) -> None:
    code, output, _ = run(corpus, "bad", "--format", "json", "--only", "numbers")
    (finding,) = json.loads(output)
    assert code == PROBLEMS
    assert finding["code"] == "E201"
    assert finding["source"] == [{"start": 4, "end": 6}]


def test_findings_as_table(run: Run, corpus: Path) -> None:
    _, output, _ = run(corpus, "--format", "tsv", "--skip", "E2,W1")
    assert output.splitlines() == [
        "document\tlocator\tcode\tname\tseverity\tmessage",
        "bad\t2.1\tW504\tspacing\twarning\ta space before “?”",
    ]


def test_hostile_text_cannot_steer_the_terminal(run: Run, corpus: Path, tmp_path: Path) -> None:
    glossary = tmp_path / "terms.tsv"
    glossary.write_text("# our terms\n\nvenu\tarr\x1b[mived\n", encoding="utf-8")
    _, output, _ = run(corpus, "--glossary", str(glossary), "--only", "W701")
    message = "W701 glossary: “venu” should be “arr [mived”"
    assert output == f"bad:2.1: {message}\ngood:1.1: {message}\n"


def test_the_list_of_checks(run: Run, corpus: Path) -> None:
    code, output, _ = run(corpus, "--list", "--only", "E4")
    assert code == FINE
    assert output.splitlines()[2].startswith("E402  loop  A stretch of words")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--only", "nonsense"], "there is no check 'nonsense'"),
        (["missing"], "there are no aligned pairs of 'missing'"),
        (["--glossary", "nowhere.tsv"], "there is no such file"),
    ],
)
def test_bad_input(run: Run, corpus: Path, arguments: list[str], message: str) -> None:
    code, output, log = run(corpus, *arguments)
    assert (code, output) == (BAD_INPUT, "")
    assert message in " ".join(log.split())


@pytest.mark.parametrize(
    ("content", "message"), [(b"seul\n", "line 1"), (b"fr\ten\tstatus\na\tb\tbad\n", "unknown status 'bad'")]
)
def test_bad_glossary(run: Run, corpus: Path, tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "terms.tsv").write_bytes(content)
    code, _, log = run(corpus, "--glossary", str(tmp_path / "terms.tsv"))
    assert code == BAD_INPUT
    assert message in " ".join(log.split())
