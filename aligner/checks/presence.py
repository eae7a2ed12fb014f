"""Presence: a translation is there, and its length is plausible.

The length check compares character counts. English runs a little shorter than French; the logarithm of the ratio is
roughly normal, and short segments scatter more (Gale & Church 1993, "A Program for Aligning Sentences in Bilingual
Corpora"). A few characters added to both sides damp that scatter.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from aligner.checks.findings import Pair, Remark
from aligner.checks.names import is_list_of_names, without_addresses
from aligner.errors import counted
from aligner.languages.words import Span, words

RATIO = 0.94
"""Characters of English for one of French."""
SLACK = 20
"""Characters added to both sides."""
LONGEST, SHORTEST = 1.7, 0.55
"""The damped ratio, relative to `RATIO`, beyond which a length is suspicious."""


def empty(pair: Pair) -> Iterator[Remark]:
    """The source has words and the target is empty.

    Example: Le ministre est arrivé. → (nothing)
    """
    if pair.source.strip() and not pair.target.strip():
        yield Remark("there is no translation", source=(Span(0, len(pair.source)),))


def added(pair: Pair) -> Iterator[Remark]:
    """The target has words and nothing corresponds to them in the source.

    Example: (nothing) → The minister has arrived.
    """
    if pair.target.strip() and not pair.source.strip():
        yield Remark("nothing in the source corresponds", target=(Span(0, len(pair.target)),))


def identical(pair: Pair) -> Iterator[Remark]:
    """The target is the source unchanged, although it has words in small letters, or only lost accents.

    Example: Il pleut. → Il pleut.
    """
    before, after = words(pair.source), words(pair.target)
    if sum(map(str.isalpha, pair.source)) <= 4 or [word.key for word in before] != [word.key for word in after]:
        return
    small = [w for w in words(without_addresses(pair.source)) if w.text.islower() and len(w.text) > 1]
    # A heading in capitals has no small letters to tell a name by; but a name keeps its accents.
    accents_lost = pair.source.isupper() and any(
        one.text.casefold() != other.text.casefold() for one, other in zip(before, after, strict=True)
    )
    if (small and not is_list_of_names(pair.source)) or accents_lost:
        yield Remark("the target is the source unchanged", target=(Span(0, len(pair.target)),))


def length(pair: Pair) -> Iterator[Remark]:
    """The target is much longer or shorter than the source lets expect; short segments may differ more.

    Example: Il a parlé devant le conseil de la situation dans le nord du pays. → He spoke.
    """
    if not pair.source.strip() or not pair.target.strip():
        return
    # In logarithms twice as long is as far off as half as long.
    change = math.log((len(pair.target) + SLACK) / (RATIO * len(pair.source) + SLACK))
    if not math.log(SHORTEST) <= change <= math.log(LONGEST):
        kind = "long" if change > 0 else "short"
        counts = f"{counted(len(pair.target), 'character')} for {len(pair.source)}"
        yield Remark(f"the target is very {kind}: {counts}", target=(Span(0, len(pair.target)),))
