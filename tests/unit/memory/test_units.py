"""What becomes a unit, and what is left out."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from aligner.memory.index import MemoryUnit
from aligner.memory.sources import (
    MACHINE,
    ONE_SIDED,
    REJECTED,
    aligned_units,
    file_units,
    reviewed_units,
)
from aligner.model import Bead, Bitext, Languages, Origin, Status
from tests import make

HEAD = '<tmx version="1.4"><header creationtool="x" srclang="fr"/><body>'


def tu(source: str, target: str, facts: str = "", properties: str = "") -> str:
    props = "".join(f'<prop type="{p.partition("=")[0]}">{p.partition("=")[2]}</prop>' for p in properties.split())
    return (
        f'<tu>{props}<tuv xml:lang="fr-FR"><seg>{source}</seg></tuv>'
        f'<tuv xml:lang="en-GB" {facts}><seg>{target}</seg></tuv></tu>'
    )


def taken(folder: Path, *units: str, source: str = "fr", target: str = "en") -> tuple[list[MemoryUnit], Counter[str]]:
    path, left_out = folder / "m.tmx", Counter[str]()
    path.write_text(f"{HEAD}{''.join(units)}</body></tmx>", encoding="utf-8")
    return [unit for _, unit in file_units(path, Languages(source, target), left_out=left_out)], left_out


def test_a_unit_keeps_its_texts_on_one_line_with_who_and_when(tmp_path: Path) -> None:
    units, _ = taken(tmp_path, tu(" Un\n  deux ", "One<ph>x</ph> two", 'changedate="20250102T030405Z" changeid="Anna"'))
    assert units == [MemoryUnit("Un deux", "One two", "line 1", "2025-01-02T03:04:05Z", "Anna")]


def test_languages_may_stand_the_other_way_round(tmp_path: Path) -> None:
    units, _ = taken(tmp_path, tu("Oui.", "Yes."), source="en", target="fr")
    assert [(unit.source, unit.target) for unit in units] == [("Yes.", "Oui.")]
    assert taken(tmp_path, tu("Oui.", "Yes."), target="de") == ([], {ONE_SIDED: 1})


@pytest.mark.parametrize(
    ("unit", "reason"),
    [
        (tu("Oui.", "Yes.", 'creationid="MT!engine"'), MACHINE),
        (tu("Oui.", "Yes.", properties="x-origin=mt"), MACHINE),
        (tu("Oui.", "Yes.", 'changeid="MT!"'), MACHINE),
        (tu("Oui.", "Yes.", 'creationid="MT!" changeid="MT!"'), MACHINE),
        (tu("Oui.", "Yes.", 'creationid="Anna" changeid="MT!engine"'), MACHINE),
        (tu("Oui.", "Yes.", 'changeid="MT!"', "x-origin=mt"), MACHINE),
        (tu("Oui.", "Yes.").replace("<tu>", '<tu creationid="MT!" changeid="MT!">'), MACHINE),
        (tu("Oui.", "Yes.", properties="x-status=rejected"), REJECTED),
        (tu("Oui.", " "), ONE_SIDED),
    ],
)
def test_what_no_person_wrote_is_left_out(tmp_path: Path, unit: str, reason: str) -> None:
    assert taken(tmp_path, unit) == ([], {reason: 1})


@pytest.mark.parametrize(
    ("unit", "reviewed"),
    [
        (tu("Oui.", "Yes.", 'creationid="MT!engine" changeid="Anna"'), False),
        (tu("Oui.", "Yes.", properties="x-origin=mt x-status=accepted"), True),
        (tu("Oui.", "Yes.", 'changeid="MT!engine"', "x-status=accepted"), True),
        (tu("Oui.", "Yes.", properties="x-origin=human x-status=edited"), True),
        (tu("Oui.", "Yes.", properties="x-origin=memory x-status=draft"), False),
    ],
)
def test_what_a_person_changed_or_accepted_is_taken(tmp_path: Path, unit: str, reviewed: bool) -> None:
    units, left_out = taken(tmp_path, unit)
    assert [each.reviewed for each in units] == [reviewed]
    assert not left_out


def test_only_reviewed_pairs_of_a_bitext_are_units() -> None:
    texts = ("Un.", "Deux.", "Trois.", "Quatre.")
    side = make.side("fr", *texts)
    beads = (
        Bead((0,), (0,), status=Status.ACCEPTED, by="Anna", changed="2025-01-02T03:04:05Z"),
        Bead((1,), (1,)),
        Bead((2,), (2,), status=Status.REJECTED),
        Bead((3,), (3,), status=Status.EDITED),
    )
    units = list(reviewed_units(Bitext("doc", side, side, beads)))
    assert units == [
        MemoryUnit("Un.", "Un.", "doc:1.1", "2025-01-02T03:04:05Z", "Anna", True),
        MemoryUnit("Quatre.", "Quatre.", "doc:4.1", "", "", True),
    ]


def test_of_what_nobody_reviewed_a_persons_sure_pairs_are_units() -> None:
    texts = ("Un.", "Deux.", "Trois.", "Quatre.", "Cinq.", "Six.")
    side = make.side("fr", *texts)
    beads = (
        Bead((0,), (0,), confidence=0.97),
        Bead((1,), (1,), confidence=0.9),
        Bead((2,), (2,), status=Status.ACCEPTED),
        Bead((3,), (3,), origin=Origin.MACHINE),
        Bead((4,), (4,), machine="Cinq."),
        Bead((5,), ()),
        Bead((), (5,)),
    )
    units = list(aligned_units(Bitext("doc", side, side, beads)))
    assert units == [MemoryUnit("Un.", "Un.", "doc:1.1")]
