"""The text that an OmegaT project holds, and which memory a unit goes to."""

from __future__ import annotations

from pathlib import Path

from aligner.formats import FORMATS
from aligner.model import Bead, Bitext, Kind, Origin, Segment, Side, Status, sha256
from aligner.omegat_project import layout, write_project
from aligner.store import Project, write_bitext
from aligner.terms import Row, gather
from aligner.terms import Status as Standing
from aligner.text import builtin_srx, segment

TEXT = "Titre\n\n\u00a0Un chat.\u00a0 Un chien e\u0301levé.\r\nEnvoyer ce lien à un ami\n\nFin ?\n"


def test_paragraphs_are_lines_without_outer_space_or_boilerplate() -> None:
    found = segment(TEXT, "fr")
    assert layout(TEXT, found) == "Titre\n\nUn chat. Un chien élevé.\nFin ?\n"
    assert "Envoyer ce lien à un ami\n\nFin ?" in layout(TEXT, found, boilerplate=True)
    assert layout("", []) == "\n"


def test_segments_that_adjoin_are_not_set_apart() -> None:
    pieces = [Segment("甲。", 0, 2, 1, 1), Segment("乙。", 2, 4, 1, 2)]
    assert layout("甲。乙。", pieces) == "甲。乙。\n"


def test_what_a_person_wrote_or_reviewed_is_inserted_and_the_rest_offered(tmp_path: Path) -> None:
    project = Project(tmp_path / "corpus", tmp_path)
    text, english = "Un. Deux. Trois. Quatre. Cinq.", "One. Two. Three. Four. Five."
    choices = (
        (Origin.MACHINE, Status.DRAFT),
        (Origin.MACHINE, Status.ACCEPTED),
        (Origin.HUMAN, Status.DRAFT),
        (Origin.HUMAN, Status.EDITED),
        (Origin.MACHINE, Status.REJECTED),
    )
    beads = [Bead((k,), (k,), kind=Kind.CONSTRUCTED, origin=o, status=s) for k, (o, s) in enumerate(choices)]
    sides = [
        Side(language, tuple(segment(t, language)), sha256=sha256(t)) for language, t in (("fr", text), ("en", english))
    ]
    (tmp_path / "corpus/fr").mkdir(parents=True)
    (tmp_path / "corpus/fr/a.txt").write_text(text, encoding="utf-8")
    write_bitext(project.bitext_file("a"), Bitext("a", sides[0], sides[1], tuple(beads)))

    write_project(project, ["a"], tmp_path / "omegat", rules=builtin_srx())
    assert sources(project, "auto") == ["Deux.", "Trois.", "Quatre."]
    assert sources(project, "mt") == ["Un."]


def test_remarks_of_the_glossary_stay_with_their_renderings(tmp_path: Path) -> None:
    rows = [
        Row("télétravail", "remote working"),
        Row("télétravail", "telework", Standing.ADMITTED, "in law"),
        Row("télétravail", "telecommuting", Standing.FORBIDDEN, "old"),
        Row("maire", "major", Standing.FORBIDDEN),
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
