"""Cutting sentences that are too long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.translation.argos.clauses import clauses


@given(st.text(alphabet="ab ,;:.()—«»et", max_size=300), st.integers(2, 40))
def test_nothing_is_lost_and_every_part_fits(text: str, longest: int) -> None:
    parts = clauses(text, lambda part: len(part) <= longest)
    assert "".join(parts) == text
    assert all(len(part) <= longest or len(part.strip()) < 2 for part in parts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il pleut, il vente ; nous restons, tous, ici.", ["Il pleut, il vente ; ", "nous restons, tous, ici."]),
        ("Nous restons ici car il pleut encore", ["Nous restons ici", " car il pleut encore"]),
        ("Il pleut beaucoup. Il vente beaucoup.", ["Il pleut beaucoup. ", "Il vente beaucoup."]),
        ("Le chat noir dort sur le lit", ["Le chat noir ", "dort sur le lit"]),
        ("abcdefghij", ["abcde", "fghij"]),
    ],
)
def test_the_strongest_boundary_in_the_middle_wins(text: str, expected: list[str]) -> None:
    assert clauses(text, lambda part: len(part) < len(text)) == expected


def test_a_boundary_near_the_end_gives_way_to_a_weaker_one_in_the_middle() -> None:
    text = "Bien ; le petit chat noir de la voisine dort sur le lit, comme toujours, sans bouger"
    first = clauses(text, lambda part: len(part) < 60)[0]
    assert first.endswith(("lit, ", "toujours, "))


def test_a_very_long_text_is_cut_quickly() -> None:
    text = "mot " * 50_000
    assert len(clauses(text, lambda part: len(part) <= 100)) > 1000


def test_what_belongs_together_is_not_cut_through_while_there_is_another_place() -> None:
    text = "un deux trois quatre cinq six sept huit neuf dix"

    def term(part: str) -> list[tuple[int, int]]:
        start = part.find("quatre cinq six")
        return [(start, start + len("quatre cinq six"))] if start >= 0 else []

    parts = clauses(text, lambda part: len(part) < 30, term)
    assert "".join(parts) == text
    assert any("quatre cinq six" in part for part in parts)
    assert not any("quatre cinq six" in part for part in clauses(text, lambda part: len(part) < 30))


def test_what_belongs_together_is_cut_where_there_is_no_other_place() -> None:
    assert (
        "".join(clauses("un deux trois", lambda part: len(part) < 8, lambda part: [(0, len(part))])) == "un deux trois"
    )
