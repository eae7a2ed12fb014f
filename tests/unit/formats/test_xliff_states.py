"""What XLIFF says of a target is believed, in our own files and in others."""

from __future__ import annotations

import io

import pytest

from aligner.formats.xliff.read import read
from aligner.model import Bead, Bitext, Origin, Status, wording

MT, MEMORY, HUMAN, NONE = Origin.MACHINE, Origin.MEMORY, Origin.HUMAN, Origin.NONE
DRAFT, ACCEPTED, EDITED, REJECTED = Status.DRAFT, Status.ACCEPTED, Status.EDITED, Status.REJECTED


def unit(attributes: str, target: str, *, ours: tuple[str, str] | None = None) -> tuple[str, Bead]:
    """A unit as it is read, with its English; `ours`: the text that went out, and its status."""
    contexts = ""
    if ours:
        facts = {"status": ours[1], "origin": "mt", "written": wording(ours[0]), "changed-by": "ada", "maker": "m 1"}
        facts |= {"changed": "2026-01-01T00:00:00Z"}
        lines = "".join(f'<context context-type="x-{name}">{value}</context>' for name, value in facts.items())
        contexts = f"<context-group>{lines}</context-group>"
    data = (
        '<xliff version="1.2"><file original="d.txt" source-language="fr" target-language="en"><body>'
        f'<trans-unit id="1.1" {attributes}><source>Un chat.</source>{target}{contexts}</trans-unit>'
        "</body></file></xliff>"
    )
    bitext: Bitext
    (bitext,) = read(io.BytesIO(data.encode()))
    (bead,) = bitext.beads
    return bitext.target_text(bead), bead


def target(text: str, state: str = "", qualifier: str = "") -> str:
    attributes = "".join(f' {k}="{v}"' for k, v in (("state", state), ("state-qualifier", qualifier)) if v)
    return f"<target{attributes}>{text}</target>"


NOT_DONE = [
    ("", target("One cat.", "new")),
    ("", target("One cat.", "needs-translation")),
    ("", target("One cat.", "needs-adaptation")),
    ("", target("One cat.", "needs-l10n")),
    ("", target("One cat.", "needs-adaptation", "fuzzy-match")),
    ('translate="no"', target("One cat.")),
    ('translate="no"', target("One cat.", "final")),
    ('translate="no" approved="yes"', target("One cat.")),
    ("", target("Un chat.")),
    ("", target("Un  chat.", "needs-review-translation")),
    ("", target("Un chat.", "x-unknown")),
    ("", "<target/>"),
    ("", ""),
]


@pytest.mark.parametrize(("attributes", "given"), NOT_DONE)
@pytest.mark.parametrize("ours", [None, ("A cat.", "draft"), ("A cat.", "accepted")])
def test_what_is_not_translated_has_no_target(attributes: str, given: str, ours: tuple[str, str] | None) -> None:
    text, bead = unit(attributes, given, ours=ours)
    assert (text, bead.type) == ("", "1-0")


TOOLS = [
    ("leveraged-mt", MT), ("mt-suggestion", MT), ("leveraged-tm", MEMORY), ("fuzzy-match", MEMORY),
    ("exact-match", MEMORY), ("id-match", MEMORY), ("tm-suggestion", MEMORY), ("leveraged-inherited", MEMORY),
    ("leveraged-repository", MEMORY), ("leveraged-glossary", MEMORY),
]  # fmt: skip


@pytest.mark.parametrize(("qualifier", "origin"), TOOLS)
@pytest.mark.parametrize("state", ["", "needs-review-translation", "translated"])
@pytest.mark.parametrize("ours", [None, ("A cat.", "draft"), ("A cat.", "accepted"), ("A cat.", "rejected")])
def test_what_a_tool_put_there_is_not_a_persons(
    qualifier: str, origin: Origin, state: str, ours: tuple[str, str] | None
) -> None:
    text, bead = unit("", target("One cat.", state, qualifier), ours=ours)
    assert (text, bead.origin, bead.status, bead.by) == ("One cat.", origin, DRAFT, f"MT!{qualifier}")


@pytest.mark.parametrize(
    ("attributes", "given", "ours", "found"),
    [
        # other tools' files
        ("", target("One cat."), None, (HUMAN, DRAFT, "")),
        ("", target("One cat.", "needs-review-translation"), None, (HUMAN, DRAFT, "")),
        ("", target("One cat.", "translated"), None, (HUMAN, ACCEPTED, "")),
        ("", target("One cat.", "final"), None, (HUMAN, ACCEPTED, "")),
        ('approved="yes"', target("One cat."), None, (HUMAN, ACCEPTED, "")),
        ('approved="yes"', target("One cat.", "needs-translation"), None, (HUMAN, ACCEPTED, "")),
        ('approved="yes"', target("Un chat."), None, (HUMAN, ACCEPTED, "")),
        ("", target("Un chat.", "translated"), None, (HUMAN, ACCEPTED, "")),
        ("", target("One cat.", "final", "leveraged-mt"), None, (MT, ACCEPTED, "MT!leveraged-mt")),
        ('approved="yes"', target("One cat.", "", "exact-match"), None, (MEMORY, ACCEPTED, "MT!exact-match")),
        ("", target("One cat.", "needs-review-translation", "rejected-grammar"), None, (HUMAN, REJECTED, "")),
        # our own, changed
        ("", target("One cat."), ("A cat.", "draft"), (HUMAN, EDITED, "")),
        ("", target("One cat.", "needs-review-translation"), ("A cat.", "draft"), (HUMAN, EDITED, "")),
        ("", target("One cat.", "translated"), ("A cat.", "draft"), (HUMAN, EDITED, "")),
        ("", target("One cat.", "signed-off", "leveraged-mt"), ("A cat.", "draft"), (HUMAN, EDITED, "")),
        ('approved="yes"', target("One cat.", "", "leveraged-mt"), ("A cat.", "draft"), (HUMAN, EDITED, "")),
        ("", target("One cat.", "", "rejected-length"), ("A cat.", "draft"), (HUMAN, REJECTED, "")),
        ("", target("Un chat.", "final"), ("A cat.", "draft"), (HUMAN, EDITED, "")),
        # our own, as it went out: who reviewed it, and when, is kept where nothing new is said
        ("", target("A cat.", "needs-review-translation", "leveraged-mt"), ("A cat.", "draft"), (MT, DRAFT, "ada")),
        ("", target("A cat."), ("A cat.", "draft"), (MT, DRAFT, "ada")),
        ("", target("A cat.", "translated"), ("A cat.", "draft"), (MT, ACCEPTED, "")),
        ("", target("A cat.", "final", "leveraged-mt"), ("A cat.", "draft"), (MT, ACCEPTED, "")),
        ('approved="yes"', target("A cat.", "signed-off"), ("A cat.", "accepted"), (MT, ACCEPTED, "ada")),
        ("", target("A cat.", "final"), ("A cat.", "accepted"), (MT, ACCEPTED, "ada")),
        ("", target("A cat.", "needs-translation"), ("A cat.", "accepted"), (MT, DRAFT, "ada")),
        ("", target("A cat.", "needs-translation"), ("A cat.", "rejected"), (MT, REJECTED, "ada")),
        ("", target("A cat.", "final"), ("A cat.", "rejected"), (MT, ACCEPTED, "")),
        ("", target("A cat.", "", "rejected-inaccurate"), ("A cat.", "draft"), (MT, REJECTED, "")),
        ("", target("Un chat.", "needs-review-translation", "leveraged-mt"), ("Un chat.", "draft"), (MT, DRAFT, "ada")),
        ('translate="no"', target("A cat."), ("A cat.", "draft"), (MT, DRAFT, "ada")),
    ],
)
def test_what_else_a_file_says(
    attributes: str, given: str, ours: tuple[str, str] | None, found: tuple[Origin, Status, str]
) -> None:
    text, bead = unit(attributes, given, ours=ours)
    assert text
    assert (bead.origin, bead.status, bead.by) == found
    assert bead.written == ((wording(ours[0]),) if ours else ())
