"""Where the files of a document lie: as its source does, and where they were before."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from aligner.corpus.exports import EXPORTS
from aligner.corpus.lock import history_folder
from aligner.corpus.places import possible_places
from aligner.corpus.publish import Publisher, due, exports_expected
from aligner.corpus.store import Project, open_project, write_bitext
from aligner.documents import part_of
from aligner.documents.collection import take_in
from aligner.formats import WriteOptions
from tests import make

BITEXT = make.bitext(("Un.", "One."), name="x")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = open_project(tmp_path / "corpus")
    (project.corpus / "fr").mkdir(parents=True)
    return project


def add(project: Project, source: str, document: str) -> None:
    path = project.corpus / "fr" / source
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("Un.", encoding="utf-8")
    write_bitext(project.bitext_file(document), replace(BITEXT, id=document))


def places(project: Project, document: str) -> list[str]:
    files = [
        project.bitext_file(document),
        project.target_file(document),
        project.export_file(document, EXPORTS["tmx"]),
        project.output_file("documents", document, f"{document}.docx"),
    ]
    return [path.relative_to(project.output).as_posix() for path in files]


@pytest.mark.parametrize(
    ("source", "document", "folder", "english"),
    [
        ("note.txt", "note", "", "note.txt"),
        ("1950/mai/note.txt", "1950--mai--note", "1950/mai/", "note.txt"),
        ("1950/mai/note.docx", "1950--mai--note", "1950/mai/", "note.txt"),
        ("1950/Note (1).txt", "1950--Note-1", "1950/", "Note (1).txt"),
        ("a--b.txt", "a--b", "", "a--b.txt"),
        (f"{part_of('a--b')}/a--b.txt", "a--b", f"{part_of('a--b')}/", "a--b.txt"),
        (f"{part_of('n')}/n.txt", "n", f"{part_of('n')}/", "n.txt"),
    ],
)
def test_outputs_lie_as_the_source_does(
    project: Project, source: str, document: str, folder: str, english: str
) -> None:
    add(project, source, document)
    path = project.corpus / "fr" / source
    assert project.id_of(path) == document
    expected = [
        f"corpus/bitext/{folder}{document}.fr-en.jsonl", f"corpus/en/{folder}{english}",
        f"tmx/{folder}{document}.fr-en.tmx", f"documents/{folder}{document}.docx",
    ]  # fmt: skip
    assert places(project, document) == expected
    assert project.english_of(document, path) == project.target_file(document)
    assert list(project.bitexts()) == project.paired() == [document]
    # also when the source is gone
    target = replace(BITEXT.target, file=project.relative(project.target_file(document)))
    write_bitext(project.bitext_file(document), replace(BITEXT, id=document, target=target))
    project.target_file(document).parent.mkdir(parents=True, exist_ok=True)
    project.target_file(document).write_text("One.", encoding="utf-8")
    path.unlink()
    assert places(project, document)[:2] == expected[:2]
    assert project.left_over() == [document]


def test_what_an_older_version_wrote_stays_where_it_is(project: Project) -> None:
    former = {
        project.corpus / "bitext/1950--note.fr-en.jsonl": lambda: project.bitext_file("1950--note"),
        project.corpus / "en/1950--note.txt": lambda: project.target_file("1950--note"),
        project.output / "tmx/1950--note.fr-en.tmx": lambda: project.export_file("1950--note", EXPORTS["tmx"]),
        project.cache / "drafts/1950--note.fr-en": lambda: project.draft_file("1950--note"),
        project.cache / "edits/1950--note.fr-en": lambda: history_folder(project, "1950--note"),
    }
    add(project, "1950/note.txt", "1950--note")
    project.bitext_file("1950--note").unlink()
    assert not set(former) & {now() for now in former.values()}
    for path, now in former.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        assert now() == path
    assert list(project.bitexts()) == ["1950--note"]
    assert project.english_of("1950--note", project.corpus / "fr/1950/note.txt") == project.corpus / "en/1950--note.txt"


@pytest.mark.parametrize("document", ["x--..--..--..--y", "..--y", "x--.git--y", "----"])
def test_no_id_leads_out_of_its_folder(project: Project, document: str) -> None:
    assert possible_places(document) == ("", part_of(document))
    assert project.bitext_file(document).parent == project.corpus / "bitext"


def test_a_copy_in_another_folder_is_not_a_document(project: Project) -> None:
    add(project, "note.txt", "note")
    write_bitext(project.corpus / "bitext/backup/other.fr-en.jsonl", BITEXT)
    write_bitext(project.corpus / "bitext/.hidden/note.fr-en.jsonl", BITEXT)
    assert list(project.bitexts()) == ["note"]


def test_what_comes_and_goes_in_a_folder_is_noticed(project: Project) -> None:
    add(project, "1950/a.txt", "1950--a")
    for folder in (project.corpus / "bitext", project.corpus / "bitext/1950"):
        os.utime(folder, (1, 1))
    assert list(project.bitexts()) == ["1950--a"]
    assert project.bitexts() is project.bitexts()
    before = project.state()
    add(project, "1950/b.txt", "1950--b")
    assert list(project.bitexts()) == ["1950--a", "1950--b"]
    assert project.state() != before


def test_pages_in_folders_lead_to_each_other(project: Project) -> None:
    names = {"1950/a.txt": "1950--a", "1950/b.txt": "1950--b", "c.txt": "c"}
    for source, document in names.items():
        add(project, source, document)
    publisher = Publisher(project, WriteOptions())
    for document in names.values():
        publisher.publish(document)
    publisher.publish_index(list(names.values()))
    publisher.close()
    page = (project.output / "review/1950/1950--b.html").read_text(encoding="utf-8")
    for address in ("1950--a.html", "../c.html", "../index.html"):
        assert f'href="{address}"' in page
    index = (project.output / "review/index.html").read_text(encoding="utf-8")
    assert 'href="1950/1950--a.html"' in index
    assert 'href="c.html"' in index


def test_no_folder_gets_all_files_of_a_collection(project: Project, tmp_path: Path) -> None:
    lines = (f'{{"id": "n{number}", "text": "Un."}}\n' for number in range(600))
    (tmp_path / "docs.jsonl").write_text("".join(lines), encoding="utf-8")
    take_in(tmp_path / "docs.jsonl", project.corpus / "fr")
    found = {name: project.bitext_file(name) for name in project.present()}
    assert len(found) == 600
    sizes: dict[Path, int] = {}
    for document, path in found.items():
        for each in (path, project.target_file(document), project.draft_file(document)):
            sizes[each.parent] = sizes.get(each.parent, 0) + 1
    assert max(sizes.values()) < 15


def test_exports_that_are_due_are_found_in_either_place(project: Project) -> None:
    for name in ("a", "b"):
        add(project, f"{name}.txt", name)
    with exports_expected(project, "a"):
        pass
    (project.cache / "due/b.fr-en").write_text("0", encoding="utf-8")
    assert due(project) == ["a", "b"]


def test_there_are_no_pairs_where_there_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert list(open_project(tmp_path / "file").bitexts()) == list(open_project(tmp_path / "none").bitexts()) == []
