"""Which beads an export takes."""

from __future__ import annotations

import pytest

from aligner.formats import Standing, WriteOptions
from aligner.formats.selection import selected_beads, standing
from aligner.model import Bead, Bitext, Origin, Status

ALL_BUT_6_1_AND_T7_1 = ["1.1", "2.1", "3.1", "3.2", "4.1", "4.3", "5.1", "7.1", "7.2", "8.1", "9.1"]


@pytest.mark.parametrize(
    ("options", "left_out"),
    [
        (WriteOptions(), ["2.1"]),
        (WriteOptions(keep_boilerplate=True), []),
        (WriteOptions(keep_boilerplate=True, standings=(Standing.MACHINE, Standing.REJECTED)), ALL_BUT_6_1_AND_T7_1),
        (WriteOptions(keep_boilerplate=True, standings=(Standing.PERSON,)), ["1.1", "3.2", "6.1", "t7.1"]),
        (WriteOptions(keep_boilerplate=True, min_quality=0.47), []),
        (WriteOptions(keep_boilerplate=True, min_quality=0.48), ["6.1"]),
        (WriteOptions(keep_boilerplate=True, min_status=Status.DRAFT), ["t7.1"]),
        (WriteOptions(keep_boilerplate=True, min_confidence=0.6), ["t7.1"]),
    ],
)
def test_what_is_left_out(sample: Bitext, options: WriteOptions, left_out: list[str]) -> None:
    taken = list(selected_beads(sample, options))
    assert [sample.locator(bead) for bead in sample.beads if bead not in taken] == left_out


def test_edited_counts_as_reviewed_further_than_accepted(sample: Bitext) -> None:
    def status(minimum: Status) -> list[Status]:
        return [bead.status for bead in selected_beads(sample, WriteOptions(min_status=minimum))]

    assert status(Status.ACCEPTED) == [Status.ACCEPTED, Status.EDITED]
    assert status(Status.EDITED) == [Status.EDITED]


def test_reviewed_is_what_somebody_accepted_or_edited_and_nothing_else() -> None:
    found = {
        (origin, status): standing(Bead((0,), (0,), origin=origin, status=status))
        for origin in Origin
        for status in Status
    }
    assert {status for (_, status), each in found.items() if each is Standing.REVIEWED} == {
        Status.ACCEPTED,
        Status.EDITED,
    }
    assert [origin for origin in Origin if found[origin, Status.ACCEPTED] is Standing.REVIEWED] == list(Origin)
    assert [found[origin, Status.DRAFT] for origin in (Origin.MACHINE, Origin.MEMORY, Origin.HUMAN, Origin.NONE)] == [
        Standing.MACHINE,
        Standing.MACHINE,
        Standing.PERSON,
        Standing.PERSON,
    ]
    assert {found[origin, Status.REJECTED] for origin in Origin} == {Standing.REJECTED}
