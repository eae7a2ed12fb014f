"""The findings of an edited document are those that checking all of it anew would give."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.checks import check
from aligner.editing import apply_edits
from aligner.editing.server.findings import Findings
from aligner.terms import Glossary, Term
from tests.unit.editing.conftest import (
    ENGLISH,
    NOW,
    bitext_of,
    edit,
)

TERMS = Glossary((Term("chat", ("cat",)), Term("oiseau", ("avian",))))
CHANGES = st.one_of(
    st.builds(
        lambda text: ("text", {"text": text}),
        st.sampled_from(["", "A cat cat sleeps in 1999.", "A bird flies with the other birds.", "Un chat dort."]),
    ),
    st.just(("merge", {})),
    st.builds(lambda status: ("status", {"status": status}), st.sampled_from(["rejected", "draft", "accepted"])),
)


@given(st.lists(st.tuples(st.integers(0, 6), CHANGES), max_size=8))
@settings(max_examples=60)
def test_findings_after_any_edits(steps: list[tuple[int, tuple[str, dict[str, Any]]]]) -> None:
    findings, bitext, english = Findings(TERMS), bitext_of(), ENGLISH
    assert findings.of(bitext) == list(check([bitext], terms=TERMS))
    for place, (op, fields) in steps:
        change = edit(bitext, op, place % len(bitext.beads), **fields)
        made = apply_edits(bitext, english, [change], by="ada", now=NOW)
        bitext, english = made.bitext, str(made.english)
        assert findings.of(bitext) == list(check([bitext], terms=TERMS))
        assert findings.of(bitext) == list(check([bitext], terms=TERMS))
