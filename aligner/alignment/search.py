"""The search: anchors, a rough pass, exact passes, confidences.

1. Words are numbered, weighed and linked (`links`, `evidence`).
2. Rare words vote for anchors (`anchors`), which give the first band.
3. A pass scores every bead in the band and finds the best path (`scoring`, `viterbi`). The path teaches the next pass
   how common each shape is, how long translations are and which words go together; the band closes around it.
4. After the last pass, sums over all paths give each bead its probability (`posterior`).

Start reading at `search`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from aligner.alignment.anchors import find_anchors
from aligner.alignment.band import make_band
from aligner.alignment.evidence import WeighedText, chance_rates, first_rates, weigh
from aligner.alignment.features import NULL, Text, TextPair
from aligner.alignment.given import Given
from aligner.alignment.lattice import Lattice, Shapes
from aligner.alignment.lengths import Lengths, learn_lengths
from aligner.alignment.lexicon import find_lexicon
from aligner.alignment.links import RENDERED, add_links, are_rendered, link_words, rendered_corpus
from aligner.alignment.marks import read_marks
from aligner.alignment.meanings import find_meanings
from aligner.alignment.options import AlignOptions
from aligner.alignment.pairs import learn_words
from aligner.alignment.posterior import Posterior, sum_paths
from aligner.alignment.scoring import Limits, make_limits, score_lattice
from aligner.alignment.viterbi import best_path
from aligner.alignment.weights import AllWeights, Weights, builtin_weights
from aligner.alignment.words import fold_all

_NUMBER = re.compile(r"\d+")
Path = list[tuple[int, int]]
ROUGH: Shapes = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2))
ENOUGH = 20
"""With so many anchors, they tell how good the translation is before the first pass."""
SURE = 0.9
"""A pass that expects so large a share of the shorter text to be right need not be compared with any other."""
CLOSE = 4
"""Segments between two anchors, as many on both sides and not more than these, are taken to go one to one."""
USUAL: Mapping[tuple[int, int], float] = {(1, 1): 0.85, (0, 0): 0.04, (1, 2): 0.04, (2, 1): 0.04}
"""How common shapes are before anything is known; 0.005 for all others."""


@dataclass(frozen=True, slots=True)
class Found:
    """The outcome of a search: the path, and the lattice it was found in."""

    path: Path
    pair: TextPair
    lattice: Lattice
    posterior: Posterior


def search(
    given: Given,
    options: AlignOptions,
    walls: Sequence[tuple[int, int]] = (),
    alone: tuple[Sequence[int], Sequence[int]] = ((), ()),
    weights: AllWeights | None = None,
) -> Found:
    """Find the best path through `walls` (nodes that every path must visit) that leaves the segments `alone` alone."""
    limits = make_limits(given.size, walls, alone, options.nulls)
    first = prepare_pair(given, options)
    chosen = (weights or builtin_weights())[first.knowledge]
    first, path = rough_path(first, given, options, chosen, limits)
    found = _look(learn(first, path, options.shapes()), path, options, chosen, limits)
    if expected_right(found) < SURE * min(given.size):
        found = _better(_look(first, path, options, chosen, limits), found)
    for _ in range(1, options.passes or (1 if first.informed else 2)):
        # Always from the first pair, never from what an earlier path taught: it would confirm itself.
        pair = learn(first, found.path, options.shapes())
        found = _better(found, _look(pair, found.path, options, chosen, limits))
    return found


def _better(found: Found, taught: Found) -> Found:
    """What a pass found if it explains the texts better than the pass before; otherwise what that one found.

    A pass that learned from wrong beads finds more of them.
    """
    return taught if expected_right(taught) >= expected_right(found) else found


def _look(pair: TextPair, path: Path, options: AlignOptions, weights: Weights, limits: Limits) -> Found:
    """An exact pass around a path, with all shapes."""
    size = pair.source.words.corpus.sentences, pair.target.words.corpus.sentences
    band = make_band(nodes(path), size, max(options.window // 2, 2), limits.walls)
    lattice = score_lattice(pair, band, options.shapes(), weights, limits)
    return Found(best_path(lattice), pair, lattice, sum_paths(lattice))


def expected_right(found: Found) -> float:
    """How many of the pairs that were found are right, as far as the search can tell: their probabilities summed.

    Of two passes the one with the larger sum explains the texts better. Nulls do not count: a path of many nulls would
    be sure of itself.
    """
    shapes, ends = np.array(found.path, dtype=np.int64).reshape(-1, 2), nodes(found.path)
    at, right = np.array(ends, dtype=np.int64).reshape(-1, 2), 0.0
    for shape in {shape for shape in found.path if all(shape)}:
        i, j = at[(shapes == shape).all(axis=1)].T
        right += float(found.posterior.probabilities(i, j, shape).sum())
    return right


def rough_path(
    pair: TextPair, given: Given, options: AlignOptions, weights: Weights, limits: Limits
) -> tuple[TextPair, Path]:
    """The first pass: around the anchors, with few shapes, knowing nothing about this pair yet."""
    size = given.size
    neighbours = pair.meanings.neighbours if pair.meanings else ()
    anchors = find_anchors(pair.source.words.corpus, pair.target.words.corpus, pair.links, neighbours)
    if given.is_rendered and len(anchors) >= ENOUGH:
        pair = _judge_translation(pair, anchors, size)
    # An anchor is a bead: the path passes the node before it and the node behind it.
    points = sorted({node for i, j in anchors for node in ((i, j), (i + 1, j + 1))})
    band = make_band(points, size, options.window, limits.walls)
    shapes = tuple(shape for shape in ROUGH if shape in options.shapes())
    return pair, best_path(score_lattice(pair, band, shapes, weights, limits))


def _judge_translation(pair: TextPair, anchors: Path, size: tuple[int, int]) -> TextPair:
    """Find out from the anchors how often a translation's words are right; the other words keep their first rates.

    The path to learn from has the anchors, and what stands between close anchors one to one; all else is skipped.
    """
    path: Path = []
    i = j = 0
    for k, m in (*anchors, size):
        path += [(1, 1)] * (k - i) if k - i == m - j <= CLOSE else [(1, 0)] * (k - i) + [(0, 1)] * (m - j)
        path.append((1, 1))
        i, j = k + 1, m + 1
    path.pop()  # the end of both texts is not an anchor

    source, target = pair.source.words.corpus, pair.target.words.corpus
    true, chance = first_rates(source, target, pair.links), chance_rates(source, target, pair.links)
    lesson = learn_words(source, target, pair.links, path)
    # Only the translation's words are judged so early: how often they are right differs much from model to model.
    s_words = weigh(source, np.where(are_rendered(source), lesson.source, true[0]), chance[0])
    t_words = weigh(target, np.where(are_rendered(target), lesson.target, true[1]), chance[1])
    return replace(pair, source=replace(pair.source, words=s_words), target=replace(pair.target, words=t_words))


def prepare_pair(given: Given, options: AlignOptions) -> TextPair:
    """Number, weigh and link the words; nothing is known yet about shapes and lengths."""
    s_words = rendered_corpus(given.source, given.translation)
    t_words = rendered_corpus(given.target, given.back_translation)
    lexicon = None
    if options.lexicon == "auto":
        # Judged by the texts' own words: a machine translation would make the lexicon fit any pair.
        own = [[word for word in side.vocabulary if not word.startswith(RENDERED)] for side in (s_words, t_words)]
        lexicon = find_lexicon(own[0], own[1])
    links = link_words(s_words, t_words, lexicon)
    priors = {shape: float(np.log(USUAL.get(shape, 0.005))) for shape in (NULL, *options.shapes())}
    chance, true = chance_rates(s_words, t_words, links), first_rates(s_words, t_words, links)
    s_text = _text(given.source, weigh(s_words, true[0], chance[0]), given.paragraphs[0])
    t_text = _text(given.target, weigh(t_words, true[1], chance[1]), given.paragraphs[1])
    informed = lexicon is not None or given.is_rendered
    meanings = None
    if options.embeddings == "always" or (options.embeddings == "auto" and not informed):
        meanings = find_meanings(given.source, given.target, given.encoders, options.max_merge)
    # Chinese says in one letter what English says in three: where nothing else is known, the whole texts tell. A text
    # that lacks whole chapters would tell wrongly, so words, where they help, are trusted more.
    lengths = Lengths() if informed else Lengths(float((t_text.lengths[-1] + 50) / (s_text.lengths[-1] + 50)))
    return TextPair(s_text, t_text, links, lengths, priors, informed=informed, meanings=meanings)


def _text(sentences: Sequence[str], words: WeighedText, paragraphs: Sequence[int]) -> Text:
    """One side of a pair, with what its lines look like."""
    lengths = np.concatenate([[0.0], np.cumsum([float(len(s)) for s in sentences])])
    # Numbers aside, because running headers carry the number of their page.
    plain = [_NUMBER.sub("0", sentence) for sentence in fold_all(sentences)]
    counts = Counter(plain)
    repeated = np.array([counts[sentence] >= 3 for sentence in plain], dtype=np.bool_)
    numbers = np.array(paragraphs or [0] * len(sentences), dtype=np.int64)
    borders = np.cumsum(np.diff(numbers, prepend=numbers[:1]) != 0)
    return Text(words, read_marks(sentences), lengths, repeated, borders)


def learn(pair: TextPair, path: Path, shapes: Shapes) -> TextPair:
    """What a path teaches: how common shapes are, how long translations are, and what goes with which words."""
    counts = Counter(shape if all(shape) else NULL for shape in path)
    # As if forty beads with the usual shapes had been seen before: a shape missing from a short text is not impossible.
    total, strength = len(path), 40.0
    priors = {
        shape: float(np.log((counts[shape] + strength * USUAL.get(shape, 0.005)) / (total + strength)))
        for shape in (NULL, *shapes)
    }
    ends = np.array(nodes(path), dtype=np.int64).reshape(-1, 2)
    starts = ends - np.array(path, dtype=np.int64).reshape(-1, 2)
    full = np.array([bool(a and b) for a, b in path], dtype=np.bool_)
    s, t = pair.source.lengths, pair.target.lengths
    lengths = learn_lengths((s[ends[:, 0]] - s[starts[:, 0]])[full], (t[ends[:, 1]] - t[starts[:, 1]])[full])

    source, target = pair.source.words.corpus, pair.target.words.corpus
    lesson = learn_words(source, target, pair.links, path)
    links = add_links(pair.links, lesson.learned)
    chance = chance_rates(source, target, links)  # with the new links: they, too, are met by chance
    # A word that nothing is linked to can never be accounted for: it tells nothing, for or against any bead.
    s_linked, t_linked = links.linked(len(target.vocabulary))
    s_words = weigh(source, np.where(s_linked, lesson.source, 0.0), chance[0])
    t_words = weigh(target, np.where(t_linked, lesson.target, 0.0), chance[1])
    s_text, t_text = replace(pair.source, words=s_words), replace(pair.target, words=t_words)
    return replace(pair, source=s_text, target=t_text, links=links, lengths=lengths, priors=priors)


def nodes(path: Path) -> Path:
    """The node at the end of each bead.

    >>> nodes([(1, 1), (2, 1), (0, 1)])
    [(1, 1), (3, 2), (3, 3)]
    """
    i = j = 0
    ends = []
    for a, b in path:
        i, j = i + a, j + b
        ends.append((i, j))
    return ends
