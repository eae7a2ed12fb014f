"""A small bitext with everything a page can show, and a builder for others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from aligner.model import Bead, Bitext, Kind, Origin, Provenance, Record, Role, Segment, Side, Status, wording

Spec = tuple[int, int, str, Role, str]
"""Paragraph, number, text, role and boilerplate rule of a segment."""


def segments(specs: Sequence[Spec]) -> tuple[Segment, ...]:
    """Segments one after another, a character apart."""
    made: list[Segment] = []
    for paragraph, number, text, role, rule in specs:
        start = made[-1].end + 1 if made else 0
        made.append(Segment(text, start, start + len(text), paragraph, number, role, rule))
    return tuple(made)


SOURCE: list[Spec] = [
    (1, 1, "Page d'accueil>>Chine", Role.BOILERPLATE, "breadcrumb"),
    (2, 1, "Xinhua | 20.09.2023", Role.BOILERPLATE, "dateline"),
    (3, 1, "Une même visée", Role.HEADING, ""),
    (4, 1, "Le ministre est venu.", Role.TEXT, ""),
    (4, 2, "Il a parlé.", Role.TEXT, ""),
    (4, 3, "Il est reparti le soir, après le dîner.", Role.TEXT, ""),
    (5, 1, "Nul ne le suit.", Role.TEXT, ""),
    (6, 1, "La paix est possible.", Role.TEXT, ""),
]
TARGET: list[Spec] = [
    (1, 1, "One shared aim", Role.HEADING, ""),
    (2, 1, "The minister came and spoke.", Role.TEXT, ""),
    (2, 2, "He left in the evening.", Role.TEXT, ""),
    (2, 3, "It was after dinner.", Role.TEXT, ""),
    (3, 1, "An added remark.", Role.TEXT, ""),
    (4, 1, "Peace is possible.", Role.TEXT, ""),
]
BEADS = (
    Bead((0,), (), confidence=1.0, kind=Kind.EXCLUDED, origin=Origin.NONE),
    Bead((1,), (), confidence=1.0, kind=Kind.EXCLUDED, origin=Origin.NONE),
    Bead((2,), (0,), confidence=1.0, kind=Kind.LOCKED, origin=Origin.HUMAN, status=Status.ACCEPTED, by="Ana"),
    Bead(
        (3, 4),
        (1,),
        confidence=0.91,
        quality=0.62,
        origin=Origin.MACHINE,
        machine="The minister came and spoke.",
        maker="package 2 ff",
    ),
    Bead(
        (5,),
        (2, 3),
        confidence=0.74,
        status=Status.EDITED,
        machine="He left in the night. It was after dinner.",
        written=(wording("He left in the night. It was after dinner."),),
        note="Check the hour.",
        changed="2026-01-02T03:04:05Z",
    ),
    Bead((6,), (), confidence=0.41, origin=Origin.NONE),
    Bead((), (4,), confidence=0.33, origin=Origin.HUMAN, status=Status.REJECTED),
    Bead((7,), (5,), confidence=0.9, origin=Origin.HUMAN, machine="Quiet can happen sometimes, they claim."),
)


@pytest.fixture
def bitext() -> Bitext:
    """Eight beads: boilerplate, a locked heading, 2-1, 1-2 edited, 1-0, 0-1 and a rewritten 1-1."""
    return Bitext(
        id="visee",
        source=Side("fr", segments(SOURCE), "corpus/fr/visee.txt", "00"),
        target=Side("en", segments(TARGET), "corpus/en/visee.txt", "11"),
        beads=BEADS,
        record=Record("Une même visée", "2023-09-20", "A. Auteur", "Le Journal", "https://example.org/visee?a=1&b=2"),
        provenance=Provenance(
            created="2026-01-01T00:00:00Z",
            changed="2026-01-02T03:04:05Z",
            signature="aligner:0|beam:2",
            rules="fr-1 en-1",
            boilerplate="marked",
            engine="engine 1",
            package="package 2",
            fingerprint="ff",
        ),
    )


RECORD = Record()
Build = Callable[..., Bitext]


@pytest.fixture
def one_bead() -> Build:
    """Build a bitext of one 1-1 bead from its two texts; the other arguments go to the bead."""

    def build(source: str, target: str, *, record: Record = RECORD, identifier: str = "one", **bead: Any) -> Bitext:
        sides = [Side(code, segments([(1, 1, text, Role.TEXT, "")])) for code, text in (("fr", source), ("en", target))]
        return Bitext(identifier, sides[0], sides[1], (Bead((0,), (0,), **bead),), record)

    return build
