"""Articles, sections, numbered paragraphs, points, verses and pages: found, cited, and never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.citations.divisions import RANKS, find_divisions, value_of
from aligner.citations.places import find_place
from aligner.errors import InputError
from aligner.languages.language import known_languages, language_of
from aligner.model import Role, Segment
from aligner.text import segment
from tests.unit.citations.law import ENGLISH, act


def divisions(text: str, language: str = "fr") -> list[tuple[str, str, str]]:
    segments = segment(text, language)
    return [(each.kind, each.number, segments[each.first].locator) for each in find_divisions(segments, language)]


@pytest.mark.parametrize(
    ("asked", "first", "last", "label"),
    [
        ("3.1", "3.1", "3.1", ""),
        ("3", "3.1", "3.1", ""),
        ("5-7", "5.1", "7.1", ""),
        ("fr:20.1–20.2", "20.1", "20.2", ""),
        ("art. 8 b)", "15.1", "15.1", "art. 8 b)"),
        ("Art. 8(b)", "15.1", "15.1", "art. 8 b)"),
        ("article 8, § 1, b)", "15.1", "15.1", "art. 8, § 1 b)"),
        ("art. 1", "5.1", "9.1", "art. premier"),
        ("Article premier", "5.1", "9.1", "art. premier"),
        ("art. 1er § 2", "9.1", "9.1", "art. premier, § 2"),
        ("§ 2", "9.1", "9.1", "§ 2"),
        ("para. 2", "9.1", "9.1", "§ 2"),
        ("art. L131-1", "10.1", "11.1", "art. L. 131-1"),
        ("art. 9 bis, 2°", "18.1", "18.1", "art. 9 bis 2°"),
        ("art. 10, al. 2", "20.1", "20.2", "art. 10, al. 2"),
        ("art. 10 alinéa 2", "20.1", "20.2", "art. 10, al. 2"),
        ("art. 8-10", "12.1", "25.1", "art. 8–10"),
        ("p. 14", "22.1", "24.1", "p. 14"),
        ("pp. 14-15", "22.1", "25.1", "p. 14–15"),
        ("chap. I", "4.1", "25.1", "chap. premier"),
        ("titre 2", "2.1", "25.1", "titre II"),
        ("Seite 15", "24.1", "25.1", "p. 15"),
    ],
)
def test_a_place_is_found_as_people_write_it(asked: str, first: str, last: str, label: str) -> None:
    bitext = act()
    place = find_place(bitext, asked)
    segments = bitext.source.segments
    found = (segments[place.first].locator, segments[place.last].locator, place.label)
    # A page ends where the next one begins, or where the text does.
    assert found[0] == first
    assert found[2] == label
    assert found[1] == last or asked.startswith("p")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("7-5", "the range ends before it begins; did you mean 5-7?"),
        ("3.9", "paragraph 3 has no segment 9; it has only 3.1"),
        ("99", "there is no paragraph 99; the nearest are 24 and 25"),
        ("20.1-21", "one end of the range is a paragraph, the other a segment; write 20.1-20.21 or 20.1-21.1"),
        (
            "§ 1",
            "§ 1 is there 2 times: 6.1 (art. premier) and 13.1 (art. 8); name the part that it is in, or write its id",
        ),
        ("art. 12", "there is no art. 12; the nearest are"),
        ("art. 8 c)", "there is no c) in art. 8; the nearest are"),
        ("p. 13", "there is no p. 13; the nearest are p. 14 (22.1) and p. 15 (24.1)"),
        ("book 3", "there is no livre 3; recognised in it: "),
        ("v. 3", "there is no v. 3; the nearest are § 1 (6.1)"),
        ("art. 10-8", "the range ends before it begins"),
        ("art. 10, al. 90", "there is no line 90 in it"),
        ("rubbish", "'rubbish' is not a place that can be cited; write 3.2"),
        ("3.2.1", "is not a place that can be cited"),
        ("article", "is not a place that can be cited"),
        (",", "no place is named"),
    ],
)
def test_an_unknown_or_ambiguous_place_is_one_sentence(asked: str, sentence: str) -> None:
    with pytest.raises(InputError) as caught:
        find_place(act(), asked)
    assert sentence in str(caught.value)
    assert str(caught.value).startswith(f"acte:{asked}: ")
    assert "\n" not in str(caught.value)


def test_a_place_of_the_translation() -> None:
    bitext = act()
    for asked in ("en:5.1", "t5.1", "en:art. 1"):
        place = find_place(bitext, asked)
        assert place.is_target
        assert bitext.target.segments[place.first].locator == "5.1"
    assert find_place(bitext, "en:chapter 1").label == "ch. One"


def test_english_parts_are_recognised() -> None:
    found = divisions(ENGLISH + "\nSection 3. The text.\nAnnex A\nSchedule 2\n(a) point", "en")
    assert {("article", "1", "5.1"), ("section", "3", "26.1"), ("annex", "2", "28.1"), ("point", "a", "29.1")} <= set(
        found
    )


@pytest.mark.parametrize(
    "text",
    [
        "Article 8 de la Convention prévoit que tout va bien.\nEt après ?",
        "L'article 8 est clair.\nOui.",
        "Titre de séjour et carte\nLa carte est là.",
        "1,5 million de personnes.\nOui.",
        "2024 fut une bonne année.\nOui.",
        "M. Wang a souri.\nOui.",
        "b. c'est ainsi.\nOui.",
        "page blanche ici\nOui.",
        "Article 1 ..... 3\nArticle 2 …… 5\nOui.",
    ],
)
def test_what_only_looks_like_a_part_is_none(text: str) -> None:
    assert divisions(text) == []


def test_headings_and_points_of_many_kinds() -> None:
    text = "I. Contexte\nIl y a du texte.\n1. Premier\nDu texte ici.\n2.1 Sous-partie\nDu texte.\nII. Suite\nDu texte."
    assert [each[:2] for each in divisions(text)] == [
        ("section", "I"), ("section", "1"), ("section", "2.1"), ("section", "II"),
    ]  # fmt: skip
    points = "Liste :\nh) x ;\ni) y ;\nj) z :\ni) un ;\nii) deux."
    assert [each[1] for each in divisions(points)] == ["h", "i", "j", "i", "ii"]


def test_verses_need_several_numbers_in_a_row() -> None:
    bible = (
        "Chapitre 3\n1 Au commencement, Dieu créa le ciel. 2 Or la terre était vide. 3 Dieu dit: Que la lumière soit!"
    )
    bitext = act(bible, "Chapter 3\n1 In the beginning. 2 And the earth. 3 And God said.")
    assert [bitext.source.segments[find_place(bitext, asked).first].text[:4] for asked in ("v. 2", "3:2")] == [
        "2 Or",
        "2 Or",
    ]
    assert divisions("3 Hommes sont venus.\nOui.") == []


def test_page_numbers_at_the_foot_close_their_pages() -> None:
    def page(text: str, paragraph: int, role: Role = Role.TEXT) -> Segment:
        return Segment(text, paragraph * 10, paragraph * 10 + len(text), paragraph, 1, role)

    furniture = Role.BOILERPLATE
    feet = [page("Un.", 1), page("14", 2, furniture), page("Deux.", 3), page("15", 4, furniture)]
    assert [(d.number, d.first, d.last) for d in find_divisions(feet, "fr")] == [("14", 0, 1), ("15", 2, 3)]
    heads = [page("14", 1, furniture), page("Un.", 2), page("15 / 20", 3, furniture), page("Deux.", 4)]
    assert [(d.number, d.first, d.last) for d in find_divisions(heads, "fr")] == [("14", 0, 1), ("15", 2, 3)]


def test_a_page_may_begin_inside_a_sentence() -> None:
    segments = segment("[p. 3] Un début. Le conseil [p. 4] se réunit.\nFin.", "fr")
    assert [(d.number, d.first, d.last) for d in find_divisions(segments, "fr")] == [("3", 0, 1), ("4", 1, 2)]


@given(
    st.lists(
        st.sampled_from(["Article 1", "Article 2.", "1. Un.", "2. Deux.", "a) x", "Titre I", "Texte simple.", "[p. 3]"])
    )
)
def test_parts_lie_in_the_text_and_end_before_the_next_of_their_rank(lines: list[str]) -> None:
    segments = segment("\n".join(lines), "fr")
    found = find_divisions(segments, "fr")
    assert all(0 <= each.first <= each.last < len(segments) for each in found)
    for one in found:
        for other in found:
            if one.kind == other.kind in RANKS and one.first < other.first:
                assert one.last < other.first


def test_every_language_that_names_parts_names_all_of_them() -> None:
    kinds = {*RANKS, "page", "alinea"}
    for language in known_languages():
        assert set(language.places) == kinds
        assert set(language.place_labels) == kinds
    assert language_of("xx").places == {}


def test_numbers_in_words_and_figures() -> None:
    assert [value_of(each) for each in ("8", "premier", "second", "IV", "1er", "two", "b", "XL", "deuxième")] == [
        8, 1, 2, 4, 1, 2, None, 40, 2,
    ]  # fmt: skip


def test_acts_judgments_and_amendments() -> None:
    act_text = (
        "« Art. L. 131-1-2. – Le maire est élu.\nArt. 8. - Il nomme.\n§ 1er. Les dispositions.\nArticle 10 : Durée"
    )
    assert [each[:2] for each in divisions(act_text)] == [
        ("article", "L. 131-1-2"), ("article", "8"), ("paragraph", "1"), ("article", "10"),
    ]  # fmt: skip
    universal = "Article 2\n1.Chacun peut se prévaloir de tous les droits.\n2.De plus, rien."
    assert [each[:2] for each in divisions(universal)] == [("article", "2"), ("paragraph", "1"), ("paragraph", "2")]
    judgment = "12 Par ordonnance, la Cour a décidé.\n13 Le requérant soutient que non.\n14 La Commission conteste."
    bitext = act(judgment, judgment)
    for asked in ("§ 13", "point 13", "para. 13", "v. 13"):
        assert find_place(bitext, asked).first == 1
    pages = "Texte un ici.\nPage | 16\nTexte deux.\nPage 17 sur 27"
    assert [each[:2] for each in divisions(pages)] == [("page", "16"), ("page", "17")]
