"""``aligner cite`` and ``aligner record``, as a person calls them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from aligner.cli import main
from aligner.errors import BAD_INPUT, FINE, PROBLEMS
from aligner.model import Origin, Record
from tests import make

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Call aligner on a corpus of two documents, of which one has a record."""
    machine = {"origin": Origin.MACHINE, "maker": "fr_en 1"}
    make.corpus(
        tmp_path,
        make.bitext(("Oui.", "Yes.", machine), ("Non.", ""), name="note", record=Record("Le titre", "2020")),
        make.bitext((["Un.", "Deux."], "One, two.", machine), name="autre"),
        sources={
            "note.txt": "Oui.\nNon.\n",
            "note.toml": 'title = "Le titre"\ndate = "2020"\n',
            "autre.txt": "Un. Deux.",
        },
    )

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["aligner", *arguments, "--corpus", str(tmp_path / "corpus")])
        with pytest.raises(SystemExit) as leaving:
            main()
        output, log = capsys.readouterr()
        return int(leaving.value.code or 0), output, log

    return run


def test_a_passage_in_text(run: Run) -> None:
    assert run("cite", "note:1.1") == (
        FINE,
        "«\u00a0Oui.\u00a0»\n\n“Yes.”\n\n"
        "— Le titre, 2020, fr:1.1. Translation: machine translation (fr_en 1), unreviewed.\n",
        "",
    )


def test_what_is_quoted_beyond_the_range_is_said(run: Run) -> None:
    code, output, log = run("cite", "autre:1.2")
    assert (code, "fr:1.1–1.2 (en:1.1)" in output) == (FINE, True)
    assert log == "aligner: autre:1.2: 1.2 is translated together with 1.1, which is quoted, too\n"


def test_the_whole_corpus_is_a_bibliography(run: Run, tmp_path: Path) -> None:
    code, output, _ = run("cite", "--format", "bibtex")
    assert (code, output.count("@misc{")) == (FINE, 2)
    assert run("cite", "-o", str(tmp_path / "refs.json"))[0] == FINE
    assert [item["id"] for item in json.loads((tmp_path / "refs.json").read_text(encoding="utf-8"))] == [
        "autre",
        "note",
    ]


def test_a_document_without_a_place_is_a_reference(run: Run) -> None:
    code, output, _ = run("cite", "note")
    assert code == FINE
    assert output == (
        "References\n\nLe titre, 2020. Translation: machine translation (fr_en 1), unreviewed; 1 pair not translated.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["notte:1"], "there are no aligned pairs of 'notte'; did you mean note?"),
        (["note:9"], "there is no paragraph 9"),
        (["note:2-1"], "the range ends before it begins; did you mean 1-2?"),
        (["note:1-autre:1"], "a quotation is from one document"),
        ([":1"], "no document is named"),
        ([], "no passage is named"),
        (["note:1", "--format", "word"], "there is no form 'word'"),
        (["note:1", "--format", "latex", "--style", "apa"], "has no use for --style"),
    ],
)
def test_bad_input_is_one_sentence(run: Run, arguments: list[str], sentence: str) -> None:
    code, output, log = run("cite", *arguments)
    assert (code, output) == (BAD_INPUT, "")
    assert sentence in log
    assert log.count("\n") == 1


def test_a_file_of_somebody_is_not_replaced(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text("mine", encoding="utf-8")
    code, _, log = run("cite", "note:1", "-o", str(tmp_path / "mine.md"))
    assert (code, "not as aligner wrote it" in log) == (BAD_INPUT, True)
    assert (tmp_path / "mine.md").read_text(encoding="utf-8") == "mine"


def test_records_are_made_shown_and_checked(run: Run, tmp_path: Path) -> None:
    code, output, _ = run("record", "check")
    assert code == PROBLEMS
    assert "autre: it has no record; `aligner record new` makes one" in output
    assert run("record", "new", "autre")[0] == FINE
    assert (tmp_path / "corpus/fr/autre.toml").exists()
    assert run("record", "new", "autre")[0] == BAD_INPUT
    code, output, _ = run("record", "show", "note")
    assert code == FINE
    assert output.splitlines()[0] == "note"
    assert output.splitlines()[-1] == "  Cited as:     Le titre, 2020"
    assert run("record", "show", "nott")[2].endswith("did you mean note?\n")


def test_records_are_imported_once_and_conflicts_are_kept(run: Run, tmp_path: Path) -> None:
    items = [
        {
            "id": "k",
            "title": "Le titre",
            "author": [{"family": "Ren", "given": "Qi"}],
            "issued": {"date-parts": [[2021]]},
        },
        {"id": "x", "title": "Rien de tel"},
    ]
    (tmp_path / "zotero.json").write_text(json.dumps(items), encoding="utf-8")
    code, output, log = run("record", "import", str(tmp_path / "zotero.json"), "--dry-run")
    assert code == PROBLEMS
    assert "k: note (by title): filled in author\n  date: kept '2020', not '2021'\nx: no document found\n" in output
    assert "2 references read, 1 record to be filled in" in log
    assert "Ren" not in (tmp_path / "corpus/fr/note.toml").read_text(encoding="utf-8")
    run("record", "import", str(tmp_path / "zotero.json"))
    assert 'author = "Ren, Qi"' in (tmp_path / "corpus/fr/note.toml").read_text(encoding="utf-8")
    assert "note (by title): nothing new" in run("record", "import", str(tmp_path / "zotero.json"))[1]
