"""What aligner made of a document that is gone is removed; what a person made of it stays."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aligner.corpus.exports import EXPORTS
from aligner.corpus.publish import Publisher
from aligner.corpus.state import CorpusState
from aligner.corpus.store import Project, open_project, write_bitext
from aligner.errors import InputError
from aligner.formats import WriteOptions
from aligner.model import Origin, Status
from aligner.pipeline import prune as module
from aligner.pipeline.prune import Pruned, prune
from tests.unit.pipeline.conftest import Add, names, snapshot


@pytest.fixture
def gone(project: Project, add: Add) -> Add:
    """Add a document beside another one, and delete its source."""

    def added(name: str, **first: Any) -> Any:
        add("autre.txt")
        bitext = add(name, **first)
        (project.corpus / "fr" / name).unlink()
        return bitext

    return added


def removed(found: list[Pruned]) -> list[str]:
    return names(each.path for each in found if not each.kept)


def kept(found: list[Pruned]) -> dict[str, str]:
    return {each.path.name: each.kept for each in found if each.kept}


def test_what_the_machine_made_goes_with_all_that_is_noted_of_it(project: Project, gone: Add) -> None:
    gone("été 1.txt")
    project.draft_file("été-1").parent.mkdir(parents=True)
    project.draft_file("été-1").write_text("0", encoding="utf-8")
    state = CorpusState(project)
    state.write("INSERT INTO asked VALUES (?, ?, ?)", (project.pair, "autre", "x"), (project.pair, "été-1", "y"))
    state.close()
    record = project.corpus / "fr/été 1.toml"
    record.write_text('title = "Été"\n', encoding="utf-8")
    found = prune(project)
    assert removed(found) == ["été 1.txt", "été-1.fr-en.jsonl", "été-1.fr-en.tmx", "été-1.html", "été-1.xml"]
    assert [name for name in snapshot(project.output) if "été" in name] == ["corpus/fr/été 1.toml"]
    assert [name for name, data in snapshot(project.output).items() if "été".encode() in data] == []
    assert prune(project) == []


def test_pages_that_led_there_lead_on(project: Project, add: Add) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        add(name)
    (project.corpus / "fr/b.txt").unlink()
    assert b"b.html" in project.export_file("c", EXPORTS["html"]).read_bytes()
    prune(project)
    pages = [project.export_file(name, EXPORTS["html"]).read_text(encoding="utf-8") for name in ("a", "c", "index")]
    assert not any("b.html" in page for page in pages)
    assert 'href="c.html"' in pages[0]


@pytest.mark.parametrize(
    "first",
    [
        {"status": Status.ACCEPTED},
        {"status": Status.EDITED},
        {"status": Status.REJECTED},
        {"origin": Origin.HUMAN},
        {"note": "Is this right?"},
        {"by": "ada"},
    ],
    ids=lambda first: next(iter(first)),
)
def test_pairs_that_a_person_had_a_hand_in_stay_with_their_english(
    project: Project, gone: Add, first: dict[str, Any]
) -> None:
    gone("a.txt", **first)
    found = prune(project)
    assert removed(found) == ["a.fr-en.tmx", "a.html", "a.xml"]
    assert kept(found) == dict.fromkeys(["a.txt", "a.fr-en.jsonl"], "a person wrote or reviewed 1 pair")
    assert kept(prune(project)) == kept(found)


def test_english_that_was_edited_by_hand_stays_with_its_pairs(project: Project, gone: Add) -> None:
    gone("a.txt")
    (project.corpus / "en/a.txt").write_text("My own words.", encoding="utf-8")
    assert kept(prune(project)) == dict.fromkeys(["a.txt", "a.fr-en.jsonl"], "a person wrote or changed the English")


def test_what_is_taken_from_a_memory_is_nobodys_work(project: Project, gone: Add) -> None:
    gone("a.txt", origin=Origin.MEMORY)
    assert kept(prune(project)) == {}


def test_what_cannot_be_read_stays(project: Project, gone: Add) -> None:
    gone("a.txt")
    project.bitext_file("a").write_text("{", encoding="utf-8")
    found = kept(prune(project))
    assert [*found] == ["a.txt", "a.fr-en.jsonl"]
    assert all(reason.startswith("cannot be read: ") for reason in found.values())


def test_an_export_that_somebody_changed_stays(project: Project, gone: Add) -> None:
    gone("a.txt")
    page = project.export_file("a", EXPORTS["html"])
    page.write_text("my notes", encoding="utf-8")
    assert kept(prune(project)) == {"a.html": "it is not as aligner wrote it"}
    assert page.read_text(encoding="utf-8") == "my notes"


def test_exports_of_a_document_without_pairs_go_too(project: Project, gone: Add) -> None:
    gone("a.txt")
    project.bitext_file("a").unlink()
    found = prune(project)
    assert removed(found) == ["a.fr-en.tmx", "a.html", "a.xml"]
    assert kept(found) == {"a.txt": "a person wrote or changed the English"}


def test_the_list_of_pages_goes_with_the_last_document(project: Project, add: Add) -> None:
    add("a.txt")
    (project.corpus / "fr/a.txt").unlink()
    prune(project)
    assert [*snapshot(project.output)] == [".aligner/corpus", ".aligner/state.sqlite"]


def test_a_dry_run_says_the_same_and_changes_nothing(project: Project, gone: Add) -> None:
    gone("a.txt")
    gone("b.txt", status=Status.ACCEPTED)
    before = snapshot(project.output)
    found = prune(project, dry_run=True)
    assert snapshot(project.output) == before
    assert prune(project) == found


def extract(project: Project, document: str) -> list[Path]:
    """Put there what is read from a source that is not plain text."""
    files = list(project.extract_files(document))
    for path in files:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Un.", encoding="utf-8")
    return files


def test_every_file_that_goes_is_named(project: Project, gone: Add) -> None:
    gone("a.txt")
    gone("b.txt", status=Status.ACCEPTED)
    for document in ("a", "b", "never-finished"):
        extract(project, document)
    before = snapshot(project.output)
    dry = prune(project, dry_run=True)
    assert snapshot(project.output) == before
    assert prune(project) == dry
    went = {name for name in before.keys() - snapshot(project.output).keys() if not name.startswith(".aligner/")}
    assert went == {each.path.relative_to(project.output).as_posix() for each in dry if not each.kept}
    extracts = {"corpus/extracted/a.fr.txt", "corpus/extracted/a.fr.map.jsonl"}
    assert extracts < went
    assert {name.replace("/a.", "/never-finished.") for name in extracts} < went
    assert {"b.fr.txt", "b.fr.map.jsonl"} < kept(dry).keys()


def test_folders_that_are_empty_go_but_not_those_of_sources(project: Project, add: Add) -> None:
    add("autre.txt")
    bitext = add("1998/mai/avis.txt")
    project.bitext_file(bitext.id).unlink()
    document = "1998--mai--avis"
    write_bitext(project.bitext_file(document), replace(bitext, id=document))
    publisher = Publisher(project, WriteOptions())
    publisher.publish(document)
    publisher.close()
    extract(project, document)
    (project.corpus / "fr/1998/mai/avis.txt").unlink()
    (project.corpus / "bitext/1998/notes.txt").write_text("mine", encoding="utf-8")
    prune(project)
    folders = {path.relative_to(project.output).as_posix() for path in project.output.rglob("*") if path.is_dir()}
    assert {name for name in folders if "1998" in name} == {
        "corpus/fr/1998",
        "corpus/fr/1998/mai",
        "corpus/bitext/1998",
    }
    assert {"corpus/en", "corpus/bitext", "corpus/extracted", "tmx", "tei", "review"} < folders


def test_only_documents_that_are_named(project: Project, gone: Add) -> None:
    for name in ("a.txt", "b.txt"):
        gone(name)
    assert {each.document for each in prune(project, ["b"])} == {"b"}
    assert project.left_over() == ["a"]


@pytest.mark.parametrize(("name", "what"), [("autre", "has a source"), ("nobody", "is not left over")])
def test_others_are_refused(project: Project, gone: Add, name: str, what: str) -> None:
    gone("a.txt")
    before = snapshot(project.output)
    with pytest.raises(InputError, match=f"'{name}' {what}"):
        prune(project, ["a", name])
    assert snapshot(project.output) == before


def test_a_corpus_without_a_folder_of_sources_is_refused(project: Project, gone: Add) -> None:
    gone("a.txt")
    shutil.rmtree(project.corpus / "fr")
    with pytest.raises(InputError, match="there is no such folder"):
        prune(project)


def test_a_renamed_document_waits_for_the_run(project: Project, add: Add) -> None:
    add("a.txt")
    (project.corpus / "fr/a.txt").rename(project.corpus / "fr/b.txt")
    before = snapshot(project.output)
    assert kept(prune(project)) == {"a.fr-en.jsonl": "renamed to 'b': `aligner run` carries it over"}
    assert snapshot(project.output) == before


def test_what_another_language_pair_may_need_stays(project: Project, gone: Add) -> None:
    gone("a.txt")
    shutil.copy(project.bitext_file("a"), project.bitext_file("a").with_name("a.en-de.jsonl"))
    extract(project, "a")
    found = prune(project)
    assert removed(found) == ["a.fr-en.jsonl", "a.fr-en.tmx"]
    both = ["a.fr.map.jsonl", "a.fr.txt", "a.html", "a.txt", "a.xml"]
    assert kept(found) == dict.fromkeys(both, "it may be that of another language pair")


@pytest.mark.parametrize("last", range(5))
def test_a_prune_that_was_killed_is_finished_by_the_next(
    project: Project, gone: Add, tmp_path: Path, last: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone("a.txt")
    whole = open_project(shutil.copytree(project.output, tmp_path / "whole") / "corpus")
    prune(whole)
    done = []

    def killed(path: Path) -> None:
        path.unlink()
        done.append(path)
        if len(done) > last:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module, "remove", killed)
        with pytest.raises(KeyboardInterrupt):
            prune(project)
    prune(project)
    if last < 4:  # else only the pages are as they were: a run makes them again
        state = ".aligner/state.sqlite"  # the same rows, in other places of the file
        assert snapshot(project.output) | {state: b""} == snapshot(whole.output) | {state: b""}
    else:
        assert snapshot(project.output).keys() == snapshot(whole.output).keys()
