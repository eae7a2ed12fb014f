"""A rewritten English text keeps its layout, and every segment its place in it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.editing.rewrite import rewrite
from aligner.model import Bead, Bitext, Role, Side, sha256
from aligner.text import segment

FRENCH = "Titre\n\nUn chat. Un chien.\nUn oiseau. Un poisson.\n"
ENGLISH = "Title\n\nA cat.  A dog.\r\nA bird. A fish.\n"
PAIRED = tuple(Bead((k,), (k,)) for k in range(5))


def made(beads: tuple[Bead, ...] = PAIRED, english: str = ENGLISH) -> Bitext:
    sides = [
        Side(language, tuple(segment(text, language)), sha256=sha256(text))
        for language, text in (("fr", FRENCH), ("en", english))
    ]
    return Bitext("d", sides[0], sides[1], beads)


def check(bitext: Bitext, english: str) -> None:
    assert bitext.target.sha256 == sha256(english)
    assert [english[s.start : s.end] for s in bitext.target.segments] == [s.text for s in bitext.target.segments]


@pytest.mark.parametrize(
    ("texts", "english"),
    [
        ({}, ENGLISH),
        ({0: "Heading"}, "Heading\n\nA cat.  A dog.\r\nA bird. A fish.\n"),
        ({1: "The cat sat. It slept."}, "Title\n\nThe cat sat. It slept.  A dog.\r\nA bird. A fish.\n"),
        ({2: "One\n dog.", 4: "Fish\u00a0!"}, "Title\n\nA cat.  One dog.\r\nA bird. Fish\u00a0!\n"),
    ],
)
def test_only_the_new_texts_change(texts: dict[int, str], english: str) -> None:
    bitext, text = rewrite(made(), ENGLISH, PAIRED, texts)
    assert text == english
    check(bitext, text)
    assert [s.locator for s in bitext.target.segments] == [s.locator for s in segment(text, "en")]
    assert bitext.target.segments[0].role is Role.HEADING


def test_a_bead_of_two_paragraphs_keeps_them_while_its_sentences_are_two() -> None:
    beads = (PAIRED[0], PAIRED[1], Bead((2, 3), (2, 3)), PAIRED[4])
    kept = rewrite(made(beads), ENGLISH, beads, {2: "The dog. The bird."})
    assert kept[1] == "Title\n\nA cat.  The dog.\r\nThe bird. A fish.\n"
    joined, text = rewrite(made(beads), ENGLISH, beads, {2: "The dog and the bird."})
    assert text == "Title\n\nA cat.  The dog and the bird. A fish.\n"
    assert [bead.target for bead in joined.beads] == [(0,), (1,), (2,), (3,)]
    check(joined, text)


@pytest.mark.parametrize(
    ("english", "missing", "new"),
    [
        ("Title\n\nA cat.\nA bird. A fish.\n", 2, "Title\n\nA cat. New.\nA bird. A fish.\n"),
        ("Title\n\nA cat. A dog.\nA fish.\n", 3, "Title\n\nA cat. A dog.\nNew. A fish.\n"),
        ("A cat. A dog.\nA bird. A fish.\n", 0, "New.\nA cat. A dog.\nA bird. A fish.\n"),
    ],
)
def test_a_sentence_without_english_is_set_beside_its_paragraph(english: str, missing: int, new: str) -> None:
    beads = tuple(Bead((k,), () if k == missing else (k - (k > missing),)) for k in range(5))
    bitext, text = rewrite(made(beads, english), english, beads, {missing: "New."})
    assert text == new
    assert bitext.beads[missing].target == (missing,)
    check(bitext, text)


LETTER = "Titre\n\nUn chat. Un chien.\r\n\r\nUn oiseau.\nUn poisson.\n"


@pytest.mark.parametrize(
    ("english", "missing", "new"),
    [
        ("Title\n\nA cat. A dog.\n\nA bird.\n", [4], "Title\n\nA cat. A dog.\n\nA bird.\nNew.\n"),
        ("Title\n\nA cat. A dog.\nA fish.\n", [3], "Title\n\nA cat. A dog.\n\nNew.\nA fish.\n"),
        ("Title\n", [1, 2, 3, 4], "Title\n\nNew. New.\n\nNew.\nNew.\n"),
        ("A cat. A dog.\n\nA bird.\nA fish.\n", [0], "New.\n\nA cat. A dog.\n\nA bird.\nA fish.\n"),
    ],
)
def test_new_paragraphs_are_divided_as_in_the_source(english: str, missing: list[int], new: str) -> None:
    kept = [k for k in range(5) if k not in missing]
    beads = tuple(Bead((k,), (kept.index(k),) if k in kept else ()) for k in range(5))
    sides = [Side(language, tuple(segment(text, language))) for language, text in (("fr", LETTER), ("en", english))]
    bitext, text = rewrite(
        Bitext("d", sides[0], sides[1], beads), english, beads, dict.fromkeys(missing, "New."), source=LETTER
    )
    assert text == new
    check(bitext, text)


def test_a_text_can_begin_from_nothing() -> None:
    beads = tuple(Bead((k,), ()) for k in range(5))
    bitext, text = rewrite(made(beads, ""), "", beads, {1: "A cat.", 2: "A dog.", 3: "A bird."})
    assert text == "A cat. A dog.\nA bird.\n"
    check(bitext, text)


WORDS = st.text(st.sampled_from("ab. \n!?é\u00a0"), min_size=1).filter(lambda text: text.strip() != "")


@given(st.dictionaries(st.integers(0, 4), WORDS), st.sets(st.integers(0, 4)))
def test_any_texts_are_laid_out_whole(texts: dict[int, str], empty: set[int]) -> None:
    kept = [k for k in range(5) if k not in empty]
    beads = tuple(Bead((k,), (kept.index(k),) if k in kept else ()) for k in range(5))
    segments = made().target.segments
    english = "\n".join(segments[k].text for k in kept) + "\n"
    before = replace(made(), target=Side("en", tuple(segment(english, "en"))), beads=beads)
    bitext, text = rewrite(before, english, beads, texts)
    check(bitext, text)
    for index, new in texts.items():
        assert bitext.target_text(bitext.beads[index]).split() == new.split()
