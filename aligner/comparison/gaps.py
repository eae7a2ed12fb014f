"""What stands between pairs already found: the part of the matching that has to look at the texts.

    old gap   A  B  C        the source texts joined are the same, or the texts are: cut where both are cut
    new gap   A  BC  D       otherwise: equal texts first, then the aligner, the old text being its own translation

So sentences that were split or joined stay together (``B C → BC``), and only what has no likeness at all stays alone.
Start reading at `fill`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from aligner.comparison.cuts import Cut, common_cuts
from aligner.comparison.differences import ComparedUnit, Matched
from aligner.text.subsequence import matches

Units = Sequence[ComparedUnit]
Gap = tuple[list[int], list[int]]
"""Indices of old and of new units, rising."""
LIKE = 0.15
"""Share of words in common from which two texts at the same place are one text that was changed."""
ALIKE = 0.5
"""The same for several texts in a row: from here they are paired one by one without asking the aligner."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Group:
    """Indices of old and new units that belong together, and why."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    matched: Matched


def fill(old: Units, new: Units, gaps: Sequence[Gap]) -> list[Group]:
    """Pair what can be paired in each gap; the rest is not in the answer."""
    groups: list[Group] = []
    left: list[Gap] = []
    for gap in gaps:
        # Sources first: a sentence that was translated again may share no word with the old one.
        sources = [old[i].source for i in gap[0]], [new[j].source for j in gap[1]]
        cut = common_cuts(*sources) if all(map(all, sources)) else []
        groups += _grouped(gap, cut, Matched.SOURCE)
        found, rests = _by_text(old, new, _rest(gap, cut))
        groups += found
        left += rests
    return groups + list(_alike(old, new, left))


def _by_text(old: Units, new: Units, gap: Gap) -> tuple[list[Group], list[Gap]]:
    """Equal texts in the same order and, between them, texts cut otherwise; and the gaps that remain."""
    olds, news = [old[i].text for i in gap[0]], [new[j].text for j in gap[1]]
    equal = matches(olds, news)
    groups = [Group((gap[0][a],), (gap[1][b],), Matched.TEXT) for a, b in equal]
    left: list[Gap] = []
    for (a, b), (c, d) in pairwise([(-1, -1), *equal, (len(olds), len(news))]):
        between = gap[0][a + 1 : c], gap[1][b + 1 : d]
        cut = common_cuts(olds[a + 1 : c], news[b + 1 : d])
        groups += _grouped(between, cut, Matched.TEXT)
        left.append(_rest(between, cut))
    return groups, [rest for rest in left if all(rest)]


def _alike(old: Units, new: Units, gaps: Sequence[Gap]) -> Iterator[Group]:
    """Pair texts that are alike, in order: one by one where there are equally many, else as the aligner does."""
    hard: list[Gap] = []
    for gap in gaps:
        likenesses = [_likeness(old[i].text, new[j].text) for i, j in zip(*gap, strict=False)]
        # One old and one new text between the same neighbours need less likeness than several, which may have moved.
        if len(gap[0]) == len(gap[1]) and min(likenesses) >= (LIKE if len(likenesses) == 1 else ALIKE):
            yield from (Group((i,), (j,), Matched.PLACE) for i, j in zip(*gap, strict=True))
        elif max(len(gap[0]), len(gap[1])) > 1:
            hard.append(gap)
    if not hard:
        return
    from aligner.alignment import align

    # All gaps at once, as the aligner learns from all of them, but no bead across a border of gaps.
    olds, news = [i for gap in hard for i in gap[0]], [j for gap in hard for j in gap[1]]
    ends = [list(accumulate(len(gap[side]) for gap in hard)) for side in (0, 1)]
    borders = list(zip(*ends, strict=True))[:-1]
    texts = [old[i].text for i in olds]
    # The old text is its own translation: the aligner then compares two texts of one language.
    for bead in align(texts, [new[j].text for j in news], translation=texts, boundaries=borders):
        before, after = tuple(olds[a] for a in bead.source), tuple(news[b] for b in bead.target)
        likeness = _likeness(" ".join(old[i].text for i in before), " ".join(new[j].text for j in after))
        if not bead.is_null and likeness >= LIKE:
            yield Group(before, after, Matched.PLACE)


def _grouped(gap: Gap, cut: Cut, matched: Matched) -> list[Group]:
    return [Group(tuple(gap[0][a] for a in olds), tuple(gap[1][b] for b in news), matched) for olds, news in cut]


def _rest(gap: Gap, cut: Cut) -> Gap:
    """What of a gap is in no group."""
    olds, news = {a for group, _ in cut for a in group}, {b for _, group in cut for b in group}
    return [i for a, i in enumerate(gap[0]) if a not in olds], [j for b, j in enumerate(gap[1]) if b not in news]


def _likeness(first: str, second: str) -> float:
    """The share of words that two texts have in common (Dice), 0 to 1; texts without words are alike.

    >>> _likeness("The cat sat.", "the dog sat")
    0.6666666666666666
    """
    a, b = (Counter(_WORD.findall(text.casefold())) for text in (first, second))
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 1.0
