"""Which pairs are fit to learn from. Every rule gives the reason for which it drops a pair.

Start reading at `reason_to_drop`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from training.config import Cleaning
from training.corpus import Pair
from training.protect import key

FRENCH = frozenset(
    "le la les des du une est et dans que qui pour sur avec pas sont aux cette nous vous il elle".split()  # noqa: SIM905
)
ENGLISH = frozenset(
    "the of and is are was were to with for that this which by from not have has be it they".split()  # noqa: SIM905
)
_NUMBER = re.compile(r"\d+(?:[.,\s]\d+)*")
_WORD = re.compile(r"[^\W\d_]+")


def clean(pairs: Iterable[Pair], options: Cleaning, counts: Counter[str]) -> Iterator[Pair]:
    """Yield the pairs that are fit, each only once, and count the others by reason in `counts`."""
    seen: set[int] = set()
    for pair in pairs:
        reason = reason_to_drop(pair, options)
        if reason is None:
            mark = hash((key(pair.french), key(pair.english)))
            reason = "duplicate" if mark in seen else None
            seen.add(mark)
        if reason is None:
            yield pair
        counts[reason or "kept"] += 1


def reason_to_drop(pair: Pair, options: Cleaning) -> str | None:
    """Say why a pair is unfit, or None.

    >>> reason_to_drop(Pair("x", "Chapitre 12", "Chapter 21"), Cleaning())
    'numbers'
    """
    for name, rule in RULES.items():
        if rule(pair, options):
            return name
    return None


def _empty(pair: Pair, _options: Cleaning) -> bool:
    return not (key(pair.french) and key(pair.english))


def _long(pair: Pair, options: Cleaning) -> bool:
    return max(pair.french.count(" "), pair.english.count(" ")) >= options.max_words


def _ratio(pair: Pair, options: Cleaning) -> bool:
    shorter, longer = sorted((len(pair.french), len(pair.english)))
    return longer >= options.ratio_from and longer > options.max_ratio * shorter


def _same(pair: Pair, _options: Cleaning) -> bool:
    """Identical sides are names or codes when short, and untranslated text when long."""
    return pair.french.count(" ") >= 3 and key(pair.french) == key(pair.english)


def _numbers(pair: Pair, options: Cleaning) -> bool:
    """Numbers contradict each other when both sides hold one that the other lacks (Roman numerals are one-sided)."""
    if not options.numbers:
        return False
    french, english = numbers(pair.french), numbers(pair.english)
    return bool(french - english) and bool(english - french)


def _language(pair: Pair, options: Cleaning) -> bool:
    if not options.languages:
        return False
    return _leaning(pair.french) < -1 or _leaning(pair.english) > 1


def numbers(text: str) -> set[str]:
    """Collect the numbers of two or more digits, without separators.

    >>> sorted(numbers("1 250,50 francs en 1998, article 3"))
    ['125050', '1998']
    """
    found = ("".join(filter(str.isdigit, each)) for each in _NUMBER.findall(text))
    return {number for number in found if len(number) > 1}


def _leaning(text: str) -> int:
    """Count French function words minus English ones."""
    words = _WORD.findall(text.lower())
    return sum((word in FRENCH) - (word in ENGLISH) for word in words)


RULES: dict[str, Callable[[Pair, Cleaning], bool]] = {
    "empty": _empty,
    "long": _long,
    "ratio": _ratio,
    "same": _same,
    "numbers": _numbers,
    "language": _language,
}
