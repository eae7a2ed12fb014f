"""Execute SRX rules: where does a paragraph break?

The definition (SRX 2.0, section 3): at every position between two characters the rules are asked in order; the first
rule whose ``beforebreak`` matches some text ending there, and whose ``afterbreak`` matches from there, decides.

Asking every rule at every position would be slow, and "some text ending there" is a question regular expressions do
not answer well. Three ideas make it exact and fast:

1. ``beforebreak`` is mirrored and matched in the reversed paragraph (`pattern.backwards`): one anchored match.
2. Only positions where a break rule matches can break: those are scanned for, the exceptions are asked there only.
3. Neighbouring rules of the same kind cannot overrule one another: those with the same ``afterbreak`` become one
   expression (`Group`).

Start reading at `Breaker.positions`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from aligner.errors import InputError
from aligner.text import pattern


@dataclass(frozen=True, slots=True)
class Rule:
    """One SRX rule: a break, or an exception from the break rules below it."""

    breaks: bool
    before: str = ""
    after: str = ""
    name: str = ""
    """How messages call it: language rule and number, ``French, rule 3``."""


@dataclass(frozen=True, slots=True)
class Check:
    """Rules of one kind with the same ``afterbreak``."""

    before: re.Pattern[str]
    """Mirrored, anchored at the position, for the reversed paragraph."""
    scan: re.Pattern[str]
    """The same as a look-ahead: finds every position, overlapping ones too."""
    after: re.Pattern[str] | None
    """None: anything may follow."""


class Breaker:
    """The rules of one language, compiled."""

    def __init__(self, rules: Sequence[Rule], *, unicode: bool = False) -> None:
        self._groups: list[tuple[bool, tuple[Check, ...]]] = []
        for breaks, members in groupby(rules, key=lambda rule: rule.breaks):
            self._groups.append((breaks, tuple(_checks(members, unicode=unicode))))

    def positions(self, paragraph: str) -> list[int]:
        """Offsets at which the paragraph breaks, ascending, its start and end excluded."""
        mirror, length = paragraph[::-1], len(paragraph)
        found: set[int] = set()
        exceptions: list[Check] = []
        for breaks, checks in self._groups:
            if not breaks:
                exceptions += checks
                continue
            for check in checks:
                for place in check.scan.finditer(mirror):
                    back = place.start()
                    position = length - back
                    if check.after is not None and not check.after.match(paragraph, position):
                        continue
                    if not _excepted(exceptions, paragraph, mirror, position, back):
                        found.add(position)
        return sorted(found - {0, length})


def _excepted(exceptions: list[Check], paragraph: str, mirror: str, position: int, back: int) -> bool:
    for check in exceptions:
        if check.before.match(mirror, back) and (check.after is None or check.after.match(paragraph, position)):
            return True
    return False


def _checks(rules: Iterable[Rule], *, unicode: bool) -> Iterator[Check]:
    by_after: dict[str, list[str]] = {}
    for rule in rules:
        before = _translated(rule, rule.before, pattern.backwards, unicode=unicode)
        after = _translated(rule, rule.after, pattern.forwards, unicode=unicode)
        by_after.setdefault(after, []).append(before)
    for after, befores in by_after.items():
        union = "|".join(befores)
        yield Check(re.compile(f"(?:{union})"), re.compile(f"(?={union})"), re.compile(after) if after else None)


def _translated(rule: Rule, expression: str, write: Callable[[pattern.Node], str], *, unicode: bool) -> str:
    try:
        tree = pattern.parse(expression, unicode=unicode)
        if pattern.may_explode(tree):
            raise pattern.Untranslatable("a repetition inside a repetition could take for ever on ordinary text")
        return write(tree)
    except pattern.Untranslatable as problem:
        raise InputError(f"the expression {expression!r} cannot be used: {problem}", where=rule.name) from problem
