"""The parts of the aligner, one by one."""

from __future__ import annotations

import numpy as np
import pytest

from aligner.alignment.anchors import find_anchors
from aligner.alignment.band import LARGEST, make_band
from aligner.alignment.evidence import chance_rates, coverage, first_rates, weigh
from aligner.alignment.lengths import Lengths, learn_lengths
from aligner.alignment.lexicon import builtin_lexicons, find_lexicon, parse_lexicon
from aligner.alignment.links import RENDERED, Links, link_words, rendered_corpus
from aligner.alignment.pairs import learn_words
from aligner.alignment.words import Corpus, fold_all, folded_words, number_words, split_words


def corpora(source: list[str], target: list[str]) -> tuple[Corpus, Corpus]:
    return rendered_corpus(source, None), number_words(split_words(target))


def linked(links: Links, source: Corpus, target: Corpus) -> dict[tuple[str, str], float]:
    found = {}
    for number, word in enumerate(source.vocabulary):
        for at in range(links.starts[number], links.starts[number + 1]):
            found[word, target.vocabulary[links.targets[at]]] = links.strengths[at] / 255
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’Œuvre, c'est 1 234,5 €.", ["l", "oeuvre", "c", "est", "1", "234", "5"]),
        ("Straße ÉTÉ ﬁn", ["strasse", "ete", "fin"]),
        ("2024年の夏", ["2024", "年", "の", "夏"]),
        ("snake_case a1b2", ["snake", "case", "a", "1", "b", "2"]),
        ("", []),
        ("…!?", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert folded_words(text) == expected


def test_folding_many_keeps_their_number() -> None:
    assert fold_all(["Été\nfin", "", "B"]) == ["ete fin", "", "b"]
    assert fold_all([]) == []


def test_the_lexicon_of_the_package_knows_common_words() -> None:
    (lexicon,) = builtin_lexicons()
    best = {word: renderings[0][0] for word, renderings in lexicon.entries.items() if renderings}
    assert [best[word] for word in ("chien", "maison", "toujours", "eau")] == ["dog", "house", "always", "water"]


def test_the_lexicon_is_chosen_by_the_words() -> None:
    french, english = folded_words("le chien dort dans la maison"), folded_words("the dog sleeps in the house")
    swedish = folded_words("hunden sover gott under trappan idag")
    there, back = find_lexicon(french, english), find_lexicon(english, french)
    assert there is not None
    assert back is not None
    assert "chien" in there.entries
    assert "dog" in back.entries
    assert find_lexicon(swedish, folded_words("psi spia pod schodami")) is None


def test_reversing_a_lexicon() -> None:
    lexicon = parse_lexicon("a\tx 50\ty 10\nb\tx 20\n")
    assert lexicon.reversed().entries["x"] == [("a", 0.5), ("b", 0.2)]


def test_links_by_spelling_lexicon_and_translation() -> None:
    source = rendered_corpus(["Paul nationale 1957 semaines chat"], ["Paul dogs cat"])
    target = number_words(split_words(["Paul national 1957 week dogs"]))
    found = linked(link_words(source, target, parse_lexicon("semaine\tweek 60\n")), source, target)
    assert found["1957", "1957"] == 1.0
    assert found["paul", "paul"] > 0.8
    assert 0.5 < found["nationale", "national"] < 1.0
    assert 0.5 < found["semaines", "week"] < 1.0
    assert found[RENDERED + "dogs", "dogs"] == 1.0
    assert not any(word == "chat" for word, _ in found)


def test_a_word_of_a_translation_counts_once() -> None:
    corpus = rendered_corpus(["a"], ["the notice of the notice of the notice"])
    assert [corpus.vocabulary[token] for token in corpus.tokens] == [
        "a",
        *(RENDERED + w for w in ("the", "notice", "of")),
    ]


def test_coverage_counts_a_target_word_once() -> None:
    source, target = corpora(["Zanzibar Quito", "Zanzibar Lima", "Rome"], ["Zanzibar Lima Quito", "Paris"])
    links = link_words(source, target, None)
    chance, true = chance_rates(source, target, links), first_rates(source, target, links)
    s, t = weigh(source, true[0], chance[0]), weigh(target, true[1], chance[1])
    cover = coverage(s, t, links, (0, 3), (0, 2), (2, 1))
    of_first = {word: s.weights[at] for at, word in enumerate(("zanzibar", "quito"))}
    assert cover.source[0][0, 0] == pytest.approx(of_first["zanzibar"] * 1.0 + of_first["quito"] * 1.0, rel=0.2)
    assert cover.target[1][0, 0] == pytest.approx(float(t.mass[0]), rel=0.25)
    assert cover.target[0][0, 0] < cover.target[1][0, 0] < cover.target[0][0, 0] + cover.target[0][1, 0]
    assert cover.target[0][:, 1].tolist() == [0.0, 0.0, 0.0]


def test_words_without_links_weigh_nothing() -> None:
    source, target = corpora(["xyzzy Quito"], ["Quito plugh"])
    links = link_words(source, target, None)
    chance, true = chance_rates(source, target, links), first_rates(source, target, links)
    assert (weigh(source, true[0], chance[0]).weights > 0).tolist() == [False, True]


def test_rare_words_anchor_and_repeated_lines_do_not() -> None:
    names = [f"Mot{chr(97 + n % 26)}{chr(97 + n // 26)}xyz" for n in range(40)]
    source, target = corpora(
        [f"{name} arrive" if n % 4 else "Page suivante Zorglub" for n, name in enumerate(names)],
        [f"{name} comes" if n % 4 else "Next page Zorglub" for n, name in enumerate(names)],
    )
    anchors = find_anchors(source, target, link_words(source, target, None))
    assert all(i == j for i, j in anchors)
    assert {i for i, _ in anchors} == {n for n in range(40) if n % 4}


def test_a_text_that_repeats_itself_is_still_anchored() -> None:
    names = [f"Nom{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}q" for n in range(200)]
    source, target = corpora([f"{name} arrive" for name in names] * 10, [f"{name} comes" for name in names] * 10)
    anchors = find_anchors(source, target, link_words(source, target, None))
    assert len(anchors) > 1500
    assert all(i == j for i, j in anchors)


def test_the_band_holds_a_skipped_block() -> None:
    band = make_band([(10, 10), (11, 61)], (21, 71), 2)
    assert band.low[10] <= 10
    assert band.high[11] >= 61
    assert (np.diff(band.low) >= 0).all()
    assert (np.diff(band.high) >= 0).all()


def test_a_band_ignores_points_that_contradict_a_wall() -> None:
    band = make_band([(5, 1)], (10, 10), 1, walls=[(5, 8)])
    assert band.low[5] <= 8 <= band.high[5]
    assert band.low[6] >= 8
    assert band.high[4] <= 8


def test_lengths_learn_ratio_and_spread() -> None:
    source = np.linspace(20, 200, 200)
    learned = learn_lengths(source, source * 1.3)
    assert learned.ratio == pytest.approx(1.3, abs=0.01)
    assert learned.variance < Lengths().variance
    assert learn_lengths(source[:3], source[:3]) == Lengths()


def test_pairs_learn_names_from_the_path() -> None:
    letters = [chr(97 + n) * 4 for n in range(24)]
    source = [f"{('Wojtek', 'Gosia', 'Basia', 'Jurek')[n % 4]} {letter}o" for n, letter in enumerate(letters)]
    target = [f"{('Albert', 'Susan', 'Betty', 'George')[n % 4]} {letter}z" for n, letter in enumerate(letters)]
    s, t = corpora(source, target)
    lesson = learn_words(s, t, link_words(s, t, None), [(1, 1)] * 24)
    learned = {(s.vocabulary[a], t.vocabulary[b]) for a, row in lesson.learned.items() for b in row}
    assert learned == {("wojtek", "albert"), ("gosia", "susan"), ("basia", "betty"), ("jurek", "george")}
    assert lesson.source[s.vocabulary.index("gosia")] > lesson.source[s.vocabulary.index("aaaao")]


def test_words_in_nulls_count_as_not_accounted_for() -> None:
    s, t = corpora(["Paul arrive", "Paul part", "Paul dort"], ["Paul comes", "Anna leaves", "Paul sleeps"])
    links = link_words(s, t, None)
    all_paired = learn_words(s, t, links, [(1, 1)] * 3)
    with_nulls = learn_words(s, t, links, [(1, 1), (1, 0), (0, 1), (1, 0), (0, 1)])
    paul = s.vocabulary.index("paul")
    assert with_nulls.source[paul] < all_paired.source[paul]


def test_a_band_over_a_very_large_gap_stays_narrow() -> None:
    band = make_band([], (3000, 60_000), 6)
    assert LARGEST < 3000 * (60_000 - 3000)
    assert int(band.starts[-1]) < 1_500_000
    assert band.low[0] == 0
    assert band.high[0] >= 57_000  # all that is too much can be skipped at once, at the start
    assert band.high[-1] == 60_000
    assert (band.low[1:] <= band.high[:-1] + 1).all()


def test_a_band_over_a_very_large_gap_in_the_target_stays_narrow() -> None:
    band = make_band([], (60_000, 3000), 6)
    assert int(band.starts[-1]) < 8_000_000
    assert band.low[57_000] == 0
    assert (band.low[0], band.high[-1]) == (0, 3000)


def test_a_band_holds_what_one_side_lacks_wherever_it_is() -> None:
    for size in ((30, 400), (400, 30)):
        band, long = make_band([], size, 2), max(size) - min(size)
        for before in range(31):
            corners = ((before, before), (before + long, before) if size[0] > size[1] else (before, before + long))
            assert all(band.low[i] <= j <= band.high[i] for i, j in corners), (size, before)


def test_links_of_both_translations() -> None:
    source = rendered_corpus(["chat gris"], ["grey cat"])
    target = rendered_corpus(["a grey cat"], ["un chat"])
    found = linked(link_words(source, target, None), source, target)
    assert found[RENDERED + "cat", "cat"] == 1.0
    assert found["chat", RENDERED + "chat"] == 1.0
    assert not any(s.startswith(RENDERED) and t.startswith(RENDERED) for s, t in found)
