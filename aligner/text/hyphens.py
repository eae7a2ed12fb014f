"""Words divided at line ends: whether a hyphen there is the word's own, or only says that the line was full.

    tra- | vail      travail: a known word, so the hyphen goes
    porte- | monnaie porte-monnaie: two known words and not one, so it stays

The text itself is asked first (*to-morrow* elsewhere keeps *to- | morrow*), then the words of the aligner's
French–English lexicon, which is read only then. Start reading at `Divided.joint`.
"""

from __future__ import annotations

import lzma
import re
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from aligner.languages.words import fold

_HEAD = re.compile(r"([0-9]*[^\W\d_]+(?:[-’'][^\W\d_]+)*)([-‐¬\xad])$")
_TAIL = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_ALWAYS = "¬\xad"
"""Marks that only ever divide words."""
_CLITICS = frozenset(
    {"tu", "il", "elle", "on", "ils", "elles", "ce", "le", "la", "les", "lui", "leur", "y", "en", "ci", "t"}
)
"""What French puts behind a hyphen: prend-il, donne-le."""
_ADVERBS = frozenset({"dessus", "dessous", "delà", "dedans", "dehors"})
"""What is joined by a hyphen to whatever it follows: par-dessus (and not *pardessus*), ci-dessous."""
_SURE = frozenset({"je", "nous", "vous", "moi", "toi", "là", "même", "mêmes"})
"""The same, but no end of a word: avez-vous, lui-même."""
_PREFIXES = frozenset(
    {
        "au",
        "ci",
        "là",
        "mi",
        "demi",
        "semi",
        "vice",
        "ex",
        "non",
        "très",
        "quasi",
        "self",
        "well",
        "half",
        "by",
        "to",
        "up",
    }
)
"""What stands before a hyphen more often than it begins a word."""
_ALWAYS_APART = frozenset({"vice", "quasi"})
"""What always has a hyphen behind it."""
_INSIDE = frozenset(
    {"t", "à", "de", "du", "la", "le", "les", "en", "au", "et", "sur", "of", "the", "to", "in", "up", "and"}
)
"""What stands between two hyphens: porte-t-elle, c'est-à-dire, up-to-date."""
_ENDINGS = frozenset(
    {"ant", "ants", "ante", "ent", "aient", "ait", "ais", "rent", "ment", "ions", "iez", "eur", "eurs", "ing", "ers"}
    | {"able", "tion", "lle", "res"}
)
"""Ends of words that are words, too."""


@dataclass(frozen=True, slots=True)
class Joint:
    """How a line that ends in a hyphen is joined to the next: nothing between them, and so many characters dropped."""

    dropped: int


class Divided:
    """Decides about the hyphens at the line ends of one text."""

    def __init__(self, text: str) -> None:
        self._text = text

    def joint(self, before: str, after: str) -> Joint | None:
        """How to join two lines, if a word goes on from the first to the second; None where none does.

        >>> Divided("").joint("il se mettait au tra-", "vail."), Divided("").joint("Il a son porte-", "monnaie.")
        (Joint(dropped=1), Joint(dropped=0))
        """
        head, tail = _HEAD.search(before), _TAIL.match(after)
        if not head or not tail:
            return None
        mark, first, second = head[2], head[1], tail[0]
        if mark in _ALWAYS:
            return Joint(1)
        return Joint(0 if second[0].isupper() or self._keeps(first, second) else 1)

    def _keeps(self, first: str, second: str) -> bool:
        """Whether the hyphen between the halves of a word is the word's own."""
        closed, hyphened = (first + second).casefold(), f"{first}-{second}".casefold()
        # the text itself knows best how its author writes the word
        if hyphened in self._own or closed in self._own:
            return hyphened in self._own
        last = first.replace("’", "-").replace("'", "-").rsplit("-", 1)[-1].casefold()
        tail = second.casefold()
        chained = "-" in first and last in _INSIDE
        if chained or first[0].isdigit() or last in _ALWAYS_APART or tail in _ADVERBS:
            return True
        # one known word rather than two
        if fold(last + second) in _known() or tail in _ENDINGS:
            return False
        if tail in _SURE or (last in _PREFIXES and fold(tail) in _known()):
            return True
        # two known words; of two letters they are as well the beginning or the end of another
        both = fold(last) in _known() and fold(tail) in _known()
        return both and (tail in _CLITICS or min(len(last), len(tail)) > 2)

    @cached_property
    def _own(self) -> frozenset[str]:
        """The words of the text, those with hyphens too."""
        return frozenset(word.replace("‐", "-") for word in _WORD.findall(self._text.casefold()))


@cache
def _known() -> frozenset[str]:
    """The words of both languages that the aligner's lexicon knows, folded."""
    data = files("aligner").joinpath("alignment/data/fr-en.lexicon.xz").read_bytes()
    text = lzma.decompress(data).decode("utf-8")
    return frozenset(re.findall(r"[^\W\d_]+", text))
