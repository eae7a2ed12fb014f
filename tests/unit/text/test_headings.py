"""Which lines pass for headings."""

import pytest

from aligner.text.headings import find_headings

BODY = "Une phrase ordinaire."
HEADINGS = [
    "Efforts de cybersécurité", "II. Concepts et principes fondamentaux", "IV", "XVII.", "Chapitre premier",
    "Chapitre 13.", "1.2 Champ d’application", "DISPOSITIONS GÉNÉRALES.", "« Une nouvelle ère »", "Annexe A",
    "2020 en chiffres", "La Chine et la Russie prêtes à coopérer (PCC)",
]  # fmt: skip
NOT = [
    BODY, "Que faire ?", "Il dit :", "d’une part,", "• un point", "- un point", "— Oui", "et la suite", "M. Roy lit.",
    "Attends—", "« Oui. »", "OUI !", "5", "***", "Un titre beaucoup trop long " * 6,
]  # fmt: skip


@pytest.mark.parametrize("line", HEADINGS)
def test_headings(line: str) -> None:
    assert find_headings([line, BODY], [True, True]) == {0}


@pytest.mark.parametrize("line", NOT)
def test_not_headings(line: str) -> None:
    assert find_headings([line, BODY], [True, True]) == set()


def test_a_line_alone_is_no_heading() -> None:
    assert find_headings(["Efforts de cybersécurité"], [True]) == set()


def test_a_paragraph_of_several_segments_is_no_heading() -> None:
    assert find_headings(["Un titre. Un autre", BODY], [False, True]) == set()


def test_a_long_run_is_a_list_or_a_poem() -> None:
    poem = ["Sous le pont Mirabeau coule la Seine", "Et nos amours", "Faut-il qu’il m’en souvienne", "La joie venait"]
    assert find_headings([*poem, BODY], [True] * 5) == set()
    assert find_headings([*poem[:3], BODY], [True] * 4) == {0, 1, 2}
    assert find_headings(["I. Contexte", *poem, BODY], [True] * 6) == {0}
