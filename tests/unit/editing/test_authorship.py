"""Who wrote a text that comes in, and what becomes of the bead: each rule as a row."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from aligner.editing.authorship import (
    KEPT,
    Byline,
    Decision,
    Incoming,
    Nature,
    author,
    decide,
    remembered,
)
from aligner.editing.wordings import is_known, same
from aligner.formats.exchange.fingerprints import fingerprint_0_1
from aligner.formats.exchange.notation import seg_text
from aligner.model import (
    REMEMBERED,
    REVIEWED,
    Bead,
    Bitext,
    Kind,
    Match,
    Origin,
    Provenance,
    Side,
    Status,
    sha256,
    wording,
)
from aligner.text import segment

NOW, EARLIER, LATER = "2026-02-01T00:00:00Z", "2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z"
ACCEPTED, EDITED, REJECTED = Status.ACCEPTED, Status.EDITED, Status.REJECTED
MT = Origin.MACHINE
OLD = "An old cat."
DRAFT = Bead(
    (0,),
    (0,),
    kind=Kind.CONSTRUCTED,
    origin=MT,
    machine="A cat.",
    maker="fr_en 2 ab",
    quality=0.5,
    flags=("split",),
    written=(wording(OLD), wording("A cat.")),
)
TAKEN = replace(DRAFT, status=ACCEPTED, changed=NOW, by="ada")
SHAPED = replace(DRAFT, kind=Kind.LOCKED, changed=NOW, by="ada")
WRITTEN = replace(
    DRAFT, origin=Origin.HUMAN, status=EDITED, changed=NOW, by="ada", maker="", quality=None, flags=()
)  # "The cat."
PLAIN = Incoming("A cat.", source="Un chat.", origin=MT)
"""A text of a file that does not say what went out."""
OLDER = replace(PLAIN, text=OLD, sent=wording(OLD), is_export=True, maker="fr_en 1 cd")
"""The machine's earlier text, as it went out."""


def new(text: str, **fields: object) -> Incoming:
    """A text that somebody put in the place of the machine's earlier one."""
    return replace(OLDER, text=text, **fields)  # type: ignore[arg-type]


def bitext(bead: Bead, english: str) -> Bitext:
    source, target = segment("Un chat.", "fr"), segment(english, "en")
    whole = replace(bead, target=tuple(range(len(target))))
    about = Provenance(package="fr_en 2", fingerprint="ab")
    return Bitext(
        "d", Side("fr", tuple(source)), Side("en", tuple(target), "", sha256(english)), (whole,), provenance=about
    )


def decided(bead: Bead, english: str, incoming: Incoming) -> Decision:
    made = bitext(bead, english)
    return decide(made, made.beads[0], incoming, Byline("bob", LATER))


def told(bead: Bead, english: str, incoming: Incoming) -> str:
    """The decision in a few words: ``keep``, ``conflict``, or origin, status and the new text."""
    found = decided(bead, english, incoming)
    if found.reason:
        assert (found.text, found.bead) == (None, None)
        return "conflict"
    if found == KEPT or found.bead is None:
        assert found == KEPT
        return "keep"
    return f"{found.bead.origin} {found.bead.status} {found.text or ''}".strip()


UNTOUCHED = [
    (DRAFT, "A cat.", OLDER, "keep"),
    (TAKEN, "A cat.", OLDER, "keep"),
    (SHAPED, "A cat.", OLDER, "keep"),
    (WRITTEN, "The cat.", OLDER, "keep"),
    (replace(DRAFT, kind=Kind.EXCLUDED), "A cat.", OLDER, "keep"),
    (replace(DRAFT, written=(), machine=None), "A cat.", OLDER, "keep"),
    (Bead((0,), (), origin=Origin.NONE), "", OLDER, "keep"),
    (DRAFT, "A cat.", replace(OLDER, sent=fingerprint_0_1(seg_text(OLD))), "keep"),
    (DRAFT, "A cat.", replace(OLDER, text="An  old\u00a0cat."), "keep"),
    # what went out reviewed is dated, and says nothing new
    (DRAFT, "A cat.", replace(OLDER, status=ACCEPTED, by="ada", changed=EARLIER), "keep"),
    (
        replace(DRAFT, changed=NOW, by="ada"),
        "A cat.",
        replace(OLDER, status=ACCEPTED, by="ada", changed=EARLIER),
        "keep",
    ),
    (WRITTEN, "The cat.", replace(OLDER, status=ACCEPTED, by="ada", changed=EARLIER), "keep"),
    (DRAFT, "A cat.", new("The cat.", sent=wording("The cat."), status=EDITED, by="ada", changed=EARLIER), "keep"),
    (DRAFT, "A cat.", replace(OLDER, status=REJECTED, by="ada", changed=EARLIER), "keep"),
    (DRAFT, "A cat.", replace(OLDER, status=REJECTED), "keep"),
    # a file that is no export with fingerprints: the machine's earlier text is known all the same
    (DRAFT, "A cat.", replace(PLAIN, text=OLD), "keep"),
    (WRITTEN, "The cat.", replace(PLAIN, text=OLD), "keep"),
]
SAME = [
    (DRAFT, "A cat.", PLAIN, "keep"),
    (DRAFT, "A cat.", replace(PLAIN, by="ann"), "mt accepted"),
    (DRAFT, "A cat.", replace(PLAIN, status=ACCEPTED), "mt accepted"),
    (DRAFT, "A cat.", replace(PLAIN, status=EDITED), "mt accepted"),
    (DRAFT, "A cat.", replace(PLAIN, status=REJECTED), "mt rejected"),
    (DRAFT, "A cat.", replace(PLAIN, note="hm"), "mt draft"),
    (DRAFT, "A cat.", new("A cat.", sent=wording("A cat."), status=ACCEPTED), "mt accepted"),
    (DRAFT, "A cat.", new("A cat."), "mt accepted"),  # a person put there what the machine says now
    (SHAPED, "A cat.", replace(PLAIN, by="ada", changed=NOW, is_export=True), "keep"),
    (SHAPED, "A cat.", replace(PLAIN, by="ada", changed=EARLIER, is_export=True), "keep"),
    (SHAPED, "A cat.", replace(PLAIN, by="ada", changed=NOW), "keep"),
    (SHAPED, "A cat.", replace(PLAIN, by="ann", changed=LATER), "mt accepted"),
    (SHAPED, "A cat.", replace(PLAIN, by="ann", status=ACCEPTED, is_export=True), "mt accepted"),
    # a draft that went out dated, and was accepted in the file, still has that date
    (SHAPED, "A cat.", new("A cat.", sent=wording("A cat."), status=ACCEPTED, by="ada", changed=NOW), "mt accepted"),
    (replace(SHAPED, note="hm"), "A cat.", replace(PLAIN, by="ada", changed=NOW, note="hm", is_export=True), "keep"),
    (WRITTEN, "The cat.", replace(PLAIN, text="The cat.", by="ann"), "keep"),
    (TAKEN, "A cat.", replace(PLAIN, status=EDITED, by="ann"), "keep"),
    (DRAFT, "A cat.", replace(PLAIN, text="A\u00a0cat."), "keep"),
    (DRAFT, "Cafe\u0301 cat.", replace(PLAIN, text="Caf\u00e9 cat.", status=ACCEPTED), "mt accepted"),
    (WRITTEN, "The cat. It sat.", replace(PLAIN, text="The cat.  It sat."), "keep"),
    (WRITTEN, "The cat. It sat.", replace(PLAIN, text="The\u00a0cat.\nIt sat."), "keep"),
]
OURS = [
    # accepted in the file, although the machine says something else now
    (DRAFT, "A cat.", replace(OLDER, status=ACCEPTED), f"mt accepted {OLD}"),
    (replace(DRAFT, written=(), machine=None), "A cat.", replace(OLDER, status=ACCEPTED), f"mt accepted {OLD}"),
    (replace(DRAFT, status=REJECTED), "A cat.", replace(OLDER, status=ACCEPTED), f"mt accepted {OLD}"),
    (Bead((0,), (), origin=Origin.NONE), "", replace(OLDER, status=ACCEPTED), f"mt accepted {OLD}"),
    (DRAFT, "A cat.", replace(OLDER, origin=Origin.MEMORY, status=ACCEPTED, sent=wording(OLD)), f"mt accepted {OLD}"),
    (
        replace(DRAFT, written=()),
        "A cat.",
        replace(OLDER, origin=Origin.MEMORY, status=ACCEPTED),
        f"memory accepted {OLD}",
    ),
    (TAKEN, "A cat.", replace(OLDER, status=ACCEPTED), "conflict"),
    (WRITTEN, "The cat.", replace(OLDER, status=ACCEPTED), "conflict"),
    (DRAFT, "A cat.", replace(PLAIN, text=OLD, by="ann"), f"mt accepted {OLD}"),
    (DRAFT, "A cat.", replace(PLAIN, text=OLD, status=ACCEPTED), f"mt accepted {OLD}"),
    # put in the place of another text by a person
    (DRAFT, "A cat.", new(OLD, sent=wording("One cat.")), f"mt accepted {OLD}"),
    (WRITTEN, "The cat.", new(OLD, sent=wording("One cat.")), "conflict"),
    # a table that has no dates: what was reviewed since says more
    (DRAFT, "A cat.", replace(OLDER, status=ACCEPTED, tells_dates=False), f"mt accepted {OLD}"),
    (WRITTEN, "The cat.", replace(OLDER, status=ACCEPTED, tells_dates=False), "keep"),
    (TAKEN, "A cat.", replace(OLDER, status=ACCEPTED, tells_dates=False), "keep"),
    # another machine's text, confirmed by a person
    (DRAFT, "A cat.", Incoming("Cat.", origin=MT, status=ACCEPTED, by="MT!leveraged-mt"), "mt accepted Cat."),
    (DRAFT, "A cat.", Incoming("Cat.", origin=Origin.MEMORY, status=ACCEPTED, by="MT!tm"), "memory accepted Cat."),
    (DRAFT, "A cat.", Incoming("Cat.", origin=MT, by="MT!other"), "keep"),
]
THEIRS = [
    (DRAFT, "A cat.", replace(PLAIN, text="One cat."), "human edited One cat."),
    (DRAFT, "A cat.", new("One cat."), "human edited One cat."),  # the machine says something else since: no conflict
    (replace(DRAFT, status=REJECTED), "A cat.", new("One cat."), "human edited One cat."),
    (Bead((0,), (), origin=Origin.NONE), "", new("One cat.", sent=wording("")), "human edited One cat."),
    (TAKEN, "A cat.", new("One cat.", sent=wording("A cat.")), "human edited One cat."),
    (TAKEN, "A cat.", new("One cat."), "conflict"),
    (WRITTEN, "The cat.", new("One cat.", sent=wording("The cat.")), "human edited One cat."),
    (WRITTEN, "The  cat.", new("One cat.", sent=wording("The\u00a0cat.")), "human edited One cat."),
    (WRITTEN, "The cat.", replace(PLAIN, text="One cat.", base="The cat."), "human edited One cat."),
    (WRITTEN, "The cat.", replace(PLAIN, text="That cat.", base="That cat."), "keep"),
    (WRITTEN, "The cat.", new("One cat."), "conflict"),
    (WRITTEN, "The cat.", replace(PLAIN, text="One cat."), "conflict"),
    (WRITTEN, "The cat.", replace(PLAIN, text="One cat.", base="A cat."), "conflict"),
    (replace(WRITTEN, machine=None), "The cat.", replace(PLAIN, text="One cat."), "conflict"),
    (WRITTEN, "The cat.", replace(PLAIN, text="One cat.", base="The cat.", changed=EARLIER), "conflict"),
    (WRITTEN, "A\u00a0cat.", replace(PLAIN, text="One cat."), "human edited One cat."),
    (replace(DRAFT, kind=Kind.EXCLUDED), "A cat.", new("One cat."), "conflict"),
    (DRAFT, "A cat.", new("One cat.", status=REJECTED), "keep"),
    (DRAFT, "A cat.", new("", sent=wording(OLD)), "keep"),
]


@pytest.mark.parametrize(("bead", "english", "incoming", "decision"), UNTOUCHED)
def test_what_comes_back_untouched_changes_nothing(bead: Bead, english: str, incoming: Incoming, decision: str) -> None:
    assert told(bead, english, incoming) == decision


@pytest.mark.parametrize(("bead", "english", "incoming", "decision"), SAME)
def test_the_corpuss_own_text_takes_status_and_remark(
    bead: Bead, english: str, incoming: Incoming, decision: str
) -> None:
    assert told(bead, english, incoming) == decision


@pytest.mark.parametrize(("bead", "english", "incoming", "decision"), OURS)
def test_a_text_of_ours_is_never_a_persons(bead: Bead, english: str, incoming: Incoming, decision: str) -> None:
    assert told(bead, english, incoming) == decision


@pytest.mark.parametrize(("bead", "english", "incoming", "decision"), THEIRS)
def test_a_persons_text_is_merged_three_ways(bead: Bead, english: str, incoming: Incoming, decision: str) -> None:
    assert told(bead, english, incoming) == decision


@pytest.mark.parametrize(
    ("incoming", "nature"),
    [
        (OLDER, Nature.UNTOUCHED),
        (replace(OLDER, text="", sent=wording("")), Nature.UNTOUCHED),
        (replace(OLDER, text="Un chat.", sent=wording("Un chat.")), Nature.UNTOUCHED),  # the machine left it as it is
        (replace(OLDER, note="hm"), Nature.WORK),
        (replace(OLDER, status=ACCEPTED), Nature.WORK),
        (new("One cat."), Nature.WORK),
        (new(""), Nature.UNDONE),
        (Incoming(""), Nature.UNDONE),
        (new("Un chat."), Nature.UNDONE),
        (new("Un\u00a0chat."), Nature.UNDONE),
        (new("Un chat.", status=ACCEPTED), Nature.WORK),
        (new("Un chat.", by="ann"), Nature.WORK),
        (new("One cat.", status=REJECTED), Nature.UNDONE),
        (new("One cat.", by="MT!engine"), Nature.MACHINES),
        (Incoming("One cat.", by="MT!engine"), Nature.MACHINES),
        (Incoming("One cat.", by="MT!engine", status=ACCEPTED), Nature.WORK),
        (Incoming("One cat."), Nature.WORK),
    ],
)
def test_a_text_tells_whether_it_is_work(incoming: Incoming, nature: Nature) -> None:
    assert incoming.nature is nature


BEADS = [
    replace(bead, status=status, changed=changed, by=by)
    for bead, status, (changed, by) in product(
        (DRAFT, WRITTEN, replace(DRAFT, origin=Origin.MEMORY)), Status, (("", ""), (NOW, "ada"))
    )
]
COMING = [
    replace(OLDER, text=text, sent=sent, status=status, by=by, changed=changed, origin=origin, tells_dates=dates)
    for text, sent, status, (by, changed), origin, dates in product(
        (OLD, "A cat.", "One cat.", "The cat."),
        ("", wording(OLD), wording("The cat.")),
        Status,
        (("", ""), ("ada", NOW), ("ann", EARLIER), ("MT!", LATER)),
        (MT, Origin.HUMAN),
        (True, False),
    )
]


def test_whatever_comes_in_laws_hold() -> None:
    """Nothing of ours becomes a person's, drafts as they went out change nothing, no person's text is written over."""
    for bead, english, incoming in product(BEADS, ("A cat.", "The cat."), COMING):
        found = decided(bead, english, incoming)
        made, taken = found.bead, found.text is not None
        if made is None:
            continue
        assert made.by or made.status is Status.DRAFT
        assert not (made.origin is Origin.HUMAN and bead.origin is not Origin.HUMAN) or incoming.text in {
            "One cat.", "The cat.",
        }  # fmt: skip
        assert not (incoming.is_as_sent and incoming.status is Status.DRAFT)
        seen = incoming.sent and is_known(english, incoming.sent)
        assert not taken or bead.origin is not Origin.HUMAN or seen or same(english, "A cat.")
        assert not taken or bead.status not in REVIEWED or seen or same(english, "A cat.")


def test_an_edit_is_a_persons_and_nothing_is_left_of_the_machines() -> None:
    found = decided(DRAFT, "A cat.", new("One cat.", by="ann", changed=NOW, note="sic")).bead
    assert found == replace(WRITTEN, by="ann", changed=NOW, note="sic")
    assert found.written == DRAFT.written
    assert found.machine == "A cat."


@pytest.mark.parametrize(
    ("by", "changed", "signed"),
    [
        ("ann", EARLIER, ("ann", EARLIER)),
        ("ann", "", ("ann", LATER)),
        ("", "", ("bob", LATER)),
        ("", NOW, ("bob", NOW)),
    ],
)
def test_somebody_stands_for_every_change(by: str, changed: str, signed: tuple[str, str]) -> None:
    for incoming in (new("One cat.", by=by, changed=changed), replace(PLAIN, status=ACCEPTED, by=by, changed=changed)):
        found = decided(DRAFT, "A cat.", incoming).bead
        assert found is not None
        assert (found.by, found.changed) == signed


def test_a_name_and_date_that_went_out_are_not_those_of_the_edit() -> None:
    found = decided(WRITTEN, "The cat.", new("One cat.", sent=wording("The cat."), by="ada", changed=NOW)).bead
    assert found is not None
    assert (found.by, found.changed) == ("bob", LATER)


def test_an_accepted_text_of_ours_has_the_maker_of_the_file() -> None:
    found = decided(DRAFT, "A cat.", replace(OLDER, status=ACCEPTED)).bead
    assert found is not None
    assert (found.maker, found.quality, found.flags, found.machine) == ("fr_en 1 cd", None, (), "A cat.")
    assert found.written == (wording("A cat."), wording(OLD))
    back = decided(replace(WRITTEN, status=Status.DRAFT, origin=MT), "One.", replace(PLAIN, by="ann")).bead
    assert back is not None
    assert (back.origin, back.maker) == (MT, "fr_en 2 ab")


def test_a_remark_is_added_to_the_one_that_is_there() -> None:
    bead = replace(WRITTEN, note="title?")
    made = bitext(bead, "The cat.").beads[0]
    assert decided(bead, "The cat.", replace(PLAIN, text="The cat.", note="yes")).bead == replace(
        made, note="title?\nyes"
    )
    assert decided(bead, "The cat.", replace(PLAIN, text="The cat.", note="title?")) == KEPT
    assert decided(DRAFT, "A cat.", replace(OLDER, note="yes")).bead == replace(DRAFT, note="yes")
    assert decided(replace(DRAFT, changed=NOW), "A cat.", replace(OLDER, note="yes", changed=EARLIER)) == KEPT


@pytest.mark.parametrize(
    ("bead", "present", "text", "origin"),
    [
        (DRAFT, "A cat.", "A\u00a0cat.", MT),
        (DRAFT, "A cat.", OLD, MT),
        (DRAFT, "A cat.", "The cat.", Origin.HUMAN),
        (WRITTEN, "The cat.", "The  cat.", Origin.HUMAN),
        (WRITTEN, "The cat.", "A cat.", MT),
        (WRITTEN, "The cat.", "", Origin.NONE),
        (replace(DRAFT, origin=Origin.MEMORY), "One cat.", "One cat.", Origin.MEMORY),
        (replace(DRAFT, match=Match(100, "m", "1", "Un chat.", OLD)), "A cat.", OLD, Origin.MEMORY),
    ],
)
def test_who_wrote_a_text(bead: Bead, present: str, text: str, origin: Origin) -> None:
    assert author(bead, present, text) is origin


def test_only_so_many_fingerprints_are_kept_the_latest_last() -> None:
    many = tuple(map(str, range(REMEMBERED)))
    assert remembered(many, ("3", "new")) == (*many[1:3], *many[4:], "3", "new")
    assert remembered(("a", "b"), ("a",)) == ("b", "a")
