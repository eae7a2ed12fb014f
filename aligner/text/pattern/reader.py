"""A place in an expression that is being read, the flags in force there, and what can go wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass


class UntranslatableError(ValueError):
    """The expression is broken, or uses something that has no counterpart here; the text says what."""


@dataclass(frozen=True, slots=True)
class Flags:
    """The inline flags in force: ``(?i)``, ``(?m)``, ``(?s)``, ``(?x)``, ``(?U)``."""

    ignore_case: bool = False
    multiline: bool = False
    dot_all: bool = True
    """As in OmegaT the dot matches line breaks too (a paragraph rarely holds one)."""
    comments: bool = False
    unicode: bool = False
    r"""Whether ``\s``, ``\w``, ``\d`` and the POSIX classes reach beyond ASCII."""


class Reader:
    """Moves through an expression from left to right."""

    def __init__(self, text: str, flags: Flags) -> None:
        self.text, self.flags, self.position = text, flags, 0

    @property
    def at_end(self) -> bool:
        """Whether everything has been read."""
        return self.position >= len(self.text)

    def peek(self, length: int = 1) -> str:
        """What comes next, without moving; shorter at the end."""
        return self.text[self.position : self.position + length]

    def next(self) -> str:
        """The next character, and move behind it."""
        if self.at_end:
            raise UntranslatableError("the expression ends in the middle of a class or an escape")
        self.position += 1
        return self.text[self.position - 1]

    def accept(self, literal: str) -> bool:
        """Move behind `literal` if it comes next."""
        # Nothing moves when it does not: callers try one construct after the other.
        found = self.text.startswith(literal, self.position)
        self.position += len(literal) if found else 0
        return found

    def match(self, expression: re.Pattern[str]) -> re.Match[str] | None:
        """Move behind a match of `expression` if one comes next."""
        found = expression.match(self.text, self.position)
        self.position = found.end() if found else self.position
        return found
