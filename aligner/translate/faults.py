"""What can be wrong with a rendering, most of it seen without knowing the languages.

Models that lose their way say nothing, repeat themselves, run on or stop short; and sometimes they drop a number or an
address. `faults` finds these by comparing the output with the input; the engine then decodes again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum

from aligner.check.dates import dates
from aligner.check.names import acronyms, names
from aligner.check.records import Pair

_SHORTEST_LOOP = 3
_SLACK = 12
_TIMES_LONGER, _TIMES_SHORTER = 2.0, 3.5
_GROUPED = re.compile(r"(?<=\d)[\s\u00a0\u202f.,](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"\d+")
_SMALLEST = 10
"""Numbers below this may be written in words."""


_SIGNS = (
    (names, re.compile(r"[A-ZÀ-ÝĀ-ž]\w+[ -][A-ZÀ-ÝĀ-ž]\w")),
    (acronyms, re.compile(r"[A-Z]\.?[A-Z]")),
    (dates, re.compile(r"\d")),
)
"""Checks, and what a text has if there may be anything to check; most texts have nothing."""


class Fault(StrEnum):
    """One thing wrong with a rendering."""

    EMPTY = "empty"
    LOOP = "loop"
    LENGTH = "length"
    LOST = "lost"
    NUMBERS = "numbers"
    TERM = "term"
    NAME = "name"

    @property
    def weight(self) -> int:
        """How bad it is."""
        return _WEIGHTS[self]

    @property
    def is_of_length(self) -> bool:
        """Whether it is seen in the tokens and not in the text."""
        return self in (Fault.EMPTY, Fault.LOOP, Fault.LENGTH)


_WEIGHTS = {
    Fault.EMPTY: 300,
    Fault.LOOP: 60,
    Fault.LENGTH: 60,
    Fault.LOST: 30,
    Fault.NUMBERS: 3,
    Fault.TERM: 2,
    Fault.NAME: 1,
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
    return lost + [Fault.NUMBERS] * (figures(source) - figures(target)).total()


def french_english_faults(source: str, target: str) -> list[Fault]:
    """Faults that only someone who knows French and English sees: one for each name, acronym or date that is lost.

    >>> french_english_faults("Il a vu Jean Dupont hier.", "He saw him yesterday.")
    [<Fault.NAME: 'name'>]
    """
    pair = Pair(source, target)
    return [Fault.NAME for check, signs in _SIGNS if signs.search(source) for _ in check(pair)]


def figures(text: str) -> Counter[str]:
    """The numbers in digits, without thousands separators; those small enough to be spelled out are left out.

    >>> sorted(figures("3 lois, 1 200 000 euros, 12,5 %"))
    ['12', '1200000']
    """
    found = _NUMBER.findall(_GROUPED.sub("", text)) if _NUMBER.search(text) else []
    return Counter(str(int(n)) for n in found if len(n) < 50 and int(n) >= _SMALLEST)


def has_loop(tokens: Sequence[str]) -> bool:
    """Whether a stretch of tokens comes three times in a row.

    >>> has_loop("and so on and so on and so on".split()), has_loop("no no never".split())
    (True, False)
    """
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
