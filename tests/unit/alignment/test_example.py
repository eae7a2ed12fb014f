"""The worked example of docs/algorithm.md agrees with the code."""

from __future__ import annotations

from pathlib import Path

from aligner.alignment import explain
from benchmarks.alignment_example import ENGLISH, FRENCH, TOLD, draw, table

DOCS = Path(__file__).parents[3] / "docs"


def test_the_picture_is_drawn_by_the_code() -> None:
    assert (DOCS / "lattice.svg").read_text("utf-8") == draw()


def test_the_table_is_the_codes() -> None:
    assert table(explain(FRENCH, ENGLISH, TOLD)) in (DOCS / "algorithm.md").read_text("utf-8")


def test_the_words_that_are_named_correspond() -> None:
    told = {(link.source, link.target, link.strength) for link in explain(FRENCH, ENGLISH, TOLD).words}
    assert told >= {("matin", "morning", 1.0), ("puis", "then", 0.87), ("travaille", "works", 0.68)}
