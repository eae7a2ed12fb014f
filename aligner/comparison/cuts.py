"""One text cut into pieces in two ways: where the cuts agree.

    One. | Two | three. | Four.        One. – One.     Two three. – Two three.     then they part
    One. | Two three. | Five.

White space does not count, and texts are compared as XML formats keep them. Start reading at `common_cuts`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from rapidfuzz.distance import Prefix

from aligner.formats.exchange.notation import seg_text

Cut = list[tuple[tuple[int, ...], tuple[int, ...]]]
"""Pieces of the one and of the other cutting, by position, that belong together."""


def common_cuts(old: Sequence[str], new: Sequence[str]) -> Cut:
    """Group two cuttings of one text at the places where both are cut, as far as they agree from either end.

    >>> common_cuts(["One.", "Two", "three.", "Four."], ["One.", "Two three.", "Five.", "Six."])
    [((0,), (0,)), ((1, 2), (1,))]
    """
    letters = [["".join(seg_text(text).split()) for text in texts] for texts in (old, new)]
    front = _agreeing(*letters)
    a, b = (sum(len(group[side]) for group in front) for side in (0, 1))
    # Then from behind: whatever differs in the middle, the rest agrees again.
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
        # Pieces without letters end where they begin: at 0 there is nothing to group.
        if not 0 < end <= same:
            continue
        c, d = ends[0].index(end, a) + 1, ends[1].index(end, b) + 1
        found.append((tuple(range(a, c)), tuple(range(b, d))))
        a, b = c, d
    return found
