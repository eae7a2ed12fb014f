"""Scores of an alignment against a gold standard.

``strict``  a bead is right when the very same bead is in the gold standard
``lax``     a bead with both sides is right when one of its sentence pairs is linked in the gold standard
``link``    over pairs of sentences

Precision of strict and lax counts all beads of the test, nulls included; recall counts the gold beads that have both
sides (Sennrich & Volk 2010, "MT-based Sentence Alignment for OCR-generated Parallel Texts"; Thompson & Koehn 2019).
Several documents are scored together by adding their counts. Start reading at `score_alignments`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from aligner.alignment.result import Alignment

Pair = tuple[tuple[int, ...], tuple[int, ...]]
"""The source and target indices of a bead. Unlike a `Bead`, a gold standard's may cross others and have holes."""
Pairs = Collection[Pair]


@dataclass(frozen=True, slots=True)
class Rate:
    """Precision and recall, 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean.

        >>> round(Rate(0.5, 1.0).f1, 3)
        0.667
        """
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class AlignmentScore:
    """How well one or more alignments agree with the gold standard."""

    strict: Rate
    lax: Rate
    link: Rate
    gold_beads: int
    """Gold beads with both sides."""
    test_beads: int
    """Beads of the test, nulls included."""


def score_alignment(gold: Alignment, test: Alignment) -> AlignmentScore:
    """Score one alignment.

    >>> from aligner.model import Bead
    >>> gold = Alignment((Bead((0,), (0,)), Bead((1, 2), (1,))), 3, 2)
    >>> test = Alignment((Bead((0,), (0,)), Bead((1,), (1,)), Bead((2,), ())), 3, 2)
    >>> score = score_alignment(gold, test)
    >>> round(score.strict.precision, 2), score.strict.recall, round(score.lax.precision, 2), score.lax.recall
    (0.33, 0.5, 0.67, 1.0)
    """
    return score_alignments([gold], [test])


def score_alignments(gold: Sequence[Alignment], test: Sequence[Alignment]) -> AlignmentScore:
    """Score several documents together (micro-average)."""
    sides = ([[(bead.source, bead.target) for bead in one] for one in alignments] for alignments in (gold, test))
    return score_pairs(*sides)


def score_pairs(gold: Sequence[Pairs], test: Sequence[Pairs]) -> AlignmentScore:
    """Score several documents given as pairs of index tuples, for gold standards that are not monotone."""
    p, r, links = np.zeros(3, np.int64), np.zeros(3, np.int64), np.zeros(3, np.int64)
    for g, t in zip(gold, test, strict=True):
        p += _hits(t, g)
        # Recall is over beads with both sides only, as in the papers: their tables are compared with ours.
        r += _hits([pair for pair in g if all(pair)], [pair for pair in t if all(pair)])
        ours, theirs = _links(t), _links(g)
        links += len(ours & theirs), len(ours), len(theirs)
    return AlignmentScore(
        strict=Rate(_ratio(p[1], p[0]), _ratio(r[1], r[0])),
        lax=Rate(_ratio(p[2], p[0]), _ratio(r[2], r[0])),
        link=Rate(_ratio(links[0], links[1]), _ratio(links[0], links[2])),
        gold_beads=int(r[0]),
        test_beads=int(p[0]),
    )


def _hits(pairs: Pairs, reference: Pairs) -> tuple[int, int, int]:
    """How many beads, how many of them strictly right, how many laxly."""
    known, linked = set(reference), _links(reference)
    found = {pair for pair in pairs if pair[0] or pair[1]}
    strict = [pair for pair in found if pair in known]
    # A null links nothing, so it is laxly right only where it is strictly right.
    lax = [pair for pair in found if pair in known or not linked.isdisjoint(_links([pair]))]
    return len(found), len(strict), len(lax)


def _links(pairs: Pairs) -> set[tuple[int, int]]:
    """The pairs of sentences in beads."""
    return {(i, j) for source, target in pairs for i in source for j in target}


def _ratio(part: int, whole: int) -> float:
    return int(part) / int(whole) if whole else 0.0
