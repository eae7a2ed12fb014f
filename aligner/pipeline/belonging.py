"""Whether two texts belong together, as far as their pairs tell.

The aligner's confidence says which of several ways to pair two texts is the likeliest, given that they are
translations; of texts that are not, one way is as likely as another, and in a short text there are few. Where nothing
in a bead corresponds, that is the better witness. Start reading at `doubted` and `question`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from aligner.checks.findings import Pair
from aligner.checks.presence import nothing_corresponds
from aligner.errors import counted
from aligner.languages.pair import find_pair
from aligner.model import Bead, Kind, Segment

NOTHING_CORRESPONDS = 0.2
"""Of beads in which nothing corresponds at most so many are right: on the development texts .5 % of those that are
right have this fault, and 75 % of those that are not, of which an alignment has one in thirty."""
DOUBTFUL = 0.45
"""Below this mean confidence, texts are asked about; of texts that belong together it is above .6."""


def doubted(
    beads: Iterable[Bead], source: Sequence[Segment], target: Sequence[Segment], languages: tuple[str, str]
) -> list[Bead]:
    """The beads; those in which nothing corresponds are not sure, unless somebody made them so."""
    pair = find_pair(*languages)
    asked = [(bead, Pair(_text(source, bead.source), _text(target, bead.target), languages=pair)) for bead in beads]
    open_to_doubt = [each for each in asked if each[0].kind is Kind.ALIGNED and not each[0].is_null]
    doubtful = [bead for bead, texts in open_to_doubt if nothing_corresponds(texts)]
    # A word or two say nothing by themselves; among sentences of which most have nothing in common they do.
    if len(doubtful) > 1 and 2 * len(doubtful) >= len(open_to_doubt):
        doubtful = [bead for bead, texts in open_to_doubt if nothing_corresponds(texts, least=1)]
    lowered = {
        id(bead): replace(bead, confidence=NOTHING_CORRESPONDS, related=_less_related(bead))
        for bead in doubtful
        if bead.confidence > NOTHING_CORRESPONDS
    }
    return [lowered.get(id(bead), bead) for bead, _ in asked]


def _less_related(bead: Bead) -> float | None:
    """How probably the sides are related, lowered with the confidence: how clear their places are, stays as it was."""
    return None if bead.related is None else round(bead.related * NOTHING_CORRESPONDS / bead.confidence, 4)


def _text(segments: Sequence[Segment], indices: Sequence[int]) -> str:
    return " ".join(segments[i].text for i in indices)


def question(beads: Iterable[Bead]) -> str:
    """A sentence that asks whether two texts belong together, where their alignment leaves it in doubt; else empty.

    >>> question([Bead((0,), (0,), confidence=0.2), Bead((1,), (1,), confidence=0.28), Bead((2,), ())])
    '2 pairs, mean confidence 0.24: do these texts belong together?'
    """
    made = [bead for bead in beads if bead.kind is not Kind.EXCLUDED]
    pairs = [bead for bead in made if not bead.is_null]
    if not pairs:
        return "no pairs: do these texts belong together?" if len(made) > 1 else ""
    mean = sum(bead.confidence for bead in pairs) / len(pairs)
    if mean >= DOUBTFUL:
        return ""
    return f"{counted(len(pairs), 'pair')}, mean confidence {mean:.2f}: do these texts belong together?"
