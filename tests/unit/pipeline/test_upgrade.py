"""Bitexts of version 1 that took the machine's sentences for a person's are put right, as far as a record tells."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aligner.corpus.store import Project, open_project, write_bitext
from aligner.model import Bead, Bitext, Kind, Origin, Status, wording
from aligner.pipeline.upgrade import read_upgraded, upgraded
from tests import make

TEXTS = ("One.", "Two.", "Three.", "Four.")


def bitext(*beads: tuple[Origin, Status, str | None, str]) -> Bitext:
    """Pairs of one sentence each: author, status, what the machine said at the last run, by whom."""
    made = [
        Bead((k,), (k,), kind=Kind.ALIGNED, origin=origin, status=status, machine=machine, by=by)
        for k, (origin, status, machine, by) in enumerate(beads)
    ]
    return Bitext("d", make.side("fr", *TEXTS), make.side("en", *TEXTS), tuple(made))


MT, HUMAN = Origin.MACHINE, Origin.HUMAN
DRAFT, ACCEPTED, EDITED = Status.DRAFT, Status.ACCEPTED, Status.EDITED
WRONG = bitext(
    (HUMAN, DRAFT, "1", ""), (HUMAN, ACCEPTED, "2", "ada"), (HUMAN, EDITED, "3", "ada"), (HUMAN, DRAFT, "4", "")
)


def cached(*texts: str) -> frozenset[str]:
    return frozenset(map(wording, texts))


def told(old: Bitext, known: frozenset[str] = frozenset()) -> tuple[list[Origin], str, str]:
    """The authors after the upgrade, what the text began as, and the notes."""
    stored = upgraded(old, lambda: known)
    assert stored.bitext is not None
    assert stored.is_old
    return [bead.origin for bead in stored.bitext.beads], stored.bitext.provenance.basis, " / ".join(stored.notes)


def test_what_the_cache_knows_is_the_machines_and_what_it_does_not_is_listed() -> None:
    origins, basis, notes = told(WRONG, cached("One.", "Two.", "Three."))
    assert origins == [MT, MT, HUMAN, HUMAN]
    assert basis == "mt"
    assert notes == (
        "2 pairs (1.1, 2.1) said that a person wrote it; it was the machine: that is put right / "
        "1 pair (4.1) may be the machine's although it says that a person wrote it: no record tells, "
        "look at it in `aligner review`"
    )


def test_what_the_machine_says_beside_it_tells_it_too() -> None:
    old = bitext(
        (MT, DRAFT, "One.", ""), (HUMAN, DRAFT, "Two.", ""), (HUMAN, EDITED, "3", "ada"), (HUMAN, DRAFT, "4", "")
    )
    origins, basis, _ = told(old)
    assert (origins, basis) == ([MT, MT, HUMAN, HUMAN], "mt")


def test_an_accepted_sentence_stays_accepted_by_the_same_person() -> None:
    stored = upgraded(WRONG, lambda: cached("One.", "Two."))
    assert stored.bitext is not None
    bead = stored.bitext.beads[1]
    assert (bead.origin, bead.status, bead.by, bead.maker) == (MT, ACCEPTED, "ada", "")
    assert bead.written == (wording("Two."),)


@pytest.mark.parametrize("known", [cached(), cached("One.")])
def test_a_persons_translation_stays_a_persons_with_a_sentence_as_the_machine_has_it(known: frozenset[str]) -> None:
    old = bitext(*[(HUMAN, DRAFT, text, "") for text in ("One.", "2", "3", "4")])
    assert told(old, known) == ([HUMAN] * 4, "human", "")


def test_without_any_record_nothing_is_assumed_but_it_is_said() -> None:
    origins, basis, notes = told(WRONG)
    assert (origins, basis) == ([HUMAN] * 4, "human")
    assert notes.startswith("2 pairs (1.1, 4.1) may be the machine's")


def test_the_records_are_those_of_the_project(tmp_path: Path) -> None:
    project: Project = open_project(tmp_path / "corpus")
    assert read_upgraded(project, "d").bitext is None
    path = project.bitext_file("d")
    write_bitext(path, WRONG)
    assert not read_upgraded(project, "d").is_old
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    fields = json.loads(header)
    fields["version"] = 1
    for name in ("basis", "rules", "boilerplate", "memory"):
        del fields["provenance"][name]
    old = [json.dumps(fields)]
    for line in lines:
        bead = json.loads(line)
        for name in ("quality", "maker", "written"):
            del bead[name]
        old.append(json.dumps(bead))
    path.write_text("\n".join(old) + "\n", encoding="utf-8")
    stored = read_upgraded(project, "d")
    assert stored.is_old
    assert stored.bitext is not None
    assert [bead.origin for bead in stored.bitext.beads] == [HUMAN] * 4
