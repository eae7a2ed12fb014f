"""Where the items of a list begin."""

from time import process_time

import pytest

from aligner.languages.marks import item_marks


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("a) le plan ; b) les frais ; c) la taxe", ["a)", "b)", "c)"]),
        ("b) les frais ; c) la taxe", ["b)", "c)"]),
        ("1) Objet ; 2) Durée, et 3) Prix", ["1)", "2)", "3)"]),
        ("Pièces : 1) copie 2) plan 3) RIB", ["1)", "2)", "3)"]),
        ("Il comprend : (i) le plan, (ii) la pose et (iii) les frais.", ["(i)", "(ii)", "(iii)"]),
        ("Il décide : 1° d'approuver ; 2° de fixer", ["1°", "2°"]),
        ("Prie le Conseil a) de venir ; b) de voir", ["a)", "b)"]),
        ("1. Objet ; 2. Durée ; 3. Prix", ["1.", "2.", "3."]),
        ("A) OBJET ; B) PRIX", ["A)", "B)"]),
        ("1) a) un plan ; b) deux ; 2) a) trois ; b) quatre", ["1)", "a)", "b)", "2)", "a)", "b)"]),
        ("a) une lettre de l'alphabet b) un mot", ["a)", "b)"]),
    ],
)
def test_marks_in_order_are_found(text: str, marks: list[str]) -> None:
    assert [text[start:end] for start, end in item_marks(text)] == marks


@pytest.mark.parametrize(
    "text",
    [
        "aux alinéas a), b) et c) de l'article",
        "Voir les points a) et b) de l'article 3.",
        "Le point a) du texte et le point b) du reste",
        "a) et b)",
        "a) le plan ; c) la taxe",
        "a) le plan ; (b) la taxe",
        "(voir note 1) et (note 2) aussi",
        "Il y en a 1. Le total est 2. Voilà.",
        "il fait 1° ou 2° de moins",
        "",
    ],
)
def test_references_and_single_marks_are_no_lists(text: str) -> None:
    assert item_marks(text) == []


def test_long_texts_are_looked_through_quickly() -> None:
    begun = process_time()
    assert len(item_marks("a) x ; b) y ; " * 20_000)) == 40_000
    assert process_time() - begun < 5
