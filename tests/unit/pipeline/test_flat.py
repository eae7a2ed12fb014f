"""A translation that a person puts beside its place is taken there, and nothing that a person did is lost by it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from aligner.corpus.store import Project, read_bitext, write_bitext
from aligner.documents import part_of
from aligner.model import Origin, Status, sha256
from aligner.pipeline.renamed import carry_over
from tests.properties.truth import Corpus
from tests.unit.pipeline.conftest import ENGLISH, Add, snapshot

THEIRS = "My own words.\n"


def nested(project: Project, add: Add, folder: str, document: str, **first: object) -> Path:
    """Add a document in a folder; the place of its English."""
    bitext = add(f"{folder}/{document.rpartition('--')[2]}.txt", **first)
    project.bitext_file(bitext.id).unlink()
    write_bitext(project.bitext_file(document), replace(bitext, id=document))
    return project.target_file(document)


def flat(project: Project, name: str, text: str = THEIRS) -> Path:
    path = project.corpus / "en" / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("folder", "document", "name"),
    [
        ("1998", "1998--avis", "1998--avis.txt"),
        ("1998/mai", "1998--mai--avis", "1998--mai--avis.txt"),
        ("1998", "1998--avis", "1998--avis.TXT"),
        (part_of("avis"), "avis", "avis.txt"),
    ],
)
def test_a_persons_text_takes_the_place_of_the_machines(
    project: Project, add: Add, folder: str, document: str, name: str
) -> None:
    place = nested(project, add, folder, document)
    assert place.parent == project.corpus / "en" / folder
    flat(project, name)
    done = carry_over(project)
    assert done.remarks == [
        f"corpus/en/{name} was taken as the English of '{document}': it is corpus/en/{folder}/avis.txt, "
        "instead of the machine's"
    ]
    assert done.written == [place]
    assert place.read_text(encoding="utf-8") == THEIRS
    assert not (project.corpus / "en" / name).exists()
    assert carry_over(project).remarks == []


def test_a_text_under_the_id_of_a_source_with_another_name_is_taken_too(project: Project, add: Add) -> None:
    add("ma lettre.txt")
    flat(project, "ma-lettre.txt")
    carry_over(project)
    assert (project.corpus / "en/ma lettre.txt").read_text(encoding="utf-8") == THEIRS


@pytest.mark.parametrize("first", [{"status": Status.ACCEPTED}, {"origin": Origin.HUMAN}, {"note": "?"}])
def test_two_texts_of_persons_are_both_named_and_stay(project: Project, add: Add, first: dict[str, object]) -> None:
    nested(project, add, "1998", "1998--avis", **first)
    flat(project, "1998--avis.txt")
    before = snapshot(project.output)
    [(document, error)] = carry_over(project).failed.items()
    assert document == "1998--avis"
    assert "there are two English texts, corpus/en/1998/avis.txt and corpus/en/1998--avis.txt" in str(error)
    assert "a person wrote or reviewed 1 pair" in str(error)
    assert snapshot(project.output) == before


def test_english_that_was_edited_in_its_place_is_not_replaced(project: Project, add: Add) -> None:
    place = nested(project, add, "1998", "1998--avis")
    place.write_text("A cat is asleep. A dog runs.", encoding="utf-8")
    flat(project, "1998--avis.txt")
    [error] = carry_over(project).failed.values()
    assert "a person wrote or changed the English" in str(error)


def test_what_another_language_pair_may_need_is_not_replaced(project: Project, add: Add) -> None:
    nested(project, add, "1998", "1998--avis")
    pairs = project.bitext_file("1998--avis")
    shutil.copy(pairs, pairs.with_name("1998--avis.de-en.jsonl"))
    flat(project, "1998--avis.txt")
    [error] = carry_over(project).failed.values()
    assert "it may be that of another language pair" in str(error)


@pytest.mark.parametrize("text", ["the same", "what aligner wrote last", "what was aligned last"])
def test_a_text_in_which_nothing_is_new_is_left_alone(project: Project, add: Add, text: str) -> None:
    place = nested(project, add, "1998", "1998--avis", status=Status.ACCEPTED)
    copy = flat(project, "1998--avis.txt", ENGLISH)
    if text != "the same":
        place.write_text("A cat is asleep. A dog runs.", encoding="utf-8")
    if text == "what aligner wrote last":
        bitext = read_bitext(project.bitext_file("1998--avis"))
        write_bitext(project.bitext_file("1998--avis"), replace(bitext, target=replace(bitext.target, sha256="")))
        project.draft_file("1998--avis").parent.mkdir(parents=True)
        project.draft_file("1998--avis").write_text(sha256(ENGLISH), encoding="utf-8")
    done = carry_over(project)
    assert (done.remarks, done.failed) == ([], {})
    assert copy.exists()


def test_a_text_whose_place_is_there_is_that_of_its_own_document(project: Project, add: Add) -> None:
    add("1998--avis.txt")
    flat(project, "1998--avis.txt")
    (project.corpus / "en/notes.txt").write_text("no document has this name", encoding="utf-8")
    before = snapshot(project.output)
    done = carry_over(project)
    assert (done.remarks, done.failed) == ([], {})
    assert snapshot(project.output) == before


def test_what_the_machine_wrote_in_it_stays_the_machines(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    corpus.run(0, 0)
    corpus.put_beside(1, 2)
    bitext = corpus.bitext("1998--note")
    assert [bead.origin for bead in bitext.beads].count(Origin.HUMAN) == 1
    assert [bead.origin for bead in bitext.beads].count(Origin.MACHINE) == len(bitext.beads) - 1
