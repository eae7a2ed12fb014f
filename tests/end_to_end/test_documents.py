"""Documents of all kinds through the commands, as a user has them: a folder tree, and back out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Aligner
from tests.unit.documents import made


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory, aligner: Aligner) -> Path:
    """A corpus of a document of each kind, after a run."""
    folder = tmp_path_factory.mktemp("documents")
    files = {
        "accord.md": made.MARKDOWN.encode(),
        "visite.html": made.SITE.encode(),
        "2024/note.docx": made.docx(),
        "2024/note.odt": made.odt(),
        "2024/lettre.odt": made.odt(),
        "revue.pdf": made.two_columns(1),
        "roman.epub": made.epub(),
        "minutes.rtf": made.RTF,
        "simple.txt": b"Bonjour.\n",
        "photo.png": b"PNG",
    }
    for name, content in files.items():
        path = folder / "corpus/fr" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    done = aligner("run", folder=folder)
    assert "2 files skipped: " in done.stderr
    assert ".png: not a document (photo.png)" in done.stderr
    return folder


def test_a_folder_tree_is_done_in_one_run(corpus: Path, aligner: Aligner) -> None:
    names = {"2024/lettre", "2024/note", "accord", "minutes", "revue", "roman", "simple", "visite"}
    texts = corpus / "corpus/en"
    assert {path.relative_to(texts).with_suffix("").as_posix() for path in texts.rglob("*.txt")} == names
    assert "Nothing to do" in aligner("run", folder=corpus).stdout
    assert (corpus / "corpus/fr/2024/note.docx").read_bytes() == made.docx()


def test_the_map_to_the_original_is_kept(corpus: Path) -> None:
    folder = corpus / "corpus/extracted"
    head, *lines = [
        json.loads(line) for line in (folder / "2024/2024--note.fr.map.jsonl").read_text("utf-8").splitlines()
    ]
    assert head["original"] == "corpus/fr/2024/note.docx"
    text = (folder / "2024/2024--note.fr.txt").read_text("utf-8")
    blocks = [line["block"] for line in lines if "block" in line]
    assert text[blocks[-1]["start"] : blocks[-1]["end"]] == "12"
    assert blocks[-1]["place"] == "table 1, row 2, cell 2"
    assert not (folder / "simple.fr.txt").exists()


def test_menus_are_marked_and_not_translated(corpus: Path) -> None:
    english = (corpus / "corpus/en/visite.txt").read_text("utf-8")
    assert "cookie" not in english
    assert "minister" in english.lower()
    assert '"rule":"page-furniture"' in (corpus / "corpus/bitext/visite.fr-en.jsonl").read_text("utf-8").replace(
        " ", ""
    )


def test_patterns_and_lists_choose_documents(corpus: Path, aligner: Aligner) -> None:
    (corpus / "list.txt").write_text("# mine\naccord\n2024/note.docx\n", encoding="utf-8")
    done = aligner("run", "--list", "list.txt", "--force", folder=corpus)
    assert {"accord", "2024--note"} <= set(done.stdout.split())
    assert "visite" not in done.stdout
    assert "visite" in (corpus / "review/index.html").read_text("utf-8")
    done = aligner("run", "--include", "2024/*", "--exclude", "*.odt", "--force", folder=corpus)
    assert "2024--note" in done.stdout
    assert "2024--lettre" not in done.stdout
    assert "no document fits" in aligner("run", "--include", "x*", folder=corpus, code=2).stderr


def test_the_english_goes_out_in_the_form_of_its_original(corpus: Path, aligner: Aligner) -> None:
    import docx as python_docx

    done = aligner("export", "2024--note", "--format", "docx", folder=corpus)
    assert "documents/2024/2024--note.docx" in done.stderr
    opened = python_docx.Document(str(corpus / "documents/2024/2024--note.docx"))
    assert opened.paragraphs[0].style.name == "Heading 1"
    assert "minister" in opened.paragraphs[1].text.lower()
    assert any(run.bold and "minister" in run.text.lower() for run in opened.paragraphs[1].runs)
    assert opened.tables[0].cell(1, 1).text == "12"
    for form, ending in (("md", "md"), ("html-document", "html"), ("odt", "odt"), ("epub", "epub")):
        aligner("export", "--format", form, "-o", "out", folder=corpus)
        assert {path.suffix for path in (corpus / "out").glob(f"*.{ending}")} == {f".{ending}"}
    assert "no use for --reviewed" in aligner("export", "--format", "docx", "--reviewed", folder=corpus, code=2).stderr


def test_a_bilingual_table_goes_to_a_client_and_comes_back(corpus: Path, aligner: Aligner) -> None:
    import docx as python_docx

    aligner("export", "accord", "--format", "docx-table", folder=corpus)
    path = corpus / "docx-table/accord.fr-en.docx"
    assert "0 edited" in aligner("import", path, "--dry-run", folder=corpus).stdout
    opened = python_docx.Document(str(path))
    row = opened.tables[0].rows[2]
    row.cells[2].paragraphs[0].runs[0].text = "The minister and the president have signed an agreement."
    opened.save(str(path))
    assert "1 edited" in aligner("import", path, "--by", "Ada", folder=corpus).stdout
    assert "have signed an agreement" in (corpus / "corpus/en/accord.txt").read_text("utf-8")


def test_a_document_is_translated_in_one_step(tmp_path: Path, aligner: Aligner) -> None:
    import docx as python_docx

    (tmp_path / "brief.docx").write_bytes(made.docx())
    aligner("translate", "brief.docx", "-o", "letter.docx", folder=tmp_path)
    opened = python_docx.Document(str(tmp_path / "letter.docx"))
    assert "minister" in opened.paragraphs[1].text.lower()
    assert (tmp_path / "brief.docx").read_bytes() == made.docx()
    (tmp_path / "revue.pdf").write_bytes(made.two_columns(1))
    (tmp_path / "out").mkdir()
    aligner("translate", "brief.docx", "revue.pdf", "-o", "out", folder=tmp_path)
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"brief.docx", "revue.docx"}
    assert "minister" in aligner("translate", "brief.docx", folder=tmp_path).stdout.lower()


def test_a_renamed_document_keeps_its_work_and_a_deleted_one_is_pruned(corpus: Path, aligner: Aligner) -> None:
    folder = corpus / "corpus/fr"
    (folder / "1950").mkdir()
    (folder / "2024/lettre.odt").rename(folder / "1950/lettre.odt")
    (folder / "visite.html").unlink()
    done = aligner("run", folder=corpus)
    assert "'2024--lettre' was renamed to '1950--lettre'" in done.stderr
    assert (corpus / "corpus/extracted/1950/1950--lettre.fr.txt").exists()
    assert not (corpus / "corpus/extracted/2024/2024--lettre.fr.txt").exists()
    assert "visite" in done.stderr
    aligner("prune", folder=corpus)
    assert not (corpus / "corpus/extracted/visite.fr.txt").exists()
