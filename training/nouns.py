"""Sentences in which another noun stands: rare words, of which only a dictionary's line is known, get a context.

A model that has seen *capsule — capsule* alone still loses the word inside a sentence. Fadaee, Bisazza & Monz 2017,
"Data Augmentation for Low-Resource Neural Machine Translation". Whether the sentence still makes sense is of no
account: what is learnt is that the word goes to its place. Start reading at `swap_noun`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Sequence

from training.corpus import Pair
from training.switch import Word, link_words

LEAST_LETTERS = 4
MOST_WORDS = 3
"""Words of a dictionary's line that is put into sentences."""
LONGEST = 200
"""Characters of a sentence that gets a term: a short one teaches the word for less work."""
BEFORE_FRENCH = frozenset("le la un une du au ce cette chaque son sa notre votre leur".split())  # noqa: SIM905
BEFORE_ENGLISH = frozenset("the this that of each his her its our your their every".split())  # noqa: SIM905
"""What says that a word in the singular is a noun; before *a* and *an* the article would have to change."""
_TERM = re.compile(r"[^\W\d_A-ZÀ-Ý][^\W\d_]+(?:[ -][^\W\d_]+)*")
_SILENT = re.compile(r"[aàâeéèêëhiîïoôuûyœ]", re.IGNORECASE)
_PLURAL = re.compile(r".*[sxz]")


def find_terms(pairs: Sequence[Pair], sources: Collection[str]) -> list[Pair]:
    """List the short lines of dictionaries that can stand for a noun after *le* or *la*."""
    return [pair for pair in pairs if pair.corpus in sources and _is_term(pair)]


def _is_term(pair: Pair) -> bool:
    sides = (pair.french, pair.english)
    short = all(_TERM.fullmatch(side) and side.count(" ") < MOST_WORDS for side in sides)
    return short and not _SILENT.match(pair.french) and not any(map(_PLURAL.fullmatch, sides))


def swap_noun(pair: Pair, term: Pair, chance: random.Random) -> Pair | None:
    """Put a term in the place of a noun that both sides have in the singular; None where there is none.

    >>> pair = Pair("", "Elle approuve cette politique.", "She approves this policy.")
    >>> swap_noun(pair, Pair("", "gratte-ciel", "skyscraper"), random.Random(1)).english
    'She approves this skyscraper.'
    """
    if len(pair.french) > LONGEST:
        return None
    french, english, links = link_words(pair)
    nouns = [
        (french[i], english[j])
        for i, j in links
        if _is_noun(french, i, BEFORE_FRENCH) and _is_noun(english, j, BEFORE_ENGLISH)
    ]
    if not nouns:
        return None
    sides = []
    for text, word, other in zip(
        (pair.french, pair.english), chance.choice(nouns), (term.french, term.english), strict=True
    ):
        sides.append(text[: word.start()] + other + text[word.end() :])
    return Pair(pair.corpus, *sides)


def _is_noun(words: Sequence[Word], place: int, before: Collection[str]) -> bool:
    """Tell whether a word stands in the singular behind an article or the like."""
    word = words[place][0]
    fits = word.islower() and len(word) >= LEAST_LETTERS and not _PLURAL.fullmatch(word)
    return fits and place > 0 and words[place - 1][0].lower() in before
