"""The records check what they hold."""

from __future__ import annotations

import pytest

from aligner.alignment.result import Alignment
from aligner.errors import InputError
from aligner.files import identifier
from aligner.model import Bead, Bitext, Side
from tests.make import segments


@pytest.mark.parametrize(
    ("beads", "problem"),
    [
        ([((0,), (0,))], "source side"),
        ([((0, 1), ())], "target side"),
        ([((1,), (0,)), ((0,), ())], "source side"),
        ([((0, 1), (0,)), ((1,), ())], "source side"),
        ([((0, 1, 2), (0,))], "source side"),
    ],
)
def test_an_alignment_covers_both_sides_once_and_in_order(
    beads: list[tuple[tuple[int, ...], tuple[int, ...]]], problem: str
) -> None:
    with pytest.raises(ValueError, match=problem):
        Alignment(tuple(Bead(s, t) for s, t in beads), source_length=2, target_length=1)


@pytest.mark.parametrize(
    ("source", "target", "confidence"), [((), (), 1.0), ((0, 2), (0,), 1.0), ((1, 0), (), 1.0), ((0,), (0,), 1.5)]
)
def test_a_bead_refuses_nonsense(source: tuple[int, ...], target: tuple[int, ...], confidence: float) -> None:
    with pytest.raises(ValueError, match=r"bead|confidence"):
        Bead(source, target, confidence=confidence)


def test_a_bitext_names_its_beads_by_their_source_or_target() -> None:
    beads = (Bead((0, 1), (0,)), Bead((), (1,)))
    bitext = Bitext(
        "d",
        Side("fr", segments("Un.", "Deux.", together=True)),
        Side("en", segments("One, two.", "More.", together=True)),
        beads,
    )
    assert [bitext.locator(bead) for bead in beads] == ["1.1", "t1.2"]
    assert bitext.source_text(beads[0]) == "Un. Deux."
    assert bitext.target_text(beads[1]) == "More."
    assert [bead.type for bead in beads] == ["2-1", "0-1"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2024-09-11-brics", "2024-09-11-brics"),
        ("../../etc/passwd", "etc-passwd"),
        ("a b\tc", "a-b-c"),
        (".hidden", "hidden"),
        ("E\u0301te\u0301", "Été"),
        ("<script>", "script"),
    ],
)
def test_ids_are_safe_in_files_xml_and_urls(name: str, expected: str) -> None:
    assert identifier(name) == expected


def test_a_name_without_letters_is_refused() -> None:
    with pytest.raises(InputError, match="no letter or digit"):
        identifier("***")
