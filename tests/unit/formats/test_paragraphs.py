"""Paragraphs as translation units."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from lxml import etree

from aligner.formats import FORMATS
from aligner.formats.tmx.paragraphs import by_paragraph
from aligner.model import Bead, Bitext, Kind, Origin, Role, Segment, Side, Status

Write = Callable[..., bytes]


def tree(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False))


def side(language: str, *places: str) -> Side:
    """A side whose segments stand at these places, each a letter and a full stop."""
    segments = []
    for index, place in enumerate(places):
        paragraph, number = map(int, place.split("."))
        segments.append(Segment(f"{'abcdefgh'[index]}.", 3 * index, 3 * index + 2, paragraph, number))
    return Side(language, tuple(segments))


def bead(source: str, target: str, **facts: object) -> Bead:
    return Bead(tuple(map(int, source)), tuple(map(int, target)), **facts)  # type: ignore[arg-type]


def joined(bitext: Bitext) -> list[tuple[str, str, str]]:
    found = by_paragraph(bitext)
    return [(found.locator(each), found.source_text(each), found.target_text(each)) for each in found.beads]


def test_beads_that_share_a_paragraph_are_one() -> None:
    sides = side("fr", "1.1", "1.2", "2.1", "3.1"), side("en", "1.1", "2.1", "2.2", "2.3")
    beads = (bead("0", "0"), bead("1", "1"), bead("2", "2"), bead("3", "3"))
    assert joined(Bitext("x", *sides, beads)) == [("1.1", "a. b. c. d.", "a. b. c. d.")]
    sides = side("fr", "1.1", "1.2", "2.1"), side("en", "1.1", "1.2", "4.1")
    beads = (bead("0", "0"), bead("1", "1"), bead("2", "2"))
    assert joined(Bitext("x", *sides, beads)) == [("1.1", "a. b.", "a. b."), ("2.1", "c.", "c.")]


def test_a_sentence_without_counterpart_stays_in_its_paragraph() -> None:
    sides = side("fr", "1.1", "1.2", "2.1"), side("en", "1.1", "2.1", "3.1")
    beads = (bead("0", "0"), bead("1", ""), bead("", "1"), bead("2", "2"))
    assert joined(Bitext("x", *sides, beads)) == [("1.1", "a. b.", "a."), ("t2.1", "", "b."), ("2.1", "c.", "c.")]


def test_a_paragraph_goes_on_after_one_without_counterpart() -> None:
    sides = side("fr", "1.1", "1.2"), side("en", "1.1", "2.1", "3.1")
    beads = (bead("0", "0"), bead("", "1"), bead("1", "2"))
    assert joined(Bitext("x", *sides, beads)) == [("1.1", "a. b.", "a. b. c.")]


def test_boilerplate_does_not_part_and_is_left_out() -> None:
    sides = side("fr", "1.1", "1.2", "1.3"), side("en", "1.1", "1.2")
    beads = (bead("0", "0"), bead("1", "", kind=Kind.EXCLUDED), bead("2", "1"))
    assert joined(Bitext("x", *sides, beads)) == [("1.1", "a. c.", "a. b.")]


def test_segments_that_adjoin_are_not_set_apart() -> None:
    source = Side("zh", (Segment("甲。", 0, 2), Segment("乙。", 2, 4, 1, 2)))
    bitext = Bitext("x", source, side("en", "1.1", "1.2"), (bead("0", "0"), bead("1", "1")))
    assert joined(bitext) == [("1.1", "甲。乙。", "a. b.")]


def test_a_paragraph_is_as_good_as_the_worst_of_its_beads() -> None:
    first = bead("0", "0", score=0.5, confidence=0.9, origin=Origin.MACHINE, status=Status.EDITED, machine="a.",
                 machine_score=0.5, flags=("split",), note="One.", changed="2026-01-01T00:00:00Z", by="A")  # fmt: skip
    second = bead("1", "1", score=0.75, confidence=0.8, origin=Origin.MACHINE, machine="b.", machine_score=0.25,
                  flags=("split", "doubtful"), note="Two.", changed="2026-02-01T00:00:00Z", by="B")  # fmt: skip
    (found,) = by_paragraph(Bitext("x", side("fr", "1.1", "1.2"), side("en", "1.1", "1.2"), (first, second))).beads
    assert found == bead(
        "0", "0", score=0.5, confidence=0.8, origin=Origin.MACHINE, status=Status.DRAFT, machine="a. b.",
        machine_score=0.25, flags=("split", "doubtful"), note="One.\nTwo.", changed="2026-02-01T00:00:00Z", by="B",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        (Origin.MACHINE, Origin.HUMAN, Origin.MACHINE),
        (Origin.MEMORY, Origin.HUMAN, Origin.MEMORY),
        (Origin.MEMORY, Origin.MACHINE, Origin.MACHINE),
        (Origin.HUMAN, Origin.HUMAN, Origin.HUMAN),
    ],
)
def test_a_paragraph_is_a_persons_only_if_a_person_wrote_all_of_it(
    first: Origin, second: Origin, whole: Origin
) -> None:
    beads = (bead("0", "0", origin=first, machine="a."), bead("1", "1", origin=second))
    (found,) = by_paragraph(Bitext("x", side("fr", "1.1", "1.2"), side("en", "1.1", "1.2"), beads)).beads
    assert (found.origin, found.machine) == (whole, None)


def test_a_paragraph_is_as_good_as_its_worst_sentence_and_names_a_maker_of_all_of_it() -> None:
    def joined(makers: tuple[str, str]) -> Bead:
        beads = [bead(f"{k}", f"{k}", quality=(0.75, 0.5)[k], maker=maker) for k, maker in enumerate(makers)]
        (found,) = by_paragraph(Bitext("x", side("fr", "1.1", "1.2"), side("en", "1.1", "1.2"), tuple(beads))).beads
        return found

    assert (joined(("m 1", "m 1")).quality, joined(("m 1", "m 1")).maker) == (0.5, "m 1")
    assert [joined(makers).maker for makers in (("m 1", "m 2"), ("m 1", ""))] == ["", ""]


def test_headings_stay_headings(sample: Bitext) -> None:
    assert by_paragraph(sample).source.segments[0].role is Role.HEADING


def test_valid_by_schema(sample: Bitext, written: Write, tmx_xsd: etree.XMLSchema) -> None:
    made = tree(written("tmx", sample, paragraphs=True))
    assert tmx_xsd.validate(made), tmx_xsd.error_log


def test_valid_and_said_in_the_header(sample: Bitext, written: Write, tmx_dtd: etree.DTD) -> None:
    made = tree(written("tmx", sample, paragraphs=True))
    assert tmx_dtd.validate(made), tmx_dtd.error_log
    assert made.xpath("string(header/@segtype)") == "paragraph"
    sources = [unit.findtext("tuv/seg") for unit in made.iter("tu")]
    assert sources[2] == "Ils ont adopté un plan d’action. Ce plan prévoit trois étapes. La première commence en juin."


@pytest.mark.parametrize("options", [{}, {"min_status": Status.ACCEPTED}, {"deduplicate": False, "context": True}])
def test_what_was_read_is_written_as_it_was(sample: Bitext, written: Write, options: dict[str, object]) -> None:
    read = FORMATS["tmx"].read
    assert read is not None
    data = written("tmx", sample, paragraphs=True, deduplicate=False)
    assert written("tmx", *read(io.BytesIO(data)), paragraphs=True, deduplicate=False) == data
    assert len(written("tmx", sample, paragraphs=True, **options)) > 0
