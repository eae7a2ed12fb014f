"""Execute SRX rules: find where a paragraph breaks.

The definition (SRX 2.0, section 3): at every position between two characters the rules are asked in order; the first
rule whose ``beforebreak`` matches some text ending there, and whose ``afterbreak`` matches from there, decides.

Asking every rule at every position would be slow, and "some text ending there" is a question regular expressions do
not answer well. Three ideas make it exact and fast:

1. ``beforebreak`` is mirrored and matched in the reversed paragraph (`pattern.backwards`): one anchored match.
2. A paragraph can break only where a break rule matches: the characters that can stand on both sides of such a place
   are scanned for, and the scanning expression notes at once which of the rules' ``afterbreak`` match there.
3. For each combination of those a plan lists the ``beforebreak`` left to ask, in order. Neighbouring rules of one kind
   cannot overrule one another: those with the same ``afterbreak`` are one expression (`BreakTest`).

Start reading at `Breaker.positions`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from aligner.errors import InputError
from aligner.text import pattern
from aligner.text.pattern.characters import CharacterSet, union


@dataclass(frozen=True, slots=True)
class Rule:
    """One SRX rule: a break, or an exception from the break rules below it."""

    breaks: bool
    before: str = ""
    """Matches text that ends at the position; empty matches anywhere."""
    after: str = ""
    """Matches text that begins at the position; empty matches anywhere."""
    name: str = ""
    """How messages call it: file, language rule and number."""


@dataclass(frozen=True, slots=True)
class _Tree:
    """A rule whose expressions have been read."""

    rule: Rule
    before: pattern.Node
    after: pattern.Node


@dataclass(frozen=True, slots=True)
class BreakTest:
    """Neighbouring rules of one kind with the same ``afterbreak``."""

    breaks: bool
    before: Callable[[str, int], re.Match[str] | None]
    """Matches the reversed paragraph from the position on."""
    after: str
    """Expression for the paragraph from the position on."""


class Breaker:
    """The rules of one language, compiled; InputError names a rule that cannot be executed."""

    def __init__(self, rules: Sequence[Rule], *, unicode: bool = False) -> None:
        trees = [_read(rule, unicode=unicode) for rule in rules]
        # neighbours of one kind cannot overrule one another, so those with the same end are one expression
        kinds = groupby(trees, lambda tree: tree.rule.breaks)
        self._checks = [check for breaks, group in kinds for check in _checks(group, breaks=breaks)]
        self._afters = list(dict.fromkeys(check.after for check in self._checks))
        self._scan = _scanner([tree for tree in trees if tree.rule.breaks], self._afters)
        self._plans: dict[tuple[str | None, ...], list[BreakTest]] = {}

    def positions(self, paragraph: str) -> list[int]:
        """Offsets at which the paragraph breaks, ascending, its start and end excluded."""
        mirror, length, found = "", len(paragraph), []
        for place in self._scan(paragraph):
            # reversed once, and only where a rule asks for what stands before a place
            mirror = mirror or paragraph[::-1]
            position, matching = place.end(), place.groups()
            # what follows is alike at most places of a text, so the checks to make are kept for it
            if matching not in self._plans:
                afters = {after for after, mark in zip(self._afters, matching, strict=True) if mark is not None}
                self._plans[matching] = [check for check in self._checks if check.after in afters]
            for check in self._plans[matching]:
                if check.before(mirror, length - position):
                    if check.breaks:
                        found.append(position)
                    break
        return found


def _read(rule: Rule, *, unicode: bool) -> _Tree:
    """A rule with its expressions read; InputError when one cannot be executed."""
    nodes = []
    for expression in (rule.before, rule.after):
        try:
            nodes.append(pattern.parse(expression, unicode=unicode))
            # the file may come from anywhere, and one such rule would keep the machine busy for ever
            if pattern.may_explode(nodes[-1]):
                raise pattern.UntranslatableError("a repetition in a repetition could take for ever on ordinary text")
        except pattern.UntranslatableError as problem:
            raise _unusable(rule, expression, problem) from problem
    return _Tree(rule, *nodes)


def _unusable(rule: Rule, expression: str, problem: Exception) -> InputError:
    return InputError(f"the expression {expression!r} cannot be executed: {problem}", where=rule.name)


def _checks(trees: Iterable[_Tree], *, breaks: bool) -> list[BreakTest]:
    by_after: dict[str, list[pattern.Node]] = {}
    for tree in trees:
        try:
            pattern.backwards(tree.before)
            by_after.setdefault(pattern.forwards(tree.after), []).append(tree.before)
        except pattern.UntranslatableError as problem:
            raise _unusable(tree.rule, f"{tree.rule.before} | {tree.rule.after}", problem) from problem
    return [
        BreakTest(breaks, re.compile(pattern.backwards(pattern.any_of(befores))).match, after)
        for after, befores in by_after.items()
    ]


def _scanner(trees: Sequence[_Tree], afters: Sequence[str]) -> Callable[[str], Iterable[re.Match[str]]]:
    """Finds the places where a break rule may match; each match ends there and marks which `afters` match."""
    if not trees:
        return lambda _: ()
    left = _edges([tree.before for tree in trees], at_end=True)
    right = _edges([tree.after for tree in trees], at_end=False)
    marks = "".join(f"(?:(?={after})()|)" for after in afters)
    return re.compile(f"{left}(?={right}){marks}").finditer


def _edges(nodes: Sequence[pattern.Node], *, at_end: bool) -> str:
    """One character with which a match of some expression begins or ends; any where a match can be empty."""
    members: CharacterSet = ()
    for node in nodes:
        edge = pattern.edge_characters(node, at_end=at_end)
        if edge is None:
            return r"[\s\S]"
        members = union(members, edge)
    found = pattern.character_class(members)
    return f"(?i:{found})" if any(map(pattern.ignores_case, nodes)) else found
