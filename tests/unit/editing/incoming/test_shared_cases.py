"""The files of ``shared/cases/formats`` that say "not translated" or "by a machine" are believed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from aligner.corpus.store import Project
from aligner.editing.incoming import import_file
from aligner.formats import FORMATS
from aligner.model import Bead, Origin, Status
from tests.unit.editing.incoming.conftest import corpus_of, snapshot

UNIT = re.compile(r"<source>([^<]*)</source>.*?<alt-trans origin=\"machine translation\"><target>([^<]*)<", re.DOTALL)
RIGHT = {
    "target-is-source.xlf": (2, 0, 2, 0),
    "own-xliff-needs-translation.xlf": (11, 10, 1, 0),
    "rejected.xlf": (2, 0, 2, 0),
    "mt-qualifier.xlf": (2, 0, 1, 1),
    "own-xliff-pretranslated.xlf": (11, 10, 0, 1),
}
"""Units, of them untouched, not translated, by a machine."""


@pytest.fixture
def cases(shared: Path) -> Path:
    return shared / "cases/formats"


def project_of(folder: Path, cases: Path, *, machine: str = "") -> Project:
    """The two documents that the files speak of, in the words of the machine that they came from, or in others."""
    known = dict(UNIT.findall((cases / "own-xliff-pretranslated.xlf").read_text(encoding="utf-8")))
    texts = {}
    for path in sorted((cases / "_corpus/fr").glob("*.txt")):
        french = path.read_text(encoding="utf-8")
        english = french
        for source, target in known.items():
            english = english.replace(source.replace("&amp;", "&"), machine + target.replace("&amp;", "&"))
        texts[path.stem] = french, english
    return corpus_of(folder, texts)


@pytest.mark.parametrize("name", RIGHT)
@pytest.mark.parametrize("machine", ["", "Now: "])
def test_nothing_of_them_becomes_a_persons(tmp_path: Path, cases: Path, name: str, machine: str) -> None:
    project = project_of(tmp_path, cases, machine=machine)
    before = snapshot(project)
    report = import_file(project, cases / name, by="ann")
    assert (report.documents, report.conflicts, snapshot(project)) == ((), (), before)
    assert (report.units, report.untouched, report.undone, len(report.machines)) == RIGHT[name]


def beads(path: Path) -> dict[str, Bead]:
    """The beads of a TMX file by their English."""
    read = FORMATS["tmx"].read
    assert read is not None
    with path.open("rb") as stream:
        return {bitext.target_text(bead): bead for bitext in read(stream) for bead in bitext.beads}


def test_what_other_tools_say_of_their_units(cases: Path) -> None:
    found = beads(cases / "provenance.tmx")
    machine = Origin.MACHINE, Status.DRAFT
    for text, expected in {
        "by creationid MT": (*machine, "MT!MT"),
        "Trados draft machine": (*machine, "MT!SDL\\Machine Translation"),
        "Trados rejected": (Origin.HUMAN, Status.REJECTED, ""),
        "by MT!": (*machine, "MT!"),
        "tu-level MT!, changed": (*machine, "MateCat"),
        "color": (Origin.HUMAN, Status.DRAFT, ""),
    }.items():
        assert (found[text].origin, found[text].status, found[text].by) == expected, text


def test_machines_and_rejected_units_of_another_tools_memory_are_passed_over(tmp_path: Path, cases: Path) -> None:
    project = corpus_of(tmp_path, {"p": ("Unité un. Unité deux. Unité trois.\n", "Unit one. Unit two. Unit three.\n")})
    before = snapshot(project)
    report = import_file(project, cases / "provenance.tmx")
    assert snapshot(project) == before
    assert [unit.theirs for unit in report.machines] == ["by creationid MT", "Trados draft machine", "by MT!"]
