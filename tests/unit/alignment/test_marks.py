"""What lines look like: headings, questions, numerals; and what they decide where words do not."""

from __future__ import annotations

import pytest

from aligner.alignment import AlignOptions, align
from aligner.alignment.marks import read_marks
from aligner.alignment.numerals import heading_numbers

ALONE = AlignOptions(embeddings="never")


def shapes(source: list[str], target: list[str]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.source, bead.target) for bead in align(source, target, options=ALONE)]


@pytest.mark.parametrize(
    ("line", "capitals", "title"),
    [
        ("THE ENEMY TO BE STARVED", True, True),
        ("CHAPTER I. THE PROFESSOR", True, True),
        ("M.", False, False),
        ("OUI !", False, False),
        ("第二十二条", False, True),
        ("1957", False, True),
        ("dit-il", False, False),
        ("He left.", False, False),
    ],
)
def test_what_looks_like_a_heading(line: str, capitals: bool, title: bool) -> None:
    marks = read_marks([line])
    assert (marks.capitals.tolist(), marks.title.tolist()) == ([capitals], [title])


def test_marks_are_counted_in_all_scripts_a_run_once() -> None:
    marks = read_marks(["Quoi ?! Et toi ?", "是吗？", "هل تعرف؟", "Ah !!!"])
    assert marks.questions.tolist() == [0, 2, 3, 4, 4]
    assert marks.cries.tolist() == [0, 1, 1, 1, 2]


def test_a_heading_that_one_side_lacks_stays_alone() -> None:
    french = [
        "Il monta l'escalier et entra dans sa chambre.",
        "Marthe accourut au bruit de la porte.",
        "Elle avait laissé la soupe sur le feu.",
    ]
    english = [
        "He went up the stairs and entered his room.",
        "THE ENEMY IS TO BE STARVED INTO SUBMISSION",
        "Martha came running at the noise of the door.",
        "She had left the soup on the fire.",
    ]
    assert shapes(french, english) == [((0,), (0,)), ((), (1,)), ((1,), (2,)), ((2,), (3,))]


def test_questions_show_where_a_merge_ends() -> None:
    french = ["Elle répétait :", "« Les chats mangent-ils ?", "Les chats mangent-ils ? »", "Et ainsi de suite."]
    english = ["She went on saying: “Do cats eat?", "Do cats eat?” and so on."]
    assert shapes(french, english) == [((0, 1), (0,)), ((2, 3), (1,))]


def test_numerals_are_read_only_in_a_series() -> None:
    assert heading_numbers(["CHAPITRE IV", "I went home.", "M. C. vint."]) == {}
    assert heading_numbers(["I", "Un.", "II.", "Deux.", "XL : La fin"]) == {0: 1, 2: 2, 4: 40}
    assert heading_numbers(['סעיף ט"ו.', "סעיף כב.", "סעיף ל.", "זה לא."]) == {0: 15, 1: 22, 2: 30}
    assert heading_numbers(["Livre IIII", "Livre VX", "Livre MIX"]) == {}


def test_numbers_of_headings_find_each_other_whatever_their_script() -> None:
    numerals = ["I", "II", "III", "IV", "V", "VI", "VIII", "IX", "X", "XI", "XII"]
    roman = [line for numeral in numerals for line in (f"Livre {numeral}", "Κάτι γράφει εδώ κάποιος.")]
    digits = [line for number in range(2, 13) for line in (f"Book {number}", "Something is written here.")]
    found = {(bead.source, bead.target) for bead in align(roman, digits, options=ALONE) if not bead.is_null}
    pairs = [(numerals.index(numeral), number - 2) for numeral, number in (("II", 2), ("V", 5), ("IX", 9), ("XII", 12))]
    assert {((2 * i,), (2 * j,)) for i, j in pairs} <= found
