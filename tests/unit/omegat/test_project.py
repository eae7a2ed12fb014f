"""The text that an OmegaT project holds, and which memory a unit goes to."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.corpus.store import Project
from aligner.formats import FORMATS, Standing, WriteOptions
from aligner.model import Bead, Kind, Origin, Provenance, Segment, Status
from aligner.omegat.project import layout, memory_files, write_project
from aligner.terms import Row, TermStatus, gather
from aligner.text import builtin_srx, segment
from tests import make

TEXT = "Titre\n\n\u00a0Un chat.\u00a0 Un chien e\u0301levé.\r\nEnvoyer ce lien à un ami\n\nFin ?\n"


def test_paragraphs_are_lines_without_outer_space_or_boilerplate() -> None:
    found = segment(TEXT, "fr")
    assert layout(TEXT, found) == "Titre\n\nUn chat. Un chien élevé.\nFin ?\n"
    assert "Envoyer ce lien à un ami\n\nFin ?" in layout(TEXT, found, boilerplate=True)
    assert layout("", []) == "\n"


def test_segments_that_adjoin_are_not_set_apart() -> None:
    pieces = [Segment("甲。", 0, 2, 1, 1), Segment("乙。", 2, 4, 1, 2)]
    assert layout("甲。乙。", pieces) == "甲。乙。\n"


def project_of(tmp_path: Path, rules: str = "") -> Project:
    """A project with a document whose sentences differ in who stands for them; `rules` is what its bitext says."""
    text, english = "Un. Deux. Trois. Quatre. Cinq. Six. Sept.", "One. Two. Three. Four. Five. Six. Seven."
    choices = (
        (Origin.MACHINE, Status.DRAFT),
        (Origin.MACHINE, Status.ACCEPTED),
        (Origin.HUMAN, Status.DRAFT),
        (Origin.HUMAN, Status.EDITED),
        (Origin.MACHINE, Status.REJECTED),
        (Origin.MEMORY, Status.DRAFT),
        (Origin.HUMAN, Status.REJECTED),
    )
    beads = [Bead((k,), (k,), kind=Kind.CONSTRUCTED, origin=o, status=s) for k, (o, s) in enumerate(choices)]
    bitext = make.bitext_of(text, english, beads, name="a", provenance=Provenance(rules=rules))
    return make.corpus(tmp_path, bitext, sources={"a.txt": text})


def test_only_what_was_reviewed_is_inserted_and_what_was_rejected_goes_nowhere(tmp_path: Path) -> None:
    project = project_of(tmp_path)
    write_project(project, ["a"], tmp_path / "omegat", rules=builtin_srx())
    assert sources(project, "auto") == ["Deux.", "Quatre."]
    assert sources(project, "aligned") == ["Trois."]
    assert sources(project, "mt") == ["Un.", "Six."]
    assert [path.parent.name for path in memory_files(project, tmp_path / "omegat")] == ["auto", "aligned", "mt"]


def test_reviewed_alone_leaves_the_other_memories_empty(tmp_path: Path) -> None:
    project = project_of(tmp_path)
    only = WriteOptions(standings=(Standing.REVIEWED,))
    write_project(project, ["a"], tmp_path / "omegat", rules=builtin_srx(), options=only, penalty=30)
    assert [sources(project, name) for name in ("auto", "aligned", "penalty-030")] == [["Deux.", "Quatre."], [], []]


@pytest.mark.parametrize(("rules", "warned"), [("", False), (builtin_srx().signature, False), ("other 1", True)])
def test_a_text_cut_by_other_rules_is_warned_of(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, rules: str, warned: bool
) -> None:
    write_project(project_of(tmp_path, rules), ["a"], tmp_path / "omegat", rules=builtin_srx())
    assert ("a was segmented by other rules" in caplog.text) == warned


def test_remarks_of_the_glossary_stay_with_their_renderings(tmp_path: Path) -> None:
    rows = [
        Row("télétravail", "remote working"),
        Row("télétravail", "telework", TermStatus.ADMITTED, "in law"),
        Row("télétravail", "telecommuting", TermStatus.FORBIDDEN, "old"),
        Row("maire", "major", TermStatus.FORBIDDEN),
        Row("visa", "visa"),
    ]
    project = Project(tmp_path / "corpus", tmp_path)
    (tmp_path / "corpus/fr").mkdir(parents=True)
    (tmp_path / "corpus/fr/a.txt").write_text(TEXT, encoding="utf-8")
    write_project(project, [], tmp_path / "omegat", rules=builtin_srx(), glossary=gather(rows))
    assert (tmp_path / "omegat/glossary/aligner.utf8").read_text(encoding="utf-8").splitlines() == [
        "télétravail\tremote working\tnot: telecommuting (old)",
        "télétravail\ttelework\tin law; not: telecommuting (old)",
        "visa\tvisa",
    ]


def sources(project: Project, name: str) -> list[str]:
    read = FORMATS["tmx"].read
    assert read is not None
    with (project.output / "omegat/tm" / name / f"aligner.{project.pair}.tmx").open("rb") as stream:
        return [bitext.source_text(bead) for bitext in read(stream) for bead in bitext.beads]
