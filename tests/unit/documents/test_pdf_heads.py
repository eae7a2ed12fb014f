"""Running heads of a PDF are told from headings of its text."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from aligner.documents.layout import BlockKind
from aligner.documents.pdf.lines import Line
from aligner.documents.pdf.paragraphs import paragraphs_of


def page(number: int, head: str) -> list[Line]:
    """A page whose first line stands apart from its text."""
    lines = [(780, head), *((700 - 14 * n, "mot " * (number + 3 * n) + "va et vient sans fin.") for n in range(1, 6))]
    return [Line(72, top - 10, 72 + 6 * len(text), top, text, 10.0, page=number - 1) for top, text in lines if text]


def furniture(heads: Sequence[str]) -> list[str]:
    found = paragraphs_of([page(number, head) for number, head in enumerate(heads, 1)])
    return [each.text for each in found if each.part is BlockKind.FURNITURE]


@pytest.mark.parametrize(
    "heads",
    [
        ["Article 1", "Article 2", "Article 3", "Article 4"],
        ["ARTICLE 7.", "ARTICLE 8.", "ARTICLE 9."],
        ["Chapitre 1", "Chapitre 2"],
        ["Tableau 1", "Tableau 2", "Tableau 3"],
        ["Section 4 :", "Section 5 :", "Section 6 :"],
        ["Bilan 2019", "Bilan 2020 et 2021", "Suite"],
    ],
)
def test_headings_at_the_heads_of_pages_stay_in_the_text(heads: list[str]) -> None:
    assert furniture(heads) == []


@pytest.mark.parametrize(
    "heads",
    [
        ["Rapport annuel", "Rapport annuel", "Rapport annuel"],
        ["Rapport 2021 – 11", "Rapport 2021 – 12", "Rapport 2021 – 13"],
        ["Annexe 1 – p. 3", "Annexe 1 – p. 4", "Annexe 1 – p. 5"],
        ["12", "13", "14"],
        ["Le droit | 7", "8 | Le droit", "Le droit | 9", "10 | Le droit", "Le droit | 11", "12 | Le droit"],
    ],
)
def test_what_comes_again_or_counts_the_pages_is_no_text(heads: list[str]) -> None:
    assert furniture(heads) == heads


def test_a_heading_that_is_printed_over_the_next_pages_is_in_the_text_once() -> None:
    assert furniture(["Article 2", "Article 2", "Article 2"]) == ["Article 2", "Article 2"]
