"""Whatever a person does: every segment stays in exactly one bead, the text stays whole, undo brings the bytes back."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.corpus.store import read_bitext
from aligner.documents import read_text
from aligner.editing import OpenDocument, apply_edits, parse_edit
from aligner.editing.edits import Edit
from aligner.model import Bitext, sha256
from tests.unit.editing.conftest import (
    ENGLISH,
    NOW,
    bitext_of,
    edit_json,
    in_corpus,
)

TEXTS = st.text(st.sampled_from('ab. \n!?é\u00a0\u200b\u2028«»"A1…'), max_size=12)
NUMBERS = st.integers(0, 3)
CHANGES = st.one_of(
    st.builds(lambda status: {"op": "status", "status": status}, st.sampled_from(["accepted", "draft", "rejected"])),
    st.builds(lambda text: {"op": "text", "text": text}, TEXTS),
    st.builds(lambda note: {"op": "note", "note": note}, TEXTS),
    st.just({"op": "merge"}),
    st.builds(lambda k, m: {"op": "split", "source": k, "target": m}, NUMBERS, NUMBERS),
    st.builds(
        lambda side, to: {"op": "move", "side": side, "to": to},
        st.sampled_from(["source", "target"]),
        st.sampled_from(["previous", "next"]),
    ),
)
STEPS = st.lists(st.tuples(st.integers(0, 9), CHANGES), max_size=12)


def chosen(bitext: Bitext, place: int, change: dict[str, Any]) -> Edit:
    """A change to the bead at a place, as a person sees it now."""
    fields = {name: value for name, value in change.items() if name != "op"}
    return parse_edit(edit_json(bitext, change["op"], place % len(bitext.beads), **fields))


def whole(bitext: Bitext, english: str) -> None:
    assert sha256(english) == bitext.target.sha256
    assert [english[s.start : s.end] for s in bitext.target.segments] == [s.text for s in bitext.target.segments]
    assert len({bitext.locator(bead) for bead in bitext.beads}) == len(bitext.beads)
    assert bitext.source == bitext_of().source
    assert english.strip()


@given(STEPS)
@settings(max_examples=300)
def test_any_edits_keep_every_segment_and_the_text(steps: list[tuple[int, dict[str, Any]]]) -> None:
    bitext, english = bitext_of(), ENGLISH
    for place, change in steps:
        edit = chosen(bitext, place, change)
        made = apply_edits(bitext, english, [edit], by="ada", now=NOW)
        assert made.english is not None
        whole(made.bitext, made.english)
        if made.conflicts:
            assert (made.bitext, made.english) == (bitext, english)
        bitext, english = made.bitext, made.english


@given(st.lists(st.tuples(st.integers(0, 5), TEXTS), max_size=8))
def test_many_edits_at_once_are_the_same_as_one_after_the_other(steps: list[tuple[int, str]]) -> None:
    bitext, english, edits = bitext_of(), ENGLISH, []
    for place, text in steps:
        edits.append(chosen(bitext, place, {"op": "text", "text": text}))
        made = apply_edits(bitext, english, edits[-1:], by="ada", now=NOW)
        bitext, english = made.bitext, str(made.english)
    together = apply_edits(bitext_of(), ENGLISH, edits, by="ada", now=NOW)
    assert (together.bitext, together.english) == (bitext, english)


@given(STEPS)
@settings(max_examples=40)
def test_undo_brings_the_very_bytes_back_and_redo_too(steps: list[tuple[int, dict[str, Any]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        start = replace(bitext_of(), provenance=replace(bitext_of().provenance, created=NOW, changed=NOW))
        project = in_corpus(Path(folder), start, ENGLISH)
        opened = OpenDocument(project, "d", clock=lambda: NOW)
        states = [(opened.bitext_file.read_bytes(), opened.english_file.read_bytes())]
        for place, change in steps:
            before = opened.read()
            opened.apply([chosen(before.bitext, place, change)], by="ada", version=before.version)
            files = opened.bitext_file.read_bytes(), opened.english_file.read_bytes()
            if files != states[-1]:
                states.append(files)
            whole(read_bitext(opened.bitext_file), read_text(opened.english_file)[0])
        for step, files in [("undo", state) for state in states[-2::-1]] + [("redo", state) for state in states[1:]]:
            again = OpenDocument(project, "d")
            assert not getattr(again, step)(version=again.read().version).refused
            assert (opened.bitext_file.read_bytes(), opened.english_file.read_bytes()) == files
        assert opened.redo(version=opened.read().version).refused == "there is nothing to redo"
