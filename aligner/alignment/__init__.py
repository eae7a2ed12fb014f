"""Sentence alignment: which segments of two texts correspond.

`align` is the front door, `AlignOptions` its options, `score_alignment` measures against a gold standard. The method:
a linear model over lexical, length and shape features of beads, searched exactly on a banded lattice in linear time
(``docs/algorithm.md``). Modules in the order of the flow: words, lexicon, links, evidence, marks, lengths, anchors,
band, features, scoring, lattice, viterbi, posterior, search, given, front, explain.
"""

from aligner.alignment.explain import Explanation, explain
from aligner.alignment.front import align
from aligner.alignment.options import AlignOptions
from aligner.alignment.score import AlignmentScore, score_alignment, score_alignments, score_pairs
from aligner.alignment.weights import method_fingerprint

__all__ = [
    "AlignOptions",
    "AlignmentScore",
    "Explanation",
    "align",
    "explain",
    "method_fingerprint",
    "score_alignment",
    "score_alignments",
    "score_pairs",
]
