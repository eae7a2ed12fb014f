"""Where results go: to a folder, to a file that is named, to standard output, or nowhere and a sentence says why."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from aligner.cli import main
from aligner.errors import BAD_INPUT, FINE
from tests import make

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Call aligner in the folder of a corpus of two documents."""
    texts = [make.bitext_of("Oui.", "Yes.", name=name) for name in ("a", "b")]
    make.corpus(tmp_path, *texts, sources={"a.txt": "Oui.", "b.txt": "Oui."})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ALIGNER_CACHE", str(tmp_path / "account"))

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["aligner", *arguments])
        with pytest.raises(SystemExit) as leaving:
            main()
        output, log = capsys.readouterr()
        return int(leaving.value.code or 0), output, log

    return run


def made() -> set[str]:
    """What is in the folder beside the corpus."""
    return {path.name for path in Path().iterdir()} - {"corpus", "account", ".aligner"}


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("tmx", "x.tmx"),
        ("xliff", "x.XLIFF"),
        ("html", "x.htm"),
        ("docx", "x.docx"),
        ("docx-table", "x.docx"),
        ("xces", "x.zip"),
    ],
)
def test_one_document_goes_to_the_file_that_is_named(run: Run, form: str, name: str) -> None:
    assert run("export", "a", "--format", form, "-o", name) == (FINE, "", f"aligner: wrote {name}\n")
    assert Path(name).is_file()
    # its own again, a person's never
    assert run("export", "b", "--format", form, "-o", name)[0] == FINE
    Path(name).write_bytes(b"mine")
    code, _, said = run("export", "a", "--format", form, "-o", name)
    assert (code, Path(name).read_bytes()) == (BAD_INPUT, b"mine")
    assert "not as aligner wrote it" in said


@pytest.mark.parametrize("form", ["csv", "tmx", "md", "html"])
def test_one_document_goes_to_standard_output(run: Run, form: str) -> None:
    code, output, said = run("export", "a", "--format", form, "-o", "-")
    assert (code, said) == (FINE, "")
    assert "Yes." in output
    assert made() == set()


def test_all_documents_go_to_one_place_only_as_one_file(run: Run) -> None:
    for name in ("-", "x.tmx"):
        code, _, said = run("export", "-o", name)
        assert (code, made()) == (BAD_INPUT, set())
        assert "2 documents cannot go to one file; name a folder" in said
    assert run("export", "--one-file", "-o", "-")[1].count("<tu ") == 1
    assert run("export", "--one-file", "-o", "x.tmx")[0] == FINE
    assert made() == {"x.tmx"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "a", "--format", "tmx", "-o", "x.xlsx"),
        ("export", "a", "--format", "tei", "--split", "-o", "x.xml"),
        ("export", "a", "--format", "tei", "--split", "-o", "-"),
        ("export", "--format", "omegat-project", "-o", "-"),
        ("run", "--json", "-"),
        ("run", "--documents", "-"),
        ("run", "-o", "-"),
        ("review", "-o", "-"),
        ("prune", "-o", "-"),
        ("import", "corpus/fr/a.txt", "-o", "-"),
        ("diff", "--machine", "-o", "-"),
    ],
)
def test_what_cannot_go_there_is_refused_in_a_sentence(run: Run, arguments: tuple[str, ...]) -> None:
    code, output, said = run(*arguments)
    assert (code, output, said.count("\n"), made()) == (BAD_INPUT, "", 1, set())


@pytest.mark.parametrize(
    "arguments",
    [
        ("cite", "a:1.1"),
        ("find", "Oui"),
        ("segment", "corpus/fr/a.txt"),
        ("align", "corpus/fr/a.txt", "corpus/fr/b.txt"),
        ("terms", "extract"),
    ],
)
def test_a_dash_is_standard_output(run: Run, arguments: tuple[str, ...]) -> None:
    code, output, _ = run(*arguments, "-o", "-")
    assert (code, bool(output), made()) == (FINE, True, set())
    assert output == run(*arguments)[1]


def test_several_translations_do_not_go_to_a_file_that_is_there(run: Run) -> None:
    Path("notes").write_text("mine", encoding="utf-8")
    code, _, said = run("translate", "corpus/fr/a.txt", "corpus/fr/b.txt", "-o", "notes")
    assert code == BAD_INPUT
    assert said == "aligner: notes: several files need a folder to go to, and this is a file; name a folder\n"
