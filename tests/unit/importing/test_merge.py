"""What becomes of a bead, given what was exported, what the corpus says and what the file says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aligner.importing.merge import KEPT, decide
from aligner.importing.proposals import Proposal
from aligner.model import Bead, Bitext, Kind, Origin, Side, Status, sha256
from aligner.text import segment

NOW, EARLIER, LATER = "2026-02-01T00:00:00Z", "2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z"
DRAFT = Bead((0,), (0,), kind=Kind.CONSTRUCTED, origin=Origin.MACHINE, machine="A cat.")
WRITTEN = replace(DRAFT, origin=Origin.HUMAN, status=Status.EDITED, changed=NOW, by="ada")
SHAPED = replace(DRAFT, kind=Kind.LOCKED, changed=NOW, by="ada")
PLAIN = Proposal("d", "1.1", "Un chat.", "A cat.")
OURS = replace(PLAIN, exported_from=sha256("A cat."))


def bitext(bead: Bead, english: str) -> Bitext:
    source, target = segment("Un chat.", "fr"), segment(english, "en")
    whole = replace(bead, target=tuple(range(len(target))))
    return Bitext("d", Side("fr", tuple(source)), Side("en", tuple(target), sha256=sha256(english)), (whole,))


def decided(bead: Bead, english: str, proposal: Proposal) -> str:
    """The decision in a word or two: ``keep``, ``conflict``, or the status, with the new text."""
    made = bitext(bead, english)
    found = decide(made, made.beads[0], proposal, now=NOW)
    if found.reason:
        assert found.text is None
        assert found.bead is None
        return "conflict"
    return "keep" if found == KEPT or not found.bead else f"{found.bead.status} {found.text or ''}".strip()


@pytest.mark.parametrize(
    ("bead", "english", "proposal", "decision"),
    [
        # the file says what the corpus says
        (DRAFT, "A cat.", PLAIN, "keep"),
        (DRAFT, "A cat.", replace(PLAIN, by="bob"), "accepted"),
        (DRAFT, "A cat.", replace(PLAIN, by="MT!aligner"), "keep"),
        (DRAFT, "A cat.", replace(PLAIN, status=Status.ACCEPTED), "accepted"),
        (DRAFT, "A cat.", replace(PLAIN, status=Status.REJECTED), "rejected"),
        (DRAFT, "A cat.", replace(PLAIN, note="hm"), "draft"),
        (SHAPED, "A cat.", replace(OURS, by="ada", changed=NOW), "keep"),
        (SHAPED, "A cat.", replace(OURS, by="ada", changed=EARLIER), "keep"),
        (SHAPED, "A cat.", replace(PLAIN, by="ada", changed=NOW), "keep"),
        (SHAPED, "A cat.", replace(PLAIN, by="bob", changed=LATER), "accepted"),
        (SHAPED, "A cat.", replace(OURS, by="bob", status=Status.ACCEPTED), "accepted"),
        (replace(SHAPED, note="hm"), "A cat.", replace(OURS, by="ada", changed=NOW, note="hm"), "keep"),
        (WRITTEN, "The cat.", replace(PLAIN, target="The cat.", by="bob"), "keep"),
        # only the file changed
        (DRAFT, "A cat.", replace(PLAIN, target="One cat."), "edited One cat."),
        (replace(DRAFT, status=Status.REJECTED), "A cat.", replace(PLAIN, target="One cat."), "edited One cat."),
        (WRITTEN, "The cat.", replace(PLAIN, target="One cat.", base="The cat."), "edited One cat."),
        (WRITTEN, "The cat.", replace(PLAIN, target="One cat.", exported_from=sha256("The cat.")), "edited One cat."),
        # only the corpus changed, or the file has nothing of a person's
        (WRITTEN, "The cat.", PLAIN, "keep"),
        (WRITTEN, "The cat.", replace(PLAIN, target="That cat.", base="That cat."), "keep"),
        (WRITTEN, "The cat.", replace(PLAIN, target="", base="That cat."), "keep"),
        (DRAFT, "A cat.", replace(PLAIN, target="Cat.", by="MT!other"), "keep"),
        # both changed, or there is no telling
        (WRITTEN, "The cat.", replace(PLAIN, target="One cat."), "conflict"),
        (WRITTEN, "The cat.", replace(PLAIN, target="One cat.", base="A cat."), "conflict"),
        (replace(WRITTEN, machine=None), "The cat.", replace(PLAIN, target="One cat."), "conflict"),
        (WRITTEN, "The cat.", replace(PLAIN, target="One cat.", base="The cat.", changed=EARLIER), "conflict"),
        # white space is no conflict
        (WRITTEN, "The cat. It sat.", replace(PLAIN, target="The cat.  It sat."), "keep"),
        (WRITTEN, "The cat. It sat.", replace(PLAIN, target="The\u00a0cat.\nIt sat."), "keep"),
        (WRITTEN, "The cat. It sat.", replace(PLAIN, target="The cat. \u00a0It sat.", base="A  cat."), "keep"),
        (WRITTEN, "The cat.", replace(PLAIN, target="A\tcat."), "keep"),
        (WRITTEN, "A\u00a0cat.", replace(PLAIN, target="One cat."), "edited One cat."),
        (DRAFT, "A cat.", replace(PLAIN, target="A\u00a0cat."), "edited A\u00a0cat."),
        # boilerplate
        (replace(DRAFT, kind=Kind.EXCLUDED), "A cat.", replace(PLAIN, target="One cat."), "conflict"),
    ],
)
def test_a_bead_is_merged_three_ways(bead: Bead, english: str, proposal: Proposal, decision: str) -> None:
    assert decided(bead, english, proposal) == decision


def test_an_edit_has_the_files_name_and_date() -> None:
    proposal = replace(PLAIN, target="One cat.", by="bob", changed=LATER, note="sic")
    made = decide(bitext(DRAFT, "A cat."), DRAFT, proposal, now=NOW).bead
    assert made == replace(DRAFT, origin=Origin.HUMAN, status=Status.EDITED, by="bob", changed=LATER, note="sic")


def test_a_name_and_date_that_were_exported_are_not_those_of_the_edit() -> None:
    proposal = replace(PLAIN, target="One cat.", base="The cat.", by="ada", changed=NOW)
    made = decide(bitext(WRITTEN, "The cat."), WRITTEN, proposal, now=LATER).bead
    assert made is not None
    assert (made.by, made.changed) == ("", LATER)


def test_a_remark_is_added_to_the_one_that_is_there() -> None:
    bead = replace(WRITTEN, note="title?")
    made = decide(bitext(bead, "The cat."), bead, replace(PLAIN, target="The cat.", note="yes"), now=NOW).bead
    assert made == replace(bead, note="title?\nyes")
    assert decide(bitext(bead, "The cat."), bead, replace(PLAIN, target="The cat.", note="title?"), now=NOW) == KEPT
