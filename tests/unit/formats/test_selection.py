"""Which beads an export takes."""

from __future__ import annotations

import pytest

from aligner.formats import WriteOptions
from aligner.formats.selection import selected
from aligner.model import Bitext, Status


@pytest.mark.parametrize(
    ("options", "left_out"),
    [
        (WriteOptions(), ["2.1"]),
        (WriteOptions(keep_boilerplate=True), []),
        (WriteOptions(keep_boilerplate=True, keep_machine=False), ["6.1"]),
        (WriteOptions(keep_boilerplate=True, min_status=Status.DRAFT), ["t7.1"]),
        (WriteOptions(keep_boilerplate=True, min_confidence=0.6), ["t7.1"]),
    ],
)
def test_what_is_left_out(sample: Bitext, options: WriteOptions, left_out: list[str]) -> None:
    taken = list(selected(sample, options))
    assert [sample.locator(bead) for bead in sample.beads if bead not in taken] == left_out


def test_edited_counts_as_reviewed_further_than_accepted(sample: Bitext) -> None:
    def status(minimum: Status) -> list[Status]:
        return [bead.status for bead in selected(sample, WriteOptions(min_status=minimum))]

    assert status(Status.ACCEPTED) == [Status.ACCEPTED, Status.EDITED]
    assert status(Status.EDITED) == [Status.EDITED]
