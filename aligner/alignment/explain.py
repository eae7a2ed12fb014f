"""Explain: the evidence for one bead, and what else it might have been.

Start reading at `explain`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aligner.alignment.evidence import find_hits, telling
from aligner.alignment.features import TextPair, bead_features, null_features, rectangle
from aligner.alignment.front import DEFAULT, beads_at, judged_beads, locate
from aligner.alignment.given import UNKNOWN, Given, Paragraphs
from aligner.alignment.links import FULL, RENDERED
from aligner.alignment.meanings import Encoder
from aligner.alignment.options import AlignOptions
from aligner.alignment.search import Found, nodes
from aligner.alignment.weights import builtin_weights
from aligner.errors import InputError
from aligner.model import Bead

LEAST_PROBABLE = 0.005
"""Alternatives that are less probable are not told."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One feature of a bead: its value, the learned weight, and what both contribute to the score."""

    feature: str
    value: float
    weight: float

    @property
    def contribution(self) -> float:
        """Value times weight: above zero it speaks for the bead."""
        return self.value * self.weight


@dataclass(frozen=True, slots=True)
class WordLink:
    """Two words that speak for a bead."""

    source: str
    target: str
    strength: float
    """0 to 1."""
    rendered: bool
    """Whether one of the words is from a machine translation."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a bead was chosen."""

    bead: Bead
    reasons: tuple[Reason, ...]
    """The largest contributions first; they add up to the bead's score (runs of nulls cost something besides)."""
    words: tuple[WordLink, ...]
    """The strongest links between the words of both sides."""
    alternatives: tuple[Bead, ...]
    """Other beads with some of the same segments, the most probable first, with their scores and confidences."""


def explain(  # noqa: PLR0913 - as align, and a number
    source: Sequence[str],
    target: Sequence[str],
    number: int,
    *,
    translation: Sequence[str] | None = None,
    back_translation: Sequence[str] | None = None,
    options: AlignOptions = DEFAULT,
    boundaries: Sequence[tuple[int, int]] = (),
    locked: Sequence[Bead] = (),
    paragraphs: Paragraphs = UNKNOWN,
    encoders: Sequence[Encoder] = (),
) -> Explanation:
    """Align as `aligner.alignment.align` does and explain bead `number` of the result, counting from 0.

    >>> told = explain(["Le chat dort.", "Il a faim."], ["The cat is asleep.", "It is hungry."], 0)
    >>> [(link.source, link.target) for link in told.words][:1]
    [('chat', 'cat')]
    """
    given = Given(source, target, translation, back_translation, paragraphs, encoders)
    found = locate(given, options, boundaries, locked)
    if not 0 <= number < len(found.path):
        raise InputError(f"there is no bead {number}", hint=f"the alignment has beads 0 to {len(found.path) - 1}")
    end = nodes(found.path)[number]
    shape = found.path[number]
    bead = judged_beads(found)[number]
    return Explanation(bead, _reasons(found, shape, end), _words(found.pair, bead), _alternatives(found, bead, end))


def _reasons(found: Found, shape: tuple[int, int], end: tuple[int, int]) -> tuple[Reason, ...]:
    """The features of one bead."""
    (i, j), weights = end, builtin_weights()[found.pair.knowledge]
    if all(shape):
        # Not from the lattice, which keeps scores only: the rectangle of the bead's one node is weighed again.
        features, at = bead_features(rectangle(found.pair, (i, i + 1), (j, j + 1), shape), shape), 0
    else:
        text, at = (found.pair.source, i - 1) if shape[0] else (found.pair.target, j - 1)
        features = null_features(found.pair, text)
    values = {name: float(v.ravel()[at] if isinstance(v, np.ndarray) else v) for name, v in features.items()}
    reasons = (Reason(name, round(value, 4), weights.get(name, 0.0)) for name, value in values.items() if value)
    return tuple(sorted(reasons, key=lambda reason: (-abs(reason.contribution), reason.feature)))


def _words(pair: TextPair, bead: Bead) -> tuple[WordLink, ...]:
    """The links between the words of a bead, each pair of words once, the strongest first."""
    if bead.is_null:
        return ()
    source, target = pair.source.words, pair.target.words
    rows, columns = (bead.source[0], bead.source[-1] + 1), (bead.target[0], bead.target[-1] + 1)
    s_words = [source.corpus.vocabulary[token] for token in source.corpus.tokens[telling(source, rows)]]
    t_words = [target.corpus.vocabulary[token] for token in target.corpus.tokens[telling(target, columns)]]
    strengths: dict[tuple[str, str], int] = {}
    # The weakest come first, so of several meetings of two words the strongest stays.
    for u, w, strength in zip(*find_hits(source, target, pair.links, rows, columns), strict=True):
        strengths[s_words[u], t_words[w]] = int(strength)
    ranked = sorted(strengths.items(), key=lambda item: (-item[1], item[0]))
    return tuple(
        WordLink(
            s.removeprefix(RENDERED), t.removeprefix(RENDERED), round(strength / FULL, 2), RENDERED in (s[:1], t[:1])
        )
        for (s, t), strength in ranked
    )


def _alternatives(found: Found, bead: Bead, end: tuple[int, int]) -> tuple[Bead, ...]:
    """Other probable beads that share a segment with this one."""
    band, shapes = found.lattice.band, (*found.lattice.shapes, (1, 0), (0, 1))
    first = end[0] - len(bead.source)
    # No bead that ends farther down than the widest one reaches back can share a segment.
    last = first + len(bead.source) + max(max(shape) for shape in shapes)
    possible = [
        ((a, b), (i, j))
        for i in range(max(first - 1, 0), min(last, len(band.low) - 1) + 1)
        for j in range(int(band.low[i]), int(band.high[i]) + 1)
        for a, b in shapes
        if i >= a and j >= b and band.low[i - a] <= j - b <= band.high[i - a]
    ]
    others = (
        other
        for other in beads_at(found, [shape for shape, _ in possible], [node for _, node in possible])
        if other.confidence >= LEAST_PROBABLE
        and other != bead
        and not (set(other.source).isdisjoint(bead.source) and set(other.target).isdisjoint(bead.target))
    )
    return tuple(sorted(others, key=lambda one: (-one.confidence, one.source, one.target)))
