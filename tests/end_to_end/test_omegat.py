"""An OmegaT project of the corpus: what is in it, and what a real OmegaT makes of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.end_to_end import omegat
from tests.end_to_end.conftest import Aligner

DOCUMENTS = 5


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory, root: Path, aligner: Aligner) -> Path:
    """The project's own documents, run once, with their OmegaT project."""
    folder = tmp_path_factory.mktemp("corpus")
    shutil.copytree(root / "corpus/fr", folder / "corpus/fr")
    aligner("run", folder=folder)
    aligner("export", "--format", "omegat-project", folder=folder)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_the_project_is_whole_and_always_the_same(corpus: Path, tmp_path: Path, aligner: Aligner) -> None:
    done = aligner("export", "--format", "omegat-project", "-o", tmp_path / "again", folder=corpus)
    assert "wrote an OmegaT project of 5 documents" in done.stderr
    made = files(corpus / "omegat")
    assert made == files(tmp_path / "again")
    assert len([name for name in made if name.startswith("source/")]) == DOCUMENTS
    assert set(made) >= {
        "omegat.project", "omegat/segmentation.srx", "omegat/segmentation.conf",
        "tm/auto/aligner.fr-en.tmx", "tm/aligned/aligner.fr-en.tmx", "tm/mt/aligner.fr-en.tmx",
    }  # fmt: skip
    assert all((corpus / "omegat" / name).is_dir() for name in ("target", "glossary", "dictionary"))


def test_the_translators_own_files_are_left_alone(corpus: Path, tmp_path: Path, aligner: Aligner) -> None:
    project = Path(shutil.copytree(corpus / "omegat", tmp_path / "project"))
    for name in ("omegat.project", "omegat/project_save.tmx", "source/mine.txt", "glossary/glossary.txt"):
        (project / name).write_text("mine", encoding="utf-8")
    aligner("export", "--format", "omegat-project", "-o", project, folder=corpus)
    mine = [name for name, content in files(project).items() if content == b"mine"]
    assert len(mine) == 4


def test_a_text_that_was_not_aligned_is_refused(corpus: Path, tmp_path: Path, aligner: Aligner) -> None:
    folder = Path(shutil.copytree(corpus, tmp_path / "copy"))
    path = folder / "corpus/fr/2024-09-11-brics-securite.txt"
    path.write_text(path.read_text(encoding="utf-8") + "Encore.\n", encoding="utf-8")
    done = aligner("export", "--format", "omegat-project", folder=folder, code=2)
    assert (
        "2024-09-11-brics-securite.txt: this is not the text that was aligned; run `aligner run` first" in done.stderr
    )


@pytest.mark.slow
def test_omegat_finds_every_one_of_its_segments_in_the_memory(corpus: Path, tmp_path: Path) -> None:
    project = Path(shutil.copytree(corpus / "omegat", tmp_path / "project"))
    memory = omegat.units(project / "tm/mt/aligner.fr-en.tmx")
    found = omegat.segments(project)
    assert len(found) > 150
    assert [segment for segment in found if segment not in memory] == []
    assert set(memory) == set(found)


@pytest.mark.slow
def test_omegat_writes_the_english_texts_from_the_memory(corpus: Path, tmp_path: Path) -> None:
    project = Path(shutil.copytree(corpus / "omegat", tmp_path / "project"))
    (project / "tm/mt/aligner.fr-en.tmx").replace(project / "tm/auto/machine.tmx")  # to be inserted without asking
    assert omegat.translate(project) == omegat.units(project / "tm/auto/machine.tmx")
    english = sorted((corpus / "corpus/en").glob("*.txt"))
    assert len(english) == DOCUMENTS
    for path in english:
        assert (project / "target" / path.name).read_text(encoding="utf-8") == path.read_text(encoding="utf-8")


@pytest.mark.slow
def test_omegat_inserts_what_was_reviewed_and_nothing_else(corpus: Path, tmp_path: Path) -> None:
    project = Path(shutil.copytree(corpus / "omegat", tmp_path / "project"))
    machine = project / "tm/mt/aligner.fr-en.tmx"
    assert omegat.translate(project) == {}  # nothing of the machine's
    machine.replace(project / "tm/aligned/aligner.fr-en.tmx")
    assert omegat.translate(project) == {}  # nor of what is only offered
    (project / "tm/aligned/aligner.fr-en.tmx").replace(project / "tm/auto/aligner.fr-en.tmx")
    assert len(omegat.translate(project)) > 150


def test_a_penalty_moves_the_machines_memory_and_the_glossary_comes_along(
    corpus: Path, tmp_path: Path, aligner: Aligner
) -> None:
    (tmp_path / "terms.tsv").write_text("Source\tTarget\tStatus\nBRICS\tBRICS\t\nBRICS\tBricks\tforbidden\n", "utf-8")
    export = ("export", "--format", "omegat-project", "-o", tmp_path / "project")
    aligner(*export, folder=corpus)
    aligner(*export, "--penalty", "30", "--glossary", tmp_path / "terms.tsv", folder=corpus)
    made = files(tmp_path / "project")
    assert [name for name in made if name.startswith("tm/")] == [
        "tm/aligned/aligner.fr-en.tmx",
        "tm/auto/aligner.fr-en.tmx",
        "tm/penalty-030/aligner.fr-en.tmx",
    ]
    assert made["glossary/aligner.utf8"] == b"BRICS\tBRICS\tnot: Bricks\n"
    aligner(*export, folder=corpus)
    assert not (tmp_path / "project/tm/penalty-030").exists()
    done = aligner("export", "--penalty", "30", folder=corpus, code=2)
    assert "--penalty and --glossary are for an OmegaT project" in done.stderr


@pytest.mark.slow
def test_the_check_asks_omegat_how_many_of_its_segments_have_a_unit(corpus: Path, aligner: Aligner) -> None:
    omegat.need()
    done = aligner("export", "--check", "omegat", folder=corpus)
    *documents, total = [line.split() for line in done.stdout.splitlines()[2:]]
    assert [(row[1] == row[2], *row[3:]) for row in documents] == [(True, "100.0", "%")] * DOCUMENTS
    assert (total[0], int(total[1]) > 150, total[1] == total[2]) == ("all", True, True)


@pytest.mark.slow
def test_the_check_names_segments_without_a_unit(corpus: Path, aligner: Aligner) -> None:
    omegat.need()
    done = aligner(
        "export", "2024-09-11-brics-securite", "--check", "omegat", "--min-status", "edited", folder=corpus, code=1
    )
    assert "0.0 %" in done.stdout
    assert "2024-09-11-brics-securite: no unit for “" in done.stderr
    assert "more" in done.stderr


def test_without_omegat_the_check_says_so(corpus: Path, tmp_path: Path, aligner: Aligner) -> None:
    done = aligner("export", "--check", "omegat", folder=corpus, code=3, OMEGAT_JAR=str(tmp_path / "nowhere.jar"))
    (sentence,) = done.stderr.splitlines()
    assert sentence.startswith("aligner: OmegaT is not installed; install it (Debian: apt install omegat)")
