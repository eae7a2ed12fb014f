"""Who wrote what stays true when a document is edited, the machine says something else, and files come back."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from aligner.corpus.store import Project, open_project, read_bitext
from aligner.editing import OpenDocument
from aligner.editing.edits import Before, SetStatus, SetText
from aligner.model import Bitext, Origin, Status
from tests.end_to_end.conftest import Aligner

FRENCH = """\
Déclaration de la ministre

La ministre des Affaires étrangères a reçu mardi son homologue à Genève. Ils ont examiné la situation dans la région.
Les deux pays ont signé un accord de coopération. Il entrera en vigueur le 1er mars 2027.
La ministre a remercié les délégations de leur travail. La prochaine réunion aura lieu à Lyon.
"""
GLOSSARY = "source\ttarget\naccord de coopération\tpact of friendship\ndélégations\tmissions\n"
OURS = "This sentence a person wrote."


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory, aligner: Aligner) -> Path:
    """A project with one document, translated."""
    folder = tmp_path_factory.mktemp("truth")
    (folder / "corpus/fr").mkdir(parents=True)
    (folder / "corpus/fr/note.txt").write_text(FRENCH, encoding="utf-8")
    aligner("run", folder=folder)
    return folder


@pytest.fixture
def folder(ran: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(ran, tmp_path / "copy"))


@pytest.fixture
def project(folder: Path) -> Project:
    return open_project(folder / "corpus")


def bitext(project: Project) -> Bitext:
    return read_bitext(project.bitext_file("note"))


def texts(found: Bitext) -> list[str]:
    return [found.target_text(bead) for bead in found.beads]


def authors(found: Bitext) -> Counter[tuple[str, str]]:
    return Counter((bead.origin.value, bead.status.value) for bead in found.beads)


def edit_and_accept(project: Project) -> None:
    """A person writes the third sentence and accepts the second one."""
    opened, found = OpenDocument(project, "note"), bitext(project)
    for number, change in ((2, {"text": OURS}), (1, {"status": Status.ACCEPTED})):
        bead = found.beads[number]
        seen = {"bead": found.locator(bead), "before": Before(found.target_text(bead), bead.status)}
        edit = SetText(**seen, **change) if number == 2 else SetStatus(**seen, **change)  # type: ignore[arg-type]
        assert not opened.apply([edit], by="ada").refused


def another_machine(folder: Path, aligner: Aligner) -> None:
    """Run with a glossary and another beam: the machine says something else now."""
    (folder / "corpus/glossary.tsv").write_text(GLOSSARY, encoding="utf-8")
    aligner("run", "--beam", "1", folder=folder)


@pytest.mark.slow
def test_an_edit_freezes_its_own_pair_only(project: Project, folder: Path, aligner: Aligner) -> None:
    first = bitext(project)
    edit_and_accept(project)
    another_machine(folder, aligner)
    found = bitext(project)
    assert texts(found)[1:3] == [texts(first)[1], OURS]
    assert "pact of friendship" in " ".join(texts(found))
    assert authors(found) == {("mt", "draft"): 5, ("mt", "accepted"): 1, ("human", "edited"): 1}
    assert found.beads[1].by == "ada"
    assert {bead.confidence for bead in found.beads if bead.origin is Origin.MACHINE} == {1.0}
    assert project.target_file("note").read_text(encoding="utf-8").count(OURS) == 1
    assert "Nothing to do" in aligner("run", "--beam", "1", folder=folder).stdout

    aligner("export", "--format", "omegat-project", "-o", "omegat", folder=folder)
    reviewed = (folder / "omegat/tm/auto/aligner.fr-en.tmx").read_text(encoding="utf-8")
    assert reviewed.count("<tu ") == 2
    assert OURS in reviewed


@pytest.mark.slow
def test_a_hand_edited_file_makes_only_its_sentence_a_persons(project: Project, folder: Path, aligner: Aligner) -> None:
    path = project.target_file("note")
    path.write_text(path.read_text(encoding="utf-8").replace(texts(bitext(project))[4], OURS), encoding="utf-8")
    another_machine(folder, aligner)
    assert authors(bitext(project)) == {("mt", "draft"): 6, ("human", "edited"): 1}
    assert texts(bitext(project))[4] == OURS


FILES = {"xliff": "note.fr-en.xlf", "xlsx": "note.fr-en.xlsx", "tmx": "note.fr-en.tmx"}


@pytest.mark.slow
@pytest.mark.parametrize("form", FILES)
def test_an_untouched_file_changes_nothing_whatever_happened_since(
    project: Project, folder: Path, aligner: Aligner, form: str
) -> None:
    aligner("export", "--format", form, "-o", "out", folder=folder)
    edit_and_accept(project)
    another_machine(folder, aligner)
    before, english = bitext(project), project.target_file("note").read_bytes()
    aligner("import", f"out/{FILES[form]}", folder=folder)
    assert bitext(project) == before
    assert project.target_file("note").read_bytes() == english


@pytest.mark.slow
def test_a_lost_english_file_is_made_again_of_the_pairs(project: Project, folder: Path, aligner: Aligner) -> None:
    edit_and_accept(project)
    path = project.target_file("note")
    english = path.read_bytes()
    path.unlink()
    done = aligner("run", folder=folder)
    assert "its English file was gone" in done.stderr
    assert path.read_bytes() == english
    assert "Nothing to do" in aligner("run", folder=folder).stdout
