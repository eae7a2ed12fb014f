"""The tree of a regular expression: what `parse` builds and `emit` writes out again.

Characters are sets of code points (`CharacterSet`), so that class algebra (unions, intersections, negations, Unicode
properties) is settled while parsing and no dialect of class syntax is left. Capturing groups become plain groups.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from aligner.text.pattern.characters import CharacterSet


class Mode(Enum):
    """How a repetition prefers its length."""

    GREEDY = ""
    LAZY = "?"
    POSSESSIVE = "+"


class Edge(Enum):
    """Positions that match without consuming anything."""

    TEXT_START = "start of text"
    TEXT_END = "end of text"
    LAST_LINE_END = "end of text, or the line break that ends it"
    LINE_START = "start of a line"
    LINE_END = "end of a line"
    WORD_BOUNDARY = "word boundary"
    NO_WORD_BOUNDARY = "no word boundary"


@dataclass(frozen=True, slots=True)
class Characters:
    """One character of a set."""

    members: CharacterSet
    ignore_case: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """The items one after the other; no items match the empty string."""

    items: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the options, tried in order."""

    options: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """The item `low` to `high` times; `high` None is without limit."""

    item: Node
    low: int
    high: int | None
    mode: Mode = Mode.GREEDY


@dataclass(frozen=True, slots=True)
class Look:
    """A condition on what follows (`ahead`) or what precedes, consuming nothing."""

    item: Node
    ahead: bool
    negative: bool


@dataclass(frozen=True, slots=True)
class Atomic:
    """The item's first match, never tried again."""

    item: Node


Node = Characters | Sequence | Choice | Repeat | Look | Atomic | Edge

EMPTY = Sequence()


def any_of(nodes: Iterable[Node]) -> Node:
    """The expression that matches what any of the others matches."""
    return Choice(tuple(nodes))
