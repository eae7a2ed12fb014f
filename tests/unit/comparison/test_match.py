"""Units of two versions find one another, however the versions were cut, moved or shortened; none is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.comparison import ComparedPair, ComparedUnit, Matched, VersionText
from aligner.comparison.match import match

Row = tuple[str, str, str]
"""Old text, new text, how they were found."""


def sourced(*units: tuple[str, str, str]) -> VersionText:
    """Locator, source and target of each unit."""
    return VersionText("doc", tuple(ComparedUnit(locator, target, source) for locator, source, target in units))


def lines(*texts: str) -> VersionText:
    """The lines of a plain file; empty ones count but are no units."""
    units = (ComparedUnit(str(number), text) for number, text in enumerate(texts, 1) if text)
    return VersionText("file", tuple(units), lines=len(texts))


def rows(pairs: list[ComparedPair]) -> list[Row]:
    return [(pair.old_text, pair.new_text, pair.matched.value) for pair in pairs]


def test_the_same_place_with_the_same_source() -> None:
    old = sourced(("1.1", "Oui.", "Yes."), ("2.1", "Non.", "No."))
    new = sourced(("1.1", "Oui.", "Yes, indeed."), ("2.1", "Non.", "No."))
    assert rows(match(old, new)) == [("Yes.", "Yes, indeed.", "locator"), ("No.", "No.", "locator")]


def test_a_sentence_put_in_moves_locators_but_not_the_pairs() -> None:
    old = sourced(("1.1", "Un.", "One."), ("1.2", "Deux.", "Two."), ("1.3", "Trois.", "Three."))
    new = sourced(("1.1", "Un.", "One."), ("1.2", "Neuf.", "New."), ("1.3", "Deux.", "2."), ("1.4", "Trois.", "3."))
    assert rows(match(old, new)) == [
        ("One.", "One.", "locator"),
        ("", "New.", "none"),
        ("Two.", "2.", "source"),
        ("Three.", "3.", "source"),
    ]


def test_what_was_removed_stands_where_it_stood() -> None:
    old = sourced(("1.1", "Un.", "One."), ("1.2", "Deux.", "Two."), ("1.3", "Trois.", "Three."))
    assert rows(match(old, sourced(("1.3", "Trois.", "Three.")))) == [
        ("One.", "", "none"),
        ("Two.", "", "none"),
        ("Three.", "Three.", "locator"),
    ]
    assert [row[:2] for row in rows(match(old, sourced(("1.1", "Un.", "One."), ("1.3", "Trois.", "3."))))] == [
        ("One.", "One."),
        ("Two.", ""),
        ("Three.", "3."),
    ]


def test_repetitions_of_a_source_pair_in_order() -> None:
    old = sourced(("1.1", "Oui.", "Yes."), ("3.1", "Oui.", "Right."), ("5.1", "Oui.", "True."))
    new = sourced(("2.1", "Oui.", "Yes!"), ("4.1", "Oui.", "Right!"))
    assert [row[:2] for row in rows(match(old, new))] == [("Yes.", "Yes!"), ("Right.", "Right!"), ("True.", "")]


def test_a_memory_keeps_one_of_several_repetitions() -> None:
    old = sourced(("1.1", "Oui.", "Yes."), ("2.1", "Non.", "No."), ("3.1", "Oui.", "Yes."))
    new = sourced(("1.1", "Oui.", "Yes."), ("2.1", "Non.", "No."))
    assert rows(match(old, new, new_memory=True)) == [
        ("Yes.", "Yes.", "locator"),
        ("Yes.", "Yes.", "repetition"),
        ("No.", "No.", "locator"),
    ]
    assert rows(match(new, old, old_memory=True))[-1] == ("Yes.", "Yes.", "repetition")
    assert rows(match(old, new))[-1] == ("Yes.", "", "none")


def test_sentences_joined_in_the_source_stay_together() -> None:
    old = sourced(("1.1", "Un.", "One."), ("1.2", "Deux,", "Two,"), ("1.3", "trois.", "three."))
    new = sourced(("1.1", "Un.", "One."), ("1.2", "Deux, trois.", "A pair and one."), ("1.4", "Fin.", "End."))
    pairs = match(old, new)
    assert rows(pairs)[1] == ("Two, three.", "A pair and one.", "source")
    assert [unit.locator for unit in pairs[1].old] == ["1.2", "1.3"]


def test_an_edited_source_is_found_by_its_translation() -> None:
    old = sourced(("1.1", "Un.", "One."), ("1.2", "Le chat dort.", "The cat sleeps here."), ("1.3", "Fin.", "End."))
    new = sourced(("1.1", "Un.", "One."), ("1.2", "Le chat dors.", "The cat sleeps there."), ("1.3", "Fin.", "End."))
    assert rows(match(old, new))[1] == ("The cat sleeps here.", "The cat sleeps there.", "place")


def test_lines_correspond_by_number_in_files_of_one_length() -> None:
    old, new = lines("The machine says so.", "", "Nothing alike"), lines("A person says so.", "", "wholly other words")
    assert [row[2] for row in rows(match(old, new))] == ["line", "line"]


def test_lines_that_moved_are_found_by_their_text() -> None:
    texts = [f"This is sentence {number} of the text." for number in range(30)]
    old, new = lines(*texts), lines("A new first line, put in.", *texts[:-1])
    found = rows(match(old, new))
    assert found[0] == ("", "A new first line, put in.", "none")
    assert all(old == new for old, new, _ in found[1:-1])
    assert found[-1] == (texts[-1], "", "none")


def test_lines_split_and_joined_elsewhere_are_cut_where_both_are() -> None:
    old = lines("Same.", "One two.", "Three four.", "Same again.", "Five six seven.")
    new = lines("Same.", "One two. Three four.", "Same again.", "Five six", "seven.", "More.")
    assert [row[:2] for row in rows(match(old, new))] == [
        ("Same.", "Same."),
        ("One two. Three four.", "One two. Three four."),
        ("Same again.", "Same again."),
        ("Five six seven.", "Five six seven."),
        ("", "More."),
    ]


def test_the_aligner_pairs_changed_sentences_cut_otherwise() -> None:
    old = lines(
        "The council met on Monday in the old town hall of Geneva.",
        "It was raining heavily, and the ministers were late for the session.",
        "Nobody spoke about the treaty during the first three hours.",
    )
    new = lines(
        "The council met on Monday in the new town hall of Geneva.",
        "It was raining heavily.",
        "The ministers were very late for the session.",
        "Nobody talked about the treaty during the first three hours.",
    )
    assert [(len(pair.old), len(pair.new)) for pair in match(old, new)] == [(1, 1), (1, 2), (1, 1)]


def test_several_gaps_do_not_mix() -> None:
    part = ["The council met on Monday in the town hall.", "It rained, and the ministers were late for it."]
    recut = ["The council met on Monday in a town hall.", "It rained.", "The ministers were very late for it."]
    old = lines(*part, "Between.", *part, *part, "Again between.", part[1])
    new = lines(*recut, "Between.", *recut, *recut, "Again between.", *recut[1:])
    shapes = [(len(pair.old), len(pair.new)) for pair in match(old, new)]
    assert shapes == [(1, 1), (1, 2), (1, 1), (1, 1), (1, 2), (1, 1), (1, 2), (1, 1), (1, 2)]


def test_texts_at_one_place_without_a_word_in_common_stay_alone() -> None:
    old, new = (
        lines("Same.", "Apples and pears", "Same again."),
        lines("Same.", "quite other things", "Same again.", "x"),
    )
    assert ("Apples and pears", "", "none") in rows(match(old, new))
    assert ("", "quite other things", "none") in rows(match(old, new))


def test_a_file_of_lines_and_a_bitext_are_matched_by_text() -> None:
    old = lines("Yes.", "No.", "Perhaps, they said.")
    new = sourced(("1.1", "Non.", "No."), ("1.2", "Peut-être.", "Perhaps, they say."))
    assert rows(match(old, new)) == [
        ("Yes.", "", "none"),
        ("No.", "No.", "text"),
        ("Perhaps, they said.", "Perhaps, they say.", "place"),
    ]


@pytest.mark.parametrize("empty", [VersionText("a", ()), lines("", "")])
def test_nothing_against_something(empty: VersionText) -> None:
    full = lines("One.", "Two.")
    assert rows(match(empty, full)) == [("", "One.", "none"), ("", "Two.", "none")]
    assert rows(match(full, empty)) == [("One.", "", "none"), ("Two.", "", "none")]
    assert match(empty, empty) == []


SENTENCES = st.sampled_from(["Yes.", "No.", "The cat sat.", "The cat sat there.", "A dog barked at night.", "x"])
UNITS = st.lists(st.tuples(st.sampled_from(["", "a", "b", "c d", "c", "d"]), SENTENCES), max_size=7)


@given(UNITS, UNITS, st.booleans(), st.booleans())
def test_every_unit_is_in_one_pair(
    old: list[tuple[str, str]], new: list[tuple[str, str]], old_lines: bool, new_lines: bool
) -> None:
    texts = [
        VersionText(
            "t",
            tuple(ComparedUnit(str(n), t, "" if flat else s) for n, (s, t) in enumerate(units)),
            lines=len(units) * flat,
        )
        for units, flat in ((old, old_lines), (new, new_lines))
    ]
    pairs = match(*texts)
    before = sorted(unit.locator for pair in pairs for unit in pair.old)
    assert before == sorted(unit.locator for unit in texts[0].units)
    assert [unit.locator for pair in pairs for unit in pair.new] == [unit.locator for unit in texts[1].units]
    assert all(pair.old or pair.new for pair in pairs)
    assert all((pair.matched is Matched.NONE) == (not pair.old or not pair.new) for pair in pairs)


@given(UNITS)
def test_a_text_against_itself_is_unchanged(units: list[tuple[str, str]]) -> None:
    text = VersionText("t", tuple(ComparedUnit(str(n), target, source) for n, (source, target) in enumerate(units)))
    assert [pair.outcome for pair in match(text, text)] == ["unchanged"] * len(units)
