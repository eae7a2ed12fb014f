"""What a run says of a document, and where it sends a person to look."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from aligner.model import Document
from aligner.pipeline.plan import Job
from aligner.pipeline.report import Done
from aligner.pipeline.session import outcome_of
from tests import make


@pytest.mark.parametrize(
    ("flags", "note"),
    [
        ((), ()),
        (("split",), ()),
        (("doubtful",), ("1 of 2 pairs to look at: see the flags in the review page",)),
        (("doubtful", "checks"), ("1 of 2 pairs to look at: see `aligner check a` and the flags in the review page",)),
    ],
)
def test_the_checks_are_named_where_they_found_something(flags: tuple[str, ...], note: tuple[str, ...]) -> None:
    bitext = make.bitext(("Oui.", "Yes."), ("Non.", "No."), name="a")
    bitext = replace(bitext, beads=(replace(bitext.beads[0], flags=flags), bitext.beads[1]))
    job = Job(Document("a", "fr", "Oui.\nNon.\n"), Path("a.txt"), Done.TRANSLATED, ())
    assert outcome_of(job, bitext).notes == note
