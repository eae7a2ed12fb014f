"""Which units of two versions of a document belong together.

1. *Known places*: the same locator with the same source text, or the same line of two files with equally many lines
   (unless most equal lines stand elsewhere: then lines were put in).
2. *Source text*: the same sentence translated twice; repetitions in order of appearance.
3. *Sequence*: what is left stands in gaps between the pairs found; `aligner.comparison.gaps` fills them.

What finds nothing is a pair with one side empty. Every unit of both sides is in the answer exactly once (units of a
memory, which keeps one of several repetitions, may serve several times). Start reading at `match`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from itertools import pairwise

from aligner.comparison.differences import (
    ComparedPair,
    ComparedUnit,
    Matched,
    VersionText,
)
from aligner.comparison.gaps import Group, fill
from aligner.formats.exchange.notation import seg_text
from aligner.text.subsequence import longest_rising, matches

Units = Sequence[ComparedUnit]
STRAY = 0.05
"""Share of lines that may be equal to a line with another number before line numbers are not trusted."""


def match(
    old: VersionText, new: VersionText, *, old_memory: bool = False, new_memory: bool = False
) -> list[ComparedPair]:
    """Pair the units of two versions of a document, in the order of the new one; what was removed stands in its place.

    `old_memory` and `new_memory` say that the version keeps one unit for several repetitions of a source text.

    >>> first = VersionText("a", (ComparedUnit("1.1", "Yes.", "Oui."), ComparedUnit("1.2", "No.", "Non.")))
    >>> second = VersionText("a", (ComparedUnit("1.1", "Nope.", "Non."),))
    >>> [(pair.old_text, pair.new_text, pair.matched.value) for pair in match(first, second)]
    [('Yes.', '', 'none'), ('No.', 'Nope.', 'source')]
    """
    groups = _known_places(old, new)
    groups += _same_source(old.units, new.units, groups)
    repeated = _repetitions(old.units, new.units, groups, old_memory=old_memory, new_memory=new_memory)
    taken = groups + repeated
    groups += fill(old.units, new.units, list(_gaps(old.units, new.units, groups, taken)))
    # Only now: a unit that serves again stands in one place for several, so it must not bound a gap.
    groups += repeated
    old_left, new_left = _left(old.units, new.units, groups)
    groups += [Group((i,), (), Matched.NONE) for i in old_left] + [Group((), (j,), Matched.NONE) for j in new_left]
    # The order of the new version; what it has not follows what stood before it in the old one.
    after = {i: group.new[-1] for group in groups if group.new for i in group.old}
    known = sorted(after)

    def order(group: Group) -> tuple[int, int, int]:
        if group.new:
            return group.new[0], 0, group.old[0] if group.old else -1
        before = bisect_left(known, group.old[0])
        return after[known[before - 1]] if before else -1, 1, group.old[0]

    return [
        ComparedPair(tuple(old.units[i] for i in group.old), tuple(new.units[j] for j in group.new), group.matched)
        for group in sorted(groups, key=order)
    ]


def _known_places(old: VersionText, new: VersionText) -> list[Group]:
    """Pairs that both versions know by the same place."""
    if old.lines != new.lines:
        return []
    # Backwards, so that of equal locators the first one counts.
    where = {unit.locator: j for j, unit in reversed(list(enumerate(new.units)))}
    found = [(i, where.pop(unit.locator)) for i, unit in enumerate(old.units) if unit.locator in where]
    if not old.lines:
        # A locator counts up from the beginning: after an insertion it names another sentence, which the source shows.
        sources = ((i, j, seg_text(old.units[i].source), seg_text(new.units[j].source)) for i, j in found)
        return [Group((i,), (j,), Matched.LOCATOR) for i, j, a, b in sources if not a or not b or a == b]
    # Two files may have equally many lines by chance, one put in here and one taken out there.
    level = sum(old.units[i].text == new.units[j].text for i, j in found)
    equal = len(matches([unit.text for unit in old.units], [unit.text for unit in new.units]))
    if equal - level > max(1, STRAY * len(old.units)):
        return []
    return [Group((i,), (j,), Matched.LINE) for i, j in found]


def _same_source(old: Units, new: Units, groups: Sequence[Group]) -> list[Group]:
    """Pairs of units not yet paired that translate the same text, repetitions in order."""
    # Queues, so that the first of several equal sentences meets the first of the other version.
    waiting: defaultdict[str, deque[int]] = defaultdict(deque)
    old_left, new_left = _left(old, new, groups)
    for j in new_left:
        waiting[seg_text(new[j].source)].append(j)
    return [
        Group((i,), (waiting[source].popleft(),), Matched.SOURCE)
        for i in old_left
        if (source := seg_text(old[i].source)) and waiting[source]
    ]


def _repetitions(old: Units, new: Units, groups: Sequence[Group], *, old_memory: bool, new_memory: bool) -> list[Group]:
    """Pairs for repetitions of which a memory has one unit only: that unit serves again."""
    old_left, new_left = _left(old, new, groups)
    found = []
    # Backwards, as above: where a memory has several after all, the first one serves.
    if new_memory:
        once = {seg_text(unit.source): j for j, unit in reversed(list(enumerate(new))) if unit.source}
        pairs = ((i, once.get(seg_text(old[i].source))) for i in old_left)
        found += [Group((i,), (j,), Matched.REPETITION) for i, j in pairs if j is not None]
    if old_memory:
        once = {seg_text(unit.source): i for i, unit in reversed(list(enumerate(old))) if unit.source}
        others = ((once.get(seg_text(new[j].source)), j) for j in new_left)
        found += [Group((i,), (j,), Matched.REPETITION) for i, j in others if i is not None]
    return found


def _left(old: Units, new: Units, groups: Sequence[Group]) -> tuple[list[int], list[int]]:
    """The units of both sides that no group holds."""
    old_taken, new_taken = {i for group in groups for i in group.old}, {j for group in groups for j in group.new}
    return [i for i in range(len(old)) if i not in old_taken], [j for j in range(len(new)) if j not in new_taken]


def _gaps(
    old: Units, new: Units, anchors: Sequence[Group], taken: Sequence[Group]
) -> Iterator[tuple[list[int], list[int]]]:
    """The units left between neighbouring pairs that stand in the same order on both sides."""
    # A pair that crosses others bounds no gap: what stands beside it may belong anywhere.
    chain = longest_rising(sorted((group.old[0], group.new[0]) for group in anchors))
    old_left, new_left = _left(old, new, taken)
    for (a, b), (c, d) in pairwise([(-1, -1), *chain, (len(old), len(new))]):
        olds = old_left[bisect_left(old_left, a + 1) : bisect_left(old_left, c)]
        news = new_left[bisect_left(new_left, b + 1) : bisect_left(new_left, d)]
        if olds and news:
            yield olds, news
