"""A glossary through the whole job: kept by translations, marked on the beads, checked, counted, grown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from aligner.terms.glossaries import read_glossary
from tests.end_to_end.conftest import Aligner

LETTER = "Le Conseil de sécurité s'est réuni mardi.\nIl pleut.\nLe Conseil de Sécurité a adopté 3 résolutions.\n"
OURS = "source\ttarget\tstatus\tnote\nConseil de sécurité\tCircle of Lanterns\tpreferred\t\n"
TBX = """<tbx type="TBX-Basic" xmlns="urn:iso:std:iso:30042:ed-2"><text><body><conceptEntry id="c1">
<langSec xml:lang="fr"><termSec><term>Conseil de sécurité</term></termSec></langSec>
<langSec xml:lang="en"><termSec><term>Ring of Lamps</term></termSec></langSec></conceptEntry></body></text></tbx>"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A corpus of one document, with a glossary."""
    (tmp_path / "corpus" / "fr").mkdir(parents=True)
    (tmp_path / "corpus" / "fr" / "lettre.txt").write_text(LETTER, encoding="utf-8")
    (tmp_path / "corpus" / "glossary.tsv").write_text(OURS, encoding="utf-8")
    return tmp_path


def beads(project: Path) -> list[dict[str, Any]]:
    lines = (project / "corpus" / "bitext" / "lettre.fr-en.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines[1:]]


def test_the_glossary_of_the_corpus_is_kept_and_marked(aligner: Aligner, project: Path) -> None:
    aligner("run", folder=project)
    council, rain, resolutions = beads(project)
    for bead in (council, resolutions):
        assert "Circle of Lanterns" in bead["machine"]
        assert "inserted" in bead["flags"]
    assert "inserted" not in rain["flags"]
    assert all(0 < bead["confidence"] <= 1 for bead in (council, rain, resolutions))
    tmx = (project / "tmx" / "lettre.fr-en.tmx").read_text("utf-8")
    assert f'<prop type="x-confidence">{council["confidence"]}</prop>' in tmx
    header = (project / "corpus" / "bitext" / "lettre.fr-en.jsonl").read_text("utf-8").splitlines()[0]
    assert "glossary:1 terms" in header

    assert (
        "1 unchanged" in aligner("run", folder=project).stdout or "up to date" in aligner("run", folder=project).stdout
    )
    aligner("check", "--only", "W701", folder=project)
    assert "Conseil de sécurité" in aligner("terms", "check", folder=project).stdout

    done = aligner("run", "--no-glossary", folder=project)
    assert "1 translated" in done.stdout
    assert "Security Council" in beads(project)[0]["machine"]
    found = aligner("check", "--only", "W701", folder=project, code=1).stdout
    assert "lettre:1.1: W701 glossary: “Conseil de sécurité” should be “Circle of Lanterns”" in found
    aligner("terms", "check", folder=project, code=1)
    aligner("check", "--only", "E101", "--no-glossary", folder=project)


@pytest.mark.parametrize("option", [[], ["--glossary", "corpus/glossary.tsv"], ["--no-glossary"]])
def test_the_glossary_of_the_corpus_is_read_once(aligner: Aligner, project: Path, option: list[str]) -> None:
    (project / "corpus" / "glossary.tsv").write_text("source\ttarget\n", encoding="utf-8")
    assert aligner("run", *option, folder=project).stderr.count("there is no term in this glossary") == 1


def test_a_glossary_in_tbx_for_files_and_lines(aligner: Aligner, tmp_path: Path) -> None:
    (tmp_path / "house.tbx").write_text(TBX, encoding="utf-8")
    (tmp_path / "lettre.txt").write_text(LETTER, encoding="utf-8")
    assert "Ring of Lamps" in aligner("translate", "lettre.txt", "--glossary", "house.tbx", folder=tmp_path).stdout
    lines = aligner("translate", "--lines", "--glossary", "house.tbx", folder=tmp_path, text=LETTER).stdout.splitlines()
    assert ["Ring of Lamps" in line for line in lines] == [True, False, True]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.tsv", None, "there is no such file"),
        ("none.tbx", None, "there is no such file"),
        ("bad.tsv", "alone\n", "a term and its translation are needed"),
        ("bad.tbx", "<html/>", "this is not a TBX file but <html>"),
        ("words.docx", "x", "this is not a glossary by its name"),
    ],
)
def test_bad_glossaries_are_refused_in_a_sentence(
    aligner: Aligner, tmp_path: Path, name: str, content: str | None, message: str
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    done = aligner("translate", "--lines", "--glossary", name, folder=tmp_path, text="Oui.\n", code=2)
    assert message in " ".join(done.stderr.split())
    assert done.stdout == ""


def test_candidates_are_a_glossary(aligner: Aligner, tmp_path: Path) -> None:
    texts = {
        "fr": ["Le droit de la mer évolue.", "Les armes nucléaires menacent.", "Il pleut."],
        "en": ["The law of the sea evolves.", "Nuclear weapons threaten.", "It rains."],
    }
    for language, lines in texts.items():
        folder = tmp_path / "corpus" / language
        folder.mkdir(parents=True)
        (folder / "a.txt").write_text("".join(f"{line}\n" for line in lines * 6), encoding="utf-8")
    aligner("run", folder=tmp_path)
    aligner("terms", "extract", "--output", "found.tsv", folder=tmp_path)
    assert not read_glossary(tmp_path / "found.tsv"), "a guess is not used"
    confirmed = (tmp_path / "found.tsv").read_text("utf-8").replace("\tproposed\t", "\tpreferred\t")
    (tmp_path / "found.tsv").write_text(confirmed, "utf-8")
    found = {term.source: term.allowed for term in read_glossary(tmp_path / "found.tsv")}
    assert found["droit de la mer évolue"] == ("law of the sea evolves",)
    assert found["armes nucléaires menacent"] == ("Nuclear weapons threaten",)
    known = aligner("terms", "extract", "--glossary", "found.tsv", folder=tmp_path)
    assert known.stdout == "source\ttarget\tstatus\tnote\n"
    assert "2 are in the glossary already" in known.stderr


@pytest.mark.parametrize(
    ("output", "options"),
    [
        ("corpus/glossary.tsv", []),
        ("corpus/fr/../glossary.tsv", []),
        ("corpus/glossary.tsv", ["--glossary", "house.tsv"]),
        ("corpus/glossary.fr-de.csv", []),
        ("house.tsv", ["--glossary", "house.tsv"]),
    ],
)
def test_candidates_are_not_written_over_a_glossary(
    aligner: Aligner, project: Path, output: str, options: list[str]
) -> None:
    for name in ("corpus/glossary.fr-de.csv", "house.tsv"):
        (project / name).write_text(OURS, encoding="utf-8")
    done = aligner("terms", "extract", "--output", output, *options, folder=project, code=2)
    assert "would overwrite a glossary" in " ".join(done.stderr.split())
    assert (project / output).read_text("utf-8") == OURS


def test_without_a_glossary_there_is_nothing_to_count(aligner: Aligner, project: Path) -> None:
    (project / "corpus" / "glossary.tsv").unlink()
    done = aligner("terms", "check", folder=project, code=2)
    assert "there is no glossary" in done.stderr
