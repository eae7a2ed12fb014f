"""Sentences with some of their phrases translated already, so that a model learns to take such phrases over.

A translator that must keep a glossary's terms can write them into the French and translate the rest: *soutenir la
Global Security Initiative de la Chine*. A model does that well when it has seen the like (Song et al. 2019,
"Code-Switching for Enhancing NMT with Pre-Specified Translation"; Dinu et al. 2019, "Training Neural Machine
Translation to Apply Terminology Constraints"). Phrases are found as in phrase-based translation (Koehn, Och & Marcu
2003): no link of the aligner's lexicon may lead out of the two spans. Start reading at `switch_phrases`.
"""

from __future__ import annotations

import random
import re
from functools import cache

from aligner.alignment.lexicon import builtin_lexicons
from aligner.alignment.words import folded
from training.corpus import Pair

LEAST_WEIGHT = 0.08
LONGEST = 6
"""Words of a French phrase."""
LEAST_LETTERS = 4
"""A phrase begins and ends with words of so many letters at least."""
MORE = 2
"""The English phrase may have so many words more than the French one."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
Span = tuple[int, int]
Link = tuple[int, int]
Word = re.Match[str]


def switch_phrases(pair: Pair, chance: random.Random) -> Pair | None:
    """Write the English of one to three phrases into the French; None where no phrase is found.

    >>> pair = Pair("", "Le développement durable est une tâche immense.", "Sustainable development is a huge task.")
    >>> switch_phrases(pair, random.Random(1)).french
    'Le Sustainable development est une tâche immense.'
    """
    french, english, links = link_words(pair)
    begins = [i for i, _ in links if len(french[i][0]) >= LEAST_LETTERS]
    wanted, switched = chance.choice((1, 1, 2, 3)), pair.french
    before = len(french)
    for first in sorted(chance.sample(begins, min(wanted, len(begins))), reverse=True):
        found = _phrase(links, begins, first, first + chance.choice((1, 2, 3, 4, 5, LONGEST)))
        if found is None or found[0][1] > before:
            continue
        (i, k), (j, m) = found
        there = pair.english[english[j].start() : english[m - 1].end()]
        if there == pair.french[french[i].start() : french[k - 1].end()]:
            continue
        switched = switched[: french[i].start()] + there + switched[french[k - 1].end() :]
        before = i
    return None if switched == pair.french else Pair(pair.corpus, switched, pair.english)


def link_words(pair: Pair) -> tuple[list[Word], list[Word], list[Link]]:
    """Give the words of both sides, and which of them choose one another, in the order of the French."""
    sides = list(_WORD.finditer(pair.french)), list(_WORD.finditer(pair.english))
    french, english = ([folded(word[0]) for word in side] for side in sides)
    weights = {(i, j): weight for i, f in enumerate(french) for j, e in enumerate(english) if (weight := _weight(f, e))}
    best: dict[tuple[int, int], tuple[float, int]] = {}
    for (i, j), weight in weights.items():
        # of several equal words the one nearest to the diagonal
        value = weight - 0.01 * abs(i / len(french) - j / len(english))
        for side, number, other in ((0, i, j), (1, j, i)):
            best[side, number] = max(best.get((side, number), (0.0, -1)), (value, other))
    links = [(i, best[0, i][1]) for i in range(len(french)) if (0, i) in best and best[1, best[0, i][1]][1] == i]
    return *sides, links


def _weight(french: str, english: str) -> float:
    """How strongly two folded words go together; 0 where too little or nothing is known."""
    weight = 1.0 if french == english else _lexicon().get(french, {}).get(english, 0.0)
    return weight if weight >= LEAST_WEIGHT else 0.0


@cache
def _lexicon() -> dict[str, dict[str, float]]:
    (lexicon,) = builtin_lexicons()
    return {word: dict(renderings) for word, renderings in lexicon.entries.items()}


def _phrase(links: list[Link], ends: list[int], first: int, last: int) -> tuple[Span, Span] | None:
    """The longest phrase that begins with a French word and ends before another, and its English."""
    for end in reversed([i + 1 for i in ends if first <= i < last]):
        there = [j for i, j in links if first <= i < end]
        span = min(there), max(there) + 1
        inside = all(first <= i < end for i, j in links if span[0] <= j < span[1])
        if inside and span[1] - span[0] <= end - first + MORE:
            return (first, end), span
    return None
