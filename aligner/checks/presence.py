"""Presence: a translation is there, and its length is plausible.

The length check compares character counts. English runs a little shorter than French; the logarithm of the ratio is
roughly normal, and short segments scatter more (Gale & Church 1993, "A Program for Aligning Sentences in Bilingual
Corpora"). A few characters added to both sides damp that scatter.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from aligner.checks.findings import Pair, Remark
from aligner.checks.lexical import has_counterpart, renderings, stems_of
from aligner.checks.markup import without_code
from aligner.checks.names import is_list_of_names, without_addresses
from aligner.errors import counted
from aligner.languages.figures import values
from aligner.languages.words import Span, words

RATIO = 0.94
"""Characters of English for one of French."""
SLACK = 20
"""Characters added to both sides."""
_LEAST_KNOWN, _MANY = 2, 4
"""Content words that the lexicon must know before their lack says that nothing corresponds; and that it is sure of."""
_ALIKE = 4
"""Letters in which words of both languages may agree."""
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


def unrelated(pair: Pair) -> Iterator[Remark]:
    """Nothing in the target corresponds to anything in the source: no word, number or name.

    Example: Mettez la farine, le sel et l'eau froide. → The last train leaves at noon.
    """
    if nothing_corresponds(pair, least=_MANY):
        spans = Span(0, len(pair.source)), Span(0, len(pair.target))
        yield Remark("nothing in the two texts corresponds", (spans[0],), (spans[1],))


def nothing_corresponds(pair: Pair, *, least: int = _LEAST_KNOWN) -> bool:
    """Whether two texts, each of `least` words or more and most of them known to the lexicon, have none in common.

    Of pairs without a lexicon nothing can be said, nor of a single word, which may be said in any way.
    """
    known = renderings(pair.languages)
    if not known:
        return False
    here, there = pair.languages.source, pair.languages.target
    said = _content(pair.source, pair.languages.source_words | here.others)
    other = _content(pair.target, pair.languages.target_words | there.others)
    looked_up = [key for key in said if key in known]
    if min(len(looked_up), len(other)) < least or len(looked_up) < len(said) / 2:
        return False
    if values(pair.source, here) & values(pair.target, there):
        return False
    present = frozenset(other)
    stems = stems_of(present)
    alike = any(key in present or has_counterpart(key, present, stems, pair.languages) for key in said)
    # Names in another spelling (*Platon*, *Plato*) and words that grew out of one another.
    alike = alike or any(key[:_ALIKE] == word[:_ALIKE] for key in said for word in other if len(key) >= _ALIKE)
    return not alike


def _content(text: str, function_words: frozenset[str]) -> list[str]:
    """The words of a text but for function words and numbers, folded."""
    found = (word.key for word in words(without_code(text)) if word.text.isalpha())
    return [key for key in found if len(key) > 2 and key not in function_words]
