r"""Expressions that OmegaT asks at every place.

The SRX standard asks a rule at every place of a paragraph: does ``beforebreak`` match some text that ends here? OmegaT
searches for one match after the other, and one match hides the places inside it: ``[.?!](?: »)?`` never finds the
place behind the question mark of ``? »``. An expression that only looks behind, and takes no characters, is found at
every place: ``(?<=[.?!](?: »)?)``. For ``afterbreak`` looking ahead does the same.

Java looks behind only where it sees a greatest length, and does not see it in repeated groups; so ``(?:…){1,3}`` is
written out as ``(?:…)(?:…)?(?:…)?``. Expressions without a greatest length stay as they are. Start at `everywhere`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from aligner.text import pattern
from aligner.text.breaks import Rule
from aligner.text.pattern.nodes import Atomic, Characters, Choice, Node, Repeat, Sequence

_TOKEN = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|[()]|[^\\\[()]+", re.DOTALL)
_COUNT = re.compile(r"\{(\d+)(?:,(\d+))?\}(?![?+])")


def everywhere(rule: Rule) -> Rule:
    """The rule, asked at every place as far as Java can."""
    limited = rule.before and longest(pattern.parse(rule.before)) is not None
    before = f"(?<={unrolled(rule.before)})" if limited else rule.before
    return replace(rule, before=before, after=f"(?={rule.after})" if rule.after else "")


def unrolled(expression: str) -> str:
    """The expression with counted groups written out.

    >>> unrolled("(?:a{2}|b){1,3}")
    '(?:a{2}|b)(?:a{2}|b)?(?:a{2}|b)?'
    """
    open_groups, position = [""], 0
    while position < len(expression):
        token = _TOKEN.match(expression, position)
        # An expression that we cannot read is left to Java, which may.
        if token is None:
            return expression
        position = token.end()
        if token[0] == "(":
            open_groups.append("(")
        elif token[0] == ")" and len(open_groups) > 1:
            group, count = open_groups.pop() + ")", _COUNT.match(expression, position)
            position = count.end() if count else position
            # Of {1,3} one must be there, and two more may be.
            low, high = (int(count[1]), int(count[2] or count[1])) if count else (1, 1)
            open_groups[-1] += group * low + f"{group}?" * (high - low)
        else:
            open_groups[-1] += token[0]
    return "".join(open_groups)


def longest(node: Node) -> int | None:
    """How many characters an expression can match at most; None without limit.

    >>> longest(pattern.parse("[.?!]{1,3}(?:ab|c)?")), longest(pattern.parse("[.?!]+"))
    (5, None)
    """
    match node:
        case Characters():
            return 1
        case Atomic(item):
            return longest(item)
        case Repeat(item, _, high):
            length = longest(item)
            return None if high is None or length is None else high * length
        case Sequence(parts) | Choice(parts):
            lengths = [length for part in parts if (length := longest(part)) is not None]
            if len(lengths) < len(parts):
                return None
            return max(lengths) if isinstance(node, Choice) else sum(lengths)
    return 0
