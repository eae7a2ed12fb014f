"""What a model left out: stretches of its input that no word of its output looks at.

The attention of the decoder to the input is a soft word alignment (Bahdanau et al. 2015). Tu et al. (2016), "Modeling
Coverage for Neural Machine Translation", keep account of it while decoding; here it is read afterwards. How little is
too little differs from model to model: our own package says it in its metadata (``least_attention``), and where a
package says nothing, nothing is concluded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

_SHORTEST = 20
"""Letters: articles and prepositions get little attention wherever they stand, a whole clause only when it is lost."""
_BYTE = re.compile(r"<0x\w\w>")
"""A piece that is one byte of a character."""


def left_out(tokens: Sequence[str], attention: Sequence[Sequence[float]], least: float) -> list[str]:
    """The stretches of the input, in its tokens, that got less than `least` from every token of the output.

    `attention` has a row for each token of the output and a column for each of the input, 0 to 1.

    >>> left_out(["▁Paix", "▁et", "▁développement", "▁durable"], [[0.9, 0.1, 0.0, 0.0]], 0.1)
    [' développement durable']
    """
    looks = list(zip(tokens, map(max, zip(*attention, strict=True)), strict=False)) if attention else []
    # Most texts have too little that is unseen for any stretch of it to count.
    if sum(len(token) for token, most in looks if most < least) < _SHORTEST:
        return []
    stretches = groupby(looks, key=lambda look: look[1] < least)
    unseen = ([token for token, _ in stretch] for is_unseen, stretch in stretches if is_unseen)
    found = []
    for stretch in unseen:
        # The letters in the name of a byte are not in the text: an emoji in four bytes would count as four.
        letters = sum(character.isalpha() for token in stretch if not _BYTE.fullmatch(token) for character in token)
        if letters >= _SHORTEST:
            found.append("".join(stretch).replace("▁", " "))
    return found
