"""What each kind of edit does to a bitext and its English, and when it is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from aligner.editing import Applied, apply_edits
from aligner.editing.apply import CHANGED, FOREIGN, GONE
from aligner.model import Bead, Bitext, Kind, Match, Origin, Provenance, Status, wording
from tests.unit.editing.conftest import (
    ENGLISH,
    NOW,
    bitext_of,
    edit,
)


def done(bitext: Bitext, english: str | None, op: str, index: int, **fields: Any) -> Applied:
    """One edit, applied without conflict."""
    made = apply_edits(bitext, english, [edit(bitext, op, index, **fields)], by="ada", now=NOW)
    assert not made.conflicts
    return made


def refused(bitext: Bitext, op: str, index: int, **fields: Any) -> str:
    """Why one edit is refused; it changes nothing then."""
    made = apply_edits(bitext, ENGLISH, [edit(bitext, op, index, **fields)], by="ada", now=NOW)
    assert (made.bitext, made.english) == (bitext, ENGLISH)
    return made.conflicts[0].reason


def shapes(bitext: Bitext) -> list[str]:
    return [f"{','.join(map(str, bead.source))}:{','.join(map(str, bead.target))}" for bead in bitext.beads]


def person(bead: Bead) -> tuple[str, str]:
    return bead.by, bead.changed


def test_a_status_is_set_with_name_and_date() -> None:
    made = done(bitext_of(), ENGLISH, "status", 1, status="accepted")
    bead = made.bitext.beads[1]
    assert (bead.status, bead.kind, person(bead)) == (Status.ACCEPTED, Kind.CONSTRUCTED, ("ada", NOW))
    assert made.english == ENGLISH
    again = done(made.bitext, ENGLISH, "status", 1, status="draft")
    assert again.bitext.beads[1].status is Status.DRAFT


def test_a_text_is_put_into_the_english_and_cut_into_segments() -> None:
    made = done(bitext_of(), ENGLISH, "text", 2, text=" The dog ran.  It barked. ")
    assert made.english == "Title\n\nA cat sleeps. The dog ran.  It barked.\nA bird flies. A fish swims.\n"
    bead = made.bitext.beads[2]
    assert (bead.type, bead.status, bead.origin) == ("1-2", Status.EDITED, Origin.HUMAN)
    assert (bead.machine, person(bead)) == ("A dog runs.", ("ada", NOW))
    assert made.bitext.target_text(bead) == "The dog ran. It barked."


def test_a_persons_text_is_not_in_doubt_as_the_machines_was() -> None:
    bitext = bitext_of()
    unsure = tuple(replace(bead, confidence=0.4) for bead in bitext.beads)
    made = done(replace(bitext, beads=unsure), ENGLISH, "text", 2, text="The dog ran.")
    assert [bead.confidence for bead in made.bitext.beads[1:4]] == [0.4, 1.0, 0.4]


def test_a_missing_sentence_gets_its_english() -> None:
    made = done(bitext_of(), ENGLISH, "text", 4, text="It leaves.")
    assert made.english == "Title\n\nA cat sleeps. A dog runs.\nA bird flies. It leaves. A fish swims.\n"
    assert (made.bitext.beads[4].kind, made.bitext.beads[4].type) == (Kind.ALIGNED, "1-1")


def test_an_empty_text_takes_the_english_away() -> None:
    made = done(bitext_of(), ENGLISH, "text", 3, text="  ")
    assert made.english == "Title\n\nA cat sleeps. A dog runs.\nA fish swims.\n"
    bead = made.bitext.beads[3]
    assert (bead.type, bead.status, bead.origin) == ("1-0", Status.EDITED, Origin.NONE)
    first = done(bitext_of(), ENGLISH, "text", 0, text="")
    assert first.english == "A cat sleeps. A dog runs.\nA bird flies. A fish swims.\n"


def test_english_that_belongs_to_nothing_disappears_with_its_text() -> None:
    start = done(bitext_of(), ENGLISH, "split", 1, source=1, target=0).bitext
    assert shapes(start)[1:3] == ["1:", ":1"]
    made = done(start, ENGLISH, "text", 2, text="")
    assert shapes(made.bitext)[1:3] == ["1:", "2:1"]
    assert made.english == "Title\n\nA dog runs.\nA bird flies. A fish swims.\n"


def test_the_only_english_cannot_be_taken_away() -> None:
    bitext, english = bitext_of(), ENGLISH
    for index in (0, 1, 2, 3):
        made = done(bitext, english, "text", index, text="")
        bitext, english = made.bitext, str(made.english)
    assert english == "A fish swims.\n"
    last = apply_edits(bitext, english, [edit(bitext, "text", 5, text="")], by="ada", now=NOW)
    assert last.conflicts[0].reason == "this is the only English of the document: it cannot be empty"


def test_remarks_come_and_go() -> None:
    made = done(bitext_of(), ENGLISH, "note", 6, note="Menu?\nAsk.")
    assert made.bitext.beads[6].note == "Menu?\nAsk."
    assert done(made.bitext, ENGLISH, "note", 6, note="").bitext.beads[6].note == ""


def test_merging_joins_two_beads_and_what_is_known_of_them() -> None:
    noted = done(bitext_of(), ENGLISH, "note", 2, note="b").bitext
    noted = done(noted, ENGLISH, "note", 1, note="a").bitext
    made = done(noted, ENGLISH, "merge", 1)
    assert shapes(made.bitext) == ["0:0", "1,2:1,2", "3:3", "4:", "5:4", "6:"]
    bead = made.bitext.beads[1]
    assert (bead.kind, bead.confidence, bead.status) == (Kind.LOCKED, 1.0, Status.DRAFT)
    assert (bead.machine, bead.machine_score, bead.note) == ("A cat sleeps. A dog runs.", 0.5, "a\nb")
    assert made.english == ENGLISH


def test_splitting_what_was_merged_gives_each_its_machine_text_back() -> None:
    merged = done(bitext_of(), ENGLISH, "merge", 1).bitext
    made = done(merged, ENGLISH, "split", 1, source=1, target=1).bitext
    assert shapes(made) == shapes(bitext_of())
    assert [bead.machine for bead in made.beads[1:3]] == ["A cat sleeps.", "A dog runs."]
    askew = done(merged, ENGLISH, "split", 1, source=0, target=1).bitext
    assert shapes(askew)[1:3] == [":1", "1,2:2"]
    assert [bead.origin for bead in askew.beads[1:3]] == [Origin.MACHINE, Origin.MACHINE]


def test_moving_gives_a_segment_to_the_neighbour() -> None:
    made = done(bitext_of(), ENGLISH, "move", 4, side="source", to="previous").bitext
    assert shapes(made)[2:] == ["2:2", "3,4:3", "5:4", "6:"]
    assert made.beads[3].machine is None, "what the machine said of one of the two sentences is not known"
    made = done(bitext_of(), ENGLISH, "move", 3, side="target", to="next").bitext
    assert shapes(made)[2:5] == ["2:2", "3:", "4:3"]
    assert [bead.origin for bead in made.beads[3:5]] == [Origin.NONE, Origin.MACHINE]


def test_a_reviewed_whole_needs_reviewed_parts() -> None:
    one = done(bitext_of(), ENGLISH, "status", 1, status="accepted").bitext
    assert done(one, ENGLISH, "merge", 1).bitext.beads[1].status is Status.DRAFT
    both = done(one, ENGLISH, "text", 2, text="The dog.")
    merged = done(both.bitext, both.english, "merge", 1).bitext
    assert merged.beads[1].status is Status.EDITED


def test_what_was_merged_and_split_again_is_by_who_wrote_it() -> None:
    one = done(bitext_of(), ENGLISH, "status", 1, status="accepted").bitext
    both = done(one, ENGLISH, "text", 2, text="The dog.")
    merged = done(both.bitext, both.english, "merge", 1).bitext
    assert (merged.beads[1].origin, merged.beads[1].maker, merged.beads[1].quality) == (Origin.HUMAN, "", None)
    split = done(merged, both.english, "split", 1, source=1, target=1).bitext
    assert [(bead.origin, bead.status) for bead in split.beads[1:3]] == [
        (Origin.MACHINE, Status.ACCEPTED), (Origin.HUMAN, Status.EDITED),
    ]  # fmt: skip


def made_by(bitext: Bitext, *makers: str, quality: float | None = 0.5) -> Bitext:
    """The bitext with makers and figures for its machine texts, and their fingerprints."""
    beads = [
        replace(
            bead,
            maker=maker if bead.target else "",
            quality=quality and quality + index / 100 if bead.target else None,
            written=(f"old{index}", wording(bitext.target_text(bead))) if bead.target else (),
        )
        for index, (bead, maker) in enumerate(zip(bitext.beads, (makers * 7)[:7], strict=True))
    ]
    return replace(bitext, beads=tuple(beads))


def test_what_is_known_of_the_machines_texts_is_known_of_the_whole() -> None:
    start = made_by(bitext_of(), "m 1", "m 1", "m 2")
    whole = done(start, ENGLISH, "merge", 0).bitext.beads[0]
    assert (whole.origin, whole.maker, whole.quality, whole.confidence) == (Origin.MACHINE, "m 1", 0.5, 1.0)
    texts = "Title", "A cat sleeps.", "Title A cat sleeps."
    assert whole.written == ("old0", wording(texts[0]), "old1", wording(texts[1]), wording(texts[2]))
    assert done(start, ENGLISH, "merge", 1).bitext.beads[1].maker == "m 1; m 2"
    merged = done(start, ENGLISH, "merge", 1).bitext
    parts = done(merged, ENGLISH, "split", 1, source=1, target=1).bitext.beads[1:3]
    assert [(part.origin, part.quality) for part in parts] == [(Origin.MACHINE, None)] * 2
    assert all(wording("A dog runs.") in part.written and "old1" in part.written for part in parts)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A dog runs.", None),  # the machine's own: nothing to do
        ("A  dog\u00a0runs.", (Origin.MACHINE, Status.ACCEPTED, "m 1", 0.52, ("doubtful",))),
        ("One dog runs.", (Origin.MACHINE, Status.ACCEPTED, "", None, ())),
        ("The dog runs.", (Origin.HUMAN, Status.EDITED, "", None, ())),
        ("", (Origin.NONE, Status.EDITED, "", None, ())),
    ],
)
def test_a_text_is_by_who_wrote_it(text: str, found: tuple[object, ...] | None) -> None:
    start = made_by(bitext_of(), "m 1")
    bead = replace(start.beads[2], flags=("doubtful",), written=(wording("One dog runs."),))
    start = replace(start, beads=(*start.beads[:2], bead, *start.beads[3:]))
    applied = done(start, ENGLISH, "text", 2, text=text)
    if found is None:
        assert applied.bitext == start
        return
    made = applied.bitext.beads[2]
    assert (made.origin, made.status, made.maker, made.quality, made.flags) == found
    assert wording("One dog runs.") in made.written
    assert person(made) == ("ada", NOW)


def test_the_machines_text_put_back_is_the_machines_again() -> None:
    provenance = Provenance(package="fr_en 1", fingerprint="ab" * 32)
    start = replace(bitext_of(), provenance=provenance)
    edited = done(start, ENGLISH, "text", 2, text="The dog runs.")
    back = done(edited.bitext, edited.english, "text", 2, text="A dog runs.").bitext.beads[2]
    assert (back.origin, back.status, back.maker) == (Origin.MACHINE, Status.ACCEPTED, provenance.maker)
    draft = done(edited.bitext, edited.english, "status", 2, status="draft").bitext.beads[2]
    assert (draft.origin, draft.status) == (Origin.HUMAN, Status.DRAFT)


SEEN = "One dog runs."


def retold(**fields: object) -> Bitext:
    """The document after the machine has come to say something else of one sentence."""
    start = made_by(bitext_of(), "m 2")
    known = {"written": (wording(SEEN), wording("A dog runs."))}
    bead = replace(start.beads[2], **{**known, **fields})  # type: ignore[arg-type]
    return replace(start, beads=(*start.beads[:2], bead, *start.beads[3:]))


@pytest.mark.parametrize("written", [(wording(SEEN), wording("A dog runs.")), ()])
def test_what_the_machine_says_in_other_words_since_is_no_conflict(written: tuple[str, ...]) -> None:
    start = retold(written=written)
    seen = {"target": SEEN, "status": "draft", "written": wording(SEEN), "maker": "m 1"}
    made = done(start, ENGLISH, "text", 2, text="The dog runs.", before=seen).bitext.beads[2]
    assert (made.origin, made.status) == (Origin.HUMAN, Status.EDITED)
    assert done(start, ENGLISH, "note", 2, note="?", before=seen).bitext.beads[2].note == "?"
    accepted = done(start, ENGLISH, "status", 2, status="accepted", before=seen)
    made = accepted.bitext.beads[2]
    assert accepted.bitext.target_text(made) == SEEN
    assert (made.origin, made.status, made.maker, made.quality) == (Origin.MACHINE, Status.ACCEPTED, "m 1", None)
    again = edit(start, "status", 2, status="accepted", before=seen)
    assert not apply_edits(accepted.bitext, accepted.english, [again], by="ada", now=NOW).edits


@pytest.mark.parametrize(
    ("op", "fields", "state"),
    [
        ("status", {"status": "rejected"}, {}),
        ("merge", {}, {}),
        ("text", {"text": "The dog runs."}, {"origin": Origin.HUMAN}),
        ("text", {"text": "The dog runs."}, {"status": Status.ACCEPTED}),
        ("status", {"status": "accepted"}, {"status": Status.EDITED, "origin": Origin.HUMAN}),
    ],
)
def test_what_a_person_changed_since_or_an_edit_that_means_the_old_words_is_a_conflict(
    op: str, fields: dict[str, Any], state: dict[str, Any]
) -> None:
    start = retold(**state)
    seen = {"target": SEEN, "status": "draft", "written": wording(SEEN), "maker": "m 1"}
    made = apply_edits(start, ENGLISH, [edit(start, op, 2, before=seen, **fields)], by="ada", now=NOW)
    assert (made.conflicts[0].reason, made.bitext, made.english) == (CHANGED, start, ENGLISH)


def test_a_memorys_text_stays_a_memorys() -> None:
    match = Match(100, "m.tmx", "1", "Un chien court.", "A dog ran.")
    bead = replace(bitext_of().beads[2], origin=Origin.MEMORY, match=match, written=(wording("A dog ran."),))
    start = replace(bitext_of(), beads=(*bitext_of().beads[:2], bead, *bitext_of().beads[3:]))
    for text in ("A\u00a0dog runs.", "A dog ran."):
        made = done(start, ENGLISH, "text", 2, text=text).bitext.beads[2]
        assert (made.origin, made.status) == (Origin.MEMORY, Status.ACCEPTED)


def test_a_draft_again_is_free_for_the_aligner() -> None:
    merged = done(bitext_of(), ENGLISH, "merge", 1).bitext
    accepted = done(merged, ENGLISH, "status", 1, status="accepted").bitext
    assert accepted.beads[1].kind is Kind.LOCKED
    assert done(accepted, ENGLISH, "status", 1, status="draft").bitext.beads[1].kind is Kind.ALIGNED


@pytest.mark.parametrize(
    ("op", "index", "fields", "reason"),
    [
        ("merge", 6, {}, "nothing follows this pair"),
        ("merge", 5, {}, "a sentence set aside as boilerplate is not merged, split or moved"),
        ("split", 1, {"source": 2, "target": 0}, "this pair has only 1 source segment and 1 target segment"),
        ("split", 1, {"source": 1, "target": 1}, "one of the two parts would be empty"),
        ("move", 0, {"side": "source", "to": "previous"}, "there is no pair on that side"),
        ("move", 4, {"side": "target", "to": "next"}, "this pair has no target segment"),
        ("text", 6, {"text": "Share"}, "boilerplate has no translation"),
        ("text", 1, {"text": "New", "before": {"target": "Another", "status": "draft"}}, CHANGED),
        ("status", 1, {"status": "rejected", "before": {"target": "A cat sleeps.", "status": "accepted"}}, CHANGED),
        ("note", 1, {"note": "x", "bead": "9.9"}, GONE),
        ("merge", 1, {"bead": "t1.1"}, GONE),
    ],
)
def test_what_does_not_fit_is_refused(op: str, index: int, fields: dict[str, Any], reason: str) -> None:
    assert refused(bitext_of(), op, index, **fields) == reason


def test_without_the_english_only_texts_are_refused() -> None:
    made = apply_edits(bitext_of(), None, [edit(bitext_of(), "text", 1, text="New")], by="ada", now=NOW)
    assert made.conflicts[0].reason == FOREIGN
    assert shapes(done(bitext_of(), None, "merge", 1).bitext)[1] == "1,2:1,2"


def test_a_conflict_stops_only_itself_and_edits_see_what_came_before() -> None:
    bitext = bitext_of()
    edits = [
        edit(bitext, "text", 1, text="One cat."),
        edit(bitext, "status", 1, status="accepted"),
        edit(bitext, "text", 1, text="Two cats.", before={"target": "One cat.", "status": "edited"}),
        edit(bitext, "text", 2, text="Two dogs."),
    ]
    made = apply_edits(bitext, ENGLISH, edits, by="ada", now=NOW)
    assert [(conflict.edit, conflict.ours) for conflict in made.conflicts] == [(edits[1], "One cat.")]
    assert made.english == "Title\n\nTwo cats. Two dogs.\nA bird flies. A fish swims.\n"


def test_what_is_so_already_changes_nothing() -> None:
    bitext = bitext_of()
    first = [edit(bitext, "text", 1, text="One cat."), edit(bitext, "status", 2, status="accepted")]
    once = apply_edits(bitext, ENGLISH, first, by="ada", now=NOW)
    twice = apply_edits(once.bitext, once.english, first, by="bob", now="2027-01-01T00:00:00Z")
    assert once.edits == tuple(first)
    assert twice == replace(once, edits=(), rewrites=())


def test_an_edit_that_is_dated_keeps_its_date() -> None:
    made = done(bitext_of(), ENGLISH, "status", 1, status="accepted", at="2026-01-01T12:00:00.250+02:00")
    assert made.bitext.beads[1].changed == "2026-01-01T10:00:00Z"
