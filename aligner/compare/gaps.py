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

from rapidfuzz.distance import Prefix

from aligner.compare.records import Matched, Unit
from aligner.formats.tmx.notation import seg_text
from aligner.review.subsequence import matches

Units = Sequence[Unit]
Gap = tuple[list[int], list[int]]
"""Indices of old and of new units, rising."""
Cut = list[tuple[tuple[int, ...], tuple[int, ...]]]
"""Positions in the old and in the new part of a gap that belong together."""
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
    for gap in gaps:
        sources = [unit.source for unit in _taken(old, gap[0])], [unit.source for unit in _taken(new, gap[1])]
        cut = _common_cuts(*sources) if all(all(side) for side in sources) else []
        groups += _grouped(gap, cut, Matched.SOURCE)
        groups += _by_text(old, new, _rest(gap, cut))
    return groups


def _by_text(old: Units, new: Units, gap: Gap) -> Iterator[Group]:
    """Equal texts in the same order; between them, texts cut otherwise and texts that are alike."""
    texts = [unit.text for unit in _taken(old, gap[0])], [unit.text for unit in _taken(new, gap[1])]
    equal = matches(*texts)
    yield from (Group((gap[0][a],), (gap[1][b],), Matched.TEXT) for a, b in equal)
    for (a, b), (c, d) in pairwise([(-1, -1), *equal, (len(texts[0]), len(texts[1]))]):
        between = gap[0][a + 1 : c], gap[1][b + 1 : d]
        if all(between):
            cut = _common_cuts(texts[0][a + 1 : c], texts[1][b + 1 : d])
            yield from _grouped(between, cut, Matched.TEXT)
            rest = _rest(between, cut)
            if all(rest):
                alike = _alike([old[i].text for i in rest[0]], [new[j].text for j in rest[1]])
                yield from _grouped(rest, alike, Matched.PLACE)


def _grouped(gap: Gap, cut: Cut, matched: Matched) -> list[Group]:
    return [Group(tuple(gap[0][a] for a in olds), tuple(gap[1][b] for b in news), matched) for olds, news in cut]


def _rest(gap: Gap, cut: Cut) -> Gap:
    """What of a gap is in no group."""
    olds, news = {a for group, _ in cut for a in group}, {b for _, group in cut for b in group}
    return [i for a, i in enumerate(gap[0]) if a not in olds], [j for b, j in enumerate(gap[1]) if b not in news]


def _common_cuts(old: Sequence[str], new: Sequence[str]) -> Cut:
    """Group two cuttings of one text at the places where both are cut, as far as they agree from either end.

    >>> _common_cuts(["One.", "Two", "three.", "Four."], ["One.", "Two three.", "Five.", "Six."])
    [((0,), (0,)), ((1, 2), (1,))]
    """
    letters = [["".join(seg_text(text).split()) for text in texts] for texts in (old, new)]
    front = _agreeing(*letters)
    a, b = (sum(len(group[side]) for group in front) for side in (0, 1))
    back = _agreeing([text[::-1] for text in letters[0][a:][::-1]], [text[::-1] for text in letters[1][b:][::-1]])
    n, m = len(old) - 1, len(new) - 1
    turned = [(tuple(n - i for i in olds[::-1]), tuple(m - j for j in news[::-1])) for olds, news in back[::-1]]
    return front + turned


def _agreeing(old: Sequence[str], new: Sequence[str]) -> Cut:
    """Group two cuttings where both are cut, as long as the letters are the same."""
    same = int(Prefix.similarity("".join(old), "".join(new)))
    ends = [list(accumulate(map(len, side))) for side in (old, new)]
    found: Cut = []
    a = b = 0
    for end in sorted(set(ends[0]) & set(ends[1])):
        if not 0 < end <= same:
            continue
        c, d = ends[0].index(end, a) + 1, ends[1].index(end, b) + 1
        found.append((tuple(range(a, c)), tuple(range(b, d))))
        a, b = c, d
    return found


def _alike(old: Sequence[str], new: Sequence[str]) -> Cut:
    """Pair texts that are alike, in order: one by one, or as the aligner does."""
    if len(old) == len(new) and all(_likeness(a, b) >= ALIKE for a, b in zip(old, new, strict=True)):
        return [((k,), (k,)) for k in range(len(old))]
    if len(old) == len(new) == 1:
        beads: Cut = [((0,), (0,))]
    else:
        from aligner.align import align

        beads = [(bead.source, bead.target) for bead in align(old, new, translation=old) if not bead.is_null]
    return [
        (olds, news)
        for olds, news in beads
        if _likeness(" ".join(old[a] for a in olds), " ".join(new[b] for b in news)) >= LIKE
    ]


def _likeness(first: str, second: str) -> float:
    """The share of words that two texts have in common (Dice), 0 to 1; texts without words are alike.

    >>> _likeness("The cat sat.", "the dog sat")
    0.6666666666666666
    """
    a, b = (Counter(_WORD.findall(text.casefold())) for text in (first, second))
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 1.0


def _taken(units: Units, indices: Sequence[int]) -> list[Unit]:
    return [units[index] for index in indices]
