"""What a page says of a pair beyond its texts: how sure it is, what the machine says now, what a memory had.

Two figures from 0 to 1 answer two questions, each from its own field:

    alignment     do exactly these segments belong together?   `Bead.confidence`: a probability
    translation   how good is the machine's text?              `Bead.quality`: good for an order, not a probability

Where the pair is known by construction the first question does not arise, where a person wrote the text the second
does not: a pair has two figures, one or none, and is as sure as the lower of them.

Accepted and edited texts stay when the model, the glossary or the options change; a reader should know that the machine
now has another proposal. Start reading at `certainties` and `says_else`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from aligner.model import REVIEWED, Bead, Bitext, Kind, Origin, wording

ALIGNMENT, TRANSLATION = "alignment", "translation"


@dataclass(frozen=True, slots=True)
class Certainty:
    """A figure from 0 to 1 and what it measures: `ALIGNMENT` or `TRANSLATION`."""

    value: float
    measure: str


def certainties(bead: Bead) -> tuple[Certainty, ...]:
    """The figures of a bead, as far as there are questions, the alignment's first.

    >>> certainties(Bead((0,), (0,), confidence=0.91, quality=0.6))
    (Certainty(value=0.91, measure='alignment'), Certainty(value=0.6, measure='translation'))
    >>> certainties(Bead((0,), (0,), kind=Kind.CONSTRUCTED, quality=0.6))
    (Certainty(value=0.6, measure='translation'),)
    """
    # The machine translated this very sentence: whether the two belong together is not in question.
    known = bead.kind is Kind.CONSTRUCTED and bead.confidence == 1.0
    alignment = () if known else (Certainty(bead.confidence, ALIGNMENT),)
    return alignment if bead.quality is None else (*alignment, Certainty(bead.quality, TRANSLATION))


def least(bead: Bead) -> Certainty | None:
    """The lower of a bead's figures; None where nothing about it is in question."""
    return min(certainties(bead), key=lambda each: each.value, default=None)


def means(beads: Iterable[Bead]) -> tuple[Certainty, ...]:
    """The mean of each figure that occurs among the beads, the alignment's first."""
    values: dict[str, list[float]] = {ALIGNMENT: [], TRANSLATION: []}
    for bead in beads:
        for each in certainties(bead):
            values[each.measure].append(each.value)
    return tuple(Certainty(sum(each) / len(each), measure) for measure, each in values.items() if each)


def doubtful_limits(beads: Iterable[Bead], below: float) -> dict[str, float]:
    """Under which value of each figure a bead is called doubtful.

    The alignment's is a probability: `below` is the limit. The qualities that one model can expect of itself are only
    good for an order (a weak model is unsure of everything), so at most the lowest tenth of a document is doubtful, and
    only under `below`.
    """
    qualities = sorted(bead.quality for bead in beads if bead.quality is not None)
    tenth = qualities[len(qualities) // 10] if qualities else 0.0
    return {ALIGNMENT: below, TRANSLATION: min(below, tenth)}


def says_else(bitext: Bitext, bead: Bead) -> bool:
    """Whether a person accepted or edited a bead's text and the machine now says something else."""
    return bead.status in REVIEWED and has_news(bitext, bead)


def has_news(bitext: Bitext, bead: Bead) -> bool:
    """The same for any status: whether the machine says something else than when the text was made.

    `Bead.machine` is what the machine says now; a text of the machine is compared with that. An edited text is the
    person's own and always another: there the question is whether the machine still says what the person had before
    them, the last text that aligner itself wrote for the sentence (`Bead.written`). Where that is not known, as of a
    human translation, there is no news.
    """
    said, text = wording(bead.machine or ""), wording(bitext.target_text(bead))
    if not bead.machine or not bead.target or said == text:
        return False
    if bead.origin is Origin.MACHINE:
        return True
    # A text taken from a memory was never the machine's, so it tells nothing about what the machine said.
    remembered = wording(bead.match.target) if bead.match else ""
    return bead.origin is Origin.HUMAN and bool(bead.written) and bead.written[-1] not in {said, remembered}


def match_line(bead: Bead) -> tuple[str, str] | None:
    """A label and a line of text on what a translation memory had; None where none had anything.

    What was found is shown unless the bead's target was taken from it.

    >>> from aligner.model import Match
    >>> match_line(Bead((0,), (0,), match=Match(83, "treaties.tmx", "u2", "Il a voté.", "He voted.")))
    ('Memory 83 %', 'Il a voté. → He voted. (treaties.tmx u2)')
    """
    match = bead.match
    if match is None:
        return None
    where = "; ".join(filter(None, [f"{match.memory} {match.unit}".strip(), match.note]))
    taken = bead.origin is Origin.MEMORY and match.score == 100
    return f"Memory {match.score} %", where if taken else f"{match.source} → {match.target} ({where})"
