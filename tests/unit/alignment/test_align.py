"""`align` on texts small enough to judge by eye."""

from __future__ import annotations

import pytest

from aligner.alignment import AlignOptions, align, front
from aligner.alignment.band import make_band
from aligner.alignment.result import Alignment
from aligner.alignment.scoring import make_limits
from aligner.errors import InputError
from aligner.model import Bead, Kind

FRENCH = [
    "Chapitre premier",
    "Le vieux moulin se dresse au bord de la rivière.",
    "Jeanne y habite avec son frère Paul depuis 1957.",
    "Chaque matin, ils ouvrent la porte et regardent l’eau ; puis ils travaillent.",
    "La ville est loin.",
    "Un jour, un étranger frappa à la porte et demanda du pain.",
    "Paul lui donna du fromage.",
]
ENGLISH = [
    "Chapter One",
    "The old mill stands on the bank of the river.",
    "Jeanne has lived there with her brother Paul since 1957.",
    "Every morning they open the door and look at the water.",
    "Then they work.",
    "The town is far away.",
    "One day a stranger knocked at the door and asked for bread.",
    "Paul gave him some cheese.",
]
RIGHT = [((0,), (0,)), ((1,), (1,)), ((2,), (2,)), ((3,), (3, 4)), ((4,), (5,)), ((5,), (6,)), ((6,), (7,))]


def pairs(alignment: Alignment) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.source, bead.target) for bead in alignment]


def test_prose() -> None:
    assert pairs(align(FRENCH, ENGLISH)) == RIGHT


def test_prose_backwards() -> None:
    assert pairs(align(ENGLISH, FRENCH)) == [(target, source) for source, target in RIGHT]


def test_translation_helps_where_the_words_are_strange() -> None:
    source = ["Xoro bemu.", "Tak tak tak.", "Ruvo.", "Selim ador."]
    target = [
        "The cat sleeps.",
        "Nobody had answered his letters for years.",
        "It was raining hard in the valley.",
        "She laughed.",
        "They went home.",
    ]
    translation = ["Cat sleeps.", "Raining hard in a valley.", "She laughed loud.", "Went home."]
    found = pairs(align(source, target, translation=translation))
    assert ((0,), (0,)) in found
    assert ((1,), (2,)) in found
    assert ((2,), (3,)) in found


def test_a_translation_of_the_target_helps_just_as_well() -> None:
    source = ["xoro bemu", "tak tak tak", "ruvo", "selim ador"]
    target = ["the cat sleeps", "nobody had answered his letters for years", "it was raining", "she laughed", "away"]
    back = ["xoro bemut", "orim lusa tebro", "tak tek", "ruvo", "selim"]
    found = pairs(align(source, target, back_translation=back))
    assert {((0,), (0,)), ((1,), (2,)), ((2,), (3,)), ((3,), (4,))} <= set(found)
    mirrored = pairs(align(target, source, translation=back))
    assert found == [(s, t) for t, s in mirrored]


def test_more_passes_and_no_lexicon() -> None:
    for options in (AlignOptions(passes=1), AlignOptions(passes=4), AlignOptions(lexicon="none")):
        assert pairs(align(FRENCH, ENGLISH, options=options))[1:3] == RIGHT[1:3]


def test_a_passage_too_large_for_the_whole_band_is_still_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aligner.alignment.band.LARGEST", 200)
    added = [f"Page {n}: the publisher thanks the printers of volume {n} for their patience." for n in range(300)]
    found = align(FRENCH, added + ENGLISH)
    assert [bead.target[0] for bead in found if bead.is_null] == list(range(300))
    assert pairs(found)[300:] == [(source, tuple(j + 300 for j in target)) for source, target in RIGHT]
    back = align(added + ENGLISH, FRENCH)
    assert pairs(back) == [(target, source) for source, target in pairs(found)]


def test_a_missing_passage_becomes_nulls() -> None:
    added = [f"Page {n}: the publisher thanks the printers of volume {n} for their patience." for n in range(20)]
    found = align(FRENCH, ENGLISH[:5] + added + ENGLISH[5:])
    nulls = [bead.target[0] for bead in found if bead.is_null]
    assert nulls == list(range(5, 25))


def test_repeated_headers_do_not_anchor() -> None:
    header = "Current to June 15, 2026"
    french = [line for n, sentence in enumerate(FRENCH) for line in ([header] if n in (1, 4) else []) + [sentence]]
    english = [line for n, sentence in enumerate(ENGLISH) for line in ([header] if n in (3, 7) else []) + [sentence]]
    found = {(bead.source, bead.target) for bead in align(french, english)}
    index_f = [n for n, line in enumerate(french) if line != header]
    index_e = [n for n, line in enumerate(english) if line != header]
    expected = {(tuple(index_f[i] for i in s), tuple(index_e[j] for j in t)) for s, t in RIGHT}
    assert len(expected & found) >= 6


@pytest.mark.parametrize(
    ("source", "target"), [([], []), ([], ["a"]), (["a"], []), ([""], [""]), (["", "", ""], [""]), (["!"], ["?", "…"])]
)
def test_next_to_nothing(source: list[str], target: list[str]) -> None:
    found = align(source, target)
    assert (found.source_length, found.target_length) == (len(source), len(target))


def test_max_merge_one_forbids_merging() -> None:
    assert all(
        max(len(b.source), len(b.target)) <= 1 for b in align(FRENCH, ENGLISH, options=AlignOptions(max_merge=1))
    )


def test_without_nulls_everything_is_merged() -> None:
    found = align(FRENCH, [*ENGLISH, "The end of this story was never told."], options=AlignOptions(nulls=False))
    assert not any(bead.is_null for bead in found)


def test_without_nulls_one_side_empty() -> None:
    assert align(["a"], [], options=AlignOptions(nulls=False)).types() == {"1-0": 1}


def test_boundaries_are_never_crossed() -> None:
    found = align(FRENCH, ENGLISH, boundaries=[(3, 4)])
    for bead in found:
        assert not (bead.source and bead.source[0] < 3 <= bead.source[-1])
        assert not (bead.source and bead.target and (bead.source[0] < 3) != (bead.target[0] < 4))
        assert not (bead.target and bead.target[0] < 4 <= bead.target[-1])


def test_locked_beads_are_kept() -> None:
    locked = [Bead((1, 2), (1,), note="as the reviewer wants"), Bead((), (5,))]
    found = align(FRENCH, ENGLISH, locked=locked)
    assert [(b.source, b.target, b.note) for b in found if b.kind is Kind.LOCKED] == [
        ((1, 2), (1,), "as the reviewer wants"),
        ((), (5,), ""),
    ]
    assert pairs(found)[-1] == ((6,), (7,))


def test_many_locked_beads_cost_no_more_than_none() -> None:
    size = 50_000  # comparing each with each would take many minutes
    beads = [Bead((n,), (n,)) for n in range(size) if n != size // 2]
    walls = front._walls([(7, 7)], beads, (size, size))
    assert walls == [(n, n) for n in range(size + 1)]
    limits = make_limits((size, size), walls, ((), ()), nulls=True)
    assert limits.fences.above.tolist() == [0, *range(size)]
    band = make_band(walls, (size, size), 12, walls)
    assert band.low.tolist() == [0, *range(size)]
    assert band.high.tolist() == [*range(1, size + 1), size]


def test_everything_locked() -> None:
    once = align(FRENCH, ENGLISH)
    again = align(FRENCH, ENGLISH, locked=once.beads)
    assert pairs(again) == pairs(once)
    assert all(bead.kind is Kind.LOCKED for bead in again)


def test_confidence_is_a_probability_and_tells_easy_from_hard() -> None:
    found = align(FRENCH, ENGLISH)
    easy = next(bead for bead in found if bead.source == (2,))
    assert easy.confidence > 0.8
    assert all(0.0 <= bead.confidence <= 1.0 for bead in found)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"translation": ["x"]}, "the translation has 1 sentence, the source 7"),
        ({"back_translation": ["x"]}, "the back translation has 1 sentence, the target 8"),
        ({"boundaries": [(8, 1)]}, "outside"),
        ({"boundaries": [(2, 5), (4, 3)]}, "cross"),
        ({"locked": [Bead((1, 2), (1,)), Bead((2,), (2,))]}, "cuts the locked bead"),
        ({"locked": [Bead((1, 2), (1,))], "boundaries": [(2, 1)]}, "cuts the locked bead"),
        ({"locked": [Bead((9,), ())]}, "does not exist"),
    ],
)
def test_bad_input_is_explained(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(InputError) as caught:
        align(FRENCH, ENGLISH, **arguments)  # type: ignore[arg-type]
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"), [("max_merge", 0), ("max_merge", 9), ("window", 1), ("passes", 0), ("lexicon", "x")]
)
def test_bad_options_are_explained(name: str, value: object) -> None:
    with pytest.raises(InputError, match=name):
        AlignOptions(**{name: value})  # type: ignore[arg-type]


def test_paragraphs_speak_against_beads_that_cross_them() -> None:
    source = ["Le Conseil s'est réuni mardi.", "Il a adopté 3 résolutions.", "Le débat continue."]
    target = ["The Council met on Tuesday.", "It adopted three resolutions."]
    beads = align(source, target, paragraphs=([1, 1, 2], [1, 1])).beads
    assert [(bead.source, bead.target) for bead in beads] == [((0,), (0,)), ((1,), (1,)), ((2,), ())]


def test_a_paragraph_number_for_each_sentence() -> None:
    with pytest.raises(InputError, match="1 paragraph number for 2 sentences"):
        align(["Un.", "Deux."], ["One."], paragraphs=([1], [1]))
