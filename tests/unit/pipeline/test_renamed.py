"""A renamed source keeps its work: once, whole, whatever happens in between, and only where there is no doubt."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from aligner.corpus.exports import EXPORTS
from aligner.corpus.publish import Publisher
from aligner.corpus.store import Project, open_project, read_bitext, write_bitext
from aligner.editing import OpenDocument
from aligner.editing.edits import Before, SetText
from aligner.formats import WriteOptions
from aligner.model import Origin, Status
from aligner.pipeline.renamed import DocumentMove, carry_over, find_renames
from tests.unit.pipeline.conftest import ENGLISH, Add, snapshot

STEPS = (
    "write_note",
    "write_english",
    "write_bitext",
    "write_history",
    "remove_exports",
    "remove_notes",
    "remove_english",
    "remove_bitext",
)


def rename(project: Project, old: str, new: str) -> None:
    (project.corpus / "fr" / old).rename(project.corpus / "fr" / new)


def english(project: Project, name: str) -> Path:
    return project.corpus / "en" / name


def reviewed(project: Project, add: Add, name: str = "a.txt") -> None:
    """Add a document in which one pair is accepted and another one was rewritten, with its history."""
    bitext = add(name, status=Status.ACCEPTED, by="ada", changed="2026-01-01T00:00:00Z")
    edit = SetText(bead="1.2", before=Before("A dog runs.", Status.DRAFT), text="A dog is running.")
    assert not OpenDocument(project, bitext.id).apply([edit], by="ada").refused
    project.draft_file(bitext.id).parent.mkdir(parents=True)
    project.draft_file(bitext.id).write_text("0", encoding="utf-8")


def test_pairs_english_and_history_go_with_a_renamed_source(project: Project, add: Add) -> None:
    reviewed(project, add)
    before = read_bitext(project.bitext_file("a"))
    rename(project, "a.txt", "Été (1950).txt")
    done = carry_over(project)
    assert done.remarks == ["'a' was renamed to 'Été-1950': its 2 reviewed pairs went with it"]
    after = read_bitext(project.bitext_file("Été-1950"))
    assert (after.id, after.beads, after.provenance) == ("Été-1950", before.beads, before.provenance)
    assert (after.source.file, after.target.file) == ("corpus/fr/Été (1950).txt", "corpus/en/Été (1950).txt")
    assert english(project, "Été (1950).txt").read_text(encoding="utf-8") == "A cat sleeps. A dog is running."
    assert done.written == [english(project, "Été (1950).txt"), project.bitext_file("Été-1950")]
    assert [name for name in snapshot(project.output) if "/a." in name] == []

    desk = OpenDocument(project, "Été-1950")
    assert not desk.undo(version=desk.read().version).refused
    assert english(project, "Été (1950).txt").read_text(encoding="utf-8") == ENGLISH
    assert read_bitext(project.bitext_file("Été-1950")).id == "Été-1950"


@pytest.mark.parametrize("last", STEPS)
def test_a_run_that_was_killed_after_any_step_is_finished_by_the_next(
    project: Project, add: Add, tmp_path: Path, last: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reviewed(project, add)
    rename(project, "a.txt", "b.txt")
    whole = open_project(shutil.copytree(project.output, tmp_path / "whole") / "corpus")
    carry_over(whole)
    step = getattr(DocumentMove, last)

    def killed(move: DocumentMove) -> None:
        step(move)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(DocumentMove, last, killed)
        with pytest.raises(KeyboardInterrupt):
            carry_over(project)
    held = snapshot(project.corpus).values()
    assert b"A cat sleeps. A dog is running." in held
    assert any(b'"status": "accepted"' in content for content in held)
    carry_over(project)
    assert snapshot(project.output) == snapshot(whole.output)


def test_steps_are_all_that_there_is_to_kill_between() -> None:
    assert set(STEPS) == {name for name in vars(DocumentMove) if name.startswith(("write_", "remove_"))}


def test_folders_that_a_renaming_left_empty_go(project: Project, add: Add) -> None:
    bitext = add("1998/avis.txt")
    project.bitext_file(bitext.id).unlink()
    write_bitext(project.bitext_file("1998--avis"), replace(bitext, id="1998--avis"))
    publisher = Publisher(project, WriteOptions())
    publisher.publish("1998--avis")
    publisher.close()
    for path in project.extract_files("1998--avis"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    rename(project, "1998", "1999")
    carry_over(project)
    assert project.bitext_file("1999--avis").parent.name == "1999"
    assert [path for path in project.output.rglob("*") if path.name == "1998"] == []
    # of the sources no folder goes, though it is empty
    (project.corpus / "fr/2000").mkdir()
    rename(project, "1999/avis.txt", "2000/avis.txt")
    carry_over(project)
    left = [path.relative_to(project.output).as_posix() for path in project.output.rglob("*") if path.name == "1999"]
    assert left == ["corpus/fr/1999"]


def test_english_that_was_edited_by_hand_goes_along(project: Project, add: Add) -> None:
    add("a.txt")
    english(project, "a.txt").write_text("My own words.", encoding="utf-8")
    rename(project, "a.txt", "b.txt")
    carry_over(project)
    assert english(project, "b.txt").read_text(encoding="utf-8") == "My own words."
    assert not english(project, "a.txt").exists()


def test_no_english_text_is_written_over(project: Project, add: Add) -> None:
    add("a.txt", origin=Origin.HUMAN)
    rename(project, "a.txt", "b.txt")
    english(project, "b.txt").write_text("Another translation.", encoding="utf-8")
    before = snapshot(project.output)
    assert carry_over(project).remarks == [
        "'a' has the text of 'b' and was not carried over: corpus/en/b.txt is another English text"
    ]
    assert snapshot(project.output) == before


def test_english_that_was_renamed_too_is_where_it_belongs(project: Project, add: Add) -> None:
    add("a.txt", origin=Origin.HUMAN)
    rename(project, "a.txt", "b.txt")
    english(project, "a.txt").rename(english(project, "b.txt"))
    carry_over(project)
    assert read_bitext(project.bitext_file("b")).beads[0].origin is Origin.HUMAN
    assert english(project, "b.txt").read_text(encoding="utf-8") == ENGLISH


def test_two_candidates_are_said_and_nothing_is_assumed(project: Project, add: Add) -> None:
    add("a.txt")
    text = (project.corpus / "fr/a.txt").read_text(encoding="utf-8")
    rename(project, "a.txt", "b.txt")
    (project.corpus / "fr/c.txt").write_text(text, encoding="utf-8")
    before = snapshot(project.output)
    assert carry_over(project).remarks == [
        "'a' is left over, with the text of 'b' and 'c': which of them was renamed is not known, "
        "so nothing was carried over"
    ]
    assert snapshot(project.output) == before


def test_two_documents_of_the_same_text_are_no_certain_origin(project: Project, add: Add) -> None:
    for name in ("a.txt", "b.txt"):
        add(name, "Un texte")
    rename(project, "a.txt", "c.txt")
    (project.corpus / "fr/b.txt").unlink()
    assert find_renames(project) == (
        [],
        [
            "'a' and 'b' are left over, with the text of 'c': which of them was renamed is not known, "
            "so nothing was carried over"
        ],
    )


def test_a_source_that_has_pairs_already_keeps_them(project: Project, add: Add) -> None:
    add("a.txt")
    add("b.txt", origin=Origin.HUMAN)
    (project.corpus / "fr/b.txt").unlink()
    rename(project, "a.txt", "b.txt")
    before = snapshot(project.output)
    assert carry_over(project).remarks == [
        "'a' is left over, with the text of 'b', which has pairs already: nothing was carried over"
    ]
    assert snapshot(project.output) == before


def test_a_copy_is_no_new_name(project: Project, add: Add) -> None:
    add("a.txt")
    shutil.copy(project.corpus / "fr/a.txt", project.corpus / "fr/b.txt")
    assert find_renames(project) == ([], [])


def test_exports_that_somebody_changed_and_a_record_are_named(project: Project, add: Add) -> None:
    add("a.txt")
    (project.corpus / "fr/a.toml").write_text('title = "A"\n', encoding="utf-8")
    page = project.export_file("a", EXPORTS["html"])
    page.write_text("my notes", encoding="utf-8")
    rename(project, "a.txt", "b.txt")
    assert carry_over(project).remarks == [
        "'a' was renamed to 'b': its aligned pairs went with it; its record is still corpus/fr/a.toml: rename it too; "
        f"still there, because somebody changed it or it may belong to another language pair: {page}"
    ]
    assert page.read_text(encoding="utf-8") == "my notes"
    assert not project.export_file("a", EXPORTS["tmx"]).exists()


def test_what_another_language_pair_may_need_stays(project: Project, add: Add) -> None:
    add("a.txt")
    shutil.copy(project.bitext_file("a"), project.bitext_file("a").with_name("a.en-de.jsonl"))
    rename(project, "a.txt", "b.txt")
    carry_over(project)
    assert english(project, "a.txt").read_bytes() == english(project, "b.txt").read_bytes()
    assert project.export_file("a", EXPORTS["tei"]).exists()
    assert not project.export_file("a", EXPORTS["tmx"]).exists()


def test_the_english_follows_a_source_whose_id_stays_the_same(project: Project, add: Add) -> None:
    reviewed(project, add, "ma lettre.txt")
    rename(project, "ma lettre.txt", "ma-lettre.txt")
    assert carry_over(project).remarks == ["corpus/en/ma lettre.txt is now called ma-lettre.txt, as its source"]
    assert read_bitext(project.bitext_file("ma-lettre")).target.file == "corpus/en/ma-lettre.txt"
    desk = OpenDocument(project, "ma-lettre")
    assert not desk.undo(version=desk.read().version).refused
    assert english(project, "ma-lettre.txt").read_text(encoding="utf-8") == ENGLISH
    assert carry_over(project).remarks == []


def test_english_that_a_person_removed_stays_away(project: Project, add: Add) -> None:
    add("a.txt")
    english(project, "a.txt").unlink()
    assert carry_over(project).remarks == []
    rename(project, "a.txt", "b.txt")
    carry_over(project)
    assert project.bitext_file("b").exists()
    assert not english(project, "b.txt").exists()


def test_a_disk_that_refuses_is_the_error_of_the_document(
    project: Project, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    from aligner.errors import EnvironmentProblem

    def refuse(_: DocumentMove) -> None:
        raise EnvironmentProblem("cannot write")

    add("a.txt")
    rename(project, "a.txt", "b.txt")
    monkeypatch.setattr(DocumentMove, "write_english", refuse)
    assert [*carry_over(project).failed] == ["b"]


def test_damaged_pairs_are_left_alone(project: Project, add: Add) -> None:
    add("a.txt")
    project.bitext_file("a").write_text("{", encoding="utf-8")
    rename(project, "a.txt", "b.txt")
    assert find_renames(project) == ([], [])
