"""What can be wrong with a rendering, most of it seen without knowing the languages.

Models that lose their way say nothing, repeat themselves, run on or stop short; and sometimes they drop a number or an
address. `faults` finds these by comparing the output with the input; the engine then decodes again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import lru_cache

from aligner.checks.dates import dates
from aligner.checks.findings import Pair, PairCheck
from aligner.checks.names import acronyms, names
from aligner.checks.numbers import numbers
from aligner.checks.ordinals import ordinals
from aligner.checks.repetition import doubled, echoed, loop
from aligner.languages.language import known_languages
from aligner.languages.pair import LanguagePair

_SHORTEST_LOOP = 3
_SLACK = 12
_TIMES_LONGER, _TIMES_SHORTER = 2.0, 3.5
_GROUPED = re.compile(r"(?<=\d)[\s\u00a0\u202f.,](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"\d+")
_LONGEST = 50
"""Digits of the longest number that is compared."""
_SIGNS = r"%|‰|€|\$|£|¥|°(?!\s\w{2})"
_SYMBOLS = r"[kM]€|Md€|kg|mg|[kcm]m[²³]?|m[²³]|km/h|ha|[kM]Wh?|GWh?|TWh|Mt|Go|To"
_UNITS = "|".join(dict.fromkeys(unit for language in known_languages() for unit in language.units))
_MEASURED = re.compile(
    rf"""
    (?<![\d.,])(\d+(?:[.,]\d+)?)
    (?= (?:\s?(?:à|et|ou|to|and|or|-|–)\s?\d[\d.,]*)?              # in a range, 2 to 3 %, both numbers have the unit
        \s?(?: {_SIGNS} | (?:{_SYMBOLS} | {_UNITS.replace(" ", "[ ]")})(?!\w) ) )
  | (?<=[€$£¥])\s?(\d+(?:[.,]\d+)?)
    """,
    re.VERBOSE,
)
"""A number that has a unit is written in digits however small it is."""
_WORDS = {word: str(value) for language in known_languages() for word, value in language.digits.items()}
_ONES = "|".join(language.one for language in known_languages() if language.one)
_WORD = re.compile(rf"\b(?:(?P<digit>{'|'.join(_WORDS)})\b|{_ONES})", re.IGNORECASE)


class Fault(StrEnum):
    """One thing wrong with a rendering."""

    EMPTY = "empty"
    LOOP = "loop"
    LENGTH = "length"
    LOST = "lost"
    OMITTED = "omitted"
    NUMBERS = "numbers"
    TERM = "term"
    NAME = "name"
    REPEATED = "repeated"

    @property
    def weight(self) -> int:
        """How bad it is."""
        return _WEIGHTS[self]


OF_TOKENS = frozenset((Fault.EMPTY, Fault.LOOP, Fault.LENGTH, Fault.OMITTED))
"""Faults that are seen in the tokens and not in the text."""
_WEIGHTS = {
    Fault.EMPTY: 300,
    Fault.LOOP: 60,
    Fault.LENGTH: 60,
    Fault.LOST: 30,
    Fault.OMITTED: 4,
    Fault.NUMBERS: 3,
    Fault.TERM: 2,
    Fault.NAME: 1,
    Fault.REPEATED: 1,
}
SERIOUS = 30
"""From this weight on a rendering is doubtful."""


def weight(faults: Iterable[Fault]) -> int:
    """How bad several faults are together."""
    return sum(fault.weight for fault in faults)


def length_faults(source: Sequence[str], target: Sequence[str], *, complete: bool) -> list[Fault]:
    """Faults seen in the tokens: an empty, repeating, endless or truncated output."""
    if not target:
        return [Fault.EMPTY] if source else []
    # A source that repeats itself asks for it: *très, très, très*.
    found = [Fault.LOOP] if has_loop(target) and not has_loop(source) else []
    too_long = len(target) > _TIMES_LONGER * len(source) + _SLACK
    if not complete or too_long or len(target) * _TIMES_SHORTER + _SLACK < len(source):
        found.append(Fault.LENGTH)
    return found


def content_faults(source: str, target: str, keep: Iterable[str] = ()) -> list[Fault]:
    """Faults seen in the text: something that had to be kept is lost, or a number is; one fault for each of them.

    >>> content_faults("Le 12 mars, 1 234,5 tonnes", "On 12 March, 1,234.5 tons")
    []
    >>> content_faults("Le 12 mars", "In March")
    [<Fault.NUMBERS: 'numbers'>]
    """
    lost = [Fault.LOST for thing in keep if thing not in target]
    wanted = digit_counts(source)
    return lost + [Fault.NUMBERS] * (wanted - _numbers(target)).total() if wanted else lost


_NAMES = re.compile(r"[A-ZÀ-ÝĀ-ž]\w+[ -][A-ZÀ-ÝĀ-ž]\w|[A-Z]\.?[A-Z]")
_ORDINALS = re.compile(r"\d(?:[èe]r?e?s?|nde?|ème|eme)\b|\b[IVX]+(?:[èe]r?e?|ème)s?\b|ième")
_ALONE = re.compile(r"\w+")
_OF_ANY = frozenset(("doubled", "loop", "echoed"))


@lru_cache(maxsize=64)
def language_faults(source: str, target: str, languages: LanguagePair) -> tuple[Fault, ...]:
    """Faults that only someone who knows the languages sees: one for each of them.

    Names, acronyms and dates that are lost; numbers that are lost, became others or were added; words that stand twice.
    >>> from aligner.languages import find_pair
    >>> language_faults("Il a vu Jean Dupont hier.", "He saw him yesterday.", find_pair("fr", "en"))
    (<Fault.NAME: 'name'>,)
    """
    if not languages.checks:
        return ()
    # Most texts have nothing to look at, which a pattern sees at a glance: the checks take far longer.
    checks: list[tuple[Fault, PairCheck]] = []
    if _NAMES.search(source):
        checks += [(Fault.NAME, names), (Fault.NAME, acronyms)]
    if _NUMBER.search(source):
        checks += [(Fault.NAME, dates)]
    if _ORDINALS.search(source):
        checks += [(Fault.NUMBERS, ordinals)]
    if Counter(_NUMBER.findall(source)) != Counter(_NUMBER.findall(target)):
        checks += [(Fault.NUMBERS, numbers)]
    if _says_twice(target):
        checks += [(Fault.REPEATED, check) for check in (doubled, loop, echoed)]
    pair = Pair(source, target, languages=languages)
    known = languages.checks | _OF_ANY
    return tuple(fault for fault, check in checks if check.__name__ in known for _ in check(pair))


def _says_twice(text: str) -> bool:
    """Whether a word or a stretch of words stands twice, at once or after one word more.

    >>> _says_twice("a new new plan"), _says_twice("the plan the plan"), _says_twice("new and new")
    (True, True, True)
    >>> _says_twice("of the plan of a day")
    False
    """
    words = _ALONE.findall(text.lower())
    earlier: dict[str, list[int]] = {}
    for end, word in enumerate(words):
        for start in earlier.setdefault(word, []):
            last = 2 * end - start
            if words[start:end] == words[end:last] or (
                end - start > 1 and words[start : end - 1] == words[end : last - 1]
            ):
                return True
        earlier[word].append(end)
    return False


def digit_counts(text: str) -> Counter[str]:
    """The numbers in digits, without thousands separators; those small enough to be spelled out only with a unit.

    >>> sorted(digit_counts("3 lois, 1 200 000 euros, 12,5 %"))
    ['12', '1200000', '5']
    """
    if not _NUMBER.search(text):
        return Counter()
    plain = _GROUPED.sub("", text)
    # Of a number with decimals, too, only the parts of one digit; a decimal zero may be left out.
    small = Counter(
        digit
        for match in _MEASURED.finditer(plain)
        for part, digit in enumerate(_digits(match[1] or match[2]))
        if len(digit) == 1 and not (part and digit == "0")
    )
    return Counter(n for n in _digits(plain) if len(n) > 1) + small


def _digits(text: str) -> list[str]:
    """The numbers in digits as digits without zeros before them; what nobody could read is left out."""
    return [str(int(n)) for n in _NUMBER.findall(text) if len(n) < _LONGEST]


def _numbers(text: str) -> Counter[str]:
    """All numbers in digits, and the small ones in words.

    >>> sorted(_numbers("Eight per cent of 1,234"))
    ['1234', '8']
    """
    in_words = (_WORDS[m["digit"].lower()] if m["digit"] else "1" for m in _WORD.finditer(text))
    return Counter(_digits(_GROUPED.sub("", text))) + Counter(in_words)


def has_loop(tokens: Sequence[str]) -> bool:
    """Whether a stretch of tokens comes three times in a row.

    >>> has_loop("and so on and so on and so on".split()), has_loop("no no never".split())
    (True, False)
    """
    # A loop is seen in one pass: each of its tokens is as far from where it was last as the one before.
    last_seen: dict[str, int] = {}
    period = run = 0
    for i, token in enumerate(tokens):
        distance = i - last_seen[token] if token in last_seen else 0
        run = run + 1 if distance and distance == period else (1 if distance else 0)
        period = distance
        if run >= max(_SHORTEST_LOOP, 2 * period) and period:
            return True
        last_seen[token] = i
    return False
