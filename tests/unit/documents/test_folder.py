"""Which files of a folder tree are documents."""

from __future__ import annotations

from pathlib import Path

from aligner.documents.folder import counted_reasons, find_sources


def tree(root: Path, *names: str) -> Path:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("Bonjour.", encoding="utf-8")
    return root


def test_ids_name_the_folders(tmp_path: Path) -> None:
    found = find_sources(tree(tmp_path, "a.txt", "1950/mai/Note du 9.docx", "1950/a.md"))
    assert list(found.documents) == ["1950--a", "1950--mai--Note-du-9", "a"]


def test_one_file_of_a_name_is_taken(tmp_path: Path) -> None:
    found = find_sources(tree(tmp_path, "note.pdf", "note.docx", "note.txt", "note.toml", "autre.pdf"))
    assert {name: path.name for name, path in found.documents.items()} == {"autre": "autre.pdf", "note": "note.txt"}
    assert found.skipped == dict.fromkeys(["note.docx", "note.pdf"], "beside note.txt, which is taken")


def test_what_is_passed_over_is_said(tmp_path: Path) -> None:
    names = [
        "a.txt",
        "photo.png",
        "table.xlsx",
        "plan.png",
        "README.md",
        ".hidden.txt",
        "~$a.docx",
        "page_files/menu.html",
    ]
    found = find_sources(tree(tmp_path, *names))
    assert list(found.documents) == ["a"]
    assert set(found.skipped) == {"photo.png", "plan.png", "table.xlsx"}
    assert counted_reasons(found.skipped).startswith("3 files skipped: ")
    assert "2 × .png: not a document (photo.png, plan.png)" in counted_reasons(found.skipped)


def test_names_that_lead_to_one_id_are_refused(tmp_path: Path) -> None:
    found = find_sources(tree(tmp_path, "a/b.txt", "a--b.txt", "index.txt"), reserved="index")
    assert list(found.documents) == ["a--b"]
    assert set(found.refused) == {"a/b.txt", "index.txt"}


def test_markup_that_is_not_a_document_is_named_with_the_right_command(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0"/>', encoding="utf-8")
    (tmp_path / "b.tmx").write_text('<tmx version="1.4"/>', encoding="utf-8")
    (tmp_path / "c.xml").write_bytes(b"\x89PNG")
    skipped = find_sources(tmp_path).skipped
    assert skipped["a.xml"].startswith(".xml: a TEI file: save its text as HTML")
    assert skipped["b.tmx"].startswith(".tmx: a TMX file: `aligner run --memory FILE`")
    assert skipped["c.xml"] == ".xml: not a document"
